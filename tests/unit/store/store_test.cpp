// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/database.h"
#include "core/store/history_repository.h"
#include "core/store/migrations.h"
#include "core/store/repositories.h"
#include "core/store/spend_repository.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>

#include <csignal>
#include <gmock/gmock.h>
#include <sys/resource.h>

namespace visgate {
namespace {

using namespace Qt::Literals::StringLiterals;
using namespace std::chrono_literals;

DeploymentRecord sampleRecord(const std::string& id, TimePoint createdAt)
{
    DeploymentRecord record;
    Deployment& d = record.deployment;
    d.id = DeploymentId(id);
    d.status = DeploymentStatus::LoadingModel;
    d.path = u"accepted_cold"_s;
    d.target = AccountId::runpod();
    d.modelId = u"stabilityai/sdxl-turbo"_s;
    d.revision = u"abc"_s;
    d.task = GenerationTask::TextToVideo;
    d.endpointId = EndpointId("ep1");
    d.endpointName = u"visgate-x"_s;
    d.userHash = u"hash"_s;
    d.gpuPlanned = {u"AMPERE_48"_s, u"ADA_24"_s};
    d.gpuAllocated = u"NVIDIA A40"_s;
    d.workers.running = 2;
    d.workers.max = 3;
    d.limits.executionTimeout = 77s;
    d.error = Error{ErrorCode::WorkerQuotaExceeded, "detail", 400, "req-1", {"5"}};
    d.phaseSeconds[u"validating"_s] = 1.5;
    d.cost.estimatedUsd = 0.25;
    d.firstJob = JobId("job_1");
    d.createdAt = createdAt;
    d.readyAt = createdAt + 5s;
    record.desired = DesiredState::Pause;
    record.request.modelId = d.modelId;
    record.request.firstInput = JobInput{u"ein Kreis"_s, {}, 256, std::nullopt, 4, 0.5, 9'007'199'254'740'993, 2};
    record.callbackSecretHash = u"beef"_s;
    record.statusSince = createdAt;
    record.containWhenFailed = true;
    return record;
}

TimePoint at(int seconds)
{
    return fromMicroseconds(1'790'000'000'000'000 + seconds * 1'000'000LL);
}

class StoreTest : public testing::Test {
protected:
    QString file(const QString& name = u"visgate.db"_s) const { return m_folder.filePath(name); }
    std::unique_ptr<Database> openOrDie() const
    {
        auto database = Database::open(file());
        if (!database)
            throw std::runtime_error(database.error().detail);
        return std::move(*database);
    }
    QTemporaryDir m_folder;
};

TEST_F(StoreTest, ADeploymentComesBackAsItWas)
{
    const auto record = sampleRecord("dep_1", at(0));
    {
        const auto database = openOrDie();
        DeploymentRepository repository(*database);
        ASSERT_TRUE(repository.save(record, {{at(1), u"info"_s, u"first"_s}, {at(2), u"warning"_s, u"second"_s}}));
    }
    const auto database = openOrDie();
    const auto found = DeploymentRepository(*database).find(DeploymentId("dep_1"));
    ASSERT_TRUE(found && *found);
    EXPECT_EQ(toRow(**found), toRow(record));
    EXPECT_EQ((*found)->request.firstInput, record.request.firstInput) << "a seed above 2^53 must survive";
    EXPECT_EQ((*found)->deployment.readyAt, record.deployment.readyAt);
    ASSERT_EQ((*found)->deployment.logs.size(), 2);
    EXPECT_EQ((*found)->deployment.logs.at(1).message, u"second"_s);
    const auto missing = DeploymentRepository(*database).find(DeploymentId("dep_2"));
    ASSERT_TRUE(missing);
    EXPECT_FALSE(*missing);
}

TEST_F(StoreTest, PagesAreNewestFirstAndNeverLoseOrRepeatOne)
{
    const auto database = openOrDie();
    DeploymentRepository repository(*database);
    for (int n = 0; n < 25; ++n) // pairs of equal times: the id breaks the tie
        ASSERT_TRUE(repository.save(sampleRecord("dep_" + std::to_string(100 + n), at(n / 2))));
    std::vector<std::string> seen;
    QString cursor;
    do {
        const auto page = repository.page(7, cursor);
        ASSERT_TRUE(page);
        EXPECT_EQ(page->total, 25);
        for (const Deployment& deployment : page->deployments)
            seen.push_back(deployment.id.value());
        cursor = page->nextCursor;
    } while (!cursor.isEmpty());
    ASSERT_EQ(seen.size(), 25U);
    EXPECT_TRUE(std::is_sorted(seen.rbegin(), seen.rend()));
    EXPECT_EQ(std::set(seen.begin(), seen.end()).size(), 25U);
    EXPECT_EQ(repository.page(7, u"nonsense"_s).error().code, ErrorCode::InvalidRequest);
}

TEST_F(StoreTest, AnIntentAndItsRecordAreOneWrite)
{
    const auto database = openOrDie();
    IntentRepository intents(*database);
    auto record = sampleRecord("dep_1", at(0));
    Intent intent;
    intent.deployment = record.deployment.id;
    intent.endpointName = u"visgate-x"_s;
    intent.digest = u"d"_s;
    intent.createdAt = at(1);
    auto opened = intents.open(intent, record);
    ASSERT_TRUE(opened);
    EXPECT_GT(opened->id, 0);
    opened->state = Intent::State::Done;
    opened->endpoint = EndpointId("ep9");
    record.deployment.endpointId = EndpointId("ep9");
    ASSERT_TRUE(intents.close(*opened, record));
    const auto latest = intents.latest(record.deployment.id);
    ASSERT_TRUE(latest && *latest);
    EXPECT_EQ((*latest)->state, Intent::State::Done);
    EXPECT_EQ((*latest)->endpoint, EndpointId("ep9"));
    const auto stored = DeploymentRepository(*database).find(record.deployment.id);
    EXPECT_EQ((*stored)->deployment.endpointId, EndpointId("ep9"));
}

TEST_F(StoreTest, JobsWithTheirArtifacts)
{
    const auto database = openOrDie();
    ASSERT_TRUE(DeploymentRepository(*database).save(sampleRecord("dep_1", at(0))));
    JobRepository jobs(*database);
    Job job;
    job.id = JobId("job_1");
    job.deployment = DeploymentId("dep_1");
    job.createdAt = at(1);
    job.input.prompt = u"a circle"_s;
    ASSERT_TRUE(jobs.save(job));
    ASSERT_EQ(jobs.unfinished()->size(), 1);
    job.status = JobStatus::Completed;
    job.ran = 1500ms;
    job.artifacts = {{u"/p/a.png"_s, u"image/png"_s, 10, u"aa"_s, 256, 256, 7, u"demo"_s, {u"dragon"_s}}};
    ASSERT_TRUE(jobs.save(job));
    EXPECT_TRUE(jobs.unfinished()->isEmpty());
    const auto found = jobs.find(job.id);
    ASSERT_TRUE(found && *found);
    EXPECT_EQ((*found)->artifacts, job.artifacts);
    EXPECT_EQ((*found)->ran, job.ran);
    EXPECT_EQ(jobs.list(DeploymentId("dep_1"))->size(), 1);
    EXPECT_EQ(jobs.list({})->size(), 1);
    EXPECT_TRUE(jobs.list(DeploymentId("dep_other"))->isEmpty());
}

TEST_F(StoreTest, JobsComeAPageAtATime)
{
    const auto database = openOrDie();
    ASSERT_TRUE(DeploymentRepository(*database).save(sampleRecord("dep_1", at(0))));
    ASSERT_TRUE(DeploymentRepository(*database).save(sampleRecord("dep_2", at(0))));
    JobRepository jobs(*database);
    const auto save = [&jobs](const char* id, const char* deployment, int second) {
        Job job;
        job.id = JobId(id);
        job.deployment = DeploymentId(deployment);
        job.createdAt = at(second);
        return jobs.save(job).has_value();
    };
    // Two of the same moment, and one of another deployment between them.
    ASSERT_TRUE(save("job_1", "dep_1", 1) && save("job_2", "dep_1", 2) && save("job_x", "dep_2", 2)
        && save("job_3", "dep_1", 2) && save("job_4", "dep_1", 3));
    const auto page = [&jobs](const char* olderThan) {
        QStringList ids;
        const auto found = jobs.list(DeploymentId("dep_1"), 2, JobId(olderThan));
        for (const Job& job : *found)
            ids << QString::fromStdString(job.id.value());
        return ids;
    };
    EXPECT_EQ(page(""), (QStringList{u"job_4"_s, u"job_3"_s}));
    EXPECT_EQ(page("job_3"), (QStringList{u"job_2"_s, u"job_1"_s}));
    EXPECT_EQ(page("job_1"), QStringList());
    EXPECT_EQ(page("job_unknown"), QStringList());
}

TEST_F(StoreTest, SpendAddsUpByHourAndCauseAndKeepsTheBillBesideIt)
{
    const auto database = openOrDie();
    ASSERT_TRUE(DeploymentRepository(*database).save(sampleRecord("dep_1", at(0))));
    SpendRepository spend(*database);
    const DeploymentId id("dep_1");
    const TimePoint hour = std::chrono::floor<std::chrono::hours>(at(0));
    CostMeter::Worker worker;
    worker.id = u"w1"_s;
    worker.counted = 30;
    worker.state = WorkerSight::State::Busy;
    worker.wasUp = true;
    ASSERT_TRUE(spend.add(id, AccountId::practice(), hour, {{CostCause::ColdStart, 20, 0.2}}, {worker}));
    ASSERT_TRUE(spend.add(
        id, AccountId::practice(), hour, {{CostCause::ColdStart, 10, 0.1}, {CostCause::Picture, 5, 0.05}}, {worker}));
    ASSERT_TRUE(spend.add(id, AccountId::practice(), hour + 1h, {{CostCause::Idle, 5, 0.05}}, {}));
    auto hours = spend.hours(id);
    ASSERT_TRUE(hours);
    ASSERT_EQ(hours->size(), 2);
    EXPECT_NEAR(hours->at(0).countedUsd(StartBilling::Unknown), 0.35, 1e-9);
    EXPECT_NEAR(hours->at(0).countedUsd(StartBilling::Free), 0.05, 1e-9);
    EXPECT_EQ(spend.firstUnsettled(AccountId::practice(), hour - 24h)->value(), hour);
    ASSERT_TRUE(spend.setBill(id, AccountId::practice(), hour, 0.3, true));
    ASSERT_TRUE(spend.setBill(id, AccountId::practice(), hour + 1h, 0.07, false));
    EXPECT_EQ(spend.firstUnsettled(AccountId::practice(), hour - 24h)->value(), hour + 1h);
    hours = spend.hours(AccountId::practice(), hour, hour + 2h);
    const SpendSummary sum = summarize(AccountId::practice(), hour, hour + 2h, *hours, StartBilling::Billed);
    EXPECT_NEAR(sum.estimatedUsd, 0.4, 1e-9);
    EXPECT_NEAR(sum.countedUsd, 0.37, 1e-9) << "a settled bill counts, else the dearer of the two";
    EXPECT_NEAR(sum.correctionUsd, -0.05, 1e-9);
    EXPECT_EQ(sum.causes.constFirst().cause, CostCause::ColdStart);
    EXPECT_TRUE(spend.workers(id)->isEmpty()) << "the last write knew of none";
    EXPECT_TRUE(spend.hours(AccountId::runpod(), hour, hour + 2h)->isEmpty());
    EXPECT_TRUE(spend.endpoints(AccountId::practice(), hour)->contains(u"dep_1"_s));
}

TEST_F(StoreTest, LimitsMarksAndTheWishToStopOutliveTheProgram)
{
    const SpendLimit month{LimitScope::Month, {}, 20.0, 30.0};
    const LimitState told{month, AccountId::runpod(), 21.0, LimitLevel::Tell};
    const QList<PendingStop> stops{{AccountId::runpod(), {}, at(5)}, {AccountId::runpod(), u"0a1b"_s, at(7)}};
    {
        const auto database = openOrDie();
        SpendRepository spend(*database);
        ASSERT_TRUE(spend.setLimit(month));
        ASSERT_TRUE(spend.setLimit({LimitScope::Day, {}, std::nullopt, 3.0}));
        ASSERT_TRUE(spend.setLimit({LimitScope::Day, {}, std::nullopt, std::nullopt}));
        EXPECT_TRUE(spend.announce(told, u"2026-11"_s).value());
        ASSERT_TRUE(spend.setPendingStops(stops));
    }
    const auto database = openOrDie();
    SpendRepository spend(*database);
    EXPECT_EQ(spend.limits().value(), QList<SpendLimit>{month});
    EXPECT_FALSE(spend.announce(told, u"2026-11"_s).value()) << "said once a month";
    EXPECT_TRUE(spend.announce(told, u"2026-12"_s).value());
    EXPECT_EQ(spend.pendingStops().value(), stops);
    ASSERT_TRUE(spend.setPendingStops({}));
    EXPECT_TRUE(spend.pendingStops().value().isEmpty());
    ASSERT_TRUE(MetaRepository(*database).set(u"pending_stop"_s, u"1795984993681586"_s));
    EXPECT_EQ(spend.pendingStops()->size(), 2) << "a wish of an earlier version was for both targets";
}

TEST_F(StoreTest, StageSamplesComeBackNewestFirst)
{
    const auto database = openOrDie();
    HistoryRepository history(*database);
    StageSetting setting;
    setting.modelId = u"a/b"_s;
    setting.pool = u"ADA_24"_s;
    setting.stock = Stock::Low;
    setting.again = true;
    setting.downloadBytes = 7'000'000'000;
    ASSERT_TRUE(history.add({{StartStage::ImagePull, setting, 30, at(1)}, {StartStage::ImagePull, setting, 40, at(2)},
        {StartStage::Picture, setting, 3, at(3)}}));
    const auto pulls = history.newest(StartStage::ImagePull, AccountId::practice());
    ASSERT_TRUE(pulls);
    ASSERT_EQ(pulls->size(), 2);
    EXPECT_EQ(pulls->constFirst().seconds, 40);
    EXPECT_EQ(pulls->constFirst().setting, setting);
    EXPECT_TRUE(history.newest(StartStage::ImagePull, AccountId::runpod())->isEmpty());
}

TEST_F(StoreTest, AFileOfANewerProgramIsLeftAlone)
{
    {
        const auto database = openOrDie();
        ASSERT_TRUE(database->run(u"PRAGMA user_version = 4711"_s));
    }
    const auto opened = Database::open(file());
    ASSERT_FALSE(opened);
    EXPECT_EQ(opened.error().code, ErrorCode::StoreTooNew);
}

TEST_F(StoreTest, ADamagedFileIsSaidToBeOne)
{
    QFile damaged(file());
    ASSERT_TRUE(damaged.open(QIODevice::WriteOnly));
    damaged.write(QByteArray(8192, 'x'));
    damaged.close();
    const auto opened = Database::open(file());
    ASSERT_FALSE(opened);
    EXPECT_EQ(opened.error().code, ErrorCode::StoreCorrupt);
}

TEST_F(StoreTest, DamageInsideIsFoundAtOpen)
{
    {
        const auto database = openOrDie();
        DeploymentRepository repository(*database);
        for (int n = 0; n < 40; ++n)
            ASSERT_TRUE(repository.save(sampleRecord("dep_" + std::to_string(n), at(n))));
        ASSERT_TRUE(database->run(u"PRAGMA wal_checkpoint(TRUNCATE)"_s));
    }
    QFile stored(file());
    ASSERT_TRUE(stored.open(QIODevice::ReadWrite));
    const qint64 page = 4096;
    for (qint64 offset = page; offset + page < stored.size(); offset += page) {
        stored.seek(offset);
        stored.write(QByteArray(64, '\xff'));
    }
    stored.close();
    const auto opened = Database::open(file());
    ASSERT_FALSE(opened);
    EXPECT_EQ(opened.error().code, ErrorCode::StoreCorrupt);
}

TEST_F(StoreTest, ALockedFileIsBusyNotBroken)
{
    const auto first = openOrDie();
    const auto second = openOrDie();
    ASSERT_TRUE(second->run(u"PRAGMA busy_timeout = 50"_s));
    ASSERT_TRUE(first->run(u"BEGIN IMMEDIATE"_s));
    const auto blocked = DeploymentRepository(*second).save(sampleRecord("dep_1", at(0)));
    ASSERT_FALSE(blocked);
    EXPECT_EQ(blocked.error().code, ErrorCode::StoreBusy);
    ASSERT_TRUE(first->run(u"ROLLBACK"_s));
    EXPECT_TRUE(DeploymentRepository(*second).save(sampleRecord("dep_1", at(0))));
}

TEST_F(StoreTest, AFullDiskIsSaidAndLosesNothing)
{
    const auto database = openOrDie();
    DeploymentRepository repository(*database);
    ASSERT_TRUE(repository.save(sampleRecord("dep_0", at(0))));
    ASSERT_TRUE(database->run(u"PRAGMA wal_checkpoint(TRUNCATE)"_s));
    ASSERT_TRUE(database->run(u"PRAGMA max_page_count = 1"_s)); // SQLite raises it to what is used
    Result<void> saved;
    int n = 1;
    for (; n < 1000 && saved; ++n)
        saved = repository.save(sampleRecord("dep_" + std::to_string(n), at(n)));
    ASSERT_FALSE(saved);
    EXPECT_EQ(saved.error().code, ErrorCode::StoreFull);
    EXPECT_EQ(repository.page(1, {})->total, n - 1) << "the refused write left no trace";
    ASSERT_TRUE(database->run(u"PRAGMA max_page_count = 100000"_s));
    EXPECT_TRUE(repository.save(sampleRecord("dep_again", at(n))));
}

TEST_F(StoreTest, AFullFileSystemIsSaidWhenOpening)
{
    GTEST_FLAG_SET(death_test_style, "threadsafe");
    // No file may grow past 8 KiB: what a full disk looks like to SQLite while it creates the tables.
    EXPECT_EXIT(
        {
            std::signal(SIGXFSZ, SIG_IGN);
            rlimit limit;
            limit.rlim_cur = limit.rlim_max = 8192;
            setrlimit(RLIMIT_FSIZE, &limit);
            const auto opened = Database::open(file(u"small.db"_s));
            std::_Exit(!opened
                        && (opened.error().code == ErrorCode::StoreFull
                            || opened.error().code == ErrorCode::FileUnwritable)
                    ? 0
                    : 1);
        },
        testing::ExitedWithCode(0), "");
}

TEST_F(StoreTest, AFolderThatCannotBeWrittenIsSaid)
{
    const auto opened = Database::open(u"/dev/null/folder/visgate.db"_s);
    ASSERT_FALSE(opened);
    EXPECT_EQ(opened.error().code, ErrorCode::FileUnwritable);
}

TEST_F(StoreTest, KeepsACopyBeforeAMigration)
{
    {
        const auto database = openOrDie();
        ASSERT_TRUE(DeploymentRepository(*database).save(sampleRecord("dep_1", at(0))));
        ASSERT_TRUE(keepCopy(*database, file(), currentSchemaVersion()));
    }
    auto copy = Database::open(u"%1.v%2.bak"_s.arg(file()).arg(currentSchemaVersion()));
    ASSERT_TRUE(copy);
    const auto found = DeploymentRepository(**copy).find(DeploymentId("dep_1"));
    ASSERT_TRUE(found && *found) << "what was still in the write-ahead log belongs to the copy";
}

TEST_F(StoreTest, AReadOnlyConnectionCannotWrite)
{
    const auto writer = openOrDie();
    auto reader = Database::open(file(), Database::Access::ReadOnly);
    ASSERT_TRUE(reader);
    EXPECT_TRUE(DeploymentRepository(**reader).page(1, {}));
    EXPECT_EQ(
        DeploymentRepository(**reader).save(sampleRecord("dep_1", at(0))).error().code, ErrorCode::FileUnwritable);
}

} // namespace
} // namespace visgate
