// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/engine_harness.h"

#include "core/base/paths.h"
#include "core/base/settings.h"
#include "core/catalog/model_registry.h"
#include "core/engine/sessions/hub_models.h"
#include "core/operations/deployments.h"
#include "core/operations/jobs.h"
#include "core/providers/runpod/runpod_descriptor.h"
#include "core/providers/runpod/runpod_provider.h"

#include <gtest/gtest.h>
#include <stdexcept>

namespace visgate::test {

using namespace Qt::Literals::StringLiterals;
using std::chrono::milliseconds;

EngineConfig practiceConfig(const QString& dataFolder, const PracticeAddress& practice)
{
    EngineConfig config;
    config.dataFolder = dataFolder;
    config.clock = std::make_shared<RealClock>();
    config.redactor = std::make_shared<Redactor>();
    const auto registry = std::make_shared<const ModelRegistry>(ModelRegistry::builtIn());
    HttpClientSettings http;
    http.backoffBase = milliseconds(20); // faults are ordered, not weather
    http.backoffCap = milliseconds(200);
    http.redactor = config.redactor;
    config.providers = {practiceDescriptor(), runpodDescriptor()};
    config.makeProvider = [http, redactor = config.redactor](
                              AccountId, const TargetAddress& address, std::shared_ptr<const Secret> key) {
        RunpodSettings settings;
        settings.rest = address.rest;
        settings.queue = address.queue;
        settings.graphql = address.graphql;
        settings.http = http;
        settings.redactor = redactor;
        return std::make_unique<RunpodProvider>(settings, std::move(key));
    };
    config.makeModels = [registry, http](const TargetAddress& address) {
        HubSettings settings;
        settings.base = address.hub;
        settings.http = http;
        return std::make_unique<HubModels>(registry, settings);
    };
    config.startPractice = [practice](double, const http::CancelToken&) -> Result<PracticeAddress> { return practice; };
    EnginePace pace;
    pace.observe = milliseconds(100);
    pace.watch = milliseconds(300);
    pace.risk = milliseconds(300);
    pace.turn = milliseconds(3000);
    pace.job = milliseconds(60);
    pace.confirm = milliseconds(60);
    pace.billing = milliseconds(500);
    pace.licence = milliseconds(60);
    pace.retryLow = milliseconds(40);
    pace.retryHigh = milliseconds(500);
    config.pace = pace;
    return config;
}

void actAsRunpod(const QString& dataFolder, const TargetAddress& practice)
{
    Settings settings(Paths{dataFolder, {}, {}}.settings());
    const SettingsTable& table = Settings::table();
    EXPECT_TRUE(settings.set(table.runpodRestUrl, practice.rest.toString()));
    EXPECT_TRUE(settings.set(table.runpodQueueUrl, practice.queue.toString()));
    EXPECT_TRUE(settings.set(table.hubUrl, practice.hub.toString()));
    EXPECT_TRUE(settings.set(table.imageRegistryUrl, practice.registry.toString()));
}

void playAccount(EngineConfig& config, AccountId account, TargetAddress practice)
{
    config.makeProvider
        = [played = std::move(account), at = std::move(practice), make = std::move(config.makeProvider)](
              AccountId asked, TargetAddress address, std::shared_ptr<const Secret> key) {
              const bool isPlayed = asked == played;
              return make(std::move(asked), isPlayed ? at : std::move(address), std::move(key));
          };
}

EngineHarness::EngineHarness(const PracticeProcess& practice) : EngineHarness(practice.address()) { }

EngineHarness::EngineHarness(PracticeAddress practice) : m_practice(std::move(practice)) { }

void EngineHarness::start(const std::function<void(EngineConfig&)>& change)
{
    EngineConfig config = practiceConfig(m_folder.path(), m_practice);
    if (change)
        change(config);
    m_engine = std::make_unique<Engine>(std::move(config));
    const auto started = await(m_engine->start());
    if (!started)
        throw std::runtime_error(
            "the engine did not start: " + std::string(toString(started.error().code)) + " " + started.error().detail);
}

Result<Deployment> EngineHarness::create(const std::function<void(CreateRequest&)>& change)
{
    CreateRequest request;
    request.modelId = u"stabilityai/sdxl-turbo"_s;
    request.target = AccountId::practice();
    request.firstInput = JobInput();
    request.firstInput->prompt = u"a large red circle on a white background"_s;
    request.firstInput->seed = 7;
    if (change)
        change(request);
    return await(m_engine->call(CreateDeployment{request}));
}

Deployment EngineHarness::deployReady(const std::function<void(CreateRequest&)>& change)
{
    const auto created = create(change);
    if (!created)
        throw std::runtime_error("create was refused: " + created.error().detail);
    const Deployment ready = waitFor(created->id, DeploymentStatus::Ready);
    EXPECT_EQ(ready.status, DeploymentStatus::Ready) << messages(created->id).join(u'\n').toStdString();
    if (!ready.firstJob.isEmpty()) {
        EXPECT_EQ(waitForEnd(ready.firstJob).status, JobStatus::Completed);
    }
    return deployment(created->id);
}

Deployment EngineHarness::deployment(const DeploymentId& id)
{
    auto found = await(m_engine->call(GetDeployment{id}));
    if (!found)
        throw std::runtime_error("no such deployment");
    return *found;
}

Job EngineHarness::job(const JobId& id)
{
    auto found = await(m_engine->call(GetJob{id}));
    if (!found)
        throw std::runtime_error("no such job");
    return *found;
}

Deployment EngineHarness::waitFor(const DeploymentId& id, DeploymentStatus status, milliseconds limit)
{
    std::optional<Deployment> last;
    const auto connection = QObject::connect(m_engine.get(), &Engine::deploymentChanged, [&](const Deployment& now) {
        if (now.id == id) {
            last = now;
        }
    });
    // What is told meanwhile is newer than the answer, and is not told again.
    const Deployment asked = deployment(id);
    if (!last)
        last = asked;
    waitUntil([&] { return last->status == status || isSettled(last->status); }, limit);
    QObject::disconnect(connection);
    return deployment(id);
}

Job EngineHarness::waitForEnd(const JobId& id, milliseconds limit)
{
    std::optional<Job> last;
    const auto connection = QObject::connect(m_engine.get(), &Engine::jobChanged, [&](const Job& now) {
        if (now.id == id)
            last = now;
    });
    const Job asked = job(id);
    if (!last)
        last = asked;
    waitUntil([&] { return isFinished(last->status); }, limit);
    QObject::disconnect(connection);
    return job(id);
}

QStringList EngineHarness::messages(const DeploymentId& id)
{
    QStringList texts;
    for (const OrchestrationLine& line : deployment(id).logs)
        texts.append(line.message);
    return texts;
}

} // namespace visgate::test
