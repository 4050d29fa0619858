// SPDX-License-Identifier: GPL-3.0-or-later
// What ends a call that does not end well: limits, time-outs, a network that is not there; and what its error says.
#include "core/net/http_client.h"
#include "tests/support/await.h"
#include "tests/support/scripted_server.h"

#include <QTcpServer>

#include <gtest/gtest.h>
#include <thread>

namespace visgate {
namespace {

using test::await;
using test::reply;
using test::ScriptedServer;
using namespace std::chrono_literals;

HttpRequest once(const char* method, const QUrl& url)
{
    HttpRequest out;
    out.method = method;
    out.url = url;
    out.timeout = 5s;
    out.attempts = 1;
    return out;
}

std::uint16_t closedPort()
{
    const ScriptedServer gone([](http::Exchange&) {});
    return gone.port();
}

TEST(HttpLimits, ADeclaredLengthOverTheLimitEndsTheCallAtOnce)
{
    ScriptedServer server([](http::Exchange& exchange) { exchange.respond(reply(200, std::string(200'000, 'x'))); });
    HttpClient client;
    HttpRequest out = once("GET", server.url());
    out.maxReplyBytes = 100'000;
    const auto answer = await(client.send(out));
    ASSERT_FALSE(answer.has_value());
    EXPECT_EQ(answer.error().code, ErrorCode::ReplyTooLarge);
}

TEST(HttpLimits, AnEndlessReplyIsCutAsItArrives)
{
    ScriptedServer server([](http::Exchange& exchange) {
        exchange.beginStream(200, {});
        for (int i = 0; i < 40; ++i)
            exchange.write(std::string(10'000, 'x')); // and never ended
    });
    HttpClient client;
    HttpRequest out = once("GET", server.url());
    out.maxReplyBytes = 100'000;
    const auto answer = await(client.send(out));
    ASSERT_FALSE(answer.has_value());
    EXPECT_EQ(answer.error().code, ErrorCode::ReplyTooLarge);
}

TEST(HttpLimits, AReplyOfExactlyTheLimitPasses)
{
    ScriptedServer server([](http::Exchange& exchange) { exchange.respond(reply(200, std::string(100'000, 'x'))); });
    HttpClient client;
    HttpRequest out = once("GET", server.url());
    out.maxReplyBytes = 100'000;
    const auto answer = await(client.send(out));
    ASSERT_TRUE(answer.has_value()) << answer.error().detail;
    EXPECT_EQ(answer->body.size(), 100'000);
}

TEST(HttpLimits, ASilentHostIsKnownLongBeforeALongTransferWouldBeGivenUp)
{
    ScriptedServer server([](http::Exchange&) {});
    HttpClient client;
    HttpRequest out = once("GET", server.url());
    out.timeout = 10min;
    out.answerTimeout = 300ms;
    const auto silent = await(client.send(out));
    ASSERT_FALSE(silent.has_value());
    EXPECT_EQ(silent.error().code, ErrorCode::NetworkTimeout);
    // As behind a proxy that drops CONNECT, or a firewall within TLS: the request never gets out.
    QTcpServer hole;
    ASSERT_TRUE(hole.listen(QHostAddress::LocalHost));
    out.url = QUrl(QStringLiteral("https://127.0.0.1:%1/").arg(hole.serverPort()));
    out.answerTimeout = 0ms;
    out.connectTimeout = 300ms;
    const auto unconnected = await(client.send(out));
    ASSERT_FALSE(unconnected.has_value());
    EXPECT_EQ(unconnected.error().code, ErrorCode::NetworkTimeout);
}

TEST(HttpLimits, AnAnswerThatHasBegunMayTakeItsTime)
{
    std::thread writer;
    ScriptedServer server([&writer](http::Exchange& exchange) {
        exchange.beginStream(200, {});
        exchange.write("begins");
        writer = std::thread([&exchange] {
            std::this_thread::sleep_for(1200ms);
            exchange.write(", and ends");
            exchange.endStream();
        });
    });
    HttpClient client;
    HttpRequest out = once("GET", server.url());
    out.timeout = 60s;
    out.connectTimeout = 500ms;
    out.answerTimeout = 500ms;
    const auto answer = await(client.send(out));
    writer.join();
    ASSERT_TRUE(answer.has_value()) << answer.error().detail;
    EXPECT_EQ(answer->body, "begins, and ends");
}

TEST(HttpLimits, StoppingEndsWhatIsUnderWayAndWhatComesLater)
{
    ScriptedServer server([](http::Exchange&) {});
    HttpClient client;
    HttpRequest out = once("GET", server.url());
    out.timeout = 10min;
    auto call = client.send(out);
    ASSERT_TRUE(test::becomesTrue([&server] { return server.count("GET") == 1; }));
    client.stop();
    const auto ended = await(std::move(call));
    ASSERT_FALSE(ended.has_value());
    EXPECT_EQ(ended.error().code, ErrorCode::Cancelled);
    const auto later = await(client.send(out));
    ASSERT_FALSE(later.has_value());
    EXPECT_EQ(later.error().code, ErrorCode::Cancelled);
    EXPECT_EQ(server.count("GET"), 1U);
}

TEST(HttpLimits, AServiceThatNeverAnswersTimesOut)
{
    ScriptedServer server([](http::Exchange&) {});
    HttpClient client;
    HttpRequest out = once("POST", server.url());
    out.timeout = 200ms;
    const auto answer = await(client.send(out));
    ASSERT_FALSE(answer.has_value());
    EXPECT_EQ(answer.error().code, ErrorCode::NetworkTimeout);
    EXPECT_EQ(answer.error().arguments, std::vector<std::string>{"127.0.0.1"});
    EXPECT_EQ(server.requests().size(), 1U);
}

TEST(HttpLimits, AReplyThatTricklesTimesOutToo)
{
    ScriptedServer server([](http::Exchange& exchange) {
        exchange.beginStream(200, {});
        exchange.write("a"); // and then nothing
    });
    HttpClient client;
    HttpRequest out = once("GET", server.url());
    out.timeout = 300ms;
    const auto answer = await(client.send(out));
    ASSERT_FALSE(answer.has_value());
    EXPECT_EQ(answer.error().code, ErrorCode::NetworkTimeout);
}

TEST(HttpLimits, AReplyThatBreaksOffIsNoReply)
{
    ScriptedServer server([](http::Exchange& exchange) {
        exchange.sendRawAndAbort("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{\"half\":");
    });
    HttpClient client;
    const auto answer = await(client.send(once("POST", server.url())));
    ASSERT_FALSE(answer.has_value());
    EXPECT_EQ(answer.error().code, ErrorCode::NetworkUnreachable);
}

TEST(HttpLimits, GarbageInsteadOfHttpIsAnError)
{
    ScriptedServer server(
        [](http::Exchange& exchange) { exchange.sendRawAndAbort("\x01\x02 not http at all\r\n\r\n"); });
    HttpClient client;
    const auto answer = await(client.send(once("POST", server.url())));
    ASSERT_FALSE(answer.has_value());
    EXPECT_NE(answer.error().code, ErrorCode::Internal);
}

TEST(HttpErrors, ARefusedConnectionNamesTheHost)
{
    HttpClient client;
    const auto answer = await(client.send(once("GET", QUrl(QStringLiteral("http://127.0.0.1:%1/").arg(closedPort())))));
    ASSERT_FALSE(answer.has_value());
    EXPECT_EQ(answer.error().code, ErrorCode::NetworkUnreachable);
    EXPECT_EQ(answer.error().arguments, std::vector<std::string>{"127.0.0.1"});
}

TEST(HttpErrors, AnUnknownHostIsUnreachable)
{
    HttpClient client;
    const auto answer = await(client.send(once("GET", QUrl(QStringLiteral("http://no-such-host.invalid/")))));
    ASSERT_FALSE(answer.has_value());
    EXPECT_EQ(answer.error().code, ErrorCode::NetworkUnreachable);
    EXPECT_EQ(answer.error().arguments, std::vector<std::string>{"no-such-host.invalid"});
}

TEST(HttpErrors, AnAnswerWithoutTlsIsATlsFailure)
{
    ScriptedServer server([](http::Exchange& exchange) { exchange.respond(reply(200)); });
    HttpClient client;
    const auto answer
        = await(client.send(once("GET", QUrl(QStringLiteral("https://127.0.0.1:%1/").arg(server.port())))));
    ASSERT_FALSE(answer.has_value());
    EXPECT_EQ(answer.error().code, ErrorCode::TlsFailed) << answer.error().detail;
}

TEST(HttpErrors, AnAddressThatIsNoneIsRefused)
{
    HttpClient client;
    for (const auto* text : {"ftp://127.0.0.1/x", "http:///nohost", "relative/path"}) {
        const auto answer = await(client.send(once("GET", QUrl(QString::fromLatin1(text)))));
        ASSERT_FALSE(answer.has_value()) << text;
        EXPECT_EQ(answer.error().code, ErrorCode::InvalidRequest) << text;
    }
}

TEST(HttpErrors, TextsHoldNeitherTokenNorQuery)
{
    HttpClient client;
    const QString port = QString::number(closedPort());
    for (const auto* pattern : {"http://user:pass-9876@127.0.0.1:%1/a?api_key=key-1234567",
             "https://no-such-host.invalid:%1/a?api_key=key-1234567",
             "ftp://user:pass-9876@host:%1/a?api_key=key-1234567"}) {
        HttpRequest out = once("GET", QUrl(QString::fromLatin1(pattern).arg(port)));
        out.bearer = std::make_shared<const Secret>("rpa_secret_key_1");
        const auto answer = await(client.send(out));
        ASSERT_FALSE(answer.has_value());
        for (const auto* secret : {"rpa_secret_key_1", "key-1234567", "pass-9876"})
            EXPECT_EQ(answer.error().detail.find(secret), std::string::npos) << answer.error().detail;
    }
}

} // namespace
} // namespace visgate
