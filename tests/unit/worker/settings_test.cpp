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
    const auto settings
        = Settings::read({{"VISGATE_RUNNER", "diffusers"}, {"TASK", "t2v"}, {"VISGATE_PRECISION", "bfloat16"},
            {"VISGATE_OFFLOAD", "model"}, {"VISGATE_STANDARD_STEPS", "4"}, {"VISGATE_STANDARD_GUIDANCE", "0"}});
    ASSERT_TRUE(settings) << settings.error().detail;
    EXPECT_EQ(settings->standardSteps, 4);
    EXPECT_EQ(settings->standardGuidance, 0.0) << "none at all is a figure, too";
    const auto silent = Settings::read({{"VISGATE_RUNNER", "diffusers"}});
    EXPECT_FALSE(silent->standardSteps || silent->standardGuidance);
    EXPECT_EQ(settings->runner, Settings::RunnerKind::Diffusers);
    EXPECT_EQ(settings->task, "text-to-video");
    EXPECT_FALSE(Settings::read({{"VISGATE_RUNNER", "diffusers"}, {"TASK", "text-to-speech"}}));
}

TEST(WorkerSettings, ABucketIsNamedWholeOrNotAtAll)
{
    const Environment all{{"VISGATE_S3_ENDPOINT", "http://minio.storage:9000"}, {"VISGATE_S3_BUCKET", "b"},
        {"VISGATE_S3_PREFIX", "a b/"}, {"VISGATE_S3_ACCESS_KEY_ID", "id"}, {"VISGATE_S3_SECRET_ACCESS_KEY", "secret"},
        {"CDN_BASE_URL", "https://cdn.example/x/"}};
    const auto settings = Settings::read(all);
    ASSERT_TRUE(settings) << settings.error().detail;
    EXPECT_EQ(settings->storage.bucket, "b");
    EXPECT_EQ(settings->storage.prefix, "a b/");
    EXPECT_EQ(settings->storage.publicBase, "https://cdn.example/x");
    for (const char* missing : {"VISGATE_S3_BUCKET", "VISGATE_S3_ACCESS_KEY_ID", "VISGATE_S3_SECRET_ACCESS_KEY"}) {
        Environment some = all;
        some.erase(missing);
        const auto incomplete = Settings::read(some);
        ASSERT_FALSE(incomplete) << missing;
        EXPECT_THAT(incomplete.error().detail, HasSubstr(missing));
    }
    Environment aws = all;
    aws.erase("VISGATE_S3_ENDPOINT");
    EXPECT_FALSE(Settings::read(aws));
    aws["VISGATE_S3_REGION"] = "eu-central-1";
    ASSERT_TRUE(Settings::read(aws));
    EXPECT_EQ(Settings::read(aws)->storage.endpoint, "https://s3.eu-central-1.amazonaws.com");
    for (const char* bad : {"ftp://host", "minio.storage", "https://user:word@host"}) {
        Environment wrong = all;
        wrong["VISGATE_S3_ENDPOINT"] = bad;
        EXPECT_FALSE(Settings::read(wrong)) << bad;
    }
}

TEST(WorkerSettings, RefuseLoudlyWhatTheyCannotUse)
{
    const std::vector<std::pair<std::string, std::string>> bad{{"VISGATE_IDLE_TIMEOUT_SECONDS", "soon"},
        {"VISGATE_IDLE_TIMEOUT_SECONDS", "0"}, {"VISGATE_IDLE_TIMEOUT_SECONDS", "9s"},
        {"VISGATE_FAILURE_THRESHOLD", "-1"}, {"VISGATE_LOAD_TIMEOUT_SECONDS", "99999999999999999999"},
        {"RUNPOD_PING_INTERVAL", "0"}, {"TASK", "text-to-video"}, {"VISGATE_RUNNER", "sdcpp"},
        {"VISGATE_PRECISION", "fp3"}, {"VISGATE_OFFLOAD", "all"}, {"WORKER_MODE", "both"},
        {"VISGATE_STANDARD_STEPS", "0"}, {"VISGATE_STANDARD_GUIDANCE", "7,5"}, {"VISGATE_STANDARD_GUIDANCE", "-1"},
        {"VISGATE_STANDARD_GUIDANCE", "nan"}, {"VISGATE_LEAVE_WITH_STDIN", "yes"}, {"VISGATE_DRAIN_SECONDS", "0"}};
    for (const auto& [name, value] : bad) {
        const auto settings = Settings::read({{name, value}});
        ASSERT_FALSE(settings) << name << "=" << value;
        EXPECT_THAT(settings.error().detail, HasSubstr(name));
    }
    const auto nowhereToGo = Settings::read({{"RUNPOD_WEBHOOK_GET_JOB", "http://127.0.0.1/job-take/$ID"}});
    ASSERT_FALSE(nowhereToGo);
    EXPECT_THAT(nowhereToGo.error().detail, HasSubstr("RUNPOD_WEBHOOK_POST_OUTPUT"));
}

