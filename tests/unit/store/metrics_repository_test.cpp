// SPDX-License-Identifier: GPL-3.0-or-later
// The history of workers on disk: it comes back as it was, goes on in place, gets coarser with age and ends after a
// month.
#include "core/domain/metrics/spans.h"
#include "core/store/database.h"
#include "core/store/metrics/metrics_repository.h"
#include "core/store/repositories.h"

#include <QTemporaryDir>

#include <gmock/gmock.h>
#include <map>

namespace visgate {
namespace {

using namespace Qt::Literals::StringLiterals;
using namespace std::chrono_literals;

const TimePoint kTidiedAt{std::chrono::seconds(1'790'000'040)}; // a whole minute

class MetricsRepositoryTest : public testing::Test {
protected:
    MetricsRepositoryTest()
    {
        auto database = Database::open(m_folder.filePath(u"visgate.db"_s));
        if (!database)
            throw std::runtime_error(database.error().detail);
        m_database = std::move(*database);
    }
    static WorkerSpan span(TimePoint from, TimePoint::duration length, int running)
    {
        WorkerSpan span;
        span.from = from;
        span.until = from + length;
        span.workers = {0, 3, 0, 0, 0, 4, 0};
        if (running > 0) {
            span.workers = {0, 3, running, 1, 2, 4, 5};
            span.gpus = {{u"NVIDIA \"A40\"; ğ"_s, running}, {QString(), 1}};
        }
        span.regions = {{u"EU-RO-1"_s, running + 1}};
        span.usdPerHour = running * 0.44;
        span.usd = 1.25;
        span.jobsWaiting = 7;
        span.jobsRunning = running;
        return span;
    }
    QList<WorkerSpan> all(const DeploymentId& id)
    {
        return MetricsRepository(*m_database).list(id, TimePoint(), kTidiedAt + 24h).value_or(QList<WorkerSpan>());
    }
    void keep(const DeploymentId& id, const QList<WorkerSpan>& spans)
    {
        QList<OwnedSpan> owned;
        for (const WorkerSpan& span : spans)
            owned.append({id, span});
        ASSERT_TRUE(MetricsRepository(*m_database).put(owned));
    }
    void tidy(TimePoint now)
    {
        MetricsRepository repository(*m_database);
        for (;;) {
            const auto more = repository.tidy(now);
            ASSERT_TRUE(more) << more.error().detail;
            if (!*more)
                return;
        }
    }
    /// Of one deployment, one after the other, a worker in each second one.
    static QList<WorkerSpan> row(TimePoint from, int count, std::chrono::seconds length)
    {
        QList<WorkerSpan> spans;
        for (int i = 0; i < count; ++i)
            spans.append(span(from + i * length, length, i % 2));
        return spans;
    }
    static int mostInOne(const QList<WorkerSpan>& spans, std::chrono::seconds part)
    {
        std::map<std::int64_t, int> counts;
        int most = 0;
        for (const WorkerSpan& span : spans)
            most = std::max(most, ++counts[span.from.time_since_epoch() / part]);
        return most;
    }

    QTemporaryDir m_folder;
    std::unique_ptr<Database> m_database;
    const DeploymentId m_one{"dep_1"};
    const DeploymentId m_other{"dep_2"};
};

TEST_F(MetricsRepositoryTest, ASpanComesBackWholeAndGoesOnInPlace)
{
    WorkerSpan first = span(kTidiedAt, 10s, 2);
    keep(m_one, {first, span(kTidiedAt + 10s, 5s, 0)});
    keep(m_other, {span(kTidiedAt, 1s, 1)});
    EXPECT_EQ(all(m_one), (QList{first, span(kTidiedAt + 10s, 5s, 0)}));
    WorkerSpan longer = span(kTidiedAt + 10s, 60s, 0);
    longer.usd = 9.5;
    keep(m_one, {longer});
    EXPECT_EQ(all(m_one), (QList{first, longer})) << "the same beginning is the same span";
    EXPECT_EQ(all(m_other).size(), 1);
}

TEST_F(MetricsRepositoryTest, WhatReachesIntoTheTimeIsListed)
{
    MetricsRepository repository(*m_database);
    keep(m_one, row(kTidiedAt, 10, 10s));
    const auto listed = repository.list(m_one, kTidiedAt + 25s, kTidiedAt + 45s);
    ASSERT_TRUE(listed);
    EXPECT_EQ(listed->size(), 3) << "the one before its beginning, the one within, the one at its end";
    EXPECT_EQ(listed->constFirst().from, kTidiedAt + 20s);
    EXPECT_TRUE(repository.list(m_one, kTidiedAt + 1000s, kTidiedAt + 2000s)->isEmpty());
    EXPECT_TRUE(repository.list(m_other, kTidiedAt, kTidiedAt + 2000s)->isEmpty());
}

TEST_F(MetricsRepositoryTest, DeploymentsThatWereSeenAreFoundAfterTheirEnd)
{
    DeploymentRecord record;
    record.deployment.id = m_one;
    record.deployment.status = DeploymentStatus::Deleted;
    ASSERT_TRUE(DeploymentRepository(*m_database).save(record));
    keep(m_one, {span(kTidiedAt, 10s, 1)});
    MetricsRepository repository(*m_database);
    EXPECT_EQ(*repository.deployments(kTidiedAt - 1h, kTidiedAt + 1h), QList{m_one});
    EXPECT_TRUE(repository.deployments(kTidiedAt + 1h, kTidiedAt + 2h)->isEmpty());
}

TEST_F(MetricsRepositoryTest, ADayIsWholeThenAMinuteThenTenAndThenNothing)
{
    const TimePoint recent = kTidiedAt - 1h;
    const TimePoint days = kTidiedAt - 48h;
    const TimePoint weeks = kTidiedAt - 24h * 14;
    for (const TimePoint& begin : {recent, days, weeks})
        keep(m_one, row(begin, 600, 5s)); // 50 minutes
    keep(m_one, row(kTidiedAt - 24h * 32, 10, 5s));
    keep(m_other, row(days, 24, 5s));
    tidy(kTidiedAt);
    const auto within = [&](TimePoint begin) {
        return MetricsRepository(*m_database).list(m_one, begin, begin + 50min).value_or(QList<WorkerSpan>());
    };
    EXPECT_EQ(within(recent), row(recent, 600, 5s)) << "of the last day nothing is lost";
    EXPECT_EQ(mostInOne(within(days), 60s), 1);
    EXPECT_EQ(within(days).size(), 50);
    EXPECT_EQ(mostInOne(within(weeks), 600s), 1);
    EXPECT_LE(within(weeks).size(), 6);
    EXPECT_TRUE(within(kTidiedAt - 24h * 32).isEmpty()) << "after a month it is gone";
    EXPECT_EQ(mostInOne(all(m_other), 60s), 1) << "each deployment by itself";
    for (const WorkerSpan& span : within(weeks))
        EXPECT_EQ(span.workers.running, 1) << "what cost is seen before what did not";
    // What a week does to what a day has left.
    tidy(kTidiedAt + 24h * 7);
    EXPECT_EQ(mostInOne(within(days), 600s), 1);
    EXPECT_EQ(mostInOne(within(recent), 60s), 1);
    const auto before = all(m_one);
    tidy(kTidiedAt + 24h * 7);
    EXPECT_EQ(all(m_one), before) << "done once it is done";
}

TEST_F(MetricsRepositoryTest, WhatGoesOnIsNotOldHoweverLongAgoItBegan)
{
    keep(m_one, {span(kTidiedAt - 24h * 60, 24h * 60, 0)});
    tidy(kTidiedAt);
    EXPECT_EQ(all(m_one).size(), 1);
}

TEST_F(MetricsRepositoryTest, MoreThanOnePartIsTidiedInSeveral)
{
    keep(m_one, row(kTidiedAt - 96h, 6000, 5s));
    EXPECT_TRUE(*MetricsRepository(*m_database).tidy(kTidiedAt)) << "something is left to do";
    tidy(kTidiedAt);
    EXPECT_EQ(mostInOne(all(m_one), 60s), 1);
}

TEST_F(MetricsRepositoryTest, EachChangeOfStateIsKeptWithTheRecord)
{
    DeploymentRepository deployments(*m_database);
    DeploymentRecord record;
    record.deployment.id = m_one;
    const auto save = [&](DeploymentStatus status, std::chrono::seconds at) {
        record.deployment.status = status;
        record.statusSince = kTidiedAt + at;
        ASSERT_TRUE(deployments.save(record));
    };
    save(DeploymentStatus::Validating, 0s);
    save(DeploymentStatus::SelectingGpu, 2s);
    save(DeploymentStatus::SelectingGpu, 2s); // something else has changed
    save(DeploymentStatus::LoadingModel, 5s);
    save(DeploymentStatus::Ready, 4s); // the clock was set back
    MetricsRepository repository(*m_database);
    const auto stages = repository.stages(m_one, kTidiedAt, kTidiedAt + 1h);
    ASSERT_TRUE(stages);
    EXPECT_EQ(*stages,
        (QList<StageSpan>{{DeploymentStatus::Validating, kTidiedAt, kTidiedAt + 2s},
            {DeploymentStatus::SelectingGpu, kTidiedAt + 2s, kTidiedAt + 5s},
            {DeploymentStatus::LoadingModel, kTidiedAt + 5s, kTidiedAt + 5s},
            {DeploymentStatus::Ready, kTidiedAt + 5s, std::nullopt}}));
    const auto later = repository.stages(m_one, kTidiedAt + 1h, kTidiedAt + 2h);
    ASSERT_TRUE(later);
    EXPECT_EQ(*later, (QList<StageSpan>{{DeploymentStatus::Ready, kTidiedAt + 5s, std::nullopt}}));
    EXPECT_TRUE(repository.stages(m_one, kTidiedAt - 2h, kTidiedAt - 1h)->isEmpty());
}

TEST_F(MetricsRepositoryTest, JobsOfATimeAreFoundNewestFirst)
{
    DeploymentRecord record;
    record.deployment.id = m_one;
    ASSERT_TRUE(DeploymentRepository(*m_database).save(record));
    JobRepository jobs(*m_database);
    for (int i = 0; i < 5; ++i) {
        Job job;
        job.id = JobId("job_" + std::to_string(i));
        job.deployment = m_one;
        job.createdAt = kTidiedAt + i * 10s;
        ASSERT_TRUE(jobs.save(job));
    }
    const auto found = jobs.between(m_one, kTidiedAt + 10s, kTidiedAt + 30s, 2);
    ASSERT_TRUE(found);
    ASSERT_EQ(found->size(), 2);
    EXPECT_EQ(found->at(0).id, JobId("job_3"));
    EXPECT_EQ(found->at(1).id, JobId("job_2"));
}

} // namespace
} // namespace visgate
