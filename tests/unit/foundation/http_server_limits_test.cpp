// SPDX-License-Identifier: GPL-3.0-or-later
// How much and how slowly a client may send, and how many there may be.
#include "tests/unit/foundation/echo_server.h"
#include "tests/unit/foundation/raw_client.h"

#include <gmock/gmock.h>
#include <memory>
#include <thread>
#include <vector>

using namespace std::chrono_literals;
using testing::EndsWith;
using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;
using visgate::test::RawClient;

namespace visgate::http {
namespace {

using test::echo;
using test::startServer;

TEST(HttpServerLimits, RefusesATooLargeBodyBeforeItIsSent)
{
    ServerLimits limits;
    limits.bodyBytes = 10;
    const auto server = startServer(echo, limits);
    RawClient client(server->port());
    client.send("POST / HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\nContent-Length: 11\r\n\r\n");
    const std::string reply = client.readAll();
    EXPECT_THAT(reply, StartsWith("HTTP/1.1 413 "));
    EXPECT_THAT(reply, Not(HasSubstr("100 Continue")));
}

TEST(HttpServerLimits, RefusesATooLargeChunkedBodyAsItArrives)
{
    ServerLimits limits;
    limits.bodyBytes = 10;
    const auto server = startServer(echo, limits);
    RawClient client(server->port());
    client.send("POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n6\r\nabcdef\r\n6\r\nabcdef\r\n");
    EXPECT_THAT(client.readAll(), StartsWith("HTTP/1.1 413 "));
}

TEST(HttpServerLimits, HalfSentBodiesOfAllConnectionsShareOneBudget)
{
    ServerLimits limits;
    limits.bodyBytes = 4 * kMiB;
    limits.heldBytes = 6 * kMiB;
    const auto server = startServer([](const std::shared_ptr<Exchange>& exchange) { exchange->respond({}); }, limits);
    const std::string begun = "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: " + std::to_string(4 * kMiB) + "\r\n\r\n";
    const std::string most(3 * kMiB, 'x');
    std::vector<std::unique_ptr<RawClient>> clients;
    for (int i = 0; i < 8; ++i) {
        clients.push_back(std::make_unique<RawClient>(server->port()));
        clients.back()->send(begun);
        clients.back()->send(most);
    }
    int refused = 0;
    std::vector<std::unique_ptr<RawClient>> waiting;
    for (auto& client : clients) {
        client->send(std::string(kMiB, 'y')); // the ones with room end their request
        const std::string reply = client->readReply();
        refused += reply.starts_with("HTTP/1.1 503 ") && reply.find("Retry-After") != std::string::npos ? 1 : 0;
    }
    EXPECT_GE(refused, 1);
    clients.clear();
    // What was refused or answered takes no room any more.
    for (int i = 0; i < 4; ++i) {
        RawClient client(server->port());
        client.send(begun);
        client.send(std::string(4 * kMiB, 'z'));
        EXPECT_THAT(client.readReply(), StartsWith("HTTP/1.1 200 "));
    }
}

TEST(HttpServerLimits, AStrangerNeedNotSendAsMuchAsWhoMayComeIn)
{
    ServerLimits limits;
    limits.bodyBytesFor
        = [](const Request& head) { return std::size_t(head.headers.get("Authorization") == "mine" ? 100 : 10); };
    const auto server = startServer(echo, limits);
    for (const char* body : {"Content-Length: 11\r\n\r\n", "Transfer-Encoding: chunked\r\n\r\nb\r\n12345678901\r\n"}) {
        RawClient stranger(server->port());
        stranger.send(std::string("POST / HTTP/1.1\r\nHost: x\r\n") + body);
        EXPECT_THAT(stranger.readAll(), StartsWith("HTTP/1.1 413 ")) << body;
    }
    RawClient own(server->port());
    own.send("POST / HTTP/1.1\r\nHost: x\r\nAuthorization: mine\r\nContent-Length: 11\r\n\r\n12345678901");
    EXPECT_THAT(own.readReply(), EndsWith("POST / 12345678901"));
}

TEST(HttpServerLimits, RefusesAnOversizedHeader)
{
    ServerLimits limits;
    limits.headerBytes = 1024;
    const auto server = startServer(echo, limits);
    {
        RawClient client(server->port());
        client.send("GET / HTTP/1.1\r\nHost: x\r\nA: " + std::string(2000, 'a'));
        EXPECT_THAT(client.readAll(), StartsWith("HTTP/1.1 431 "));
    }
    {
        RawClient client(server->port());
        client.send("GET /" + std::string(2000, 'a'));
        EXPECT_THAT(client.readAll(), StartsWith("HTTP/1.1 431 "));
    }
    { // many small fields
        RawClient client(server->port());
        std::string request = "GET / HTTP/1.1\r\nHost: x\r\n";
        for (int i = 0; i < 400; ++i)
            request += "A: bcdef\r\n";
        client.send(request + "\r\n");
        EXPECT_THAT(client.readAll(), StartsWith("HTTP/1.1 431 "));
    }
    { // a trailer or chunk extension without end
        RawClient client(server->port());
        client.send(
            "POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n0\r\nA: " + std::string(2000, 'a'));
        EXPECT_THAT(client.readAll(), StartsWith("HTTP/1.1 431 "));
    }
}

TEST(HttpServerLimits, CutsASlowHeader)
{
    ServerLimits limits;
    limits.headerTimeout = 1s;
    const auto server = startServer(echo, limits);
    RawClient begun(server->port());
    begun.send("GET / HT");
    RawClient silent(server->port());
    EXPECT_THAT(begun.readAll(), StartsWith("HTTP/1.1 408 "));
    EXPECT_TRUE(silent.isClosedByPeer());

    // Bytes that keep dripping do not extend the limit; they are far too few to break the size limit.
    RawClient dripping(server->port());
    EXPECT_THAT(dripping.dripUntilAnswered("a", 10ms), StartsWith("HTTP/1.1 408 "));
}

TEST(HttpServerLimits, CutsASlowBody)
{
    ServerLimits limits;
    limits.bodyTimeout = 200ms;
    const auto server = startServer(echo, limits);
    RawClient stalled(server->port());
    stalled.send("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n\r\nabc");
    EXPECT_THAT(stalled.readAll(), StartsWith("HTTP/1.1 408 "));
}

TEST(HttpServerLimits, CutsAnIdleConnection)
{
    ServerLimits limits;
    limits.idleTimeout = 200ms;
    const auto server = startServer(echo, limits);
    RawClient resting(server->port());
    resting.send("GET / HTTP/1.1\r\nHost: x\r\n\r\n");
    EXPECT_THAT(resting.readReply(), StartsWith("HTTP/1.1 200 "));
    EXPECT_TRUE(resting.isClosedByPeer());
}

TEST(HttpServerLimits, TurnsAwayMoreConnectionsThanItsLimit)
{
    ServerLimits limits;
    limits.connections = 2;
    const auto server = startServer(echo, limits);
    const std::string request = "GET / HTTP/1.1\r\nHost: x\r\n\r\n";
    auto first = std::make_unique<RawClient>(server->port());
    RawClient second(server->port());
    first->send(request);
    second.send(request);
    EXPECT_THAT(first->readReply(), StartsWith("HTTP/1.1 200 "));
    EXPECT_THAT(second.readReply(), StartsWith("HTTP/1.1 200 "));
    RawClient third(server->port());
    EXPECT_THAT(third.readAll(), StartsWith("HTTP/1.1 503 "));
    first.reset();
    while (server->connectionCount() > 1)
        std::this_thread::yield();
    RawClient fourth(server->port());
    fourth.send(request);
    EXPECT_THAT(fourth.readReply(), StartsWith("HTTP/1.1 200 "));
}

} // namespace
} // namespace visgate::http
