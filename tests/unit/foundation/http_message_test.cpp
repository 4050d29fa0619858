// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/foundation/http/message.h"
#include "core/foundation/http/wire.h"

#include <gmock/gmock.h>
#include <random>

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

namespace visgate::http {
namespace {

TEST(HttpHeaders, CompareWithoutCase)
{
    Headers headers{{"Content-Type", "a"}};
    headers.add("content-type", "b");
    EXPECT_EQ(headers.get("CONTENT-TYPE"), "a");
    headers.set("Content-type", "c");
    EXPECT_EQ(headers.all().size(), 1U);
    EXPECT_EQ(headers.get("content-type"), "c");
    headers.remove("CONTENT-type");
    EXPECT_FALSE(headers.contains("Content-Type"));
    EXPECT_EQ(headers.get("Content-Type"), "");
}

TEST(HttpRequest, CutsItsTarget)
{
    Request request;
    request.target = "/v2/a%2Fb//c/?x=1&y=a+b%21&empty&z=1=2&%C3%BC=%c3%bc";
    EXPECT_EQ(request.path(), "/v2/a%2Fb//c/");
    EXPECT_THAT(request.pathSegments(), ElementsAre("v2", "a/b", "", "c"));
    EXPECT_EQ(request.query("x"), "1");
    EXPECT_EQ(request.query("y"), "a b!");
    EXPECT_TRUE(request.hasQuery("empty"));
    EXPECT_EQ(request.query("empty"), "");
    EXPECT_EQ(request.query("z"), "1=2");
    EXPECT_EQ(request.query("ü"), "ü");
    EXPECT_FALSE(request.hasQuery("w"));
    request.target = "/";
    EXPECT_THAT(request.pathSegments(), IsEmpty());
    EXPECT_FALSE(request.hasQuery(""));
}

TEST(Percent, EncodesAndDecodes)
{
    EXPECT_EQ(percentEncode("aZ09-._~"), "aZ09-._~");
    EXPECT_EQ(percentEncode("a b/c+ü"), "a%20b%2Fc%2B%C3%BC");
    EXPECT_EQ(percentDecode("a%20b%2fc+"), "a b/c+");
    EXPECT_EQ(percentDecode("100%"), "100%");
    EXPECT_EQ(percentDecode("%zz%4"), "%zz%4");
    std::string all;
    for (int i = 0; i < 256; ++i)
        all += static_cast<char>(i);
    EXPECT_EQ(percentDecode(percentEncode(all)), all);
}

TEST(Wire, ReadsTheSameHoweverTheBytesAreCut)
{
    const std::string bytes = "POST /a HTTP/1.1\r\nHost: x\r\nA: 1\r\nTransfer-Encoding: chunked\r\n\r\n"
                              "4\r\nwiki\r\n5;x=y\r\npedia\r\n0\r\nT: t\r\n\r\nGET /next";
    std::mt19937 random(3);
    for (int round = 0; round < 200; ++round) {
        wire::RequestParser parser(1000, 1000);
        std::string input;
        std::size_t sent = 0;
        while (!parser.isComplete()) {
            ASSERT_EQ(parser.refusal(), 0);
            if (sent < bytes.size()) {
                const std::size_t piece = std::min<std::size_t>(1 + random() % 12, bytes.size() - sent);
                input += bytes.substr(sent, piece);
                sent += piece;
            }
            input.erase(0, parser.feed(input));
        }
        const Request request = parser.takeRequest();
        EXPECT_EQ(request.body, "wikipedia");
        EXPECT_EQ(request.headers.get("A"), "1");
        EXPECT_FALSE(request.headers.contains("T")) << "a trailer must not pass for a header";
        EXPECT_EQ(input + bytes.substr(sent), "GET /next") << "the next request lost bytes";
    }
}

TEST(Wire, FormatsARequest)
{
    Request request{"POST", "/x", {{"Content-Length", "99"}, {"A", "b"}}, "hello", {}};
    EXPECT_EQ(
        wire::formatRequestHead(request, "h:1"), "POST /x HTTP/1.1\r\nHost: h:1\r\nA: b\r\nContent-Length: 5\r\n\r\n");
    request.body.clear();
    EXPECT_THAT(wire::formatRequestHead(request, "h"), HasSubstr("Content-Length: 0\r\n"));
    request.method = "GET";
    EXPECT_THAT(wire::formatRequestHead(request, "h"), testing::Not(HasSubstr("Content-Length")));
}

TEST(Wire, FormatsChunks)
{
    EXPECT_EQ(wire::formatChunk("abc"), "3\r\nabc\r\n");
    EXPECT_EQ(wire::formatChunk(std::string(255, 'x')), "ff\r\n" + std::string(255, 'x') + "\r\n");
}

} // namespace
} // namespace visgate::http
