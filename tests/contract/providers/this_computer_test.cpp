// SPDX-License-Identifier: GPL-3.0-or-later
// This computer as a provider, with the real worker: what only it does.
#include "core/domain/model/demo_model.h"
#include "core/foundation/redactor.h"
#include "core/providers/this_computer/this_computer_provider.h"
#include "tests/support/await.h"
#include "tests/support/child_processes.h"

#include <QFileInfo>
#include <QTemporaryDir>

#include <gtest/gtest.h>

namespace visgate {
namespace {

using namespace Qt::Literals::StringLiterals;
using namespace std::chrono_literals;
using test::await;
using test::waitUntil;

/// Takes seconds on any computer.
QJsonObject longWork()
{
    return {{u"prompt"_s, u"a red circle"_s}, {u"num_inference_steps"_s, 50}, {u"num_images"_s, 4}};
}

class ThisComputerTest : public testing::Test {
protected:
    ThisComputerTest() { open(); }

    void open()
    {
        ThisComputerSettings settings;
        settings.folder = m_folder.path() + u"/bu bilgisayar ğ"_s;
        settings.worker = m_worker;
        settings.python = [this] { return m_python; };
        settings.clock = std::make_shared<RealClock>();
        settings.redactor = std::make_shared<Redactor>();
        m_provider = std::make_unique<ThisComputerProvider>(std::make_shared<ThisComputer>(std::move(settings)));
    }
    void close() { m_provider.reset(); }
    [[nodiscard]] Provider& provider() { return *m_provider; }

    [[nodiscard]] EndpointSpec spec() const
    {
        EndpointSpec spec;
        spec.name = u"visgate-test"_s;
        spec.gpuPools = {ThisComputer::gpuTypeId()};
        spec.limits.workersMax = 1;
        spec.limits.idleTimeout = 1h;
        spec.env = {{u"HF_MODEL_ID"_s, demoModel().id}, {u"VISGATE_DEPLOYMENT_ID"_s, mark()}};
        spec.secretEnv = {{u"HF_TOKEN"_s, u"hf_theUsersOwnToken0123456789"_s}};
        return spec;
    }
    [[nodiscard]] EndpointId create(EndpointSpec wanted)
    {
        const auto made = await(provider().createEndpoint(std::move(wanted)));
        if (!made)
            throw std::runtime_error("create: " + made.error().detail);
        return made->id;
    }
    [[nodiscard]] ProviderJobId submit(
        const EndpointId& id, const QJsonObject& input, std::chrono::seconds limit = 600s)
    {
        return await(provider().submitJob(id, input, limit)).value();
    }
    [[nodiscard]] ProviderJob once(const EndpointId& id, const ProviderJobId& job, JobStatus status)
    {
        ProviderJob seen;
        EXPECT_TRUE(waitUntil([&] {
            seen = await(provider().job(id, job)).value_or(ProviderJob{});
            return seen.status == status || isFinished(seen.status);
        }));
        EXPECT_EQ(seen.status, status) << seen.error.toStdString();
        return seen;
    }
    [[nodiscard]] WorkerCounts counts(const EndpointId& id) { return await(provider().workers(id))->counts; }
    /// What this test's workers can be told by.
    [[nodiscard]] QString mark() const { return QFileInfo(m_folder.path()).fileName(); }
    [[nodiscard]] QList<qint64> processes() const
    {
        return test::processesOf(QStringLiteral(VISGATE_WORKER_PROGRAM), u"VISGATE_DEPLOYMENT_ID="_s + mark());
    }

