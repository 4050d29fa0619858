// SPDX-License-Identifier: GPL-3.0-or-later
// Promises of the API's contract that only the engine can keep: one answer a key, one endpoint for two equal calls, a
// second try for a job, a key that is only tried.
#include "core/base/settings.h"
#include "core/operations/catalogue.h"
#include "core/operations/deployments.h"
#include "core/operations/jobs.h"
#include "core/operations/keys.h"
#include "tests/support/engine_harness.h"

#include <QJsonArray>

#include <gmock/gmock.h>

namespace visgate {
namespace {

using namespace Qt::Literals::StringLiterals;
using test::await;
using test::EngineHarness;
using test::PracticeProcess;

class ContractTest : public testing::Test {
protected:
    ContractTest()
    {
        test::actAsRunpod(m_harness.folder(), m_practice.address().address);
        m_harness.start();
    }

    static CreateRequest request()
    {
        CreateRequest request;
        request.modelId = u"stabilityai/sdxl-turbo"_s;
        request.target = AccountId::practice();
        return request;
    }

    PracticeProcess m_practice;
    EngineHarness m_harness{m_practice};
};

TEST_F(ContractTest, OneKeyIsOneDeploymentAlsoAfterARestart)
{
    CreateRequest call = request();
    call.idempotencyKey = u"order-1"_s;
    call.bodyDigest = u"a"_s;
    // Two at once: the second does not wait for the first.
    auto first = m_harness.engine().call(CreateDeployment{call});
    auto second = m_harness.engine().call(CreateDeployment{call});
    const auto one = await(first);
    const auto same = await(second);
    ASSERT_TRUE(one) << one.error().detail;
    ASSERT_TRUE(same) << same.error().detail;
    EXPECT_EQ(one->id, same->id);
    EXPECT_EQ(m_harness.waitFor(one->id, DeploymentStatus::Ready).status, DeploymentStatus::Ready);
    m_harness.stop();
    m_harness.start();
    const auto later = await(m_harness.engine().call(CreateDeployment{call}));
    ASSERT_TRUE(later);
    EXPECT_EQ(later->id, one->id);
    call.bodyDigest = u"b"_s;
    EXPECT_EQ(await(m_harness.engine().call(CreateDeployment{call})).error().code, ErrorCode::Conflict);
    // Deleted or not: the answer is what it was about.
    ASSERT_TRUE(await(m_harness.engine().call(DeleteDeployment{one->id})));
    m_harness.waitFor(one->id, DeploymentStatus::Deleted);
    call.bodyDigest = u"a"_s;
    EXPECT_EQ(await(m_harness.engine().call(CreateDeployment{call}))->status, DeploymentStatus::Deleted);
    EXPECT_EQ(m_practice.calls(u"POST"_s, u"/rest/v2/serverless"_s).size(), 1);
    EXPECT_EQ(await(m_harness.engine().call(ListDeployments{10, {}}))->total, 1);
}

TEST_F(ContractTest, TwoEqualCallsInFlightEndInOneEndpoint)
{
    // Slow to create, so that both are under way at once.
    m_practice.fault(
        u"POST"_s, u"/rest/v2/serverless"_s, {{u"effect"_s, u"delay"_s}, {u"delay_ms"_s, 700}, {u"count"_s, 1}});
    auto first = m_harness.engine().call(CreateDeployment{request()});
    auto second = m_harness.engine().call(CreateDeployment{request()});
    const auto one = await(first);
    const auto other = await(second);
    ASSERT_TRUE(one && other);
    ASSERT_NE(one->id, other->id) << "two deployments";
    const Deployment readyOne = m_harness.waitFor(one->id, DeploymentStatus::Ready);
    const Deployment readyOther = m_harness.waitFor(other->id, DeploymentStatus::Ready);
    EXPECT_EQ(readyOne.status, DeploymentStatus::Ready);
    EXPECT_EQ(readyOther.status, DeploymentStatus::Ready);
    EXPECT_EQ(readyOne.endpointId, readyOther.endpointId) << "on one endpoint";
    EXPECT_EQ(m_practice.calls(u"POST"_s, u"/rest/v2/serverless"_s).size(), 1) << "and none was made and thrown away";
    EXPECT_EQ(m_practice.endpointCount(), 1);
    ASSERT_TRUE(await(m_harness.engine().call(DeleteDeployment{one->id})));
    m_harness.waitFor(one->id, DeploymentStatus::Deleted);
    EXPECT_EQ(m_practice.endpointCount(), 1) << "the other still lives on it";
    ASSERT_TRUE(await(m_harness.engine().call(DeleteDeployment{other->id})));
    m_harness.waitFor(other->id, DeploymentStatus::Deleted);
    EXPECT_EQ(m_practice.remains().toStdString(), "0 endpoints, 0 workers");
}

TEST_F(ContractTest, TheListIsNarrowedByStatusWithATrueTotal)
{
    const auto one = await(m_harness.engine().call(CreateDeployment{request()}));
    CreateRequest refused = request();
    refused.modelId = u"nobody/has-this-model"_s;
    const auto other = await(m_harness.engine().call(CreateDeployment{refused}));
    ASSERT_TRUE(one && other);
    m_harness.waitFor(one->id, DeploymentStatus::Ready);
    m_harness.waitFor(other->id, DeploymentStatus::Failed);
    const auto ready = await(m_harness.engine().call(ListDeployments{10, {}, DeploymentStatus::Ready}));
    ASSERT_TRUE(ready);
    EXPECT_EQ(ready->total, 1);
    ASSERT_EQ(ready->deployments.size(), 1);
    EXPECT_EQ(ready->deployments.constFirst().id, one->id);
    EXPECT_EQ(await(m_harness.engine().call(ListDeployments{10, {}, DeploymentStatus::Paused}))->total, 0);
    EXPECT_EQ(await(m_harness.engine().call(ListDeployments{1, {}}))->total, 2);
}

TEST_F(ContractTest, AFailedJobIsTriedAgainUnderItsId)
{
    const auto created = await(m_harness.engine().call(CreateDeployment{request()}));
    ASSERT_TRUE(created);
    m_harness.waitFor(created->id, DeploymentStatus::Ready);
    JobInput input;
    input.prompt = u"a large red circle on a white background"_s;
    input.seed = 3;
    m_practice.fault(u"POST"_s, u"*/run"_s, {{u"effect"_s, u"status"_s}, {u"status"_s, 400}, {u"count"_s, 1}});
    const auto job = await(m_harness.engine().call(SubmitJob{created->id, input}));
    ASSERT_TRUE(job);
    const Job failed = m_harness.waitForEnd(job->id);
    ASSERT_EQ(failed.status, JobStatus::Failed);
    const auto again = await(m_harness.engine().call(RetryJob{job->id}));
    ASSERT_TRUE(again) << again.error().detail;
    EXPECT_EQ(again->id, job->id);
    EXPECT_FALSE(again->error);
    const Job done = m_harness.waitForEnd(job->id);
    EXPECT_EQ(done.status, JobStatus::Completed);
    EXPECT_EQ(done.input, input);
    EXPECT_EQ(done.artifacts.size(), 1);
    const auto refused = await(m_harness.engine().call(RetryJob{job->id}));
    EXPECT_EQ(refused.error().code, ErrorCode::Conflict);
    EXPECT_EQ(refused.error().detail, "COMPLETED");
    EXPECT_EQ(
        await(m_harness.engine().call(RetryJob{JobId("job_20260102_ffffffff")})).error().code, ErrorCode::NotFound);
    EXPECT_EQ(await(m_harness.engine().call(ListJobs{created->id}))->size(), 1) << "it is the same job";
}

TEST_F(ContractTest, AKeyIsTriedForWhatItMayDo)
{
    const auto tried = [this](const char* key) {
        return await(m_harness.engine().call(TryKey{std::make_shared<const Secret>(std::string(key))}));
    };
    const auto good = tried("rpa_practice_0001");
    ASSERT_TRUE(good) << good.error().detail;
    EXPECT_TRUE(good->valid);
    EXPECT_EQ(good->scope, u"create"_s);
    m_practice.control("POST", u"/account"_s, {{u"readOnly"_s, true}});
    const auto readOnly = tried("rpa_practice_0001");
    ASSERT_TRUE(readOnly);
    EXPECT_TRUE(readOnly->valid);
    EXPECT_EQ(readOnly->scope, u"read"_s);
    EXPECT_EQ(readOnly->error->code, ErrorCode::KeyLacksPermission);
    const auto bad = tried("not-a-key");
    ASSERT_TRUE(bad);
    EXPECT_FALSE(bad->valid);
    EXPECT_EQ(bad->error->code, ErrorCode::KeyRejected);
    EXPECT_FALSE(await(m_harness.engine().call(ListKeys{}))->constFirst().present) << "none of them was stored";
}

TEST_F(ContractTest, AModelIsLookedUpOnDiskOrAtTheHub)
{
    const auto preset
        = await(m_harness.engine().call(GetModelDetails{AccountId::runpod(), u"stabilityai/sdxl-turbo"_s}));
    ASSERT_TRUE(preset);
    EXPECT_TRUE(preset->model.preset);
    EXPECT_EQ(preset->inputSchema["properties"_L1]["width"_L1]["default"_L1].toInt(), 512);
    EXPECT_TRUE(m_practice.calls(u"GET"_s, u"/api/models/"_s).isEmpty()) << "nobody was asked";
    // One that no preset describes; all that the hub knows besides the presets cannot be used.
    const auto atTheHub = [this](const QString& path, const char* body) {
        m_practice.fault(u"GET"_s, path,
            {{u"effect"_s, u"status"_s}, {u"status"_s, 200}, {u"count"_s, 0}, {u"body"_s, QString::fromLatin1(body)}});
    };
    atTheHub(u"*/api/models/maker/painter"_s,
        R"({"id":"maker/painter","sha":"c0ffee","pipeline_tag":"text-to-image","siblings":[
            {"rfilename":"model_index.json","size":400},
            {"rfilename":"unet/diffusion_pytorch_model.safetensors","size":3400000000}]})");
    atTheHub(u"*/maker/painter/resolve/c0ffee/model_index.json"_s,
        R"({"_class_name":"StableDiffusionPipeline","unet":["diffusers","UNet2DConditionModel"]})");
    const auto other = await(m_harness.engine().call(GetModelDetails{AccountId::practice(), u"maker/painter"_s}));
    ASSERT_TRUE(other) << other.error().detail;
    EXPECT_FALSE(other->model.preset);
    EXPECT_EQ(other->model.downloadBytes, 3'400'000'400);
    const auto refusalOf = [this](const QString& id) {
        const auto refused = await(m_harness.engine().call(GetModelDetails{AccountId::practice(), id}));
        return refused ? std::string("nothing") : std::string(toString(refused.error().code));
    };
    EXPECT_EQ(refusalOf(u"no/such"_s), toString(ErrorCode::ModelNotFound));
    EXPECT_EQ(refusalOf(u"openai-community/gpt2"_s), toString(ErrorCode::LanguageModel));
    EXPECT_EQ(refusalOf(u"kandinsky-community/kandinsky-2-2-prior"_s), toString(ErrorCode::ModelIsPart));
}

} // namespace
} // namespace visgate
