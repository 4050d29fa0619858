// SPDX-License-Identifier: GPL-3.0-or-later
// The small values everything stands on: errors, secrets, ids, clocks, hashes, base64, back-off.
#include "core/foundation/backoff.h"
#include "core/foundation/base64.h"
#include "core/foundation/clock.h"
#include "core/foundation/error.h"
#include "core/foundation/hash.h"
#include "core/foundation/ids.h"
#include "core/foundation/secret.h"

#include <array>
#include <gmock/gmock.h>
#include <regex>
#include <set>
#include <type_traits>

using namespace std::chrono_literals;

namespace visgate {
namespace {

TEST(ErrorCode, EverySpellingIsUniqueAndReadsBack)
{
    std::set<std::string_view> spellings;
    for (int i = 0; i <= static_cast<int>(ErrorCode::OwnerUnavailable); ++i) {
        const auto code = static_cast<ErrorCode>(i);
        EXPECT_EQ(errorCodeFromString(toString(code)), code);
        EXPECT_TRUE(spellings.insert(toString(code)).second) << toString(code);
    }
    EXPECT_EQ(toString(ErrorCode::KeyRejected), "KEY_REJECTED");
    EXPECT_EQ(errorCodeFromString("NO_SUCH_CODE"), ErrorCode::Internal);
}

template <typename T>
concept Streamable = requires(std::ostream& out, const T& value)
{
    out << value;
};
static_assert(!Streamable<Secret>);
static_assert(!std::is_copy_constructible_v<Secret> && !std::is_copy_assignable_v<Secret>);
static_assert(!std::is_convertible_v<Secret, std::string> && !std::equality_comparable<Secret>);

TEST(Secret, MovesAndClonesAndCompares)
{
    Secret first(std::string("rpa_0123456789"));
    EXPECT_TRUE(first.equals("rpa_0123456789"));
    EXPECT_FALSE(first.equals("rpa_012345678"));
    EXPECT_FALSE(first.equals("rpa_0123456780"));
    Secret second(std::move(first));
    EXPECT_EQ(second.reveal(), "rpa_0123456789");
    const Secret copy = second.clone();
    Secret third;
    EXPECT_TRUE(third.isEmpty());
    third = std::move(second);
    EXPECT_EQ(third.reveal(), copy.reveal());
}

TEST(Secret, LeavesNoBytesBehind)
{
    // Short values live inside the object, long ones on the heap; the moved-from object must hold neither.
    for (const std::string& value : {std::string("short-key"), std::string(100, 'k')}) {
        alignas(Secret) std::array<char, sizeof(Secret)> memory{};
        auto* const secret = new (memory.data()) Secret(std::string(value));
        Secret taken(std::move(*secret));
        EXPECT_EQ(taken.reveal(), value);
        EXPECT_EQ(std::string(memory.data(), memory.size()).find(value.substr(0, 9)), std::string::npos);
        *secret = std::move(taken);
        EXPECT_EQ(secret->reveal(), value);
        secret->~Secret();
        EXPECT_EQ(std::string(memory.data(), memory.size()).find(value.substr(0, 9)), std::string::npos);
    }
}

TEST(Secret, HashesLikeSha256)
{
    // FIPS 180-4's example message.
    EXPECT_EQ(Secret("abc").sha256Hex(), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
}

TEST(Hash, MatchesPublishedVectors)
{
    EXPECT_EQ(gitBlobHex(""), "e69de29bb2d1d6434b8b29ae775ad8c2e48c5391");
    EXPECT_EQ(gitBlobHex("hello\n"), "ce013625030ba8dba906f756967f9e9ca394464a");
    EXPECT_EQ(sha256Hex(""), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    Sha256 pieces;
    pieces.add("a");
    pieces.add("");
    pieces.add("bc");
    EXPECT_EQ(pieces.finish(), sha256("abc"));
    // RFC 4231, test cases 1, 2 and 6 (a key longer than a block).
    EXPECT_EQ(toHex(hmacSha256(std::string(20, '\x0b'), "Hi There")),
        "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7");
    EXPECT_EQ(toHex(hmacSha256("Jefe", "what do ya want for nothing?")),
        "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
    EXPECT_EQ(toHex(hmacSha256(std::string(131, '\xaa'), "Test Using Larger Than Block-Size Key - Hash Key First")),
        "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54");
}

TEST(Ids, CarryTheDateAndDiffer)
{
    TimePoint time;
    ASSERT_TRUE(parseUtc("2026-03-04T23:59:59Z", time));
    const DeploymentId deployment = newDeploymentId(time);
    EXPECT_TRUE(std::regex_match(deployment.value(), std::regex("dep_2026_[0-9a-f]{8}"))) << deployment.value();
    const JobId job = newJobId(time);
    EXPECT_TRUE(std::regex_match(job.value(), std::regex("job_20260304_[0-9a-f]{8}"))) << job.value();
    EXPECT_EQ(randomHex(16).size(), 32U);
    EXPECT_NE(randomHex(16), randomHex(16));
    EXPECT_EQ(randomHex(0), "");
}

TEST(Utc, WritesMicroseconds)
{
    EXPECT_EQ(formatUtc(TimePoint{}), "1970-01-01T00:00:00.000000Z");
    EXPECT_EQ(formatUtc(TimePoint{1'234'567'890s + 987'654us}), "2009-02-13T23:31:30.987654Z");
    EXPECT_EQ(formatUtc(TimePoint{-1us}), "1969-12-31T23:59:59.999999Z");
}

TEST(Utc, ReadsEveryFormThatProvidersSend)
{
    const std::vector<std::pair<std::string, std::string>> cases{
        {"2026-08-20T10:20:30Z", "2026-08-20T10:20:30.000000Z"},
        {"2026-08-20t10:20:30z", "2026-08-20T10:20:30.000000Z"},
        {"2026-08-20 10:20:30Z", "2026-08-20T10:20:30.000000Z"},
        {"2026-08-20T10:20:30.5Z", "2026-08-20T10:20:30.500000Z"},
        {"2026-08-20T10:20:30.123456789Z", "2026-08-20T10:20:30.123456Z"},
        {"2026-08-20T10:20:30+03:00", "2026-08-20T07:20:30.000000Z"},
        {"2026-01-01T00:10:00-05:30", "2026-01-01T05:40:00.000000Z"},
        {"2024-02-29T00:00:00Z", "2024-02-29T00:00:00.000000Z"},
        {"2016-12-31T23:59:60Z", "2017-01-01T00:00:00.000000Z"}, // a leap second
    };
    for (const auto& [text, expected] : cases) {
        TimePoint time;
        ASSERT_TRUE(parseUtc(text, time)) << text;
        EXPECT_EQ(formatUtc(time), expected) << text;
    }
}

TEST(Utc, RefusesWhatIsNoTime)
{
    for (const std::string text : {"", "2026", "2026-08-20", "2026-08-20T10:20:30", "2026-13-01T00:00:00Z",
             "2025-02-29T00:00:00Z", "2026-08-20T24:00:00Z", "2026-08-20T10:60:00Z", "2026-08-20T10:20:30.Z",
             "2026-08-20T10:20:30.1234567890Z", "2026-08-20T10:20:30Zx", "2026-08-20T10:20:30+3:00",
             "2026-08-20T10:20:30+24:00", "9999-01-01T00:00:00Z", "0001-01-01T00:00:00Z", "-026-08-20T10:20:30Z"}) {
        TimePoint time{42s};
        EXPECT_FALSE(parseUtc(text, time)) << text;
        EXPECT_EQ(time, TimePoint{42s}) << "the output changed";
    }
}

TEST(VirtualClock, MovesOnlyWhenTold)
{
    VirtualClock clock(TimePoint{1000s});
    const MonotonicPoint start = clock.monotonic();
    clock.advance(5s);
    EXPECT_EQ(clock.now(), TimePoint{1005s});
    EXPECT_EQ(clock.monotonic() - start, 5s);
    clock.jumpWall(-1h);
    EXPECT_EQ(clock.now(), TimePoint{1005s - 1h});
    EXPECT_EQ(clock.monotonic() - start, 5s);
}

TEST(RealClock, GoesForward)
{
    const RealClock clock;
    const MonotonicPoint first = clock.monotonic();
    EXPECT_GE(clock.monotonic(), first);
    EXPECT_GT(clock.now(), TimePoint{1'700'000'000s});
}

TEST(Base64, MatchesRfc4648AndReadsBack)
{
    const std::vector<std::pair<std::string, std::string>> cases{{"", ""}, {"f", "Zg=="}, {"fo", "Zm8="},
        {"foo", "Zm9v"}, {"foob", "Zm9vYg=="}, {"fooba", "Zm9vYmE="}, {"foobar", "Zm9vYmFy"}};
    for (const auto& [plain, encoded] : cases) {
        EXPECT_EQ(base64Encode(plain), encoded);
        EXPECT_EQ(base64Decode(encoded), plain);
    }
    std::string all;
    for (int i = 0; i < 256; ++i)
        all += static_cast<char>(i);
    EXPECT_EQ(base64Decode(base64Encode(all)), all);
    EXPECT_EQ(base64Decode(base64UrlEncode(all)), all);
    EXPECT_EQ(base64UrlEncode("\xff\xfe"), "__4");
    EXPECT_EQ(base64Decode("Zm9v\r\nYmFy\n"), "foobar");
    for (const std::string bad : {"Z", "Zg=", "Zg===", "Zm9vY", "Zm 9v", "Zg==Zg==", "*"})
        EXPECT_EQ(base64Decode(bad), std::nullopt) << bad;
}

TEST(Backoff, DoublesItsCeilingUpToTheCap)
{
    Backoff backoff(250ms, 10s, [] { return 1.0; });
    std::vector<std::chrono::milliseconds> pauses;
    pauses.reserve(8);
    for (int i = 0; i < 8; ++i)
        pauses.push_back(backoff.next());
    EXPECT_THAT(pauses, testing::ElementsAre(250ms, 500ms, 1s, 2s, 4s, 8s, 10s, 10s));
    EXPECT_EQ(backoff.failures(), 8);
    backoff.reset();
    EXPECT_EQ(backoff.next(), 250ms);
    for (int i = 0; i < 100; ++i)
        EXPECT_LE(backoff.next(), 10s);
}

TEST(Backoff, SpreadsOverTheWholeRange)
{
    auto random = seededRandom();
    Backoff backoff(1000ms, 1000ms, [&random] { return random(); });
    auto lowest = 1000ms;
    auto highest = 0ms;
    for (int i = 0; i < 1000; ++i) {
        const auto pause = backoff.next();
        lowest = std::min(lowest, pause);
        highest = std::max(highest, pause);
    }
    EXPECT_LT(lowest, 100ms);
    EXPECT_GT(highest, 900ms);
}

} // namespace
} // namespace visgate
