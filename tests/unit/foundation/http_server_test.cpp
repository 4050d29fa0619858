// SPDX-License-Identifier: GPL-3.0-or-later
// What a client meets, well-behaved or not, over real sockets.
#include "core/foundation/http/server.h"
#include "tests/unit/foundation/raw_client.h"

#include <atomic>
#include <gmock/gmock.h>
#include <memory>
#include <mutex>
#include <stdexcept>
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

// Answers with what it got: "METHOD target body".
void echo(const std::shared_ptr<Exchange>& exchange)
{
    const Request& request = exchange->request();
    exchange->respond(jsonResponse(200, request.method + " " + request.target + " " + request.body, "text/plain"));
}

std::unique_ptr<Server> startServer(Server::Handler handler, const ServerLimits& limits = {})
{
    auto server = Server::start({}, std::move(handler), limits);
    EXPECT_TRUE(server.has_value());
    return std::move(*server);
}

TEST(HttpServer, AnswersARequestAndKeepsTheConnection)
{
    const auto server = startServer(echo);
    RawClient client(server->port());
    for (int i = 0; i < 3; ++i) {
        client.send("POST /a?b=c HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\n\r\nhello");
        const std::string reply = client.readReply();
        EXPECT_THAT(reply, StartsWith("HTTP/1.1 200 OK\r\n"));
        EXPECT_THAT(reply, HasSubstr("Connection: keep-alive\r\n"));
        EXPECT_THAT(reply, HasSubstr("Date: "));
        EXPECT_THAT(reply, EndsWith("POST /a?b=c hello"));
    }
    EXPECT_EQ(server->connectionCount(), 1U);
}

