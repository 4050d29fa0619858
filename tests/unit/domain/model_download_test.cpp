// SPDX-License-Identifier: GPL-3.0-or-later
// What a worker says of its download, and what can be true of it.
#include "core/domain/deployment/model_download.h"

#include <gtest/gtest.h>
#include <limits>

namespace visgate {
namespace {

using namespace std::chrono_literals;

constexpr qint64 kGigabyte = 1'000'000'000;

TEST(ModelDownload, TellsItsShareAndWhatIsLeft)
{
    const ModelDownload download = plausible(3'200'000'000, 23'800'000'000, 180e6);
    EXPECT_NEAR(*download.share(), 0.1345, 0.0001);
    EXPECT_EQ(download.remaining(), 115s) << "rounded up: what is left is not over before it is";
    const ModelDownload done = plausible(5 * kGigabyte, 5 * kGigabyte, 180e6);
    EXPECT_EQ(done.share(), 1.0);
    EXPECT_FALSE(done.remaining()) << "nothing is left to say";
}

TEST(ModelDownload, WithoutATotalThereIsNoShareAndNoTime)
{
    for (const qint64 total : {qint64(0), qint64(-1)}) {
        const ModelDownload download = plausible(3 * kGigabyte, total, 180e6);
        EXPECT_EQ(download.bytes, 3 * kGigabyte);
        EXPECT_EQ(download.total, 0);
        EXPECT_FALSE(download.share());
        EXPECT_FALSE(download.remaining());
    }
}

TEST(ModelDownload, WhatCannotBeTrueIsNotShown)
{
    EXPECT_EQ(plausible(30 * kGigabyte, 20 * kGigabyte, 1e6).bytes, 20 * kGigabyte) << "no more than all of it";
    EXPECT_EQ(plausible(30 * kGigabyte, 20 * kGigabyte, 1e6).share(), 1.0);
    EXPECT_EQ(plausible(-5, 20 * kGigabyte, 1e6).bytes, 0);
    for (const double rate :
        {-1.0, 0.0, 0.25, std::numeric_limits<double>::quiet_NaN(), std::numeric_limits<double>::infinity()}) {
        const ModelDownload download = plausible(kGigabyte, 20 * kGigabyte, rate);
        EXPECT_EQ(download.bytesPerSecond, 0.0) << rate;
        EXPECT_FALSE(download.remaining()) << rate;
    }
    EXPECT_FALSE(plausible(0, std::numeric_limits<qint64>::max(), 1.0).remaining()) << "centuries are no estimate";
}

} // namespace
} // namespace visgate