TEST(WorkerSettings, ReadTheHttpMode)
{
    const std::string key = "0123456789abcdef";
    const auto settings = Settings::read({{"WORKER_MODE", "http"}, {"VISGATE_HTTP_KEY", key}});
    ASSERT_TRUE(settings) << settings.error().detail;
    EXPECT_EQ(settings->mode, Settings::Mode::Http);
    EXPECT_EQ(settings->httpPort, 8080);
    EXPECT_EQ(settings->httpAddress, "0.0.0.0");
    EXPECT_EQ(settings->idleTimeout, std::chrono::seconds(900));
    EXPECT_FALSE(settings->leavesWithInput);
    EXPECT_TRUE(settings->httpKey.equals(key));
    const Environment environment{{"WORKER_MODE", "HTTP"}, {"VISGATE_HTTP_KEY", key}, {"HTTP_PORT", "0"},
        {"PORT", "9000"}, {"HTTP_ADDRESS", "127.0.0.1"}, {"HTTP_BASE_PATH", "/models/a"},
        {"VISGATE_LEAVE_WITH_STDIN", "1"}, {"VISGATE_IDLE_TIMEOUT_SECONDS", "5"}, {"VISGATE_DRAIN_SECONDS", "25"},
        {"RUNPOD_WEBHOOK_GET_JOB", "http://127.0.0.1/job-take/$ID"}};
    const auto all = Settings::read(environment);
    ASSERT_TRUE(all) << all.error().detail;
    EXPECT_EQ(all->mode, Settings::Mode::Http) << "whatever a provider says beside it";
    EXPECT_EQ(all->httpPort, 0);
    EXPECT_EQ(all->httpBasePath, "/models/a");
    EXPECT_TRUE(all->leavesWithInput);
    EXPECT_EQ(all->idleTimeout, std::chrono::seconds(5));
    EXPECT_EQ(all->drainTimeout, std::chrono::seconds(25));
    EXPECT_EQ(Settings::read({{"WORKER_MODE", "http"}, {"VISGATE_HTTP_KEY", key}, {"PORT", "9000"}})->httpPort, 9000)
        << "what Cloud Run says";
    EXPECT_THAT(secretValues(environment), testing::ElementsAre(key));
}

TEST(WorkerSettings, RefuseAnHttpModeThatCannotBeOrThatAnybodyCouldUse)
{
    const Environment good{{"WORKER_MODE", "http"}, {"VISGATE_HTTP_KEY", "0123456789abcdef"}};
    const std::vector<std::pair<std::string, std::string>> bad{{"HTTP_PORT", "abc"}, {"HTTP_PORT", "-1"},
        {"HTTP_PORT", "65536"}, {"PORT", "x"}, {"VISGATE_HTTP_KEY", ""}, {"VISGATE_HTTP_KEY", "short"},
        {"VISGATE_HTTP_KEY", "0123456789abcd\xc3\xa9"}, {"VISGATE_HTTP_KEY", "0123456789 abcdef"},
        {"HTTP_BASE_PATH", "models"}, {"HTTP_BASE_PATH", "/models/"}};
    for (const auto& [name, value] : bad) {
        auto environment = good;
        environment[name] = value;
        const auto settings = Settings::read(environment);
        ASSERT_FALSE(settings) << name << "=" << value;
        EXPECT_THAT(settings.error().detail, HasSubstr(name));
        EXPECT_TRUE(
            value.empty() || settings.error().detail.find(value) == std::string::npos || name != "VISGATE_HTTP_KEY");
    }
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
