// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/foundation/http/server.h"

#include <optional>
#include <utility>

namespace visgate::test {

/// One request that is answered at once.
class DirectExchange final : public http::Exchange {
public:
    explicit DirectExchange(http::Request request) : m_request(std::move(request)) { }
    [[nodiscard]] const http::Request& request() const override { return m_request; }
    void respond(http::Response response) override { answer = std::move(response); }
    void beginStream(int, http::Headers) override { }
    bool write(std::string) override { return false; }
    void endStream() override { }
    [[nodiscard]] std::size_t backlog() const override { return 0; }
    void onClosed(std::function<void()>) override { }
    [[nodiscard]] bool isClosed() const override { return false; }
    void abort() override { }
    void sendRawAndAbort(std::string) override { }

    std::optional<http::Response> answer;

private:
    http::Request m_request;
};

} // namespace visgate::test
