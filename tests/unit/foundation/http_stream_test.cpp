// SPDX-License-Identifier: GPL-3.0-or-later
// Replies that take their time: streams, answers from other threads, clients that leave, a server that stops.
#include "core/foundation/http/server.h"
#include "tests/unit/foundation/raw_client.h"
#include "tests/unit/foundation/wait_until.h"

#include <atomic>
#include <gmock/gmock.h>
#include <mutex>
#include <random>
#include <thread>
#include <vector>

using namespace std::chrono_literals;
using testing::EndsWith;
using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;
using visgate::test::RawClient;
using visgate::test::waitUntil;

namespace visgate::http {
namespace {

constexpr std::string_view kGet = "GET / HTTP/1.1\r\nHost: x\r\n\r\n";

// Keeps every exchange for the test to answer.
class Holder {
public:
    explicit Holder(const ServerLimits& limits = {})
    {
        auto started = Server::start(
            {},
            [this](std::shared_ptr<Exchange> exchange) {
                const std::lock_guard lock(m_mutex);
                m_held.push_back(std::move(exchange));
                m_arrived.notify_one();
            },
            limits);
        server = std::move(*started);
    }

    std::shared_ptr<Exchange> next()
    {
        std::unique_lock lock(m_mutex);
        if (!m_arrived.wait_for(lock, 20s, [this] { return m_taken < m_held.size(); })) {
            ADD_FAILURE() << "no request came";
            return nullptr;
        }
        return std::move(m_held[m_taken++]);
    }

private:
    std::mutex m_mutex;
    std::condition_variable m_arrived;
    std::vector<std::shared_ptr<Exchange>> m_held;
    std::size_t m_taken = 0;

public:
    std::unique_ptr<Server> server; // goes first: its thread uses the members above
};

TEST(HttpStream, ComesInChunksAndCloses)
{
    Holder holder;
    RawClient client(holder.server->port());
    client.send(kGet);
    const auto exchange = holder.next();
    exchange->beginStream(200, {{"Content-Type", "text/event-stream"}});
    EXPECT_TRUE(exchange->write("hello"));
    EXPECT_THAT(client.readUntil("5\r\nhello\r\n"), HasSubstr("Transfer-Encoding: chunked\r\n"));
    EXPECT_TRUE(exchange->write("0123456789abcdef"));
    EXPECT_TRUE(exchange->write("")); // must not end the stream
    EXPECT_TRUE(exchange->write("!"));
    exchange->endStream();
    EXPECT_FALSE(exchange->write("late"));
    EXPECT_EQ(client.readAll(), "10\r\n0123456789abcdef\r\n1\r\n!\r\n0\r\n\r\n");
}

TEST(HttpStream, KeepsAKnownLengthAndServesOldClients)
{
    Holder holder;
    {
        RawClient client(holder.server->port());
        client.send(kGet);
        const auto exchange = holder.next();
        exchange->beginStream(200, {{"Content-Length", "4"}});
        exchange->write("ab");
        exchange->write("cd");
        exchange->endStream();
        const std::string reply = client.readAll();
        EXPECT_THAT(reply, HasSubstr("Content-Length: 4\r\n"));
        EXPECT_THAT(reply, EndsWith("\r\n\r\nabcd"));
    }
    {
        RawClient client(holder.server->port());
        client.send("GET / HTTP/1.0\r\n\r\n");
        const auto exchange = holder.next();
        exchange->beginStream(200, {});
        exchange->write("abcd");
        exchange->endStream();
        const std::string reply = client.readAll();
        EXPECT_THAT(reply, Not(HasSubstr("chunked")));
        EXPECT_THAT(reply, EndsWith("\r\n\r\nabcd"));
    }
    {
        RawClient client(holder.server->port());
        client.send("HEAD / HTTP/1.1\r\nHost: x\r\n\r\n");
        const auto exchange = holder.next();
        exchange->beginStream(200, {});
        EXPECT_TRUE(exchange->write("abcd"));
        exchange->endStream();
        EXPECT_THAT(client.readAll(), EndsWith("\r\n\r\n"));
    }
}

TEST(HttpStream, IsNotWholeWhenItsExchangeIsDropped)
{
    Holder holder;
    RawClient client(holder.server->port());
    client.send(kGet);
    auto exchange = holder.next();
    exchange->beginStream(200, {});
    exchange->write("part");
    client.readUntil("part\r\n");
    exchange.reset();
    EXPECT_EQ(client.readAll(), "");
}

TEST(HttpStream, CutsAClientThatDoesNotRead)
{
    ServerLimits limits;
    limits.streamBacklogBytes = 256 * 1024;
    Holder holder(limits);
    RawClient client(holder.server->port());
    client.shrinkReceiveBuffer();
    client.send(kGet);
    const auto exchange = holder.next();
    exchange->beginStream(200, {});
    std::atomic<bool> closed = false;
    exchange->onClosed([&closed] { closed = true; });
    const std::string chunk(16 * 1024, 'x');
    std::size_t accepted = 0;
    while (exchange->write(chunk)) {
        accepted += chunk.size();
        EXPECT_LE(exchange->backlog(), limits.streamBacklogBytes);
        ASSERT_LT(accepted, 512U * 1024 * 1024) << "the backlog has no limit";
    }
    EXPECT_TRUE(waitUntil([&] { return closed.load(); }));
    EXPECT_TRUE(exchange->isClosed());
    EXPECT_TRUE(waitUntil([&] { return holder.server->connectionCount() == 0; }));
}

TEST(HttpStream, CutsAClientThatStopsReadingAWholeReply)
{
    ServerLimits limits;
    limits.writeTimeout = 200ms;
    Holder holder(limits);
    RawClient client(holder.server->port());
    client.shrinkReceiveBuffer();
    client.send(kGet);
    holder.next()->respond(jsonResponse(200, std::string(64 * 1024 * 1024, 'x')));
    EXPECT_TRUE(waitUntil([&] { return holder.server->connectionCount() == 0; }));
}

TEST(HttpStream, BacklogFallsAsTheClientReads)
{
    Holder holder;
    RawClient client(holder.server->port());
    client.send(kGet);
    const auto exchange = holder.next();
    exchange->beginStream(200, {});
    std::size_t got = 0;
    const std::string chunk(64 * 1024, 'x');
    for (int i = 0; i < 100; ++i) { // well beyond the backlog limit in sum
        ASSERT_TRUE(exchange->write(chunk));
        got += client.readUntil(chunk + "\r\n").size();
    }
    EXPECT_GT(got, 100U * chunk.size());
    EXPECT_TRUE(waitUntil([&] { return exchange->backlog() == 0; }));
}

TEST(HttpExchange, TellsWhenTheClientLeaves)
{
    Holder holder;
    RawClient client(holder.server->port());
    client.send(kGet);
    const auto exchange = holder.next();
    std::atomic<int> calls = 0;
    exchange->onClosed([&calls] { ++calls; });
    EXPECT_FALSE(exchange->isClosed());
    client.close();
    EXPECT_TRUE(waitUntil([&] { return calls == 1; }));
    EXPECT_TRUE(exchange->isClosed());
    exchange->respond(jsonResponse(200, "to nobody"));
    EXPECT_FALSE(exchange->write("to nobody"));
    exchange->onClosed([&calls] { ++calls; }); // too late: at once
    EXPECT_TRUE(waitUntil([&] { return calls == 2; }));
}

TEST(HttpExchange, DoesNotTellAfterTheWholeReply)
{
    Holder holder;
    int dummy = 0;
    auto tracker = std::shared_ptr<int>(&dummy, [](int*) {});
    const std::weak_ptr<int> alive = tracker;
    {
        RawClient client(holder.server->port());
        client.send(kGet);
        auto exchange = holder.next();
        exchange->onClosed([tracker, exchange] { ADD_FAILURE() << "the reply was complete"; });
        tracker.reset();
        exchange->respond(jsonResponse(200, "x"));
        EXPECT_THAT(client.readReply(), EndsWith("x"));
    }
    // The callback and with it the exchange it holds are released: no cycle keeps them.
    EXPECT_TRUE(waitUntil([&] { return alive.expired(); }));
}

TEST(HttpExchange, CanBeAnsweredFromManyThreads)
{
    Holder holder;
    std::vector<RawClient> clients;
    std::vector<std::thread> threads;
    threads.reserve(32);
    for (int i = 0; i < 32; ++i) {
        clients.emplace_back(holder.server->port());
        clients.back().send("GET /" + std::to_string(i) + " HTTP/1.1\r\nHost: x\r\n\r\n");
    }
    for (int i = 0; i < 32; ++i) {
        threads.emplace_back([exchange = holder.next()] {
            exchange->respond(jsonResponse(200, std::string(exchange->request().path())));
        });
    }
    for (std::size_t i = 0; i < clients.size(); ++i)
        EXPECT_THAT(clients[i].readReply(), EndsWith("/" + std::to_string(i)));
    for (std::thread& thread : threads)
        thread.join();
}

TEST(HttpExchange, AbortCutsWithoutAnAnswer)
{
    Holder holder;
    RawClient client(holder.server->port());
    client.send(kGet);
    const auto exchange = holder.next();
    exchange->onClosed([] { ADD_FAILURE() << "we cut it ourselves"; });
    exchange->abort();
    EXPECT_TRUE(exchange->isClosed());
    EXPECT_EQ(client.readAll(), "");
}

TEST(HttpExchange, SendsRawBytesAndCuts)
{
    Holder holder;
    RawClient client(holder.server->port());
    client.send(kGet);
    holder.next()->sendRawAndAbort("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf");
    EXPECT_EQ(client.readAll(), "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf");
}

TEST(HttpExchange, ReadsAheadOnlyALittleWhileAnswering)
{
    // A client that floods during a pending answer is held back by TCP and still gets all its answers.
    Holder holder;
    RawClient client(holder.server->port());
    client.send(kGet);
    auto first = holder.next();
    const std::string many = [] {
        std::string out;
        for (int i = 0; i < 4000; ++i)
            out += kGet;
        return out;
    }();
    std::thread sender([&] { client.send(many); });
    first->respond(jsonResponse(200, "x"));
    for (int i = 0; i < 4000; ++i)
        holder.next()->respond(jsonResponse(200, "x"));
    sender.join();
    for (int i = 0; i < 4001; ++i)
        ASSERT_THAT(client.readReply(), EndsWith("x"));
}

TEST(HttpServerLife, StopsWhileExchangesAreHeldElsewhere)
{
    auto holder = std::make_unique<Holder>();
    RawClient waiting(holder->server->port());
    RawClient streaming(holder->server->port());
    waiting.send(kGet);
    const auto pending = holder->next();
    streaming.send(kGet);
    const auto stream = holder->next();
    stream->beginStream(200, {});
    stream->write("x");
    streaming.readUntil("x\r\n");
    std::atomic<int> closed = 0;
    pending->onClosed([&closed] { ++closed; });
    stream->onClosed([&closed] { ++closed; });

    holder.reset();
    EXPECT_EQ(closed, 2);
    EXPECT_TRUE(waiting.isClosedByPeer());
    pending->respond(jsonResponse(200, "nobody hears"));
    EXPECT_FALSE(stream->write("nobody hears"));
    stream->endStream();
    stream->abort();
    EXPECT_TRUE(pending->isClosed());
    pending->onClosed([&closed] { ++closed; });
    EXPECT_EQ(closed, 3);
}

TEST(HttpServerLife, StopsUnderFire)
{
    // Writers on other threads and clients that come and go while the server is taken down.
    for (unsigned round = 0; round < 5; ++round) {
        auto holder = std::make_unique<Holder>();
        const std::uint16_t port = holder->server->port();
        std::atomic<bool> enough = false;
        std::vector<std::shared_ptr<Exchange>> streams;
        std::vector<RawClient> clients;
        for (int i = 0; i < 4; ++i) {
            clients.emplace_back(port);
            clients.back().send(kGet);
            streams.push_back(holder->next());
            streams.back()->beginStream(200, {});
        }
        std::vector<std::thread> threads;
        threads.reserve(streams.size() + 1);
        for (const auto& stream : streams) {
            threads.emplace_back([stream, &enough] {
                while (!enough && stream->write("some bytes"))
                    std::this_thread::yield();
            });
        }
        threads.emplace_back([port, &enough] {
            while (!enough) {
                RawClient client(port);
                if (!client.isConnected())
                    break;
                client.send(kGet);
            }
        });
        for (RawClient& client : clients)
            client.readUntil("some bytes");
        holder->server.reset();
        enough = true;
        for (std::thread& thread : threads)
            thread.join();
        for (const auto& stream : streams)
            EXPECT_TRUE(stream->isClosed());
    }
}

TEST(HttpServerLife, SurvivesClientsThatVanishAtAnyMoment)
{
    const auto started = Server::start({}, [](const std::shared_ptr<Exchange>& exchange) {
        if (exchange->request().path() == "/stream") {
            exchange->beginStream(200, {});
            for (int i = 0; i < 20 && exchange->write(std::string(1000, 's')); ++i) { }
            exchange->endStream();
        } else {
            exchange->respond(jsonResponse(200, std::string(20'000, 'r')));
        }
    });
    const auto& server = *started;
    std::mt19937 random(7);
    for (const std::string path : {"/stream", "/whole"}) {
        const std::string request = "POST " + path + " HTTP/1.1\r\nHost: x\r\nContent-Length: 10\r\n\r\n0123456789";
        for (std::size_t cut = 0; cut <= request.size(); ++cut) {
            RawClient client(server->port());
            client.send(std::string_view(request).substr(0, cut));
            if (cut == request.size())
                client.readUntil("\r\n\r\n");
            if (random() % 2 == 0)
                client.reset();
        }
    }
    EXPECT_TRUE(waitUntil([&] { return server->connectionCount() == 0; }));
    RawClient client(server->port());
    client.send(kGet);
    EXPECT_THAT(client.readReply(), StartsWith("HTTP/1.1 200 "));
}

} // namespace
} // namespace visgate::http
