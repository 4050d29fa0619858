// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/foundation/http/server.h"

#include <functional>
#include <memory>

namespace visgate::practice {

/// Adds the provider's own headers to an answer and tells the request log its status. Answers are given with the
/// world's mutex held.
class LoggedExchange final : public http::Exchange {
public:
    LoggedExchange(std::shared_ptr<http::Exchange> inner, http::Headers extra, std::function<void(int)> answered)
        : m_inner(std::move(inner)), m_extra(std::move(extra)), m_answered(std::move(answered))
    {
    }

    void addHeaders(const http::Headers& more)
    {
        for (const auto& [name, value] : more.all())
            m_extra.set(name, value);
    }

    [[nodiscard]] const http::Request& request() const override { return m_inner->request(); }
    void respond(http::Response response) override
    {
        put(response.headers);
        m_answered(response.status);
        m_inner->respond(std::move(response));
    }
    void beginStream(int status, http::Headers headers) override
    {
        put(headers);
        m_answered(status);
        m_inner->beginStream(status, std::move(headers));
    }
    bool write(std::string chunk) override { return m_inner->write(std::move(chunk)); }
    void endStream() override { m_inner->endStream(); }
    [[nodiscard]] std::size_t backlog() const override { return m_inner->backlog(); }
    void onClosed(std::function<void()> callback) override { m_inner->onClosed(std::move(callback)); }
    [[nodiscard]] bool isClosed() const override { return m_inner->isClosed(); }
    void abort() override { m_inner->abort(); }
    void sendRawAndAbort(std::string bytes) override { m_inner->sendRawAndAbort(std::move(bytes)); }

private:
    void put(http::Headers& headers) const
    {
        for (const auto& [name, value] : m_extra.all())
            headers.set(name, value);
    }

    std::shared_ptr<http::Exchange> m_inner;
    http::Headers m_extra;
    std::function<void(int)> m_answered;
};

} // namespace visgate::practice
