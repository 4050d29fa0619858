// SPDX-License-Identifier: GPL-3.0-or-later
// Who goes first when the budget is short, over real sockets.
#include "core/net/http_client.h"
#include "tests/support/await.h"
#include "tests/support/scripted_server.h"

#include <gmock/gmock.h>
#include <memory>

namespace visgate {
namespace {

using test::becomesTrue;
using test::reply;
using test::ScriptedServer;
using namespace std::chrono_literals;

void tellThatTheDayIsOver(http::Exchange& exchange)
{
    exchange.respond(
        reply(200, "{}", {{"RateLimit", "\"day\";r=0;t=40000"}, {"RateLimit-Policy", "\"day\";q=9;w=86400"}}));
}

/// Keeps several calls of one client under way.
class Calls {
public:
    explicit Calls(HttpClientSettings settings = {}) : m_client(std::make_unique<HttpClient>(std::move(settings))) { }
    /// Its coroutine frames end with the client.
    ~Calls() { m_client.reset(); }

    void get(const QUrl& url, HttpPriority priority, const QByteArray& quota = {})
    {
        HttpRequest request;
        request.quota = quota;
        request.url = url;
        request.priority = priority;
        request.attempts = 1;
        run(m_client->send(std::move(request)));
    }
    [[nodiscard]] std::size_t ended() const { return m_results.size(); }
    [[nodiscard]] const std::vector<Result<HttpReply>>& results() const { return m_results; }

private:
    void run(QCoro::Task<Result<HttpReply>> call)
    {
        call.then([this](Result<HttpReply> result) { m_results.push_back(std::move(result)); });
    }
    std::vector<Result<HttpReply>> m_results;
    std::unique_ptr<HttpClient> m_client;
};

std::vector<std::string> pathsOf(const ScriptedServer& server)
{
    std::vector<std::string> paths;
    for (const http::Request& request : server.requests())
        paths.push_back(request.target);
    return paths;
}

TEST(RequestGate, SendsOneUntilTheServiceHasSpoken)
{
    ScriptedServer server([](http::Exchange&) {});
    Calls calls;
    for (int i = 0; i < 10; ++i)
        calls.get(server.url(), HttpPriority::Ask);
    ASSERT_TRUE(becomesTrue([&] { return server.requests().size() == 1; }));
    server.exchange(0)->respond(reply(200));
    // The first answer names no limit: as many as there are connections, less one for what is urgent.
    ASSERT_TRUE(becomesTrue([&] { return server.requests().size() == 6; }));
    EXPECT_EQ(calls.ended(), 1U);
    calls.get(server.url(QStringLiteral("/urgent")), HttpPriority::Urgent);
    ASSERT_TRUE(becomesTrue([&] { return server.requests().size() == 7; }));
    EXPECT_EQ(pathsOf(server).back(), "/urgent") << "it waits for nobody";
    calls.get(server.url(QStringLiteral("/create")), HttpPriority::Create);
    ASSERT_TRUE(becomesTrue([&] { return server.requests().size() == 8; }));
    EXPECT_EQ(pathsOf(server).back(), "/create") << "nor does what a user asks to be made";
}

TEST(RequestGate, QuotasOfOneOriginAreCountedApart)
{
    ScriptedServer server(tellThatTheDayIsOver);
    Calls calls;
    calls.get(server.url(), HttpPriority::Job);
    ASSERT_TRUE(becomesTrue([&] { return calls.ended() == 1; }));
    calls.get(server.url(QStringLiteral("/queue")), HttpPriority::Job, "queue");
    ASSERT_TRUE(becomesTrue([&] { return calls.ended() == 2; }));
    EXPECT_TRUE(calls.results().back().has_value()) << "the other one's end is not its own";
}

TEST(RequestGate, LetsTheMoreUrgentClassesOutFirst)
{
    ScriptedServer server([](http::Exchange&) {});
    Calls calls;
    const auto get
        = [&](const char* path, HttpPriority priority) { calls.get(server.url(QString::fromLatin1(path)), priority); };
    get("/first", HttpPriority::List);
    get("/second", HttpPriority::List);
    get("/list", HttpPriority::List);
    get("/observe", HttpPriority::Observe);
    get("/job", HttpPriority::Job);
    get("/create", HttpPriority::Create);
    ASSERT_TRUE(becomesTrue([&] { return server.requests().size() == 1; }));
    // One until the service has spoken; from then on four with those in the background, which keep a place free.
    server.exchange(0)->respond(reply(200));
    ASSERT_TRUE(becomesTrue([&] { return server.requests().size() == 5; }));
    server.exchange(1)->respond(reply(200));
    ASSERT_TRUE(becomesTrue([&] { return server.requests().size() == 6; }));
    const std::vector<std::string> paths = pathsOf(server);
    EXPECT_THAT(std::vector<std::string>(paths.begin() + 1, paths.begin() + 5),
        testing::UnorderedElementsAre("/create", "/job", "/observe", "/second"));
    EXPECT_EQ(paths.back(), "/list");
}

TEST(RequestGate, WaitsForTheNextWindowInsteadOfEarningA429AndLetsADeleteThrough)
{
    // The service has one window of 20 requests in 2 s and counts like the real one.
    struct Window {
        std::mutex mutex;
        std::chrono::steady_clock::time_point began;
        int used = 0;
        int refused = 0;
    };
    const auto window = std::make_shared<Window>();
    ScriptedServer server([window](http::Exchange& exchange) {
        const std::lock_guard lock(window->mutex);
        const auto now = std::chrono::steady_clock::now();
        if (now >= window->began + 2s) {
            window->began = now;
            window->used = 0;
        }
        const bool isOver = window->used >= 20;
        window->used += isOver ? 0 : 1;
        window->refused += isOver ? 1 : 0;
        const auto left = std::chrono::ceil<std::chrono::seconds>(window->began + 2s - now).count();
        exchange.respond(reply(isOver ? 429 : 200, "{}",
            {{"RateLimit", "\"x\";r=" + std::to_string(20 - window->used) + ";t=" + std::to_string(left)},
                {"RateLimit-Policy", "\"x\";q=20;w=2"}}));
    });
    Calls calls;
    for (int i = 0; i < 40; ++i)
        calls.get(server.url(), i % 2 == 0 ? HttpPriority::Create : HttpPriority::List);
    ASSERT_TRUE(becomesTrue([&] { return calls.ended() >= 15; })) << "the window is nearly spent";
    const auto asked = std::chrono::steady_clock::now();
    calls.get(server.url(QStringLiteral("/delete")), HttpPriority::Urgent);
    ASSERT_TRUE(becomesTrue([&] { return testing::Value(pathsOf(server), testing::Contains("/delete")); }));
    EXPECT_LT(std::chrono::steady_clock::now() - asked, 500ms);
    ASSERT_TRUE(becomesTrue([&] { return calls.ended() == 41; }, 60s));
    for (const auto& result : calls.results()) {
        ASSERT_TRUE(result.has_value());
        EXPECT_EQ(result->status, 200);
    }
    EXPECT_EQ(window->refused, 0);
}

TEST(RequestGate, ADayWithoutRequestsIsSaidAtOnce)
{
    ScriptedServer server(tellThatTheDayIsOver);
    Calls calls;
    calls.get(server.url(), HttpPriority::Job);
    ASSERT_TRUE(becomesTrue([&] { return calls.ended() == 1; }));
    calls.get(server.url(), HttpPriority::Job);
    ASSERT_TRUE(becomesTrue([&] { return calls.ended() == 2; }));
    ASSERT_FALSE(calls.results().back().has_value());
    EXPECT_EQ(calls.results().back().error().code, ErrorCode::RateLimited);
    EXPECT_EQ(server.requests().size(), 1U);
}

} // namespace
} // namespace visgate
