// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/foundation/http/exchange.h"

#include "core/foundation/http/connection.h"
#include "core/foundation/http/loop.h"
#include "core/foundation/secret.h"

#include <utility>

namespace visgate::http {

ExchangeState::~ExchangeState()
{
    scrub(m_request.body);
}

bool ExchangeState::isClosed() const
{
    const std::lock_guard lock(m_mutex);
    return m_isClosed;
}

std::size_t ExchangeState::backlog() const
{
    const std::lock_guard lock(m_mutex);
    return m_backlog;
}

bool ExchangeState::claimAnswer(bool asStream)
{
    const std::lock_guard lock(m_mutex);
    if (m_isAnswered || m_isClosed)
        return false;
    m_isAnswered = true;
    m_isStream = asStream;
    return true;
}

ExchangeState::WriteVerdict ExchangeState::claimWrite(std::size_t bytes, std::size_t limit)
{
    const std::lock_guard lock(m_mutex);
    if (m_isClosed || !m_isStream || m_isEnded)
        return WriteVerdict::Refused;
    if (bytes > limit || m_backlog > limit - bytes) {
        m_isEnded = true; // what came after the gap would be worse than nothing
        return WriteVerdict::Overflow;
    }
    m_backlog += bytes;
    return WriteVerdict::Accepted;
}

bool ExchangeState::claimEnd()
{
    const std::lock_guard lock(m_mutex);
    if (m_isClosed || !m_isStream || m_isEnded)
        return false;
    m_isEnded = true;
    return true;
}

bool ExchangeState::isUnfinished() const
{
    const std::lock_guard lock(m_mutex);
    return !m_isClosed && (!m_isAnswered || (m_isStream && !m_isEnded));
}

bool ExchangeState::isStream() const
{
    const std::lock_guard lock(m_mutex);
    return m_isStream;
}

bool ExchangeState::setOnClosed(std::function<void()>& callback)
{
    const std::lock_guard lock(m_mutex);
    if (m_isClosed)
        return false;
    if (!m_isFinished)
        m_onClosed.swap(callback);
    return true;
}

void ExchangeState::written(std::size_t bytes)
{
    const std::lock_guard lock(m_mutex);
    m_backlog -= bytes;
}

void ExchangeState::finish()
{
    // Destroyed after the lock is released: it may hold the last reference to the exchange.
    std::function<void()> dropped;
    const std::lock_guard lock(m_mutex);
    m_isFinished = true;
    dropped.swap(m_onClosed);
}

void ExchangeState::markClosed()
{
    close(false);
}

void ExchangeState::clientLeft()
{
    if (const std::function<void()> callback = close(true))
        callback();
}

std::function<void()> ExchangeState::close(bool takeCallback)
{
    std::function<void()> callback;
    {
        const std::lock_guard lock(m_mutex);
        m_isClosed = true;
        callback.swap(m_onClosed);
    }
    return takeCallback ? callback : nullptr;
}

namespace {

class ExchangeHandle final : public Exchange {
public:
    ExchangeHandle(std::shared_ptr<Loop> loop, std::weak_ptr<Connection> connection,
        std::shared_ptr<ExchangeState> state, std::size_t backlogLimit)
        : m_loop(std::move(loop)), m_connection(std::move(connection)), m_state(std::move(state)),
          m_backlogLimit(backlogLimit)
    {
    }

    ~ExchangeHandle() override
    {
        if (!m_state->isUnfinished())
            return;
        // A stream without its end must not look whole; a request without an answer gets one.
        if (m_state->isStream())
            abort();
        else
            respond(jsonResponse(500, R"({"error":"the request was not answered"})"));
    }

    [[nodiscard]] const Request& request() const override { return m_state->request(); }

    void respond(Response response) override
    {
        if (m_state->claimAnswer(false)) {
            tell([response = std::move(response)](Connection& connection, ExchangeState& state) mutable {
                connection.sendResponse(state, std::move(response));
            });
        }
    }

    void beginStream(int status, Headers headers) override
    {
        if (m_state->claimAnswer(true)) {
            tell([status, headers = std::move(headers)](
                     Connection& connection, ExchangeState& state) { connection.beginStream(state, status, headers); });
        }
    }

    bool write(std::string chunk) override
    {
        switch (m_state->claimWrite(chunk.size(), m_backlogLimit)) {
        case ExchangeState::WriteVerdict::Accepted:
            if (!chunk.empty()) {
                tell([chunk = std::move(chunk)](Connection& connection, ExchangeState& state) mutable {
                    connection.writeStream(state, std::move(chunk));
                });
            }
            return true;
        case ExchangeState::WriteVerdict::Overflow:
            tell([](Connection& connection, ExchangeState& state) { connection.cutFor(state); });
            return false;
        case ExchangeState::WriteVerdict::Refused:
            break;
        }
        return false;
    }

    void endStream() override
    {
        if (m_state->claimEnd())
            tell([](Connection& connection, ExchangeState& state) { connection.endStream(state); });
    }

    [[nodiscard]] std::size_t backlog() const override { return m_state->backlog(); }

    void onClosed(std::function<void()> callback) override
    {
        if (m_state->setOnClosed(callback) || !callback)
            return;
        auto shared = std::make_shared<std::function<void()>>(std::move(callback));
        if (!m_loop->post([shared] { (*shared)(); }))
            (*shared)(); // the server's thread is gone
    }

    [[nodiscard]] bool isClosed() const override { return m_state->isClosed(); }

    void abort() override
    {
        m_state->markClosed();
        tell([](Connection& connection, ExchangeState& state) { connection.cutFor(state); });
    }

    void sendRawAndAbort(std::string bytes) override
    {
        if (m_state->claimAnswer(false)) {
            tell([bytes = std::move(bytes)](Connection& connection, ExchangeState& state) mutable {
                connection.sendRawAndClose(state, std::move(bytes));
            });
        }
    }

private:
    template <typename Function> void tell(Function function)
    {
        m_loop->post([connection = m_connection, state = m_state, function = std::move(function)]() mutable {
            if (const std::shared_ptr<Connection> alive = connection.lock())
                function(*alive, *state);
        });
    }

    std::shared_ptr<Loop> m_loop;
    std::weak_ptr<Connection> m_connection;
    std::shared_ptr<ExchangeState> m_state;
    std::size_t m_backlogLimit;
};

} // namespace

std::shared_ptr<Exchange> makeExchange(std::shared_ptr<Loop> loop, std::weak_ptr<Connection> connection,
    std::shared_ptr<ExchangeState> state, std::size_t backlogLimit)
{
    return std::make_shared<ExchangeHandle>(std::move(loop), std::move(connection), std::move(state), backlogLimit);
}

} // namespace visgate::http
