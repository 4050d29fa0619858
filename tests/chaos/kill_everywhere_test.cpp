// SPDX-License-Identifier: GPL-3.0-or-later
// kill -9 of the engine at every step boundary, before and after each external call, practice living on. One restart
// must end in `ready`, or with nothing left running at practice; never with two endpoints for one deployment. Killed
// inside "stop everything", before any deployment has the wish, it ends in "paused by you" all the same.
#include "core/domain/storage/volume.h"
#include "core/providers/runpod/runpod_descriptor.h"
#include "tests/chaos/host_runs.h"

#include <QCoreApplication>
#include <QFile>
#include <QJsonArray>
#include <QTemporaryDir>

#include <cstdio>
#include <gmock/gmock.h>

namespace visgate {
namespace {

using namespace Qt::Literals::StringLiterals;
using test::Ending;
using test::PracticeProcess;

constexpr int kPointShards = 6;

class Chaos : public testing::TestWithParam<int> {
protected:
    Ending run(const QString& folder, const QString& key, const QStringList& arguments) const
    {
        return test::runHost(m_practice, {folder, key, arguments, {}});
    }

    /// The points of a life without a kill, in the order of their first appearance.
    QStringList allPoints() const
    {
        const QTemporaryDir folder;
        const QString file = folder.filePath(u"points"_s);
        const Ending ending = run(
            folder.filePath(u"data"_s), u"rpa_practice_chaos_base"_s, {u"--do"_s, u"deploy"_s, u"--points"_s, file});
        EXPECT_EQ(ending.exitCode, 0);
        EXPECT_EQ(ending.states.join(u',').toStdString(), "ready");
        EXPECT_EQ(m_practice.remains().toStdString(), "0 endpoints, 0 workers");
        QFile points(file);
        EXPECT_TRUE(points.open(QIODevice::ReadOnly));
        QStringList passed = QString::fromUtf8(points.readAll()).split(u'\n', Qt::SkipEmptyParts);
        passed.removeDuplicates();
        return passed;
    }

