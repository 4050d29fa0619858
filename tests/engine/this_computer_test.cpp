// SPDX-License-Identifier: GPL-3.0-or-later
// This computer as the place where a model runs: from a deploy to a picture and back to nothing, with the real worker.
#include "core/base/paths.h"
#include "core/base/settings.h"
#include "core/domain/model/demo_model.h"
#include "core/operations/accounts.h"
#include "core/operations/catalogue.h"
#include "core/operations/deployments.h"
#include "core/operations/jobs.h"
#include "core/operations/money.h"
#include "tests/support/child_processes.h"
#include "tests/support/engine_harness.h"
#include "tests/support/local_computer.h"

#include <QDir>
#include <QFile>

#include <gtest/gtest.h>

namespace visgate {
namespace {

using namespace Qt::Literals::StringLiterals;
using namespace std::chrono_literals;
using test::await;
using test::waitUntil;

/// A variable of this process and its children, for as long as it lives.
class SetVariable {
public:
    SetVariable(const char* name, const char* value)
        : m_name(name), m_before(qgetenv(name)), m_wasSet(qEnvironmentVariableIsSet(name))
    {
        qputenv(name, value);
    }
    ~SetVariable()
    {
        if (m_wasSet)
            qputenv(m_name, m_before);
        else
            qunsetenv(m_name);
    }
    SetVariable(const SetVariable&) = delete;
    SetVariable& operator=(const SetVariable&) = delete;

private:
    const char* m_name;
    const QByteArray m_before;
    const bool m_wasSet;
};

class ThisComputerEngine : public testing::Test {
protected:
    void SetUp() override
    {
        test::actAsRunpod(m_harness.folder(), m_practice.address().address);
        start();
    }
    void start() { m_harness.start(test::addThisComputer); }
    static void onThisComputer(CreateRequest& request)
    {
        request.target = AccountId::thisComputer();
        request.modelId = demoModel().id;
        request.acceptedUsdPerHour = 0.0;
    }
    [[nodiscard]] Deployment deployReady() { return m_harness.deployReady(onThisComputer); }
    [[nodiscard]] QList<qint64> processesOf(const Deployment& deployment) const
    {
        return test::processesOf(
            test::workerProgram(), u"VISGATE_DEPLOYMENT_ID="_s + QString::fromStdString(deployment.id.value()));
    }
    [[nodiscard]] DeployQuote quote(const QString& modelId)
    {
        CreateRequest request;
        onThisComputer(request);
        request.modelId = modelId;
        request.firstInput = JobInput();
        request.firstInput->prompt = u"a red circle"_s;
        return await(m_harness.engine().call(GetQuote{request})).value();
    }

