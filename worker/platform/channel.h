// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <chrono>
#include <memory>
#include <string>
#include <string_view>

namespace visgate::worker::platform {

/// Bytes both ways between the worker and the process of a runner: a socket pair, of which the runner's end is its
/// standard input. One thread may receive while another sends.
class Channel {
public:
    enum class Got { Bytes, Nothing, End };

    virtual ~Channel() = default;
    /// Appends what has come to `into`, and waits for it so long at most. End: nobody is there any more.
    [[nodiscard]] virtual Got receive(std::string& into, std::chrono::milliseconds patience) = 0;
    /// False if nobody is there any more, or does not read for so long.
    [[nodiscard]] virtual bool send(std::string_view bytes, std::chrono::milliseconds patience) = 0;

    /// The runner's end, in its process. Programs that it starts do not get it: their standard input is empty.
    /// Null if standard input is something else.
    [[nodiscard]] static std::unique_ptr<Channel> fromStandardInput();
};

} // namespace visgate::worker::platform
