// SPDX-License-Identifier: GPL-3.0-or-later
// kill -9 at seeded moments of two lives, a deployment's making and its use (warm, limits, pause, resume, roll back, a
// model kept near, stop everything, waking): at a step boundary passed for the nth time, or at any instant from
// outside. After one restart nothing that was accepted is missing, no name stands twice at practice, what does not run
// is not there, and nothing is shown as confirmed that practice does not know of. 100 kills, 1,000 with
// VISGATE_TEST_LONG; another VISGATE_TEST_SEED makes others.
#include "tests/chaos/host_runs.h"
#include "tests/support/seed.h"

#include <QFile>
#include <QTemporaryDir>

#include <algorithm>
#include <cstdio>
#include <gmock/gmock.h>
#include <map>
#include <random>
#include <string>
#include <vector>

namespace visgate {
namespace {

using namespace Qt::Literals::StringLiterals;
using std::chrono::milliseconds;
using test::Ending;
using test::HostRun;
using test::PracticeProcess;

constexpr int kKillShards = 4;

/// What a kill came to, for the table.
struct Outcome {
    std::string when;
    std::string end;
    bool wasKilled = false;
};

class RandomKills : public testing::TestWithParam<int> {
protected:
    struct Script {
        QString task;
        milliseconds life{0};
        QStringList points;
    };

    /// How long each life without a kill takes, and the points that it passes, each time it does.
    void watchOneLife(const QString& task)
    {
        const QTemporaryDir folder;
        const QString file = folder.filePath(u"points"_s);
        const auto begin = std::chrono::steady_clock::now();
        const Ending ending = test::runHost(m_practice,
            {folder.filePath(u"data"_s), u"rpa_practice_kills_base"_s, {u"--do"_s, task, u"--points"_s, file}, {}});
        ASSERT_EQ(ending.exitCode, 0) << task.toStdString();
        Script script;
        script.task = task;
        script.life = std::chrono::duration_cast<milliseconds>(std::chrono::steady_clock::now() - begin);
        QFile points(file);
        ASSERT_TRUE(points.open(QIODevice::ReadOnly));
        script.points = QString::fromUtf8(points.readAll()).split(u'\n', Qt::SkipEmptyParts);
        ASSERT_GT(script.points.size(), 30);
        m_scripts.push_back(std::move(script));
    }

    /// Half of the kills strike a boundary, half an instant.
    HostRun drawKill(std::mt19937_64& random, std::string& when) const
    {
        // Two in three strike what can be done with one that stands: there is more of it.
        const Script& script = m_scripts.at(random() % 3 == 0 ? 0 : 1);
        HostRun run;
        run.arguments = {u"--do"_s, script.task};
        if (random() % 2 == 0) {
            const auto passed = static_cast<qsizetype>(random() % std::size_t(script.points.size()));
            const QString& point = script.points.at(passed);
            const auto nth = script.points.first(passed + 1).count(point);
            run.arguments += {u"--kill-at"_s, point, u"--kill-nth"_s, QString::number(nth)};
            when = point.section(u'.', 0, 0).toStdString();
        } else {
            run.killAfter = milliseconds(random() % static_cast<unsigned>(script.life.count()));
            const auto tenth = run.killAfter->count() * 10 / std::max<milliseconds::rep>(1, script.life.count());
            when = script.task.toStdString() + " at " + std::to_string(tenth * 10) + " % of a life";
        }
        return run;
    }

    Outcome killAndRestart(int n, std::mt19937_64& random)
    {
        const QTemporaryDir folder;
        Outcome outcome;
        HostRun run = drawKill(random, outcome.when);
        run.folder = folder.filePath(u"data"_s);
        run.key = u"rpa_practice_kills_%1"_s.arg(n);
        const Ending killed = test::runHost(m_practice, run);
        const QString left = m_practice.remains();
        const Ending restarted = test::runHost(m_practice, {run.folder, run.key, {u"--do"_s, u"resume"_s}, {}});
        EXPECT_EQ(restarted.exitCode, 0) << n << " " << outcome.when;
        EXPECT_THAT(restarted.found, testing::IsSupersetOf(killed.accepted)) << n << " " << outcome.when;
        EXPECT_LE(test::mostOfOneName(m_practice), 1) << n << " " << outcome.when;
        const QStringList lies = test::untruths(m_practice, restarted, killed.wishes);
        EXPECT_TRUE(lies.isEmpty()) << n << " " << outcome.when << "\n" << lies.join(u'\n').toStdString();
        EXPECT_LE(restarted.volumes.size(), 1) << n << " " << outcome.when << ": bought twice";
        const bool isThere = restarted.states.contains(u"ready"_s) || restarted.states.contains(u"paused"_s);
        const QString after = m_practice.remains();
        if (isThere) {
            EXPECT_EQ(m_practice.endpointCount(), 1) << n << " " << outcome.when;
            const Ending cleaned = test::runHost(m_practice, {run.folder, run.key, {u"--do"_s, u"clean"_s}, {}});
            EXPECT_EQ(cleaned.exitCode, 0) << n << " " << outcome.when;
        } else {
            EXPECT_EQ(after.toStdString(), "0 endpoints, 0 workers") << n << " " << outcome.when;
        }
        EXPECT_EQ(m_practice.remains().toStdString(), "0 endpoints, 0 workers") << n << " " << outcome.when;
        outcome.wasKilled = killed.wasKilled;
        outcome.end = (killed.wasKilled ? "" : "ended before the kill; ") + left.toStdString() + " -> "
            + (restarted.states.isEmpty() ? "no record" : restarted.states.join(u',').toStdString());
        return outcome;
    }

    PracticeProcess m_practice{400.0};
    std::vector<Script> m_scripts;
};

TEST_P(RandomKills, OneRestartRecovers)
{
    for (const QString& task : {u"deploy"_s, u"use"_s})
        ASSERT_NO_FATAL_FAILURE(watchOneLife(task));
    const int kills = (test::isLong() ? 1000 : 100) / kKillShards;
    std::mt19937_64 random(test::seed() * kKillShards + static_cast<unsigned>(GetParam()));
    std::map<std::string, int> table;
    // Some lives are over before their kill comes; those are lived, but not counted.
    for (int n = 0, done = 0; done < kills && !HasFailure(); ++n) {
        const Outcome outcome = killAndRestart(n, random);
        done += outcome.wasKilled ? 1 : 0;
        ++table[outcome.end];
    }
    std::printf("%d kills, seed %llu, shard %d\n", kills, static_cast<unsigned long long>(test::seed()), GetParam());
    for (const auto& [end, count] : table)
        std::printf("%5d  %s\n", count, end.c_str());
}

INSTANTIATE_TEST_SUITE_P(Seeded, RandomKills, testing::Range(0, kKillShards));

} // namespace
} // namespace visgate