    PracticeProcess m_practice{400.0};
};

TEST_P(Chaos, OneRestartRecoversFromAKillAtAnyPoint)
{
    const QStringList points = allPoints();
    ASSERT_GT(points.size(), 30) << points.join(u' ').toStdString();
    int missed = 0;
    for (qsizetype n = GetParam(); n < points.size(); n += kPointShards) {
        const QString& point = points.at(n);
        const QTemporaryDir folder;
        const QString data = folder.filePath(u"data"_s);
        const QString key = u"rpa_practice_chaos_%1"_s.arg(n);
        const Ending killed = run(data, key, {u"--do"_s, u"deploy"_s, u"--kill-at"_s, point});
        // The watch looks when it is due: not each life is long enough for each of its calls.
        missed += killed.wasKilled ? 0 : 1;
        const QString left = m_practice.remains();
        const Ending restarted = run(data, key, {u"--do"_s, u"resume"_s});
        const QString after = m_practice.remains();
        std::printf("%s at %-28s left %-24s restart: %-9s at practice %s\n", killed.wasKilled ? "killed" : "missed",
            qPrintable(point), qPrintable(left), qPrintable(restarted.states.join(u',')), qPrintable(after));
        std::fflush(stdout);
        EXPECT_EQ(restarted.exitCode, 0) << point.toStdString();
        EXPECT_LE(test::mostOfOneName(m_practice), 1) << point.toStdString();
        if (restarted.states.contains(u"ready"_s)) {
            EXPECT_EQ(m_practice.endpointCount(), 1) << point.toStdString();
        } else {
            EXPECT_EQ(after.toStdString(), "0 endpoints, 0 workers") << point.toStdString();
        }
        const Ending cleaned = run(data, key, {u"--do"_s, u"clean"_s});
        EXPECT_EQ(cleaned.exitCode, 0) << point.toStdString();
        ASSERT_EQ(m_practice.remains().toStdString(), "0 endpoints, 0 workers") << point.toStdString();
    }
    EXPECT_LE(missed, 2) << "points that are passed only sometimes are few";
}

INSTANTIATE_TEST_SUITE_P(EveryPoint, Chaos, testing::Range(0, kPointShards));

TEST(KilledInsideStopEverything, IsPausedByTheUserAfterOneRestart)
{
    const PracticeProcess practice{400.0};
    const QTemporaryDir folder;
    const QString data = folder.filePath(u"data"_s);
    const QString key = u"rpa_practice_chaos_stop"_s;
    const Ending killed
        = test::runHost(practice, {data, key, {u"--do"_s, u"use"_s, u"--kill-at"_s, u"stop_all.committed"_s}, {}});
    ASSERT_TRUE(killed.wasKilled);
    const Ending restarted = test::runHost(practice, {data, key, {u"--do"_s, u"resume"_s}, {}});
    EXPECT_EQ(restarted.exitCode, 0);
    EXPECT_EQ(restarted.states.join(u',').toStdString(), "paused") << "we set the maximum to 0, not the provider";
    const QStringList lies = test::untruths(practice, restarted, {{u"run"_s, u"no"_s}});
    EXPECT_TRUE(lies.isEmpty()) << lies.join(u'\n').toStdString();
    EXPECT_EQ(test::runHost(practice, {data, key, {u"--do"_s, u"clean"_s}, {}}).exitCode, 0);
    EXPECT_EQ(practice.remains().toStdString(), "0 endpoints, 0 workers");
}

struct VolumeKill {
    const char* point;
    const char* nth;
    const char* left; ///< after one restart
};

/// A change of a volume that was promised is finished by the next owner, and what is shown is what it costs.
class KilledAtAVolume : public testing::TestWithParam<VolumeKill> { };

TEST_P(KilledAtAVolume, IsAsItWasPromisedAfterOneRestart)
{
    const PracticeProcess practice{400.0};
    const QTemporaryDir folder;
    const QString data = folder.filePath(u"data"_s);
    const QString key = u"rpa_practice_chaos_volume"_s;
    const Ending killed = test::runHost(practice,
        {data, key,
            {u"--do"_s, u"volume"_s, u"--kill-at"_s, QString::fromLatin1(GetParam().point), u"--kill-nth"_s,
                QString::fromLatin1(GetParam().nth)},
            {}});
    ASSERT_TRUE(killed.wasKilled);
    const Ending restarted = test::runHost(practice, {data, key, {u"--do"_s, u"resume"_s}, {}});
    EXPECT_EQ(restarted.exitCode, 0);
    QStringList shown = restarted.volumes;
    EXPECT_EQ(shown.replaceInStrings(u" "_s, u"/"_s).join(u' ').toStdString(), GetParam().left);
    const VolumeTerms terms = *practiceDescriptor().volumes;
    double monthly = 0.0;
    QStringList atPractice;
    const QJsonArray volumes = practice.state()["volumes"_L1].toArray();
    for (const QJsonValue& volume : volumes) {
        const int size = volume["size"_L1].toInt();
        monthly += volumeMonthlyUsd(terms, size);
        atPractice.append(u"mine/%1/%2"_s.arg(size).arg(volumeMonthlyUsd(terms, size)));
    }
    EXPECT_EQ(shown, atPractice);
    EXPECT_DOUBLE_EQ(restarted.volumesUsd, monthly);
}

INSTANTIATE_TEST_SUITE_P(EveryPoint, KilledAtAVolume,
    testing::Values(VolumeKill{"volume.bought", "1", "mine/20/1.4"},
        VolumeKill{"volume_change.committed", "1", "mine/50/3.5"}, VolumeKill{"volume.changed", "1", "mine/50/3.5"},
        VolumeKill{"volume_change.closed", "1", "mine/50/3.5"}, VolumeKill{"volume_change.committed", "2", ""},
        VolumeKill{"volume.changed", "2", ""}, VolumeKill{"volume_change.closed", "2", ""}));

} // namespace
} // namespace visgate
