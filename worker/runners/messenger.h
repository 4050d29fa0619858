// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "worker/platform/channel.h"

#include <chrono>
#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <string>
#include <string_view>

namespace visgate::worker {

/// Messages between the worker and a runner: each a JSON object behind its length in four bytes, most significant
/// first. Files go by way of a folder, so that no message is large.
namespace frames {

inline constexpr std::size_t mostBytes = 1024 * 1024;

[[nodiscard]] std::string pack(std::string_view message);

/// Takes bytes in any pieces and gives whole messages. What it keeps is never more than one message and one piece.
class Reader {
public:
    enum class Got { Message, Nothing, Garbage };

    [[nodiscard]] std::string& pending() { return m_pending; } ///< where what has come is appended
    /// Garbage: more than a message may have was announced; nothing that follows can be read.
    [[nodiscard]] Got next(std::string& message);

private:
    std::string m_pending;
};

} // namespace frames

/// One end's side of the talk. One thread may receive while another sends.
class Messenger {
public:
    enum class Got { Message, Nothing, End, Garbage };

    explicit Messenger(platform::Channel& channel) : m_channel(channel) { }
    /// False if the other end is gone or does not read.
    [[nodiscard]] bool send(const nlohmann::json& message);
    /// The next message, an object with a "type"; waits for it so long at most.
    [[nodiscard]] Got receive(nlohmann::json& message, std::chrono::milliseconds patience);

private:
    platform::Channel& m_channel;
    frames::Reader m_reader;
};

} // namespace visgate::worker
