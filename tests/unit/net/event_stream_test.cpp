// SPDX-License-Identifier: GPL-3.0-or-later
// Server-sent events: every event once, whatever the connection does, and never in the way of a control call.
#include "core/net/event_stream.h"
#include "core/net/http_client.h"
#include "tests/support/await.h"
#include "tests/support/scripted_server.h"

#include <atomic>
#include <gtest/gtest.h>

namespace visgate {
namespace {

using test::await;
using test::becomesTrue;
using test::reply;
using test::ScriptedServer;
using namespace std::chrono_literals;

void beginEvents(http::Exchange& exchange)
{
    exchange.beginStream(200, {{"Content-Type", "text/event-stream"}, {"Cache-Control", "no-cache"}});
}

std::string event(const std::string& id, const std::string& data)
{
    return "id: " + id + "\ndata: " + data + "\n\n";
}

EventRequest streamOf(const ScriptedServer& server)
{
    EventRequest request;
    request.url = server.url(QStringLiteral("/logs"));
    request.backoffBase = 10ms;
    request.backoffCap = 40ms;
    request.silence = 10s;
    return request;
}

/// What a stream delivered.
struct Received {
    QList<ServerEvent> events;
    QList<HttpReply> ends;

    [[nodiscard]] QList<QByteArray> data() const
    {
        QList<QByteArray> all;
        for (const ServerEvent& one : events)
            all.append(one.data);
        return all;
    }
    [[nodiscard]] std::unique_ptr<EventStream> open(HttpClient& client, EventRequest request)
    {
        return client.openEvents(
            std::move(request), [this](const ServerEvent& one) { events.append(one); },
            [this](const HttpReply& end) { ends.append(end); });
    }
};

TEST(EventStream, DeliversEventsInOrderAndAsksForThem)
{
    ScriptedServer server([](http::Exchange& exchange) {
        beginEvents(exchange);
        exchange.write(event("1", "one") + ": a comment\n\n" + event("2", "two\ndata: lines"));
    });
    HttpClient client;
    Received received;
    EventRequest request = streamOf(server);
    request.bearer = std::make_shared<const Secret>("key-1");
    const auto stream = received.open(client, request);
    ASSERT_TRUE(becomesTrue([&received] { return received.events.size() == 2; }));
    EXPECT_EQ(received.data(), (QList<QByteArray>{"one", "two\nlines"}));
    EXPECT_EQ(received.events[1].id, "2");
    EXPECT_EQ(received.events[1].type, "message");
    EXPECT_EQ(stream->lastEventId(), "2");
    EXPECT_TRUE(stream->isConnected());
    const http::Request seen = server.requests().at(0);
    EXPECT_EQ(seen.headers.get("accept"), "text/event-stream");
    EXPECT_EQ(seen.headers.get("authorization"), "Bearer key-1");
    EXPECT_FALSE(seen.headers.contains("last-event-id"));
    EXPECT_FALSE(seen.headers.get("user-agent").empty());
}

TEST(EventStream, GoesOnAfterALostConnectionWithoutLossOrRepetition)
{
    // Each connection serves the event that was named again, then two new ones, and breaks off in the third.
    ScriptedServer server([](http::Exchange& exchange) {
        const std::string last(exchange.request().headers.get("last-event-id"));
        const int from = last.empty() ? 0 : std::stoi(last);
        std::string bytes = "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\n";
        for (int i = from; i <= from + 2; ++i)
            bytes += event(std::to_string(i), "line " + std::to_string(i));
        exchange.sendRawAndAbort(bytes + "id: 999\ndata: to");
    });
    HttpClient client;
    Received received;
    const auto stream = received.open(client, streamOf(server));
    ASSERT_TRUE(becomesTrue([&received] { return received.events.size() >= 20; }));
    for (int i = 0; i < 20; ++i)
        EXPECT_EQ(received.events[i].data, "line " + QByteArray::number(i));
    EXPECT_TRUE(received.ends.isEmpty());
}

TEST(EventStream, ResumesWhereAnEarlierRunStopped)
{
    ScriptedServer server([](http::Exchange& exchange) { beginEvents(exchange); });
    HttpClient client;
    Received received;
    EventRequest request = streamOf(server);
    request.lastEventId = "2026-06-01T12:05:04Z/000000000042";
    const auto stream = received.open(client, request);
    ASSERT_TRUE(becomesTrue([&server] { return server.requests().size() == 1; }));
    EXPECT_EQ(server.requests().at(0).headers.get("last-event-id"), "2026-06-01T12:05:04Z/000000000042");
    EXPECT_EQ(stream->lastEventId(), request.lastEventId);
}

TEST(EventStream, EventsThatShareAnIdAllArrive)
{
    // Ids that are times: three lines of one instant, broken off after the second; the server begins with that instant.
    std::atomic<int> connections = 0;
    ScriptedServer server([&connections](http::Exchange& exchange) {
        const std::string first = event("t1", "a") + event("t1", "b");
        if (++connections == 1) {
            exchange.sendRawAndAbort("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\n" + first);
            return;
        }
        beginEvents(exchange);
        exchange.write(first + event("t1", "c") + event("t1", "a") + event("t2", "a"));
    });
    HttpClient client;
    Received received;
    const auto stream = received.open(client, streamOf(server));
    ASSERT_TRUE(becomesTrue([&received] { return received.events.size() == 5; }));
    EXPECT_EQ(received.data(), (QList<QByteArray>{"a", "b", "c", "a", "a"}));
}

TEST(EventStream, OpensASilentConnectionAnew)
{
    ScriptedServer server([](http::Exchange& exchange) {
        beginEvents(exchange);
        const bool again = exchange.request().headers.contains("last-event-id");
        exchange.write(again ? event("2", "after") : event("1", "before")); // then silence
    });
    HttpClient client;
    Received received;
    EventRequest request = streamOf(server);
    request.silence = 200ms;
    const auto stream = received.open(client, request);
    ASSERT_TRUE(becomesTrue([&received] { return received.events.size() == 2; }));
    EXPECT_EQ(received.data(), (QList<QByteArray>{"before", "after"}));
}

TEST(EventStream, AnEventThatNeverEndsDoesNotFillTheMemory)
{
    ScriptedServer server([](http::Exchange& exchange) {
        beginEvents(exchange);
        if (exchange.request().headers.contains("last-event-id")) {
            exchange.write(event("2", "small"));
            return;
        }
        exchange.write(event("1", "first") + "data: ");
        for (int i = 0; i < 30; ++i)
            exchange.write(std::string(100'000, 'x'));
    });
    HttpClient client;
    Received received;
    const auto stream = received.open(client, streamOf(server));
    ASSERT_TRUE(becomesTrue([&received] { return received.events.size() == 2; }));
    EXPECT_EQ(received.data(), (QList<QByteArray>{"first", "small"}));
}

TEST(EventStream, ARefusalEndsItWithTheReply)
{
    ScriptedServer server([](http::Exchange& exchange) {
        exchange.respond(reply(404, R"({"detail":"worker gone"})", {{"x-request-id", "r1"}}));
    });
    HttpClient client;
    Received received;
    const auto stream = received.open(client, streamOf(server));
    ASSERT_TRUE(becomesTrue([&received] { return received.ends.size() == 1; }));
    EXPECT_EQ(received.ends[0].status, 404);
    EXPECT_EQ(received.ends[0].body, R"({"detail":"worker gone"})");
    EXPECT_EQ(received.ends[0].requestId(), "r1");
    // A control call on the same client still works, and no further stream request was made.
    EXPECT_EQ(await(client.send([&server] {
        HttpRequest out;
        out.url = server.url();
        out.attempts = 1;
        return out;
    }()))
                  ->status,
        404);
    EXPECT_EQ(server.requests().size(), 2U);
}

TEST(EventStream, APageInsteadOfAStreamEndsIt)
{
    ScriptedServer server([](http::Exchange& exchange) {
        exchange.respond(reply(200, "<html>sign in</html>", {{"Content-Type", "text/html"}}));
    });
    HttpClient client;
    Received received;
    const auto stream = received.open(client, streamOf(server));
    ASSERT_TRUE(becomesTrue([&received] { return received.ends.size() == 1; }));
    EXPECT_EQ(received.ends[0].status, 200);
    EXPECT_TRUE(received.events.isEmpty());
}

TEST(EventStream, TriesAgainAfterAServerErrorAndARefusedConnection)
{
    std::atomic<int> calls = 0;
    ScriptedServer server([&calls](http::Exchange& exchange) {
        const int call = ++calls;
        if (call == 1)
            exchange.respond(reply(503));
        else if (call == 2)
            exchange.respond(reply(429, "", {{"Retry-After", "0"}}));
        else if (call == 3)
            exchange.abort();
        else {
            beginEvents(exchange);
            exchange.write(event("1", "at last"));
        }
    });
    HttpClient client;
    Received received;
    const auto stream = received.open(client, streamOf(server));
    ASSERT_TRUE(becomesTrue([&received] { return received.events.size() == 1; }));
    EXPECT_TRUE(received.ends.isEmpty());
}

TEST(EventStream, MayBeDestroyedByItsOwnEvent)
{
    ScriptedServer server([](http::Exchange& exchange) {
        beginEvents(exchange);
        exchange.write(event("1", "close me") + event("2", "too late"));
    });
    HttpClient client;
    std::unique_ptr<EventStream> stream;
    int events = 0;
    stream = client.openEvents(
        streamOf(server),
        [&](const ServerEvent&) {
            ++events;
            stream.reset();
        },
        [](const HttpReply&) {});
    ASSERT_TRUE(becomesTrue([&server, &stream] { return !stream && server.exchange(0)->isClosed(); }));
    EXPECT_EQ(events, 1);
}

TEST(EventStream, DestroyingItHangsUp)
{
    ScriptedServer server([](http::Exchange& exchange) { beginEvents(exchange); });
    HttpClient client;
    Received received;
    auto stream = received.open(client, streamOf(server));
    ASSERT_TRUE(becomesTrue([&server] { return server.requests().size() == 1; }));
    stream.reset();
    ASSERT_TRUE(becomesTrue([&server] { return server.exchange(0)->isClosed(); }));
}

TEST(EventStream, SixtyStreamsLiveAtOnceAndADeleteIsAnsweredWithinASecond)
{
    ScriptedServer server([](http::Exchange& exchange) {
        if (exchange.request().method == "DELETE") {
            exchange.respond(reply(204));
            return;
        }
        beginEvents(exchange);
        exchange.write(event("1", "hello"));
    });
    HttpClient client;
    Received received;
    std::vector<std::unique_ptr<EventStream>> streams;
    for (int i = 0; i < 60; ++i)
        streams.push_back(received.open(client, streamOf(server)));
    ASSERT_TRUE(becomesTrue([&received] { return received.events.size() == 60; })) << received.events.size();
    EXPECT_EQ(server.count("GET"), 60U);

    HttpRequest out;
    out.method = "DELETE";
    out.url = server.url(QStringLiteral("/v2/serverless/x"));
    const auto begin = std::chrono::steady_clock::now();
    const auto answer = await(client.send(out));
    EXPECT_LT(std::chrono::steady_clock::now() - begin, 1s);
    ASSERT_TRUE(answer.has_value()) << answer.error().detail;
    EXPECT_EQ(answer->status, 204);
}

} // namespace
} // namespace visgate
