// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/foundation/bytes.h"
#include "core/foundation/http/message.h"
#include "core/foundation/result.h"

#include <atomic>
#include <chrono>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <string_view>

namespace visgate::http {

/// A server on this computer: loopback TCP, or a local socket. No TLS: the internet is for core/net and libcurl.
struct Peer {
    std::string address = "127.0.0.1";
    std::uint16_t port = 0;
    std::filesystem::path localSocket; ///< when set, address and port are ignored
};

/// Lets another thread end a call early. Copies share one state.
class CancelToken {
public:
    CancelToken();
    void cancel() const; ///< thread-safe, idempotent; wakes blocked calls
    [[nodiscard]] bool isCancelled() const;
    /// Called at cancel(), on that thread (at once if it has happened); returns a handle for removeCallback. A callback
    /// must not block. Once removeCallback has returned, the callback is not running and will not run.
    std::size_t onCancel(std::function<void()> callback) const;
    void removeCallback(std::size_t handle) const;

private:
    struct State;
    std::shared_ptr<State> m_state;
};

/// Blocking HTTP/1.1 client over Boost.Beast with limits on everything that comes back. One connection is kept alive
/// between calls; a request is never sent twice. Not thread-safe: one object a thread.
class Client {
public:
    explicit Client(Peer peer);
    ~Client();
    Client(Client&&) noexcept;
    Client& operator=(Client&&) noexcept;

    /// Any status is a success here; only a reply that never came whole is an Error (NetworkUnreachable,
    /// NetworkTimeout, UnexpectedReply, ReplyTooLarge, Cancelled).
    [[nodiscard]] Result<Response> send(const Request& request, std::chrono::milliseconds timeout,
        const CancelToken& cancel = {}, std::size_t maxBodyBytes = 16 * kMiB);

    /// A reply without end (SSE). `onChunk` gets the body as it comes and may return false to stop; the response that
    /// is returned at the end has an empty body. `silence` is the longest pause between bytes. A reply whose status is
    /// not 2xx is no stream: its body is in the response, `onChunk` is not called.
    [[nodiscard]] Result<Response> stream(const Request& request, std::chrono::milliseconds silence,
        const std::function<bool(std::string_view)>& onChunk, const CancelToken& cancel);

private:
    class Impl;
    std::unique_ptr<Impl> m_impl;
};

} // namespace visgate::http
