// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>

namespace visgate::test {

/// A client that may send anything, in any portions, and leave at any moment. Reads give up after 20 s, so that a test
/// that waits in vain fails instead of hanging. One thread at a time.
class RawClient {
public:
    explicit RawClient(std::uint16_t port);
    explicit RawClient(const std::filesystem::path& localSocket);
    ~RawClient();
    RawClient(const RawClient&) = delete;
    RawClient& operator=(const RawClient&) = delete;
    RawClient(RawClient&& other) noexcept;
    RawClient& operator=(RawClient&&) = delete;

    [[nodiscard]] bool isConnected() const;
    /// False if the peer has closed.
    bool send(std::string_view bytes);
    /// Reads until `mark` has come; returns all bytes not yet taken, up to and including it. Empty at the end.
    std::string readUntil(std::string_view mark);
    /// One reply with a Content-Length (or none): head and body.
    std::string readReply();
    /// Everything until the server closes.
    std::string readAll();
    /// Sends `piece` again and again, `every` so often, until something comes; returns the first of it. Empty at the
    /// end.
    std::string dripUntilAnswered(std::string_view piece, std::chrono::milliseconds every);
    /// True if the peer closed (or reset) without sending anything more.
    bool isClosedByPeer();
    /// A small receive buffer, so that the sender soon feels a slow reader.
    void shrinkReceiveBuffer();
    void close();
    void reset(); ///< closes with RST

private:
    struct Connection;
    bool fill();

    std::unique_ptr<Connection> m_connection;
    std::string m_buffer;
};

} // namespace visgate::test