    test::PracticeProcess m_practice;
    test::EngineHarness m_harness{m_practice};
};

TEST_F(ThisComputerEngine, ADeployEndsInAPictureAndADeletionInNothing)
{
    const DeployQuote asked = quote(demoModel().id);
    EXPECT_FALSE(asked.preflight.isBlocked());
    EXPECT_EQ(asked.price.worstCase, 0.0);
    ASSERT_FALSE(asked.plan.entries.isEmpty());

    const Deployment ready = deployReady();
    const Job first = m_harness.job(ready.firstJob);
    ASSERT_EQ(first.artifacts.size(), 1);
    EXPECT_EQ(first.artifacts.first().label, u"demo model (shapes)"_s);
    EXPECT_FALSE(processesOf(ready).isEmpty());
    SpendQuery query;
    query.target = AccountId::thisComputer();
    query.to = std::chrono::system_clock::now() + 1h;
    EXPECT_EQ(await(m_harness.engine().call(GetSpend{query}))->summary.countedUsd, 0.0);

    ASSERT_TRUE(await(m_harness.engine().call(DeleteDeployment{ready.id})));
    EXPECT_EQ(m_harness.waitFor(ready.id, DeploymentStatus::Deleted).status, DeploymentStatus::Deleted);
    EXPECT_TRUE(processesOf(ready).isEmpty());
}

TEST_F(ThisComputerEngine, AKilledWorkerCostsTheJobAndTheNextPictureIsMade)
{
    const Deployment ready = deployReady();
    JobInput input;
    input.prompt = u"a red circle"_s;
    input.steps = 50;
    input.count = 4;
    const auto job = await(m_harness.engine().call(SubmitJob{ready.id, input}));
    ASSERT_TRUE(job.has_value());
    ASSERT_TRUE(waitUntil([&] { return m_harness.job(job->id).status == JobStatus::InProgress; }));
    const QList<qint64> running = processesOf(ready);
    ASSERT_FALSE(running.isEmpty());
    ASSERT_TRUE(test::endWithoutAWord(running.first()));
    const Job lost = m_harness.waitForEnd(job->id);
    EXPECT_EQ(lost.status, JobStatus::Failed);
    ASSERT_TRUE(lost.error.has_value());
    EXPECT_EQ(lost.error->code, ErrorCode::WorkerLost);

    input.steps.reset();
    input.count = 1;
    const auto again = await(m_harness.engine().call(SubmitJob{ready.id, input}));
    ASSERT_TRUE(again.has_value());
    EXPECT_EQ(m_harness.waitForEnd(again->id).status, JobStatus::Completed);
}

TEST_F(ThisComputerEngine, NothingOutlivesTheProgramAndTheDeploymentGoesOnAfterwards)
{
    const Deployment ready = deployReady();
    m_harness.stop();
    EXPECT_TRUE(processesOf(ready).isEmpty());
    start();
    EXPECT_EQ(m_harness.waitFor(ready.id, DeploymentStatus::Ready).status, DeploymentStatus::Ready);
    JobInput input;
    input.prompt = u"a blue square"_s;
    const auto job = await(m_harness.engine().call(SubmitJob{ready.id, input}));
    ASSERT_TRUE(job.has_value());
    EXPECT_EQ(m_harness.waitForEnd(job->id).status, JobStatus::Completed);
    ASSERT_TRUE(await(m_harness.engine().call(DeleteDeployment{ready.id})));
    EXPECT_EQ(m_harness.waitFor(ready.id, DeploymentStatus::Deleted).status, DeploymentStatus::Deleted);
    EXPECT_TRUE(processesOf(ready).isEmpty());
}

TEST_F(ThisComputerEngine, StopEverythingReachesIt)
{
    const Deployment ready = deployReady();
    ASSERT_TRUE(await(m_harness.engine().call(StopEverything{})).has_value());
    EXPECT_EQ(m_harness.waitFor(ready.id, DeploymentStatus::Paused).status, DeploymentStatus::Paused);
    EXPECT_TRUE(waitUntil([&] { return processesOf(ready).isEmpty(); }));
}

TEST_F(ThisComputerEngine, ARealModelIsRefusedInOneClearLineWithoutThePictureEngine)
{
    const DeployQuote asked = quote(u"stabilityai/sdxl-turbo"_s);
    const PreflightLine* const line = asked.preflight.line(u"here"_s);
    ASSERT_NE(line, nullptr);
    ASSERT_TRUE(line->error.has_value());
    EXPECT_EQ(line->error->code, ErrorCode::PictureEngineMissing);
    EXPECT_EQ(asked.preflight.line(u"worker_image"_s), nullptr);
    EXPECT_EQ(asked.preflight.line(u"key"_s), nullptr);
}

/// With a stand-in for torch and diffusers: what is real is the way from the folder to the picture.
TEST_F(ThisComputerEngine, AFolderOfThisComputerIsAModel)
{
    const QString folder = m_harness.folder() + u"/benim modelim ğ"_s;
    ASSERT_TRUE(QDir().mkpath(folder + u"/unet"_s));
    const auto write = [&folder](const QString& name, const QByteArray& bytes) {
        QFile file(folder + u'/' + name);
        return file.open(QIODevice::WriteOnly) && file.write(bytes) == bytes.size();
    };
    ASSERT_TRUE(write(u"model_index.json"_s,
        R"({"_class_name":"StableDiffusionPipeline","unet":["diffusers","UNet2DConditionModel"]})"));
    ASSERT_TRUE(write(u"unet/diffusion_pytorch_model.safetensors"_s, "weights"));
    Settings settings(Paths{m_harness.folder(), {}, {}}.settings());
    ASSERT_TRUE(settings.set(Settings::table().pictureEnginePython, u"/usr/bin/python3"_s));
    const SetVariable modules("PYTHONPATH", VISGATE_STAND_IN);
    const SetVariable noBytecode("PYTHONDONTWRITEBYTECODE", "1");

    const Deployment ready = m_harness.deployReady([&folder](CreateRequest& request) {
        onThisComputer(request);
        request.modelId = folder + u'/';
        request.firstInput->width = 48;
        request.firstInput->height = 32;
        request.firstInput->steps = 2;
    });
    EXPECT_EQ(ready.modelId, folder);
    EXPECT_FALSE(ready.demoModel) << "it draws in its own name";
    const Job first = m_harness.job(ready.firstJob);
    EXPECT_EQ(first.runner, u"diffusers"_s);
    ASSERT_EQ(first.artifacts.size(), 1);
    EXPECT_EQ(first.artifacts.first().width, 48);
    ASSERT_TRUE(await(m_harness.engine().call(DeleteDeployment{ready.id})));
    EXPECT_EQ(m_harness.waitFor(ready.id, DeploymentStatus::Deleted).status, DeploymentStatus::Deleted);
    EXPECT_TRUE(processesOf(ready).isEmpty());

    for (const AccountId& elsewhere : {AccountId::practice(), AccountId::runpod()}) {
        const auto refused = m_harness.create([&](CreateRequest& request) {
            request.target = elsewhere;
            request.modelId = folder;
        });
        ASSERT_FALSE(refused.has_value());
        EXPECT_EQ(refused.error().code, ErrorCode::ModelStaysHere);
    }
}

TEST_F(ThisComputerEngine, TheDemoModelIsKeptFromWhatIsPaidFor)
{
    const auto refused = m_harness.create([](CreateRequest& request) {
        onThisComputer(request);
        request.target = AccountId::runpod();
    });
    ASSERT_FALSE(refused.has_value());
    EXPECT_EQ(refused.error().code, ErrorCode::ModelStaysHere);
    EXPECT_EQ(m_practice.endpointCount(), 0);
}

} // namespace
} // namespace visgate
