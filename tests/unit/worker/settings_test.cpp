// SPDX-License-Identifier: GPL-3.0-or-later
#include "worker/supervisor/settings.h"

#include <gmock/gmock.h>

namespace visgate::worker {
namespace {

using testing::HasSubstr;

TEST(WorkerSettings, HaveDefaultsForEverything)
{
    const auto settings = Settings::read({});
    ASSERT_TRUE(settings);
    EXPECT_EQ(settings->idleTimeout, std::chrono::seconds(3900));
    EXPECT_EQ(settings->failureThreshold, 3);
    EXPECT_EQ(settings->pingInterval, std::chrono::seconds(10));
    EXPECT_FALSE(settings->workerId.empty());
    EXPECT_EQ(settings->runner, Settings::RunnerKind::None) << "nobody asked for it";
}

TEST(WorkerSettings, ReadTheEnvironment)
{
    const auto settings = Settings::read({{"VISGATE_IDLE_TIMEOUT_SECONDS", "7"}, {"VISGATE_FAILURE_THRESHOLD", "2"},
        {"RUNPOD_PING_INTERVAL", "250"}, {"RUNPOD_POD_ID", "w"}, {"TASK", "Text-To-Image"},
        {"VISGATE_RUNNER", "builtin"}, {"RUNPOD_LOG_LEVEL", "WARN"}, {"RUNPOD_AI_API_KEY", "raw"}});
    ASSERT_TRUE(settings) << settings.error().detail;
    EXPECT_EQ(settings->idleTimeout, std::chrono::seconds(7));
    EXPECT_EQ(settings->failureThreshold, 2);
    EXPECT_EQ(settings->pingInterval, std::chrono::milliseconds(250));
    EXPECT_EQ(settings->workerId, "w");
    EXPECT_EQ(settings->logLevel, LogLevel::Warning);
    EXPECT_TRUE(settings->workerKey.equals("raw"));
    EXPECT_EQ(settings->runner, Settings::RunnerKind::Demo);
    EXPECT_EQ(settings->task, "text-to-image");
}

TEST(WorkerSettings, ARunnerForRealModelsTakesEveryTask)
{
    const auto settings = Settings::read({{"VISGATE_RUNNER", "diffusers"}, {"TASK", "t2v"},
        {"VISGATE_PRECISION", "bfloat16"}, {"VISGATE_OFFLOAD", "model"}});
    ASSERT_TRUE(settings) << settings.error().detail;
    EXPECT_EQ(settings->runner, Settings::RunnerKind::Diffusers);
    EXPECT_EQ(settings->task, "text-to-video");
    EXPECT_FALSE(Settings::read({{"VISGATE_RUNNER", "diffusers"}, {"TASK", "text-to-speech"}}));
}

TEST(WorkerSettings, RefuseLoudlyWhatTheyCannotUse)
{
    const std::vector<std::pair<std::string, std::string>> bad{{"VISGATE_IDLE_TIMEOUT_SECONDS", "soon"},
        {"VISGATE_IDLE_TIMEOUT_SECONDS", "0"}, {"VISGATE_IDLE_TIMEOUT_SECONDS", "9s"},
        {"VISGATE_FAILURE_THRESHOLD", "-1"}, {"VISGATE_LOAD_TIMEOUT_SECONDS", "99999999999999999999"},
        {"RUNPOD_PING_INTERVAL", "0"}, {"TASK", "text-to-video"}, {"VISGATE_RUNNER", "sdcpp"},
        {"VISGATE_PRECISION", "fp3"}, {"VISGATE_OFFLOAD", "all"}, {"WORKER_MODE", "http"}};
    for (const auto& [name, value] : bad) {
        const auto settings = Settings::read({{name, value}});
        ASSERT_FALSE(settings) << name << "=" << value;
        EXPECT_THAT(settings.error().detail, HasSubstr(name));
    }
    const auto nowhereToGo = Settings::read({{"RUNPOD_WEBHOOK_GET_JOB", "http://127.0.0.1/job-take/$ID"}});
    ASSERT_FALSE(nowhereToGo);
    EXPECT_THAT(nowhereToGo.error().detail, HasSubstr("RUNPOD_WEBHOOK_POST_OUTPUT"));
}

TEST(WorkerSettings, KnowSecretsByTheirNames)
{
    EXPECT_THAT(secretValues({{"RUNPOD_AI_API_KEY", "a"}, {"HF_TOKEN", "b"}, {"VISGATE_INTERNAL_SECRET", "c"},
                    {"VISGATE_S3_SECRET_ACCESS_KEY", "d"}, {"DB_PASSWORD", "e"}, {"HF_MODEL_ID", "f"}, {"PATH", "g"},
                    {"EMPTY_TOKEN", ""}}),
        testing::UnorderedElementsAre("a", "b", "c", "d", "e"));
}

} // namespace
} // namespace visgate::worker
