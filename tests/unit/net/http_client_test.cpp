// SPDX-License-Identifier: GPL-3.0-or-later
// Sending, repeating and cancelling, over real sockets.
#include "core/net/http_client.h"
#include "tests/support/await.h"
#include "tests/support/scripted_server.h"

#include <atomic>
#include <gtest/gtest.h>
#include <thread>

namespace visgate {
namespace {

using test::await;
using test::reply;
using test::ScriptedServer;
using namespace std::chrono_literals;

HttpClientSettings quick()
{
    HttpClientSettings settings;
    settings.backoffBase = 10ms;
    settings.backoffCap = 50ms;
    settings.random = [] { return 0.5; };
    return settings;
}

HttpRequest request(const char* method, const QUrl& url, const QByteArray& body = {})
{
    HttpRequest out;
    out.method = method;
    out.url = url;
    out.body = body;
    out.timeout = 5s;
    return out;
}

TEST(HttpClient, GivesStatusHeadersBodyAndRequestId)
{
    ScriptedServer server([](http::Exchange& exchange) {
        exchange.respond(
            reply(422, R"({"detail":"no"})", {{"X-Request-Id", "req-1"}, {"Content-Type", "application/json"}}));
    });
    HttpClient client(quick());
    const auto answer = await(client.send(request("GET", server.url(QStringLiteral("/v2/serverless?a=b")))));
    ASSERT_TRUE(answer.has_value()) << answer.error().detail;
    EXPECT_EQ(answer->status, 422);
    EXPECT_EQ(answer->body, R"({"detail":"no"})");
    EXPECT_EQ(answer->requestId(), "req-1");
    EXPECT_EQ(server.requests().at(0).target, "/v2/serverless?a=b");
}

TEST(HttpClient, AlwaysNamesItselfAndSendsTheKeyAsBearer)
{
    ScriptedServer server([](http::Exchange& exchange) { exchange.respond(reply(200)); });
    HttpClient client(quick());
    HttpRequest out = request("GET", server.url());
    out.bearer = std::make_shared<const Secret>("rpa_test_key");
    ASSERT_TRUE(await(client.send(out)).has_value());
    const http::Request seen = server.requests().at(0);
    EXPECT_EQ(seen.headers.get("user-agent"), "Visgate/" VISGATE_VERSION);
    EXPECT_EQ(seen.headers.get("authorization"), "Bearer rpa_test_key");
    EXPECT_FALSE(seen.headers.contains("cookie"));
}

TEST(HttpClient, SendsALargeBodyWholeWithItsLength)
{
    ScriptedServer server([](http::Exchange& exchange) { exchange.respond(reply(200)); });
    HttpClient client(quick());
    QByteArray body(900'000, 'x');
    body.replace(450'000, 6, "middle");
    for (const char* method : {"POST", "PATCH", "PUT"})
        ASSERT_TRUE(await(client.send(request(method, server.url(), body))).has_value());
    ASSERT_EQ(server.requests().size(), 3U);
    for (const http::Request& seen : server.requests()) {
        EXPECT_EQ(seen.body, body.toStdString());
        EXPECT_EQ(seen.headers.get("content-length"), "900000");
        EXPECT_EQ(seen.headers.get("content-type"), "application/json");
        EXPECT_FALSE(seen.headers.contains("transfer-encoding"));
    }
}

class NeverRepeated : public testing::TestWithParam<std::pair<const char*, const char*>> { };

TEST_P(NeverRepeated, IsSentOnceWhenThePeerClosesBeforeItAnswers)
{
    ScriptedServer server([](http::Exchange& exchange) {
        if (exchange.request().method == "GET")
            exchange.respond(reply(200));
        else
            exchange.abort();
    });
    HttpClient client(quick());
    const auto [method, body] = GetParam();
    // On a fresh connection, then on one that is kept alive: Qt repeats by itself mostly on the latter.
    const auto first = await(client.send(request(method, server.url(), body)));
    ASSERT_TRUE(await(client.send(request("GET", server.url()))).has_value());
    const auto second = await(client.send(request(method, server.url(), body)));
    for (const auto& answer : {first, second}) {
        ASSERT_FALSE(answer.has_value());
        EXPECT_EQ(answer.error().code, ErrorCode::NetworkUnreachable) << answer.error().detail;
    }
    // A later call proves that nothing was still on its way.
    ASSERT_TRUE(await(client.send(request("GET", server.url()))).has_value());
    EXPECT_EQ(server.count(method), 2U);
}

INSTANTIATE_TEST_SUITE_P(Methods, NeverRepeated,
    testing::Values(std::pair{"POST", R"({"name":"paid"})"}, std::pair{"POST", ""}, std::pair{"PATCH", "{}"},
        std::pair{"PUT", "{}"}));

TEST(HttpClient, RepeatsAGetUntilTheServiceIsBack)
{
    std::atomic<int> calls = 0;
    ScriptedServer server(
        [&calls](http::Exchange& exchange) { exchange.respond(reply(++calls < 3 ? 503 : 200, "ok")); });
    HttpClient client(quick());
    const auto answer = await(client.send(request("GET", server.url())));
    ASSERT_TRUE(answer.has_value());
    EXPECT_EQ(answer->status, 200);
    EXPECT_EQ(server.requests().size(), 3U);
}

TEST(HttpClient, GivesUpAfterItsAttemptsWithTheLastReply)
{
    ScriptedServer server([](http::Exchange& exchange) { exchange.respond(reply(502, "bad gateway")); });
    HttpClient client(quick());
    HttpRequest out = request("DELETE", server.url());
    out.attempts = 2;
    const auto answer = await(client.send(out));
    ASSERT_TRUE(answer.has_value());
    EXPECT_EQ(answer->status, 502);
    EXPECT_EQ(server.requests().size(), 2U);
}

TEST(HttpClient, RepeatsAGetWhoseConnectionBreaks)
{
    std::atomic<int> calls = 0;
    ScriptedServer server([&calls](http::Exchange& exchange) {
        if (++calls < 6) // Qt tries some of these itself; the rest is ours
            exchange.abort();
        else
            exchange.respond(reply(200));
    });
    HttpClient client(quick());
    HttpRequest out = request("GET", server.url());
    out.attempts = 6;
    const auto answer = await(client.send(out));
    ASSERT_TRUE(answer.has_value()) << answer.error().detail;
    EXPECT_EQ(answer->status, 200);
}

TEST(HttpClient, NeverRepeatsAPostThatFailsAtTheService)
{
    ScriptedServer server([](http::Exchange& exchange) { exchange.respond(reply(503)); });
    HttpClient client(quick());
    const auto answer = await(client.send(request("POST", server.url(), "{}")));
    ASSERT_TRUE(answer.has_value());
    EXPECT_EQ(answer->status, 503);
    EXPECT_EQ(server.requests().size(), 1U);
}

TEST(HttpClient, DoesNotRepeatARefusal)
{
    ScriptedServer server([](http::Exchange& exchange) { exchange.respond(reply(404)); });
    HttpClient client(quick());
    EXPECT_EQ(await(client.send(request("GET", server.url())))->status, 404);
    EXPECT_EQ(server.requests().size(), 1U);
}

TEST(HttpClient, ObeysRetryAfterOfA429)
{
    std::atomic<int> calls = 0;
    ScriptedServer server([&calls](http::Exchange& exchange) {
        exchange.respond(++calls == 1 ? reply(429, "", {{"Retry-After", "1"}}) : reply(200));
    });
    HttpClient client(quick());
    const auto begin = std::chrono::steady_clock::now();
    const auto answer = await(client.send(request("GET", server.url())));
    EXPECT_EQ(answer->status, 200);
    EXPECT_GE(std::chrono::steady_clock::now() - begin, 950ms);
}

TEST(HttpClient, A429HoldsBackEveryCallToThatServiceAndNoOther)
{
    ScriptedServer busy([](http::Exchange& exchange) { exchange.respond(reply(429, "", {{"Retry-After", "3600"}})); });
    ScriptedServer other([](http::Exchange& exchange) { exchange.respond(reply(200)); });
    HttpClient client(quick());
    EXPECT_EQ(await(client.send(request("GET", busy.url())))->status, 429) << "an hour is no pause but an answer";
    const auto second = await(client.send(request("POST", busy.url(), "{}")));
    ASSERT_FALSE(second.has_value());
    EXPECT_EQ(second.error().code, ErrorCode::RateLimited);
    EXPECT_EQ(second.error().arguments, std::vector<std::string>{"3600"});
    EXPECT_EQ(busy.requests().size(), 1U);
    EXPECT_EQ(await(client.send(request("GET", other.url())))->status, 200);
}

TEST(HttpClient, KnowsWhatIsLeftOfTheBudget)
{
    ScriptedServer server([](http::Exchange& exchange) {
        exchange.respond(reply(200, "",
            {{"RateLimit", R"("minute";r=41;t=50, "hour";r=2800;t=1812)"},
                {"RateLimit-Policy", R"("minute";q=60;w=60, "hour";q=3000;w=3600)"}}));
    });
    HttpClient client(quick());
    EXPECT_EQ(client.remainingRequests(server.url()), std::nullopt);
    ASSERT_TRUE(await(client.send(request("GET", server.url()))).has_value());
    EXPECT_EQ(client.remainingRequests(server.url()), 41);
}

TEST(HttpClient, DestroyingItEndsCallsInFlight)
{
    ScriptedServer server([](http::Exchange&) {}); // never answers
    auto client = std::make_unique<HttpClient>(quick());
    auto call = client->send(request("POST", server.url(), "{}"));
    ASSERT_TRUE(test::becomesTrue([&server] { return server.requests().size() == 1; }));
    client.reset();
    const auto answer = await(std::move(call));
    ASSERT_FALSE(answer.has_value());
    EXPECT_EQ(answer.error().code, ErrorCode::Cancelled);
}

TEST(HttpClient, DestroyingItEndsAPauseBetweenAttempts)
{
    ScriptedServer server([](http::Exchange& exchange) {
        exchange.respond(reply(503, "", {{"RateLimit", R"("minute";r=9;t=50)"}}));
    });
    HttpClientSettings slow = quick();
    slow.backoffBase = 1h;
    slow.backoffCap = 1h;
    auto client = std::make_unique<HttpClient>(slow);
    auto call = client->send(request("GET", server.url()));
    ASSERT_TRUE(test::becomesTrue([&] { return client->remainingRequests(server.url()) == 9; }));
    client.reset();
    const auto answer = await(std::move(call));
    ASSERT_FALSE(answer.has_value());
    EXPECT_EQ(answer.error().code, ErrorCode::Cancelled);
}

TEST(HttpClient, AnotherThreadMayCancelACall)
{
    ScriptedServer server([](http::Exchange&) {});
    HttpClient client(quick());
    HttpRequest out = request("GET", server.url());
    auto call = client.send(out);
    ASSERT_TRUE(test::becomesTrue([&server] { return server.requests().size() == 1; }));
    std::thread canceller([token = out.cancel] { token.cancel(); });
    const auto answer = await(std::move(call));
    canceller.join();
    ASSERT_FALSE(answer.has_value());
    EXPECT_EQ(answer.error().code, ErrorCode::Cancelled);
}

TEST(HttpClient, ACallThatWasCancelledBeforeItBeganSendsNothingTwice)
{
    ScriptedServer server([](http::Exchange&) {});
    HttpClient client(quick());
    HttpRequest out = request("GET", server.url());
    out.cancel.cancel();
    const auto answer = await(client.send(out));
    ASSERT_FALSE(answer.has_value());
    EXPECT_EQ(answer.error().code, ErrorCode::Cancelled);
}

} // namespace
} // namespace visgate
