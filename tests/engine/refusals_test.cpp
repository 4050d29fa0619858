// SPDX-License-Identifier: GPL-3.0-or-later
// Each bad input gives the one typed error, and leaves nothing running. Faults come from practice itself, over sockets.
#include "core/base/settings.h"
#include "core/domain/errors/error_catalog.h"
#include "core/operations/keys.h"
#include "tests/support/engine_harness.h"

#include <QJsonArray>

#include <csignal>
#include <gmock/gmock.h>
#include <sys/resource.h>

namespace visgate {
namespace {

using namespace Qt::Literals::StringLiterals;
using namespace std::chrono_literals;
using test::EngineHarness;
using test::PracticeProcess;

struct Situation {
    const char* name;
    std::function<void(PracticeProcess&)> arrange;
    std::function<void(CreateRequest&)> change;
    ErrorCode expected;
    int creates; ///< create calls that practice got
};

void PrintTo(const Situation& situation, std::ostream* out)
{
    *out << situation.name;
}

class Refusal : public testing::TestWithParam<Situation> {
protected:
    PracticeProcess m_practice;
    EngineHarness m_harness{m_practice};
};

TEST_P(Refusal, OneTypedErrorAndNothingLeftRunning)
{
    const Situation& situation = GetParam();
    m_harness.start();
    if (situation.arrange)
        situation.arrange(m_practice);
    const auto created = m_harness.create(situation.change);
    std::optional<Error> error;
    if (!created) {
        error = created.error();
    } else {
        const Deployment failed = m_harness.waitFor(created->id, DeploymentStatus::Failed);
        EXPECT_EQ(failed.status, DeploymentStatus::Failed) << m_harness.messages(created->id).join(u'\n').toStdString();
        error = failed.error;
        const Job job = m_harness.waitForEnd(created->firstJob);
        EXPECT_EQ(job.status, JobStatus::Failed) << "its first picture ends with it";
    }
    ASSERT_TRUE(error);
    EXPECT_EQ(toString(error->code), toString(situation.expected)) << error->detail;
    const ErrorText text = describe(*error);
    EXPECT_FALSE(text.message.isEmpty());
    EXPECT_FALSE(text.remedy.isEmpty());
    EXPECT_EQ(m_practice.calls(u"POST"_s, u"/rest/v2/serverless"_s).size(), situation.creates);
    EXPECT_TRUE(test::waitUntil([&] { return m_practice.workerCount() == 0; }));
    for (const QJsonValue& endpoint : m_practice.state()["endpoints"_L1].toArray())
        EXPECT_EQ(endpoint["workers"_L1]["max"_L1].toInt(), 0) << "nothing may start again";
}

const Situation kSituations[] = {
    {"UnknownModel", {}, [](CreateRequest& r) { r.modelId = u"nobody/has-this-model"_s; }, ErrorCode::ModelNotFound, 0},
    {"NotAModelName", {}, [](CreateRequest& r) { r.modelId = u"no such thing"_s; }, ErrorCode::ModelNotFound, 0},
    {"UnknownShortName", {},
        [](CreateRequest& r) {
            r.modelId.clear();
            r.modelName = u"midjourney"_s;
        },
        ErrorCode::ModelNameUnknown, 0},
    {"TaskItCannotDo", {}, [](CreateRequest& r) { r.task = GenerationTask::TextToVideo; }, ErrorCode::UnsupportedTask,
        0},
    {"LanguageModel", {}, [](CreateRequest& r) { r.modelId = u"openai-community/gpt2"_s; }, ErrorCode::LanguageModel,
        0},
    {"SpeechModel", {}, [](CreateRequest& r) { r.modelId = u"openai/whisper-small"_s; }, ErrorCode::UnsupportedTask, 0},
    {"SingleFile", {}, [](CreateRequest& r) { r.modelId = u"Comfy-Org/stable-diffusion-v1-5-archive"_s; },
        ErrorCode::ModelNotDiffusers, 0},
    {"EditingOnPractice", {}, [](CreateRequest& r) { r.modelId = u"Qwen/Qwen-Image-Edit"_s; },
        ErrorCode::PracticeOnlyDraws, 0},
    {"UnknownGpu", {}, [](CreateRequest& r) { r.gpuTier = u"RTX 9999"_s; }, ErrorCode::InvalidRequest, 0},
    {"KeyWithoutRights",
        [](PracticeProcess& p) {
            p.control("POST", u"/account"_s, {{u"readOnly"_s, true}});
        },
        {}, ErrorCode::KeyLacksPermission, 1},
    {"QuotaFull",
        [](PracticeProcess& p) {
            p.control("POST", u"/account"_s, {{u"quota"_s, 0}});
        },
        {}, ErrorCode::WorkerQuotaExceeded, 1},
    // Without a named GPU it would look for another plan: see placement_test.cpp.
    {"NoCapacity", [](PracticeProcess& p) { p.condition(u"no_capacity"_s); },
        [](CreateRequest& r) { r.gpuTier = u"A40"_s; }, ErrorCode::NoCapacity, 1},
    {"CrashLoop", [](PracticeProcess& p) { p.condition(u"crash_loop"_s); }, {}, ErrorCode::WorkerCrashLoop, 1},
    {"StuckInitializing", [](PracticeProcess& p) { p.condition(u"stuck_initializing"_s); },
        [](CreateRequest& r) { r.limits.initTimeout = 2s; }, ErrorCode::StartTimedOut, 1},
    {"GarbageFromTheHub",
        [](PracticeProcess& p) {
            p.fault(u"GET"_s, u"*/api/models/*"_s, {{u"effect"_s, u"garbage"_s}, {u"count"_s, 0}});
        },
        {}, ErrorCode::UnexpectedReply, 0},
    {"ServerErrors",
        [](PracticeProcess& p) {
            p.fault(u"GET"_s, u"*/catalog/gpus*"_s, {{u"effect"_s, u"status"_s}, {u"status"_s, 500}, {u"count"_s, 0}});
        },
        {}, ErrorCode::ProviderFailed, 0},
};

INSTANTIATE_TEST_SUITE_P(Table, Refusal, testing::ValuesIn(kSituations),
    [](const auto& situation) { return std::string(situation.param.name); });

TEST(Refusals, AKeyThatTheProviderDoesNotKnow)
{
    PracticeProcess practice;
    EngineHarness harness(practice);
    harness.start([&](EngineConfig& config) {
        const PracticeAddress wrong = practice.address("not-a-key-of-practice");
        config.startPractice = [wrong](double, const http::CancelToken&) -> Result<PracticeAddress> { return wrong; };
    });
    const auto created = harness.create();
    ASSERT_TRUE(created);
    const Deployment failed = harness.waitFor(created->id, DeploymentStatus::Failed);
    ASSERT_TRUE(failed.error);
    EXPECT_EQ(failed.error->code, ErrorCode::KeyRejected);
    EXPECT_EQ(practice.endpointCount(), 0);
}

TEST(Refusals, NobodyAnswersAtAll)
{
    PracticeProcess practice;
    EngineHarness harness(practice);
    harness.start([&](EngineConfig& config) {
        PracticeAddress nowhere = practice.address();
        nowhere.address.rest = nowhere.address.queue = nowhere.address.hub = QUrl(u"http://127.0.0.1:1"_s);
        config.startPractice
            = [nowhere](double, const http::CancelToken&) -> Result<PracticeAddress> { return nowhere; };
    });
    const auto created = harness.create();
    ASSERT_TRUE(created);
    const Deployment failed = harness.waitFor(created->id, DeploymentStatus::Failed);
    ASSERT_TRUE(failed.error);
    EXPECT_EQ(failed.error->code, ErrorCode::NetworkUnreachable);
}

TEST(Refusals, PracticeDoesNotStart)
{
    PracticeProcess practice;
    EngineHarness harness(practice);
    harness.start([](EngineConfig& config) {
        config.startPractice = [](double, const http::CancelToken&) -> Result<PracticeAddress> {
            return fail(ErrorCode::PracticeUnavailable);
        };
    });
    const auto created = harness.create();
    ASSERT_TRUE(created);
    const Deployment failed = harness.waitFor(created->id, DeploymentStatus::Failed);
    ASSERT_TRUE(failed.error);
    EXPECT_EQ(failed.error->code, ErrorCode::PracticeUnavailable);
}

TEST(Refusals, RunpodWithoutAnImageOrAKey)
{
    PracticeProcess practice;
    EngineHarness harness(practice);
    harness.start();
    const auto toRunpod = [](CreateRequest& request) { request.target = AccountId::runpod(); };
    EXPECT_EQ(harness.create(toRunpod).error().code, ErrorCode::WorkerImageMissing);
    ASSERT_TRUE(test::await(harness.engine().call(SetWorkerImage{u"docker.io/me/worker@sha256:1"_s})));
    EXPECT_EQ(harness.create(toRunpod).error().code, ErrorCode::KeyMissing);
}

TEST(Refusals, AFullDiskStopsTheDeploymentBeforeAnythingIsAskedFor)
{
    PracticeProcess practice;
    EngineHarness harness(practice);
    harness.start();
    // Files that may not grow are what a full disk looks like to the store; the pages it has are written down first.
    rlimit before{};
    getrlimit(RLIMIT_FSIZE, &before);
    std::signal(SIGXFSZ, SIG_IGN);
    rlimit tight = before;
    tight.rlim_cur = 4096;
    setrlimit(RLIMIT_FSIZE, &tight);
    const auto created = harness.create();
    setrlimit(RLIMIT_FSIZE, &before);
    ASSERT_FALSE(created);
    EXPECT_THAT(created.error().code, testing::AnyOf(ErrorCode::StoreFull, ErrorCode::FileUnwritable));
    EXPECT_TRUE(practice.calls(u"POST"_s, u"/rest/v2/serverless"_s).isEmpty());
    EXPECT_TRUE(test::await(harness.engine().call(GetHealth{}))->storeProblem) << "Settings and doctor can say it";
    // Room again: the next try works and the problem is forgotten.
    const auto again = harness.create();
    ASSERT_TRUE(again);
    EXPECT_EQ(harness.waitFor(again->id, DeploymentStatus::Ready).status, DeploymentStatus::Ready);
    EXPECT_FALSE(test::await(harness.engine().call(GetHealth{}))->storeProblem);
}

} // namespace
} // namespace visgate
