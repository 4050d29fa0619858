// SPDX-License-Identifier: GPL-3.0-or-later
// What a client meets, well-behaved or not, over real sockets.
#include "tests/unit/foundation/echo_server.h"
#include "tests/unit/foundation/raw_client.h"

#include <gmock/gmock.h>
#include <memory>
#include <mutex>
#include <stdexcept>
#include <vector>

using testing::EndsWith;
using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;
using visgate::test::RawClient;

namespace visgate::http {
namespace {

using test::echo;
using test::startServer;

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
