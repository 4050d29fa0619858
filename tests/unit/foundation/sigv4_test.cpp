// SPDX-License-Identifier: GPL-3.0-or-later
// The signatures that the S3 API reference publishes for its example bucket and keys.
#include "core/foundation/crypto/sigv4.h"
#include "core/foundation/hash.h"

#include <gmock/gmock.h>

using namespace std::chrono_literals;
using testing::EndsWith;
using testing::HasSubstr;

namespace visgate::sigv4 {
namespace {

const Scope kScope{"us-east-1", "s3"};
constexpr std::string_view kHost = "examplebucket.s3.amazonaws.com";

Credentials exampleKeys()
{
    return {"AKIAIOSFODNN7EXAMPLE", Secret("wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY"), {}};
}

TimePoint exampleTime()
{
    TimePoint time;
    EXPECT_TRUE(parseUtc("2013-05-24T00:00:00Z", time));
    return time;
}

std::string authorizationOf(http::Request request)
{
    request.headers.set("Host", std::string(kHost));
    sign(request, kScope, exampleKeys(), exampleTime(), sha256Hex(request.body));
    EXPECT_EQ(request.headers.get("X-Amz-Date"), "20130524T000000Z");
    EXPECT_EQ(request.headers.get("X-Amz-Content-Sha256"), sha256Hex(request.body));
    return std::string(request.headers.get("Authorization"));
}

TEST(SigV4, SignsAGetWithARange)
{
    const std::string authorization = authorizationOf({"GET", "/test.txt", {{"Range", "bytes=0-9"}}, {}, {}});
    EXPECT_EQ(authorization,
        "AWS4-HMAC-SHA256 Credential=AKIAIOSFODNN7EXAMPLE/20130524/us-east-1/s3/aws4_request,"
        "SignedHeaders=host;range;x-amz-content-sha256;x-amz-date,"
        "Signature=f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41");
}

TEST(SigV4, SignsAPut)
{
    EXPECT_THAT(authorizationOf({"PUT", "/test%24file.text",
                    {{"Date", "Fri, 24 May 2013 00:00:00 GMT"}, {"x-amz-storage-class", "REDUCED_REDUNDANCY"}},
                    "Welcome to Amazon S3.", {}}),
        EndsWith("Signature=98ad721746da40c64f1a55b78f14c238d841ea1380cd77a1b5971af0ece108bd"));
}

TEST(SigV4, SignsQueries)
{
    EXPECT_THAT(authorizationOf({"GET", "/?lifecycle", {}, {}, {}}),
        EndsWith("Signature=fea454ca298b7da1c68078a5d1bdbfbbe0d65c699e0f91ac7a200a0136783543"));
    EXPECT_THAT(authorizationOf({"GET", "/?prefix=J&max-keys=2", {}, {}, {}}),
        EndsWith("Signature=34b48302e7b5fa45bde8084f4b7868a86f0a534bc59db6670ed5711ef69dc6f7"));
}

TEST(SigV4, Presigns)
{
    const std::string target = presign("GET", kHost, "/test.txt", kScope, exampleKeys(), exampleTime(), 86400s);
    EXPECT_EQ(target,
        "/test.txt?X-Amz-Algorithm=AWS4-HMAC-SHA256"
        "&X-Amz-Credential=AKIAIOSFODNN7EXAMPLE%2F20130524%2Fus-east-1%2Fs3%2Faws4_request"
        "&X-Amz-Date=20130524T000000Z&X-Amz-Expires=86400&X-Amz-SignedHeaders=host"
        "&X-Amz-Signature=aeeed9bbccd4d02ee5c0109b86d86835f995330da4c265957d157751f604d404");
}

TEST(SigV4, SignsTheSessionTokenToo)
{
    Credentials keys = exampleKeys();
    keys.sessionToken = "to/ken";
    http::Request request{"GET", "/", {{"Host", "h"}}, {}, {}};
    sign(request, kScope, keys, exampleTime(), kUnsignedPayload);
    EXPECT_EQ(request.headers.get("X-Amz-Security-Token"), "to/ken");
    EXPECT_THAT(std::string(request.headers.get("Authorization")), HasSubstr(";x-amz-security-token,"));
    EXPECT_THAT(
        presign("PUT", "h", "/a?x=1", kScope, keys, exampleTime(), 60s), HasSubstr("&X-Amz-Security-Token=to%2Fken&"));
}

/// "-" sorts before "=", which ends a name and is no part of it.
TEST(SigV4, AQueryIsSortedByItsNames)
{
    const auto signedFor = [](const std::string& target) { return authorizationOf({"GET", target, {}, {}, {}}); };
    EXPECT_THAT(signedFor("/?a-b=1&a=2&A=3"),
        EndsWith("Signature=c0ca3db064c8f72bad66b2e86b24a1e312e599be3813162fa348911698495a31"));
    EXPECT_EQ(signedFor("/?a-b=1&a=2&A=3"), signedFor("/?A=3&a=2&a-b=1"));
}

TEST(SigV4, BlanksInAHeaderCountOnce)
{
    const auto signedWith = [](const std::string& value) {
        http::Request request{"GET", "/", {{"Host", "h"}, {"x-amz-meta-a", value}}, {}, {}};
        sign(request, kScope, exampleKeys(), exampleTime(), kUnsignedPayload);
        return std::string(request.headers.get("Authorization"));
    };
    EXPECT_EQ(signedWith("a b"), signedWith(" a \t  b\t"));
    EXPECT_NE(signedWith("a b"), signedWith("ab"));
}

TEST(SigV4, ReplacesAnEarlierSignature)
{
    http::Request request{"GET", "/", {{"Host", "h"}}, {}, {}};
    sign(request, kScope, exampleKeys(), exampleTime(), kUnsignedPayload);
    const std::string first(request.headers.get("Authorization"));
    sign(request, kScope, exampleKeys(), exampleTime(), kUnsignedPayload);
    EXPECT_EQ(request.headers.get("Authorization"), first);
}

} // namespace
} // namespace visgate::sigv4
