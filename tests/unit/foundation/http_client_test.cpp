// SPDX-License-Identifier: GPL-3.0-or-later
// The blocking client against a real server, and against a peer that misbehaves.
#include "core/foundation/http/client.h"
#include "core/foundation/http/server.h"
#include "tests/unit/foundation/raw_peer.h"
#include "tests/unit/foundation/wait_until.h"

#include <atomic>
#include <gmock/gmock.h>
#include <thread>

using namespace std::chrono_literals;
using testing::HasSubstr;
using visgate::test::RawPeer;
using visgate::test::waitUntil;

namespace visgate::http {
namespace {

Request get(const std::string& target)
{
    return {"GET", target, {}, {}, {}};
}

Request post(const std::string& target, std::string body)
{
    return {"POST", target, {}, std::move(body), {}};
}

std::unique_ptr<Server> startEcho(const ServerLimits& limits = {})
{
    auto server = Server::start(
        {},
        [](const std::shared_ptr<Exchange>& exchange) {
            const Request& request = exchange->request();
            Response response = jsonResponse(201, request.method + " " + request.target + " " + request.body);
            response.headers.set("X-Seen", std::string(request.headers.get("X-Sent")));
            exchange->respond(std::move(response));
        },
        limits);
    return std::move(*server);
}

TEST(HttpClient, SendsAndReceives)
{
    const auto server = startEcho();
    Client client({"127.0.0.1", server->port(), {}});
    Request request = post("/a", "body");
    request.headers.set("X-Sent", "yes");
    for (int i = 0; i < 3; ++i) {
        const auto reply = client.send(request, 10s);
        ASSERT_TRUE(reply.has_value()) << reply.error().detail;
        EXPECT_EQ(reply->status, 201);
        EXPECT_EQ(reply->body, "POST /a body");
        EXPECT_EQ(reply->headers.get("x-seen"), "yes");
    }
    EXPECT_EQ(server->connectionCount(), 1U) << "the connection is kept";
    const auto head = client.send({"HEAD", "/a", {}, {}, {}}, 10s);
    ASSERT_TRUE(head.has_value());
    EXPECT_EQ(head->body, "");
}

TEST(HttpClient, CanBeMoved)
{
    const auto server = startEcho();
    Client first({"localhost", server->port(), {}});
    ASSERT_TRUE(first.send(get("/"), 10s).has_value());
    Client second(std::move(first));
    EXPECT_TRUE(second.send(get("/"), 10s).has_value());
}

TEST(HttpClient, SaysThatNobodyListens)
{
    std::uint16_t port = 0;
    {
        const auto server = startEcho();
        port = server->port();
    }
    Client client({"127.0.0.1", port, {}});
    EXPECT_EQ(client.send(get("/"), 10s).error().code, ErrorCode::NetworkUnreachable);
    Client misnamed({"no address", 1, {}});
    EXPECT_EQ(misnamed.send(get("/"), 10s).error().code, ErrorCode::NetworkUnreachable);
    Client missing({{}, 0, "/nonexistent/api.sock"});
    EXPECT_EQ(missing.send(get("/"), 10s).error().code, ErrorCode::NetworkUnreachable);
}

TEST(HttpClient, ReadsTheRefusalOfABodyThatItCouldNotSend)
{
    ServerLimits limits;
    limits.bodyBytes = 1000;
    const auto server = startEcho(limits);
    Client client({"127.0.0.1", server->port(), {}});
    const auto reply = client.send(post("/", std::string(32 * 1024 * 1024, 'x')), 20s);
    ASSERT_TRUE(reply.has_value()) << reply.error().detail;
    EXPECT_EQ(reply->status, 413);
}

TEST(HttpClient, NoticesAStaleConnectionAndReconnects)
{
    ServerLimits limits;
    limits.idleTimeout = 300ms; // longer than a slow machine takes from connecting to asking
    const auto server = startEcho(limits);
    Client client({"127.0.0.1", server->port(), {}});
    for (int i = 0; i < 3; ++i) {
        ASSERT_TRUE(client.send(post("/", "x"), 10s).has_value());
        ASSERT_TRUE(waitUntil([&] { return server->connectionCount() == 0; }));
    }
}

TEST(HttpClient, NeverRepeatsARequest)
{
    // The peer takes the request and closes: a paid call may have happened, so it is not made again.
    RawPeer peer;
    std::atomic<int> requests = 0;
    peer.serve([&](RawPeer::Connection& connection) {
        while (connection.readUntil("\r\n\r\n")) {
            if (++requests == 1)
                connection.send("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok");
            else
                return; // closes
        }
    });
    Client client({"127.0.0.1", peer.port(), {}});
    ASSERT_TRUE(client.send(post("/", ""), 10s).has_value());
    const auto second = client.send(post("/", ""), 10s);
    ASSERT_FALSE(second.has_value());
    EXPECT_EQ(second.error().code, ErrorCode::NetworkUnreachable);
    EXPECT_EQ(requests, 2);
    EXPECT_EQ(peer.connectionCount(), 1);
}

TEST(HttpClient, DoesNotTrustAConnectionWithStrayBytes)
{
    // A second reply that nobody asked for must not answer the next request.
    RawPeer peer;
    peer.serve([&](RawPeer::Connection& connection) {
        while (connection.readUntil("\r\n\r\n")) {
            connection.send("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"
                            "HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\npoison");
        }
    });
    Client client({"127.0.0.1", peer.port(), {}});
    for (int i = 0; i < 3; ++i) {
        const auto reply = client.send(get("/"), 10s);
        ASSERT_TRUE(reply.has_value());
        EXPECT_EQ(reply->body, "ok");
    }
    EXPECT_EQ(peer.connectionCount(), 3);
}

struct BadReply {
    std::string bytes;
    ErrorCode code;
};

TEST(HttpClient, SaysWhatIsWrongWithAReply)
{
    const std::vector<BadReply> cases{
        {"", ErrorCode::NetworkUnreachable},
        {"HTTP/1.1 200 OK\r\nContent-Le", ErrorCode::NetworkUnreachable},
        {"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf", ErrorCode::NetworkUnreachable},
        {"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhal", ErrorCode::NetworkUnreachable},
        {"SSH-2.0-OpenSSH_9.2\r\n", ErrorCode::UnexpectedReply},
        {"HTTP/1.1 2x0 OK\r\n\r\n", ErrorCode::UnexpectedReply},
        {"HTTP/1.1 200 OK\r\nContent-Length: 99999\r\n\r\n", ErrorCode::ReplyTooLarge},
        {"HTTP/1.1 200 OK\r\n\r\n" + std::string(2000, 'x'), ErrorCode::ReplyTooLarge},
        {"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nfffff\r\n", ErrorCode::ReplyTooLarge},
        {"HTTP/1.1 200 OK\r\nA: " + std::string(100'000, 'x'), ErrorCode::ReplyTooLarge},
    };
    for (const BadReply& bad : cases) {
        RawPeer peer;
        peer.serve([&](RawPeer::Connection& connection) {
            connection.readUntil("\r\n\r\n");
            connection.send(bad.bytes);
        });
        Client client({"127.0.0.1", peer.port(), {}});
        const auto reply = client.send(get("/"), 10s, {}, 1000);
        ASSERT_FALSE(reply.has_value()) << bad.bytes.substr(0, 80);
        EXPECT_EQ(reply.error().code, bad.code) << bad.bytes.substr(0, 80) << " -> " << reply.error().detail;
    }
}

TEST(HttpClient, TakesGoodRepliesOfEveryFraming)
{
    const std::vector<std::pair<std::string, std::string>> cases{
        {"HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nbody", "body"},
        {"HTTP/1.1 200 OK\r\n\r\nbody", "body"}, // until it closes
        {"HTTP/1.0 200 OK\r\n\r\nbody", "body"},
        {"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nbo\r\n2\r\ndy\r\n0\r\n\r\n", "body"},
        {"HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nbody", "body"},
        {"HTTP/1.1 204 No Content\r\n\r\n", ""},
    };
    for (const auto& [bytes, body] : cases) {
        RawPeer peer;
        peer.serve([&, reply = bytes](RawPeer::Connection& connection) {
            connection.readUntil("\r\n\r\n");
            for (const char c : reply)
                connection.send({&c, 1});
        });
        Client client({"127.0.0.1", peer.port(), {}});
        const auto reply = client.send(get("/"), 10s);
        ASSERT_TRUE(reply.has_value()) << bytes << " -> " << reply.error().detail;
        EXPECT_EQ(reply->body, body) << bytes;
    }
}

TEST(HttpClient, GivesUpInTime)
{
    RawPeer silent;
    silent.serve([](RawPeer::Connection& connection) { connection.readUntil("never"); });
    Client client({"127.0.0.1", silent.port(), {}});
    EXPECT_EQ(client.send(get("/"), 100ms).error().code, ErrorCode::NetworkTimeout);

    // Bytes that drip do not extend the time of a call.
    RawPeer dripping;
    dripping.serve([](RawPeer::Connection& connection) {
        connection.readUntil("\r\n\r\n");
        connection.send("HTTP/1.1 200 OK\r\nContent-Length: 1000000000\r\n\r\n");
        while (connection.send("x"))
            std::this_thread::sleep_for(1ms);
    });
    Client patient({"127.0.0.1", dripping.port(), {}});
    EXPECT_EQ(patient.send(get("/"), 200ms, {}, 2'000'000'000).error().code, ErrorCode::NetworkTimeout);
}

TEST(HttpClient, IsCancelledFromAnotherThread)
{
    RawPeer silent;
    std::atomic<bool> arrived = false;
    silent.serve([&](RawPeer::Connection& connection) {
        if (connection.readUntil("\r\n\r\n"))
            arrived = true;
        connection.readUntil("never");
    });
    Client client({"127.0.0.1", silent.port(), {}});
    const CancelToken cancel;
    std::thread other([&] {
        EXPECT_TRUE(waitUntil([&] { return arrived.load(); }));
        cancel.cancel();
    });
    const auto reply = client.send(get("/"), 60s, cancel);
    other.join();
    ASSERT_FALSE(reply.has_value());
    EXPECT_EQ(reply.error().code, ErrorCode::Cancelled);
    EXPECT_EQ(client.send(get("/"), 60s, cancel).error().code, ErrorCode::Cancelled) << "stays cancelled";
    EXPECT_EQ(silent.connectionCount(), 1);
}

TEST(HttpClient, ACancelThatComesTooLateHarmsNoLaterCall)
{
    const auto server = startEcho();
    Client client({"127.0.0.1", server->port(), {}});
    for (int i = 0; i < 200; ++i) {
        const CancelToken cancel;
        std::thread other([&] { cancel.cancel(); });
        static_cast<void>(client.send(get("/"), 10s, cancel));
        other.join();
        ASSERT_TRUE(client.send(get("/"), 10s).has_value());
    }
}

TEST(HttpClient, StreamsUntilToldToStop)
{
    auto server = Server::start({}, [](const std::shared_ptr<Exchange>& exchange) {
        exchange->beginStream(200, {{"Content-Type", "text/event-stream"}});
        exchange->write("data: 1\n\n");
        exchange->write("data: 2\n\n");
        if (exchange->request().path() == "/endless") {
            // kept until the client leaves
            exchange->onClosed([exchange] {});
        } else {
            exchange->endStream();
        }
    });
    Client client({"127.0.0.1", (*server)->port(), {}});
    std::string got;
    const auto collect = [&got](std::string_view chunk) {
        got += chunk;
        return got.find("data: 2\n\n") == std::string::npos;
    };
    const auto endless = client.stream(get("/endless"), 10s, collect, {});
    ASSERT_TRUE(endless.has_value()) << endless.error().detail;
    EXPECT_EQ(endless->status, 200);
    EXPECT_EQ(got, "data: 1\n\ndata: 2\n\n");
    EXPECT_TRUE(waitUntil([&] { return (*server)->connectionCount() == 0; }))
        << "the stopped stream's connection stays";

    got.clear();
    const auto all = [&got](std::string_view chunk) {
        got += chunk;
        return true;
    };
    const auto finite = client.stream(get("/finite"), 10s, all, {});
    ASSERT_TRUE(finite.has_value());
    EXPECT_EQ(got, "data: 1\n\ndata: 2\n\n");
    EXPECT_EQ(finite->body, "");
}

TEST(HttpClient, EndsASilentStream)
{
    RawPeer peer;
    peer.serve([](RawPeer::Connection& connection) {
        connection.readUntil("\r\n\r\n");
        connection.send("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1\r\nx\r\n");
        connection.readUntil("never");
    });
    Client client({"127.0.0.1", peer.port(), {}});
    std::string got;
    const auto reply = client.stream(get("/"), 1s,
        [&got](std::string_view chunk) {
            got += chunk;
            return true;
        },
        {});
    ASSERT_FALSE(reply.has_value());
    EXPECT_EQ(reply.error().code, ErrorCode::NetworkTimeout);
    EXPECT_EQ(got, "x") << "a chunk is delivered without waiting for the next";
}

TEST(HttpClient, ReturnsTheBodyOfARefusedStream)
{
    auto server = Server::start({}, [](const std::shared_ptr<Exchange>& exchange) {
        exchange->respond(jsonResponse(403, R"({"detail":"access denied"})", "application/problem+json"));
    });
    Client client({"127.0.0.1", (*server)->port(), {}});
    const auto reply = client.stream(get("/"), 10s,
        [](std::string_view) {
            ADD_FAILURE() << "a refusal is no stream";
            return true;
        },
        {});
    ASSERT_TRUE(reply.has_value());
    EXPECT_EQ(reply->status, 403);
    EXPECT_THAT(reply->body, HasSubstr("access denied"));
}

TEST(CancelToken, CallsBackOnceAndNotAfterRemoval)
{
    const CancelToken token;
    int calls = 0;
    token.onCancel([&calls] { ++calls; });
    const auto removed = token.onCancel([] { ADD_FAILURE(); });
    token.removeCallback(removed);
    const CancelToken copy = token; // NOLINT(performance-unnecessary-copy-initialization): it shares the state
    copy.cancel();
    copy.cancel();
    EXPECT_TRUE(token.isCancelled());
    EXPECT_EQ(calls, 1);
    token.onCancel([&calls] { ++calls; });
    EXPECT_EQ(calls, 2);
}

TEST(CancelToken, ACallbackMayUseItsToken)
{
    const CancelToken token;
    std::size_t second = 0;
    token.onCancel([&] {
        EXPECT_TRUE(token.isCancelled());
        token.removeCallback(second);
    });
    second = token.onCancel([] { ADD_FAILURE(); });
    token.cancel();
}

} // namespace
} // namespace visgate::http