TEST(HttpServer, ClosesWhenAsked)
{
    const auto server = startServer(echo);
    RawClient client(server->port());
    client.send("GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
    const std::string reply = client.readAll();
    EXPECT_THAT(reply, HasSubstr("Connection: close\r\n"));
    EXPECT_THAT(reply, EndsWith("GET / "));
}

TEST(HttpServer, TakesARequestByteByByteAndChunked)
{
    const auto server = startServer(echo);
    RawClient client(server->port());
    const std::string request = "POST /x HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n"
                                "3\r\nabc\r\n2;note=1\r\nde\r\n0\r\nTrailer: ignored\r\n\r\n";
    for (const char c : request)
        ASSERT_TRUE(client.send({&c, 1}));
    EXPECT_THAT(client.readReply(), EndsWith("POST /x abcde"));
    for (const char c : std::string("POST /y HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"))
        ASSERT_TRUE(client.send({&c, 1}));
    EXPECT_THAT(client.readReply(), EndsWith("POST /y "));
}

TEST(HttpServer, AnswersPipelinedRequestsInTheirOrder)
{
    // The first is answered last: from another thread, after the second could have been handled.
    std::vector<std::shared_ptr<Exchange>> held;
    std::mutex mutex;
    const auto server = startServer([&](std::shared_ptr<Exchange> exchange) {
        const std::lock_guard lock(mutex);
        held.push_back(std::move(exchange));
    });
    RawClient client(server->port());
    client.send(
        "GET /1 HTTP/1.1\r\nHost: x\r\n\r\nGET /2 HTTP/1.1\r\nHost: x\r\n\r\nGET /3 HTTP/1.1\r\nHost: x\r\n\r\n");
    for (std::size_t answered = 0; answered < 3;) {
        std::shared_ptr<Exchange> next;
        {
            const std::lock_guard lock(mutex);
            EXPECT_LE(held.size(), answered + 1) << "a request was handled before the one before it was answered";
            if (held.size() > answered)
                next = held[answered];
        }
        if (!next) {
            std::this_thread::yield();
            continue;
        }
        echo(next);
        ++answered;
        EXPECT_THAT(client.readReply(), EndsWith("GET /" + std::to_string(answered) + " "));
    }
    held.clear();
}

TEST(HttpServer, HeadHasALengthAndNoBody)
{
    const auto server = startServer(echo);
    RawClient client(server->port());
    client.send("HEAD /abc HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
    const std::string reply = client.readAll();
    EXPECT_THAT(reply, HasSubstr("Content-Length: 10\r\n"));
    EXPECT_THAT(reply, EndsWith("\r\n\r\n"));
}

TEST(HttpServer, SaysContinueOnlyWhenTheBodyIsAwaited)
{
    const auto server = startServer(echo);
    RawClient client(server->port());
    client.send("POST / HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\nContent-Length: 2\r\n\r\n");
    EXPECT_EQ(client.readUntil("\r\n\r\n"), "HTTP/1.1 100 Continue\r\n\r\n");
    client.send("ok");
    EXPECT_THAT(client.readReply(), EndsWith("POST / ok"));
    // A body that is there already needs no invitation.
    client.send("POST / HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\nContent-Length: 2\r\n\r\nok");
    EXPECT_THAT(client.readReply(), StartsWith("HTTP/1.1 200 OK"));
}

TEST(HttpServer, RefusesATooLargeBodyBeforeItIsSent)
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

TEST(HttpServer, RefusesATooLargeChunkedBodyAsItArrives)
{
    ServerLimits limits;
    limits.bodyBytes = 10;
    const auto server = startServer(echo, limits);
    RawClient client(server->port());
    client.send("POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n6\r\nabcdef\r\n6\r\nabcdef\r\n");
    EXPECT_THAT(client.readAll(), StartsWith("HTTP/1.1 413 "));
}

TEST(HttpServer, HalfSentBodiesOfAllConnectionsShareOneBudget)
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

TEST(HttpServer, AStrangerNeedNotSendAsMuchAsWhoMayComeIn)
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

TEST(HttpServer, RefusesAnOversizedHeader)
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

TEST(HttpServer, RefusesWhatIsNotHttp)
{
    const auto server = startServer(echo);
    const std::vector<std::pair<std::string, std::string>> cases{
        {"\x16\x03\x01\x02\x01\r\n\r\n", "400"},
        {"GET / HTTP/1.1\r\n\r\n", "400"}, // no Host
        {"GET / HTTP/1.1\r\nHost: x\r\nHost: y\r\n\r\n", "400"},
        {"GET nonsense HTTP/1.1\r\nHost: x\r\n\r\n", "400"},
        {"GET / HTTP/3.0\r\nHost: x\r\n\r\n", "505"},
        {"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: -1\r\n\r\n", "400"},
        {"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n", "400"},
        {"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n", "400"},
        {"POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: gzip\r\n\r\n", "501"},
        {"POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n\r\n", "400"},
        {"POST / HTTP/1.1\r\nHost: x\r\nExpect: miracles\r\nContent-Length: 1\r\n\r\n", "417"},
    };
    for (const auto& [request, status] : cases) {
        RawClient client(server->port());
        client.send(request);
        EXPECT_THAT(client.readAll(), StartsWith("HTTP/1.1 " + status + " ")) << request;
    }
}

TEST(HttpServer, AcceptsTheAbsoluteFormAndHttp10)
{
    const auto server = startServer(echo);
    RawClient client(server->port());
    client.send("GET http://x:1/path HTTP/1.1\r\nHost: x\r\n\r\n");
    EXPECT_THAT(client.readReply(), EndsWith("GET /path "));
    client.send("GET /old HTTP/1.0\r\n\r\n");
    EXPECT_THAT(client.readAll(), EndsWith("GET /old ")); // and closes
}

TEST(HttpServer, CutsASlowHeader)
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
    std::atomic<bool> isCut = false;
    std::thread drip([&] {
        while (!isCut && dripping.send("a"))
            std::this_thread::sleep_for(10ms);
    });
    EXPECT_THAT(dripping.readUntil("\r\n\r\n"), StartsWith("HTTP/1.1 408 "));
    isCut = true;
    drip.join();
}

TEST(HttpServer, CutsASlowBody)
{
    ServerLimits limits;
    limits.bodyTimeout = 200ms;
    const auto server = startServer(echo, limits);
    RawClient stalled(server->port());
    stalled.send("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n\r\nabc");
    EXPECT_THAT(stalled.readAll(), StartsWith("HTTP/1.1 408 "));
}

TEST(HttpServer, CutsAnIdleConnection)
{
    ServerLimits limits;
    limits.idleTimeout = 200ms;
    const auto server = startServer(echo, limits);
    RawClient resting(server->port());
    resting.send("GET / HTTP/1.1\r\nHost: x\r\n\r\n");
    EXPECT_THAT(resting.readReply(), StartsWith("HTTP/1.1 200 "));
    EXPECT_TRUE(resting.isClosedByPeer());
}

TEST(HttpServer, AnswersFiveHundredWhenAnExchangeIsDropped)
{
    const auto server = startServer([](const std::shared_ptr<Exchange>&) {});
    RawClient client(server->port());
    client.send("GET / HTTP/1.1\r\nHost: x\r\n\r\n");
    EXPECT_THAT(client.readReply(), StartsWith("HTTP/1.1 500 "));
    client.send("GET / HTTP/1.1\r\nHost: x\r\n\r\n"); // the connection lives on
    EXPECT_THAT(client.readReply(), StartsWith("HTTP/1.1 500 "));
}

TEST(HttpServer, AnswersFiveHundredWhenAHandlerThrows)
{
    const auto server = startServer([](const std::shared_ptr<Exchange>&) { throw std::runtime_error("oops"); });
    RawClient client(server->port());
    client.send("GET / HTTP/1.1\r\nHost: x\r\n\r\n");
    EXPECT_THAT(client.readReply(), StartsWith("HTTP/1.1 500 "));
}

TEST(HttpServer, IgnoresASecondAnswer)
{
    const auto server = startServer([](const std::shared_ptr<Exchange>& exchange) {
        exchange->respond(jsonResponse(200, "first"));
        exchange->respond(jsonResponse(200, "second"));
        exchange->beginStream(200, {});
        EXPECT_FALSE(exchange->write("third"));
        exchange->endStream();
    });
    RawClient client(server->port());
    client.send("GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
    EXPECT_THAT(client.readAll(), EndsWith("\r\n\r\nfirst"));
}

TEST(HttpServer, DoesNotLetAFieldBreakTheHead)
{
    const auto server = startServer([](const std::shared_ptr<Exchange>& exchange) {
        Response response = jsonResponse(200, "x");
        response.headers.add("Location", "/a\r\nSet-Cookie: planted=1");
        response.headers.add("Bad Name", "y");
        response.headers.add("X-Good", "z");
        response.headers.add("Content-Length", "999");
        exchange->respond(std::move(response));
    });
    RawClient client(server->port());
    client.send("GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
    const std::string reply = client.readAll();
    EXPECT_THAT(reply, Not(HasSubstr("planted")));
    EXPECT_THAT(reply, Not(HasSubstr("Bad Name")));
    EXPECT_THAT(reply, Not(HasSubstr("999")));
    EXPECT_THAT(reply, HasSubstr("X-Good: z\r\n"));
}

TEST(HttpServer, SendsNoBodyWith204)
{
    const auto server = startServer([](const std::shared_ptr<Exchange>& exchange) {
        exchange->respond({204, {}, "x"});
    });
    RawClient client(server->port());
    client.send("DELETE / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
    const std::string reply = client.readAll();
    EXPECT_THAT(reply, StartsWith("HTTP/1.1 204 No Content\r\n"));
    EXPECT_THAT(reply, Not(HasSubstr("Content-Length")));
    EXPECT_THAT(reply, EndsWith("\r\n\r\n"));
}

TEST(HttpServer, TurnsAwayMoreConnectionsThanItsLimit)
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

TEST(HttpServer, SaysWhyItCannotListen)
{
    const auto first = startServer(echo);
    const auto second = Server::start({"127.0.0.1", first->port(), {}}, echo);
    ASSERT_FALSE(second.has_value());
    EXPECT_EQ(second.error().code, ErrorCode::PortBusy);
    EXPECT_EQ(second.error().arguments, std::vector{std::to_string(first->port())}) << "the port is named";
    EXPECT_EQ(Server::start({"not an address", 0, {}}, echo).error().code, ErrorCode::InvalidRequest);
}

TEST(HttpServer, ServesTwoHundredConnectionsAtOnce)
{
    const auto server = startServer(echo);
    std::vector<RawClient> clients;
    for (int i = 0; i < 200; ++i)
        clients.emplace_back(server->port());
    for (std::size_t i = 0; i < clients.size(); ++i)
        clients[i].send("GET /" + std::to_string(i) + " HTTP/1.1\r\nHost: x\r\n\r\n");
    for (std::size_t i = 0; i < clients.size(); ++i)
        EXPECT_THAT(clients[i].readReply(), EndsWith("GET /" + std::to_string(i) + " "));
    EXPECT_EQ(server->connectionCount(), 200U);
}

} // namespace
} // namespace visgate::http
