// SPDX-License-Identifier: GPL-3.0-or-later
// One list of expectations for the service, whichever side of the private socket it is called from.
#include "core/api/api_server.h"
#include "core/base/settings.h"
#include "core/codec/codec.h"
#include "core/operations/accounts.h"
#include "core/operations/catalogue.h"
#include "core/operations/deployments.h"
#include "core/operations/jobs.h"
#include "core/operations/keys.h"
#include "core/service/local_service.h"
#include "core/service/remote_service.h"
#include "tests/support/engine_harness.h"

#include <QFile>

#include <gmock/gmock.h>

namespace visgate {
namespace {

using namespace Qt::Literals::StringLiterals;
using test::await;
using test::EngineHarness;
using test::PracticeProcess;

enum class Side { Local, Remote };

void PrintTo(Side side, std::ostream* out)
{
    *out << (side == Side::Local ? "Local" : "Remote");
}

class ServiceTest : public testing::TestWithParam<Side> {
protected:
    ServiceTest()
    {
        // The model hub of every target is practice's: no test goes out to the network.
        Settings settings(m_harness.folder() + "/settings.ini"_L1);
        settings.set(Settings::table().hubUrl, m_practice.address().address.hub.toString());
        m_harness.start();
        Engine& engine = m_harness.engine();
        if (GetParam() == Side::Local) {
            m_service = std::make_unique<LocalService>(engine);
            return;
        }
        const QString socket = m_harness.folder() + "/owner.sock"_L1;
        auto api = ApiServer::start(socket, [&engine] { return std::make_unique<LocalService>(engine); });
        if (!api)
            throw std::runtime_error(api.error().detail);
        m_api = *std::move(api);
        m_service = std::make_unique<RemoteService>(socket);
        // What is told before the stream of changes stands is told to nobody.
        bool isConnected = false;
        const auto connection = QObject::connect(m_service.get(), &DeploymentService::connectionChanged,
            m_service.get(), [&isConnected](bool connected) { isConnected = connected; });
        EXPECT_TRUE(test::waitUntil([&isConnected] { return isConnected; }));
        QObject::disconnect(connection);
    }

    DeploymentService& service() { return *m_service; }

    CreateRequest request(const char* model = "stabilityai/sdxl-turbo") const
    {
        CreateRequest request;
        request.modelId = QString::fromLatin1(model);
        request.target = AccountId::practice();
        request.firstInput = JobInput();
        request.firstInput->prompt = u"a large red circle on a white background"_s;
        request.firstInput->seed = 7;
        return request;
    }

    /// The last state that a signal told, once `isDone` holds for it.
    Deployment follow(const DeploymentId& id, const std::function<bool(const Deployment&)>& isDone)
    {
        std::optional<Deployment> last;
        const auto connection = QObject::connect(
            &service(), &DeploymentService::deploymentChanged, &service(), [&](const Deployment& now) {
                if (now.id == id)
                    last = now;
            });
        if (const auto now = await(service().call(GetDeployment{id})); now && !last)
            last = *now;
        EXPECT_TRUE(test::waitUntil([&] { return last && isDone(*last); }));
        QObject::disconnect(connection);
        return last.value_or(Deployment{});
    }

