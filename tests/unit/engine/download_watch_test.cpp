// SPDX-License-Identifier: GPL-3.0-or-later
// Which worker's download is shown where several fetch the same model.
#include "core/engine/starts/download_watch.h"

#include <gtest/gtest.h>

namespace visgate {
namespace {

using namespace Qt::Literals::StringLiterals;
using namespace std::chrono_literals;

constexpr std::int64_t kBillion = 1'000'000'000;
const MonotonicPoint kBeginning{1000s};

WorkerList listOf(const QStringList& names)
{
    WorkerList list;
    for (const QString& name : names) {
        ProviderWorker worker;
        worker.id = WorkerId(name.toStdString());
        list.workers.append(worker);
    }
    return list;
}

TEST(DownloadWatch, NothingIsShownBeforeAWorkerSpeaks)
{
    DownloadWatch watch;
    watch.onWorkers(listOf({u"a"_s}));
    EXPECT_FALSE(watch.furthest(kBeginning));
}

TEST(DownloadWatch, ASecondWorkerTakesNothingBack)
{
    DownloadWatch watch;
    watch.onEvent({8 * kBillion, 20 * kBillion, 2e8}, u"a"_s, kBeginning);
    watch.onEvent({1 * kBillion, 20 * kBillion, 3e8}, u"b"_s, kBeginning + 1s);
    EXPECT_EQ(watch.furthest(kBeginning + 1s)->bytes, 8 * kBillion);
    EXPECT_EQ(watch.furthest(kBeginning + 1s)->bytesPerSecond, 2e8) << "bytes and rate are of one worker";
    watch.onWorkers(listOf({u"b"_s}));
    EXPECT_EQ(watch.furthest(kBeginning + 1s)->bytes, 1 * kBillion) << "the first is gone, and what it had with it";
}

TEST(DownloadWatch, WhatWasThrownAwayIsNotClaimed)
{
    DownloadWatch watch;
    watch.onEvent({8 * kBillion, 20 * kBillion, 2e8}, u"a"_s, kBeginning);
    watch.onEvent({5 * kBillion, 20 * kBillion, 2e8}, u"a"_s, kBeginning + 2s);
    EXPECT_EQ(watch.furthest(kBeginning + 2s)->bytes, 5 * kBillion);
}

TEST(DownloadWatch, ARateThatNobodyRepeatsEnds)
{
    DownloadWatch watch;
    watch.onEvent({8 * kBillion, 20 * kBillion, 2e8}, u""_s, kBeginning);
    watch.onWorkers(listOf({u"a"_s}));
    EXPECT_GT(watch.furthest(kBeginning + 10s)->bytesPerSecond, 0.0) << "a worker without a name is not taken for gone";
    const auto later = watch.furthest(kBeginning + 60s);
    EXPECT_EQ(later->bytes, 8 * kBillion);
    EXPECT_EQ(later->bytesPerSecond, 0.0);
    EXPECT_FALSE(later->remaining());
    watch.clear();
    EXPECT_FALSE(watch.furthest(kBeginning + 60s));
}

} // namespace
} // namespace visgate
