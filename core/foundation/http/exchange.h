// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/foundation/http/server.h"

#include <cstddef>
#include <functional>
#include <memory>
#include <mutex>
#include <string>

namespace visgate::http {

class Connection;
class Loop;

/// What the connection and the handler's side of one exchange both know. The connection never keeps the handler's side
/// alive, so that dropping it unanswered is noticed.
class ExchangeState {
public:
    explicit ExchangeState(Request request) : m_request(std::move(request)) { }
    ~ExchangeState(); ///< overwrites the body, which may have carried a key
    ExchangeState(const ExchangeState&) = delete;
    ExchangeState& operator=(const ExchangeState&) = delete;

    [[nodiscard]] const Request& request() const { return m_request; }
    [[nodiscard]] bool isClosed() const;
    [[nodiscard]] std::size_t backlog() const;

    /// True for the first answer while the client is there.
    [[nodiscard]] bool claimAnswer(bool asStream);
    enum class WriteVerdict { Accepted, Refused, Overflow };
    [[nodiscard]] WriteVerdict claimWrite(std::size_t bytes, std::size_t limit);
    [[nodiscard]] bool claimEnd();
    [[nodiscard]] bool isUnfinished() const; ///< neither answered nor, as a stream, ended
    [[nodiscard]] bool isStream() const;

    /// False if the client has left already: then it is the caller's to run.
    [[nodiscard]] bool setOnClosed(std::function<void()>& callback);

    void written(std::size_t bytes); ///< by the connection: a part of the stream is on its way
    void finish();                   ///< by the connection: the whole reply was sent; drops the callback
    void markClosed();               ///< no more answers; drops the callback
    void clientLeft();               ///< by the connection: markClosed, and the callback runs

private:
    std::function<void()> close(bool takeCallback);

    Request m_request; ///< never changed
    mutable std::mutex m_mutex;
    std::function<void()> m_onClosed;
    std::size_t m_backlog = 0;
    bool m_isAnswered = false;
    bool m_isStream = false;
    bool m_isEnded = false;
    bool m_isFinished = false;
    bool m_isClosed = false;
};

/// The handler's side. Turns each call into a message for the connection on the server's thread.
[[nodiscard]] std::shared_ptr<Exchange> makeExchange(std::shared_ptr<Loop> loop, std::weak_ptr<Connection> connection,
    std::shared_ptr<ExchangeState> state, std::size_t backlogLimit);

} // namespace visgate::http