    PracticeProcess m_practice;
    EngineHarness m_harness{m_practice};
    std::unique_ptr<ApiServer> m_api;
    std::unique_ptr<DeploymentService> m_service;
};

TEST_P(ServiceTest, ADeploymentsWholeLife)
{
    QList<Job> told;
    QList<LogLine> lines;
    QObject::connect(&service(), &DeploymentService::jobChanged, &service(), [&](const Job& job) { told.append(job); });
    QObject::connect(&service(), &DeploymentService::logAppended, &service(),
        [&](const DeploymentId&, const QList<LogLine>& batch) { lines += batch; });
    const auto created = await(service().call(CreateDeployment{request()}));
    ASSERT_TRUE(created) << created.error().detail;
    EXPECT_EQ(created->status, DeploymentStatus::Validating);
    EXPECT_EQ(created->limits, EndpointLimits());
    ASSERT_FALSE(created->firstJob.isEmpty());
    const Deployment ready
        = follow(created->id, [](const Deployment& now) { return now.status == DeploymentStatus::Ready; });
    EXPECT_FALSE(ready.gpuAllocated.isEmpty());
    EXPECT_TRUE(ready.readyAt);

    ASSERT_TRUE(test::waitUntil([&] { return !told.isEmpty() && isFinished(told.constLast().status); }));
    const auto job = await(service().call(GetJob{created->firstJob}));
    ASSERT_TRUE(job);
    EXPECT_EQ(job->status, JobStatus::Completed);
    EXPECT_EQ(job->input, *request().firstInput);
    ASSERT_EQ(job->artifacts.size(), 1);
    EXPECT_TRUE(await(service().call(GetDeployment{created->id}))->demoModel) << "what drew it is no real model";
    EXPECT_TRUE(QFile::exists(job->artifacts.constFirst().filePath));
    EXPECT_EQ(toJson(told.constLast()), toJson(*job)) << "the signal said the same";
    const auto jobs = await(service().call(ListJobs{created->id}));
    ASSERT_TRUE(jobs);
    EXPECT_EQ(jobs->size(), 1);
    EXPECT_EQ(await(service().call(CancelJob{created->firstJob})).error().code, ErrorCode::Conflict);

    const auto stored = await(service().call(ReadLogs{created->id, {}, 10'000}));
    ASSERT_TRUE(stored);
    ASSERT_FALSE(stored->isEmpty());
    ASSERT_TRUE(test::waitUntil([&] { return lines.size() >= stored->size(); }));
    for (qsizetype i = 0; i < stored->size(); ++i)
        EXPECT_EQ(toJson(lines.at(i)), toJson(stored->at(i))) << "each line was announced once, in order";
    const auto earlier = await(service().call(ReadLogs{created->id, {}, 1, stored->constLast().number}));
    ASSERT_TRUE(earlier && earlier->size() == 1);
    EXPECT_EQ(earlier->constFirst().number.next(), stored->constLast().number);
    EXPECT_EQ(await(service().call(ReadLogs{created->id, stored->constLast().number, 10}))->constFirst().number,
        stored->constLast().number);

    const auto page = await(service().call(ListDeployments{1, {}}));
    ASSERT_TRUE(page);
    EXPECT_EQ(page->total, 1);
    EXPECT_EQ(page->deployments.constFirst().id, created->id);

    ASSERT_TRUE(await(service().call(PauseDeployment{created->id})));
    EXPECT_EQ(await(service().call(GetDeployment{created->id}))->status, DeploymentStatus::Paused);
    EXPECT_EQ(await(service().call(SubmitJob{created->id, *request().firstInput})).error().code, ErrorCode::Conflict);
    ASSERT_TRUE(await(service().call(ResumeDeployment{created->id})));
    ASSERT_TRUE(await(service().call(DeleteDeployment{created->id})));
    follow(created->id, [](const Deployment& now) { return now.status == DeploymentStatus::Deleted; });
    EXPECT_EQ(m_practice.remains().toStdString(), "0 endpoints, 0 workers");
}

TEST_P(ServiceTest, WhatIsWrongIsSaidInTheSameWay)
{
    const DeploymentId nobody("dep_2026_ffffffff");
    const auto codeOf = [](const auto& result) {
        return result ? std::string("nothing") : std::string(toString(result.error().code));
    };
    EXPECT_EQ(codeOf(await(service().call(GetDeployment{nobody}))), "NOT_FOUND");
    EXPECT_EQ(codeOf(await(service().call(DeleteDeployment{nobody}))), "NOT_FOUND");
    EXPECT_EQ(codeOf(await(service().call(PauseDeployment{nobody}))), "NOT_FOUND");
    EXPECT_EQ(codeOf(await(service().call(ReadLogs{nobody, {}, 1}))), "NOT_FOUND");
    EXPECT_EQ(codeOf(await(service().call(ListJobs{nobody}))), "NOT_FOUND");
    EXPECT_EQ(codeOf(await(service().call(GetJob{JobId("job_20260102_ffffffff")}))), "NOT_FOUND");
    EXPECT_EQ(codeOf(await(service().call(CancelJob{JobId("job_20260102_ffffffff")}))), "NOT_FOUND");
    EXPECT_EQ(codeOf(await(service().call(SubmitJob{nobody, *request().firstInput}))), "NOT_FOUND");
    EXPECT_EQ(codeOf(await(service().call(ListDeployments{10, u"no cursor"_s}))), "INVALID_REQUEST");
    EXPECT_EQ(codeOf(await(service().call(SetWorkerImage{u"two words"_s}))), "INVALID_REQUEST");
    EXPECT_EQ(codeOf(await(service().call(CheckKey{KeyKind::Runpod}))), "KEY_MISSING");
    CreateRequest unknown = request("no such thing");
    EXPECT_EQ(codeOf(await(service().call(CreateDeployment{unknown}))), "MODEL_NOT_FOUND");
    CreateRequest editing = request("Qwen/Qwen-Image-Edit");
    const auto refused = await(service().call(CreateDeployment{editing}));
    ASSERT_EQ(codeOf(refused), "PRACTICE_ONLY_DRAWS");
    EXPECT_EQ(refused.error().arguments, std::vector<std::string>{editing.modelId.toStdString()});
    CreateRequest runpod = request();
    runpod.target = AccountId::runpod();
    EXPECT_EQ(codeOf(await(service().call(CreateDeployment{runpod}))), "WORKER_IMAGE_MISSING");
}

TEST_P(ServiceTest, WhatCanBeAskedBeforehand)
{
    const auto presets = await(service().call(ListPresets{}));
    ASSERT_TRUE(presets);
    EXPECT_EQ(presets->size(), 30);
    const auto found = await(service().call(SearchModels{AccountId::practice(), u"turbo"_s}));
    ASSERT_TRUE(found);
    EXPECT_THAT(found->size(), testing::Ge(3));
    const auto live = await(service().call(ListGpuOffers{AccountId::practice()}));
    ASSERT_TRUE(live);
    EXPECT_EQ(live->constFirst().source, u"live"_s);
    const auto published = await(service().call(ListGpuOffers{AccountId::runpod()}));
    ASSERT_TRUE(published) << "without a key the dated list answers";
    EXPECT_THAT(published->constFirst().source.toStdString(), testing::MatchesRegex("20..-..-.."));

    const auto quote = await(service().call(GetQuote{request()}));
    ASSERT_TRUE(quote);
    EXPECT_FALSE(quote->preflight.isBlocked());
    EXPECT_EQ(quote->price.source, u"live"_s);
    EXPECT_GT(quote->price.worstCase, quote->price.firstPicture);
    ASSERT_TRUE(quote->readyLow && quote->readyHigh);
    EXPECT_LT(*quote->readyLow, *quote->readyHigh);

    const auto video = await(service().call(GetQuote{request("Lightricks/LTX-Video")}));
    ASSERT_TRUE(video);
    EXPECT_FALSE(video->preflight.isBlocked()) << "practice only stands in";
    const auto editing = await(service().call(GetQuote{request("Qwen/Qwen-Image-Edit")}));
    ASSERT_TRUE(editing);
    ASSERT_TRUE(editing->preflight.firstError());
    EXPECT_EQ(editing->preflight.firstError()->code, ErrorCode::PracticeOnlyDraws);
}

/// Without a key the price on the button is that of a day, and says which.
TEST_P(ServiceTest, AQuoteWithoutAKeyNamesTheDayOfItsPrices)
{
    CreateRequest runpod = request();
    runpod.target = AccountId::runpod();
    const auto quote = await(service().call(GetQuote{runpod}));
    ASSERT_TRUE(quote) << quote.error().detail;
    EXPECT_TRUE(quote->preflight.isBlocked()) << "there is no key and no worker image";
    EXPECT_THAT(quote->price.source.toStdString(), testing::MatchesRegex("20..-..-.."));
    EXPECT_GT(quote->price.usdPerHour, 0.0);
    EXPECT_GT(quote->price.firstPicture, 0.0);
    EXPECT_FALSE(quote->plan.entries.isEmpty());
    EXPECT_TRUE(quote->readyLow);
}

TEST_P(ServiceTest, SettingsAndHealth)
{
    EXPECT_EQ(await(service().call(GetWorkerImage{})).value_or(WorkerImage{u"?"_s, {}, {}}).own, QString());
    ASSERT_TRUE(await(service().call(SetWorkerImage{u"docker.io/me/worker@sha256:1"_s})));
    EXPECT_EQ(await(service().call(GetWorkerImage{})).value_or(WorkerImage()).own, u"docker.io/me/worker@sha256:1"_s);
    const auto keys = await(service().call(ListKeys{}));
    ASSERT_TRUE(keys);
    ASSERT_EQ(keys->size(), 2);
    EXPECT_EQ(keys->at(0).kind, KeyKind::Runpod);
    EXPECT_FALSE(keys->at(0).present);
    EXPECT_TRUE(await(service().call(ForgetKey{KeyKind::Runpod})));
    const auto health = await(service().call(GetHealth{}));
    ASSERT_TRUE(health);
    EXPECT_TRUE(health->secretsSessionOnly);
    EXPECT_FALSE(health->storeProblem);
    const auto left = await(service().call(CleanUp{{.all = true}}));
    ASSERT_TRUE(left);
    EXPECT_TRUE(left->isEmpty());
}

INSTANTIATE_TEST_SUITE_P(
    Sides, ServiceTest, testing::Values(Side::Local, Side::Remote), testing::PrintToStringParamName());

} // namespace
} // namespace visgate
