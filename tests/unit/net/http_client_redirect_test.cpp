// SPDX-License-Identifier: GPL-3.0-or-later
// Redirects: at most five, and never with a token or a body to another origin.
#include "core/net/http_client.h"
#include "tests/support/await.h"
#include "tests/support/scripted_server.h"

#include <gtest/gtest.h>

namespace visgate {
namespace {

using test::await;
using test::reply;
using test::ScriptedServer;

http::Response redirect(int status, const std::string& location)
{
    return reply(status, "", {{"Location", location}});
}

/// /5 leads to /4 ... to /0, which answers.
void countDown(http::Exchange& exchange)
{
    const int left = std::stoi(exchange.request().target.substr(1));
    exchange.respond(left == 0 ? reply(200, "end") : redirect(302, "/" + std::to_string(left - 1)));
}

HttpRequest keyed(const char* method, const QUrl& url)
{
    HttpRequest out;
    out.method = method;
    out.url = url;
    out.body = "{\"secret\":1}";
    out.headers = {{"Cookie", "session=1"}, {"X-Trace", "kept"}};
    out.bearer = std::make_shared<const Secret>("hf_token");
    out.attempts = 1;
    return out;
}

TEST(HttpRedirect, FollowsFiveAndNoMore)
{
    ScriptedServer server(countDown);
    HttpClient client;
    const auto fifth = await(client.send(keyed("GET", server.url(QStringLiteral("/5")))));
    ASSERT_TRUE(fifth.has_value()) << fifth.error().detail;
    EXPECT_EQ(fifth->body, "end");
    EXPECT_EQ(fifth->url, server.url(QStringLiteral("/0")));
    const auto sixth = await(client.send(keyed("GET", server.url(QStringLiteral("/6")))));
    ASSERT_FALSE(sixth.has_value());
    EXPECT_EQ(sixth.error().code, ErrorCode::UnexpectedReply);
}

TEST(HttpRedirect, KeepsTheTokenAtTheSameOrigin)
{
    ScriptedServer server(countDown);
    HttpClient client;
    ASSERT_TRUE(await(client.send(keyed("GET", server.url(QStringLiteral("/2"))))).has_value());
    for (const http::Request& seen : server.requests())
        EXPECT_EQ(seen.headers.get("authorization"), "Bearer hf_token");
}

TEST(HttpRedirect, DropsTheTokenWhenThePortChanges)
{
    ScriptedServer files([](http::Exchange& exchange) { exchange.respond(reply(200, "file")); });
    ScriptedServer hub([&files](http::Exchange& exchange) {
        exchange.respond(redirect(302, files.url(QStringLiteral("/signed")).toString().toStdString()));
    });
    HttpClient client;
    const auto answer = await(client.send(keyed("GET", hub.url())));
    ASSERT_TRUE(answer.has_value()) << answer.error().detail;
    EXPECT_EQ(answer->body, "file");
    const http::Request seen = files.requests().at(0);
    EXPECT_FALSE(seen.headers.contains("authorization"));
    EXPECT_FALSE(seen.headers.contains("cookie"));
    EXPECT_EQ(seen.headers.get("x-trace"), "kept");
    EXPECT_EQ(hub.requests().at(0).headers.get("authorization"), "Bearer hf_token");
}

TEST(HttpRedirect, DropsTheTokenWhenTheHostChangesAndNeverGivesItBack)
{
    // "localhost" and "127.0.0.1" are two hosts that reach the same listener.
    ScriptedServer* self = nullptr;
    ScriptedServer server([&self](http::Exchange& exchange) {
        const std::string port = std::to_string(self->port());
        if (exchange.request().target == "/start")
            exchange.respond(redirect(307, "http://localhost:" + port + "/away"));
        else if (exchange.request().target == "/away")
            exchange.respond(redirect(307, "http://127.0.0.1:" + port + "/back"));
        else
            exchange.respond(reply(200));
    });
    self = &server;
    HttpClient client;
    ASSERT_TRUE(await(client.send(keyed("GET", server.url(QStringLiteral("/start"))))).has_value());
    ASSERT_EQ(server.requests().size(), 3U);
    EXPECT_TRUE(server.requests()[0].headers.contains("authorization"));
    EXPECT_FALSE(server.requests()[1].headers.contains("authorization"));
    EXPECT_FALSE(server.requests()[2].headers.contains("authorization"));
}

TEST(HttpRedirect, ABodyIsNeverSentASecondTime)
{
    ScriptedServer stranger([](http::Exchange& exchange) { exchange.respond(reply(200)); });
    ScriptedServer server([&stranger](http::Exchange& exchange) {
        const std::string elsewhere
            = exchange.request().target == "/away" ? stranger.url().toString().toStdString() : std::string("/new");
        exchange.respond(redirect(exchange.request().target == "/308" ? 308 : 307, elsewhere));
    });
    HttpClient client;
    for (const auto* path : {"/307", "/308", "/away"}) {
        const auto answer = await(client.send(keyed("POST", server.url(QString::fromLatin1(path)))));
        ASSERT_FALSE(answer.has_value()) << path;
        EXPECT_NE(answer.error().code, ErrorCode::Internal) << path;
    }
    EXPECT_EQ(server.requests().size(), 3U);
    EXPECT_TRUE(stranger.requests().empty());
}

TEST(HttpRedirect, APostIsNotTurnedIntoAGetUnlessToldSo)
{
    ScriptedServer server([](http::Exchange& exchange) {
        if (exchange.request().target == "/302")
            exchange.respond(redirect(302, "/end"));
        else if (exchange.request().target == "/303")
            exchange.respond(redirect(303, "/end"));
        else
            exchange.respond(reply(200));
    });
    HttpClient client;
    const auto unclear = await(client.send(keyed("POST", server.url(QStringLiteral("/302")))));
    ASSERT_FALSE(unclear.has_value());
    EXPECT_EQ(unclear.error().code, ErrorCode::UnexpectedReply);
    ASSERT_TRUE(await(client.send(keyed("POST", server.url(QStringLiteral("/303"))))).has_value());
    EXPECT_EQ(server.requests().back().method, "GET");
    EXPECT_TRUE(server.requests().back().body.empty());
}

TEST(HttpRedirect, OtherSchemesAreRefused)
{
    ScriptedServer server([](http::Exchange& exchange) { exchange.respond(redirect(302, "file:///etc/hostname")); });
    HttpClient client;
    const auto answer = await(client.send(keyed("GET", server.url())));
    ASSERT_FALSE(answer.has_value());
    EXPECT_EQ(answer.error().code, ErrorCode::UnexpectedReply);
}

TEST(HttpRedirect, CanBeLeftToTheCaller)
{
    ScriptedServer server([](http::Exchange& exchange) { exchange.respond(redirect(302, "/elsewhere")); });
    HttpClient client;
    HttpRequest out = keyed("GET", server.url());
    out.followRedirects = false;
    const auto answer = await(client.send(out));
    ASSERT_TRUE(answer.has_value());
    EXPECT_EQ(answer->status, 302);
    EXPECT_EQ(answer->header("location"), "/elsewhere");
    EXPECT_EQ(server.requests().size(), 1U);
}

} // namespace
} // namespace visgate
