// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "worker/platform/channel.h"

namespace visgate::worker::platform {

/// One end of a socket pair, closed with its owner.
class SocketChannel final : public Channel {
public:
    explicit SocketChannel(int descriptor);
    ~SocketChannel() override;
    SocketChannel(const SocketChannel&) = delete;
    SocketChannel& operator=(const SocketChannel&) = delete;

    [[nodiscard]] Got receive(std::string& into, std::chrono::milliseconds patience) override;
    [[nodiscard]] bool send(std::string_view bytes, std::chrono::milliseconds patience) override;

private:
    int m_descriptor;
};

} // namespace visgate::worker::platform