    QTemporaryDir m_folder;
    QString m_worker = QStringLiteral(VISGATE_WORKER_PROGRAM);
    QString m_python;
    std::unique_ptr<ThisComputerProvider> m_provider;
};

TEST_F(ThisComputerTest, AWorkerThatIsKilledFailsTheJobInHandAndTheNextOneHasAnother)
{
    const EndpointId id = create(spec());
    const ProviderJobId lost = submit(id, longWork());
    const ProviderJobId next = submit(id, {{u"prompt"_s, u"a blue square"_s}});
    const WorkerId first = once(id, lost, JobStatus::InProgress).worker;
    const auto running = processes();
    ASSERT_FALSE(running.isEmpty());
    ASSERT_TRUE(test::endWithoutAWord(running.first()));

    const ProviderJob failed = once(id, lost, JobStatus::Failed);
    EXPECT_TRUE(failed.workerLost);
    EXPECT_TRUE(failed.error.contains(u"ended by the system"_s)) << failed.error.toStdString();
    const ProviderJob made = once(id, next, JobStatus::Completed);
    EXPECT_NE(made.worker, first);
    EXPECT_TRUE(made.hasOutput);
}

TEST_F(ThisComputerTest, AfterARestartTheEndpointIsThereWithoutAWorkerAndALostJobIsSaidToBeLost)
{
    const EndpointId id = create(spec());
    const ProviderJobId job = submit(id, longWork());
    (void)once(id, job, JobStatus::InProgress);
    const ProviderEndpoint before = *await(provider().endpoint(id));
    close();
    EXPECT_TRUE(processes().isEmpty()) << "nothing outlives the program";

    open();
    const auto listed = await(provider().listEndpoints());
    ASSERT_EQ(listed->size(), 1);
    EXPECT_EQ(listed->first().name, before.name);
    EXPECT_EQ(listed->first().env, before.env);
    EXPECT_EQ(listed->first().idleTimeout, before.idleTimeout);
    EXPECT_EQ(counts(id).total(), 0);
    const auto lost = await(provider().job(id, job));
    ASSERT_TRUE(lost.has_value());
    EXPECT_EQ(lost->status, JobStatus::Failed);
    EXPECT_TRUE(lost->workerLost);
    (void)once(id, submit(id, {{u"prompt"_s, u"a red circle"_s}}), JobStatus::Completed);
}

TEST_F(ThisComputerTest, WhatIsSecretIsNotInTheFile)
{
    (void)create(spec());
    QFile file(m_folder.path() + u"/bu bilgisayar ğ/endpoints.json"_s);
    ASSERT_TRUE(file.open(QIODevice::ReadOnly));
    const QByteArray text = file.readAll();
    EXPECT_TRUE(text.contains(demoModel().id.toUtf8()));
    EXPECT_FALSE(text.contains("hf_theUsersOwnToken"));
}

TEST_F(ThisComputerTest, ALogIsReadOnceAndGoneOnWithAndOutlivesTheProgram)
{
    const EndpointId id = create(spec());
    const WorkerId worker = once(id, submit(id, {{u"prompt"_s, u"a red circle"_s}}), JobStatus::Completed).worker;
    QStringList ids;
    bool hasReady = false;
    auto stream = provider().logs()->openLogs(id, worker, {}, [&](const ProviderLogLine& line) {
        ids.append(line.id);
        hasReady = hasReady || line.line.contains(u"\"ready\""_s);
    });
    EXPECT_TRUE(waitUntil([&] { return hasReady; }));
    EXPECT_EQ(stream->lastId(), ids.last());
    EXPECT_FALSE(stream->ended().has_value());
    QStringList unique = ids;
    EXPECT_EQ(unique.removeDuplicates(), 0);
    stream.reset();
    close();

    open();
    QStringList rest;
    auto again = provider().logs()->openLogs(
        id, worker, ids.first(), [&](const ProviderLogLine& line) { rest.append(line.id); });
    EXPECT_TRUE(waitUntil([&] { return again->ended().has_value(); }));
    EXPECT_EQ(rest.mid(0, ids.size() - 1), ids.mid(1));
    const auto none = provider().logs()->openLogs(
        id, WorkerId("../endpoints"), {}, [](const ProviderLogLine&) { ADD_FAILURE() << "no file of ours"; });
    EXPECT_TRUE(none->ended().has_value());
}

TEST_F(ThisComputerTest, AnIdleWorkerLeavesAndOneThatIsKeptStays)
{
    EndpointSpec wanted = spec();
    wanted.limits.idleTimeout = 0s;
    const EndpointId id = create(wanted);
    (void)once(id, submit(id, {{u"prompt"_s, u"a red circle"_s}}), JobStatus::Completed);
    EXPECT_TRUE(waitUntil([&] { return counts(id).total() == 0; }));
    EXPECT_TRUE(processes().isEmpty());

    ASSERT_TRUE(await(provider().scale(id, 1, 1, 0s)).has_value());
    EXPECT_TRUE(waitUntil([&] { return counts(id).idle == 1; })) << "without any job";
    ASSERT_TRUE(await(provider().scale(id, 0, 1, 0s)).has_value());
    EXPECT_TRUE(waitUntil([&] { return counts(id).total() == 0; }));
}

TEST_F(ThisComputerTest, ADeletionWaitsUntilTheProcessIsGone)
{
    const EndpointId id = create(spec());
    (void)once(id, submit(id, longWork()), JobStatus::InProgress);
    EXPECT_FALSE(processes().isEmpty());
    ASSERT_TRUE(await(provider().deleteEndpoint(id)).has_value());
    EXPECT_TRUE(processes().isEmpty());
    EXPECT_EQ(QDir(m_folder.path() + u"/bu bilgisayar ğ"_s).entryList(QDir::AllEntries | QDir::NoDotAndDotDot),
        QStringList{u"endpoints.json"_s});
}

TEST_F(ThisComputerTest, WhatIsPausedInTheMiddleOfAJobGoesOnWithItAfterwards)
{
    const EndpointId id = create(spec());
    QJsonObject work = longWork();
    work[u"num_images"_s] = 2; // all of it is done twice
    const ProviderJobId job = submit(id, work);
    (void)once(id, job, JobStatus::InProgress);
    ASSERT_TRUE(await(provider().scale(id, 0, 0, 1h)).has_value());
    EXPECT_TRUE(waitUntil([&] { return counts(id).total() == 0; }));
    EXPECT_EQ(await(provider().job(id, job))->status, JobStatus::InQueue);
    ASSERT_TRUE(await(provider().scale(id, 0, 1, 1h)).has_value());
    (void)once(id, job, JobStatus::Completed);
}

TEST_F(ThisComputerTest, AJobIsCancelledAndTheWorkerIsFreeForTheNext)
{
    const EndpointId id = create(spec());
    const ProviderJobId job = submit(id, longWork());
    const ProviderJobId waiting = submit(id, longWork());
    (void)once(id, job, JobStatus::InProgress);
    ASSERT_TRUE(await(provider().cancelJob(id, waiting)).has_value());
    ASSERT_TRUE(await(provider().cancelJob(id, job)).has_value());
    EXPECT_EQ(await(provider().job(id, job))->status, JobStatus::Cancelled);
    (void)once(id, submit(id, {{u"prompt"_s, u"a red circle"_s}}), JobStatus::Completed);
    EXPECT_EQ(await(provider().job(id, job))->status, JobStatus::Cancelled);
    EXPECT_EQ(await(provider().job(id, waiting))->status, JobStatus::Cancelled);
}

TEST_F(ThisComputerTest, AJobThatIsPastItsTimeIsStopped)
{
    const EndpointId id = create(spec());
    const ProviderJobId job = submit(id, longWork(), 0s);
    (void)once(id, job, JobStatus::TimedOut);
    (void)once(id, submit(id, {{u"prompt"_s, u"a red circle"_s}}), JobStatus::Completed);
}

TEST_F(ThisComputerTest, BadInputFailsTheJobInTheWorkersOwnWords)
{
    const EndpointId id = create(spec());
    const ProviderJob failed = once(id, submit(id, {{u"prompt"_s, QString()}}), JobStatus::Failed);
    EXPECT_TRUE(failed.error.contains(u"E_INPUT"_s)) << failed.error.toStdString();
    EXPECT_FALSE(failed.workerLost);
}

TEST_F(ThisComputerTest, ARealModelNeedsThePictureEngine)
{
    const QString real = u"stabilityai/sdxl-turbo"_s;
    EXPECT_EQ(await(provider().checkRuns(real)).error().code, ErrorCode::PictureEngineMissing);
    EXPECT_TRUE(await(provider().checkRuns(demoModel().id)).has_value());
    EndpointSpec wanted = spec();
    wanted.env[u"HF_MODEL_ID"_s] = real;
    EXPECT_EQ(await(provider().createEndpoint(wanted)).error().code, ErrorCode::PictureEngineMissing);
    m_python = m_folder.path(); // no program
    EXPECT_EQ(await(provider().checkRuns(real)).error().code, ErrorCode::PictureEngineMissing);
    m_python = QStringLiteral(VISGATE_WORKER_PROGRAM); // any that can be run
    EXPECT_TRUE(await(provider().checkRuns(real)).has_value());
}

TEST_F(ThisComputerTest, AWorkerThatDoesNotStartFailsTheJobAndSaysWhy)
{
    m_worker = m_folder.path() + u"/no such worker"_s;
    close();
    open();
    const EndpointId id = create(spec());
    const ProviderJob failed = once(id, submit(id, {{u"prompt"_s, u"a red circle"_s}}), JobStatus::Failed);
    EXPECT_TRUE(failed.error.contains(u"did not start"_s)) << failed.error.toStdString();
    EXPECT_TRUE(await(provider().deleteEndpoint(id)).has_value());
}

TEST_F(ThisComputerTest, AFileThatIsNotItsOwnIsLeftAloneAndNamed)
{
    const QString path = m_folder.path() + u"/bu bilgisayar ğ/endpoints.json"_s;
    (void)create(spec());
    close();
    QFile file(path);
    ASSERT_TRUE(file.open(QIODevice::WriteOnly | QIODevice::Truncate));
    file.write("{\"endpoints\":[{\"id\":\"x\"}]}");
    file.close();
    open();
    const auto listed = await(provider().listEndpoints());
    ASSERT_FALSE(listed.has_value());
    EXPECT_EQ(listed.error().code, ErrorCode::StoreCorrupt);
    EXPECT_FALSE(await(provider().createEndpoint(spec())).has_value());
    ASSERT_TRUE(file.open(QIODevice::ReadOnly));
    EXPECT_EQ(file.readAll(), "{\"endpoints\":[{\"id\":\"x\"}]}");
}

} // namespace
} // namespace visgate
