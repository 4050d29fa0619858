// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/foundation/http/rate_limit.h"

#include <gmock/gmock.h>

using namespace std::chrono_literals;
using testing::IsEmpty;
using testing::SizeIs;

namespace visgate {
namespace {

TEST(RateLimit, ReadsTheProvidersHeaders)
{
    const auto limits = parseRateLimit(R"("minute";r=0;t=12, "hour";r=2800;t=1812, "day";r=49500;t=45012)");
    ASSERT_THAT(limits, SizeIs(3));
    EXPECT_EQ(limits[0].window, "minute");
    EXPECT_EQ(limits[0].remaining, 0);
    EXPECT_EQ(limits[0].resetsIn, 12s);
    EXPECT_EQ(limits[2].remaining, 49500);
    const auto policies = parseRateLimitPolicy(R"("minute";q=60;w=60, "hour";q=3000;w=3600)");
    ASSERT_THAT(policies, SizeIs(2));
    EXPECT_EQ(policies[1].window, "hour");
    EXPECT_EQ(policies[1].quota, 3000);
    EXPECT_EQ(policies[1].length, 1h);
}

TEST(RateLimit, ReadsTheHubsHeaders)
{
    const auto limits = parseRateLimit(R"("api";r=0;t=55)");
    const auto policies = parseRateLimitPolicy(R"("fixed window";"api";q=500;w=300)");
    ASSERT_THAT(limits, SizeIs(1));
    ASSERT_THAT(policies, SizeIs(1));
    EXPECT_EQ(limits[0].window, policies[0].window);
    EXPECT_EQ(policies[0].quota, 500);
}

TEST(RateLimit, SkipsWhatItCannotRead)
{
    EXPECT_THAT(parseRateLimit(""), IsEmpty());
    EXPECT_THAT(parseRateLimit(",,;;=,"), IsEmpty());
    EXPECT_THAT(parseRateLimit(R"("minute";r=-1;t=5)"), IsEmpty());
    EXPECT_THAT(parseRateLimit(R"("minute";r=99999999999999999999)"), IsEmpty());
    const auto limits = parseRateLimit(R"("a,b;c";r=5;x="1,2";t=oops , day;r=7)");
    ASSERT_THAT(limits, SizeIs(2));
    EXPECT_EQ(limits[0].remaining, 5);
    EXPECT_EQ(limits[1].window, "day");
    std::string many;
    for (int i = 0; i < 1000; ++i)
        many += "\"w\";r=1,";
    EXPECT_LE(parseRateLimit(many).size(), 16U);
}

} // namespace
} // namespace visgate
