// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/foundation/result.h"
#include "core/foundation/sockets/stream.h"

#include <cstdint>
#include <functional>
#include <memory>
#include <string>

namespace boost::asio {
class io_context;
}

namespace visgate::sockets {

/// Where connections come in. Its own loop's thread only, once it listens.
class Listener {
public:
    /// `remote` is the client's IP address, empty on a local socket.
    using OnConnection = std::function<void(const boost::system::error_code& error, Stream stream, std::string remote)>;

    virtual ~Listener() = default;
    /// Calls back once, with the next connection or why there can be none.
    virtual void accept(OnConnection callback) = 0;
    virtual void close() = 0;
    [[nodiscard]] virtual std::uint16_t port() const { return 0; }
};

/// InvalidRequest, PortBusy, FileUnwritable.
[[nodiscard]] Result<std::unique_ptr<Listener>> listenOnTcp(
    boost::asio::io_context& io, const std::string& address, std::uint16_t port);

} // namespace visgate::sockets
