// SPDX-License-Identifier: GPL-3.0-or-later
// What the engine relies on, of every provider: the same questions to Runpod, played by practice, to a cloud that lacks
// all that a cloud may lack, and to this computer with a worker process.
#include "core/domain/model/demo_model.h"
#include "core/foundation/redactor.h"
#include "core/providers/runpod/runpod_descriptor.h"
#include "core/providers/this_computer/this_computer_descriptor.h"
#include "core/providers/this_computer/this_computer_provider.h"
#include "tests/contract/runpod/practice_fixture.h"
#include "tests/support/await.h"
#include "tests/support/memory_cloud.h"

#include <algorithm>
#include <gtest/gtest.h>
#include <memory>
#include <string>

namespace visgate {
namespace {

using test::await;
using test::becomesTrue;
using namespace std::chrono_literals;

/// A cloud, an account there, and what the program is told of it.
class World {
public:
    virtual ~World() = default;
    [[nodiscard]] virtual Provider& provider() = 0;
    [[nodiscard]] virtual ProviderDescriptor descriptor() const = 0;
    /// An endpoint that it can make.
    [[nodiscard]] virtual EndpointSpec spec() const { return PracticeHost::spec(); }
    /// A job that its workers can do.
    [[nodiscard]] virtual QJsonObject work() const { return {{QStringLiteral("echo"), 42}}; }
};

class RunpodWorld final : public World {
public:
    [[nodiscard]] Provider& provider() override { return *m_host.provider; }
    [[nodiscard]] ProviderDescriptor descriptor() const override { return runpodDescriptor(); }

private:
    PracticeHost m_host;
};

class MemoryWorld final : public World {
public:
    [[nodiscard]] Provider& provider() override { return m_provider; }
    [[nodiscard]] ProviderDescriptor descriptor() const override { return test::MemoryCloud::descriptor(); }

private:
    test::MemoryProvider m_provider{std::make_shared<test::MemoryCloud>()};
};

class ThisComputerWorld final : public World {
public:
    [[nodiscard]] Provider& provider() override { return m_provider; }
    [[nodiscard]] ProviderDescriptor descriptor() const override { return thisComputerDescriptor(); }
    [[nodiscard]] EndpointSpec spec() const override
    {
        EndpointSpec spec = PracticeHost::spec();
        spec.gpuPools = {ThisComputer::gpuTypeId()};
        spec.env[QStringLiteral("HF_MODEL_ID")] = demoModel().id;
        return spec;
    }
    [[nodiscard]] QJsonObject work() const override
    {
        return {{QStringLiteral("prompt"), QStringLiteral("a red circle")}, {QStringLiteral("seed"), 1}};
    }

private:
    QTemporaryDir m_folder;
    ThisComputerProvider m_provider{std::make_shared<ThisComputer>(
        ThisComputerSettings{m_folder.path() + QStringLiteral("/this-computer"), QStringLiteral(VISGATE_WORKER_PROGRAM),
            [] { return QString(); }, std::make_shared<RealClock>(), std::make_shared<Redactor>(), nullptr})};
};

struct WorldKind {
    const char* name;
    std::unique_ptr<World> (*make)();
};

template <typename W> std::unique_ptr<World> makeWorld()
{
    return std::make_unique<W>();
}

class ProviderContract : public testing::TestWithParam<WorldKind> {
protected:
    [[nodiscard]] EndpointId create()
    {
        const auto created = await(provider.createEndpoint(m_world->spec()));
        if (!created)
            throw std::runtime_error("create: " + created.error().detail);
        return created->id;
    }
    [[nodiscard]] ProviderJobId submit(const EndpointId& id)
    {
        const auto job = await(provider.submitJob(id, m_world->work(), 600s));
        if (!job)
            throw std::runtime_error("submit: " + job.error().detail);
        return *job;
    }
    [[nodiscard]] ProviderJob once(const EndpointId& id, const ProviderJobId& job, JobStatus status)
    {
        ProviderJob seen;
        EXPECT_TRUE(becomesTrue([&] {
            seen = await(provider.job(id, job)).value_or(ProviderJob{});
            return seen.status == status;
        })) << toString(seen.status).toStdString();
        return seen;
    }

    const std::unique_ptr<World> m_world = GetParam().make();
    Provider& provider = m_world->provider();
};

TEST_P(ProviderContract, WhatItLacksIsWhatTheProgramIsTold)
{
    const ProviderDescriptor told = m_world->descriptor();
    EXPECT_TRUE(accountIdFromString(told.id).has_value());
    EXPECT_FALSE(told.name.isEmpty());
    EXPECT_EQ(provider.logs() != nullptr, told.hasLogs);
    EXPECT_EQ(provider.billing() != nullptr, told.hasBills);
    EXPECT_EQ(provider.releases() != nullptr, told.hasReleases);
    EXPECT_EQ(provider.volumes() != nullptr, told.volumes.has_value());
    EXPECT_EQ(told.needsKey, !told.keyPage.isEmpty());
}

TEST_P(ProviderContract, TheKeyIsTriedWithoutMakingAnything)
{
    EXPECT_TRUE(await(provider.validateKey()).has_value());
    EXPECT_TRUE(await(provider.checkMayCreate()).has_value());
    EXPECT_TRUE(await(provider.listEndpoints())->isEmpty());
}

TEST_P(ProviderContract, OffersNameWhatAnEndpointCanAskFor)
{
    const auto offers = await(provider.offers());
    ASSERT_TRUE(offers && !offers->isEmpty());
    for (const GpuOffer& offer : *offers) {
        EXPECT_FALSE(offer.typeId.isEmpty());
        EXPECT_GT(offer.memoryGb, 0.0);
        EXPECT_GE(offer.usdPerHour, 0.0);
        EXPECT_EQ(offer.isFree, m_world->descriptor().isHere) << "nothing is free elsewhere";
    }
    EXPECT_TRUE(
        std::any_of(offers->begin(), offers->end(), [](const GpuOffer& offer) { return !offer.pool.isEmpty(); }));
}

TEST_P(ProviderContract, AnEndpointIsWhatWasAskedForAndIsFoundByItsName)
{
    const EndpointSpec wanted = m_world->spec();
    const auto made = await(provider.createEndpoint(wanted));
    ASSERT_TRUE(made.has_value()) << made.error().detail;
    EXPECT_EQ(made->name, wanted.name);
    EXPECT_EQ(made->image, wanted.image);
    EXPECT_EQ(made->gpuPools, wanted.gpuPools);
    EXPECT_EQ(made->workersMin, 0);
    EXPECT_EQ(made->workersMax, wanted.limits.workersMax);
    EXPECT_EQ(made->idleTimeout, wanted.limits.idleTimeout);
    EXPECT_EQ(made->executionTimeout, wanted.limits.executionTimeout);
    EXPECT_EQ(made->env.value(QStringLiteral("HF_MODEL_ID")), wanted.env.value(QStringLiteral("HF_MODEL_ID")));
    EXPECT_FALSE(made->env.contains(QStringLiteral("HF_TOKEN"))) << "what is secret is not told again";

    const auto listed = await(provider.listEndpoints());
    ASSERT_EQ(listed->size(), 1);
    EXPECT_EQ(listed->first().id, made->id);
    EXPECT_EQ(listed->first().name, wanted.name);
    EXPECT_EQ(await(provider.endpoint(made->id))->name, wanted.name);
}

TEST_P(ProviderContract, ARefusedCreateMakesNothing)
{
    EndpointSpec odd = m_world->spec();
    odd.gpuPools.clear();
    const auto refused = await(provider.createEndpoint(odd));
    ASSERT_FALSE(refused.has_value());
    EXPECT_EQ(refused.error().code, ErrorCode::ProviderRefused);
    EXPECT_TRUE(await(provider.listEndpoints())->isEmpty());
}

TEST_P(ProviderContract, ScalingChangesWhatItNamesAndNothingElse)
{
    const EndpointId id = create();
    const auto before = await(provider.endpoint(id));
    const auto scaled = await(provider.scale(id, 0, 2, 30s));
    ASSERT_TRUE(scaled.has_value()) << scaled.error().detail;
    auto expected = *before;
    expected.workersMax = 2;
    expected.idleTimeout = 30s;
    EXPECT_EQ(*scaled, expected);
    EXPECT_EQ(*await(provider.endpoint(id)), expected) << "and is read back so";
}

TEST_P(ProviderContract, ADeletionIsDoneOnceAndAsGoodTwice)
{
    const EndpointId id = create();
    ASSERT_TRUE(await(provider.deleteEndpoint(id)).has_value());
    EXPECT_TRUE(await(provider.deleteEndpoint(id)).has_value());
    EXPECT_TRUE(await(provider.listEndpoints())->isEmpty());
    EXPECT_EQ(await(provider.endpoint(id)).error().code, ErrorCode::EndpointVanished);
    EXPECT_EQ(await(provider.workers(id)).error().code, ErrorCode::EndpointVanished);
    EXPECT_EQ(await(provider.scale(id, 0, 1, 5s)).error().code, ErrorCode::EndpointVanished);
    EXPECT_FALSE(await(provider.submitJob(id, {}, 600s)).has_value());
}

TEST_P(ProviderContract, AJobBringsAWorkerAndAResult)
{
    const EndpointId id = create();
    EXPECT_TRUE(await(provider.workers(id))->workers.isEmpty()) << "none is there before somebody needs one";
    const ProviderJobId job = submit(id);
    const ProviderJob done = once(id, job, JobStatus::Completed);
    EXPECT_EQ(done.id, job);
    EXPECT_TRUE(done.hasOutput);
    EXPECT_FALSE(done.output.isEmpty());
    const auto list = await(provider.workers(id));
    ASSERT_EQ(list->workers.size(), 1);
    EXPECT_EQ(list->workers.first().id, done.worker);
    EXPECT_FALSE(list->workers.first().gpuTypeId.isEmpty());
    EXPECT_EQ(list->counts.running + list->counts.idle, 1);
    const auto health = await(provider.health(id));
    ASSERT_TRUE(health.has_value());
    EXPECT_EQ(health->completed, 1);
    EXPECT_EQ(health->inQueue, 0);
}

TEST_P(ProviderContract, AtMaxZeroNothingRunsAndNothingIsTaken)
{
    const EndpointId id = create();
    (void)once(id, submit(id), JobStatus::Completed);
    ASSERT_TRUE(await(provider.scale(id, 0, 0, 5s)).has_value());
    EXPECT_TRUE(becomesTrue([&] {
        const auto list = await(provider.workers(id));
        return list && list->counts.running + list->counts.idle == 0;
    }));
    const auto refused = await(provider.submitJob(id, {}, 600s));
    ASSERT_FALSE(refused.has_value());
    EXPECT_EQ(refused.error().code, ErrorCode::Conflict);
}

TEST_P(ProviderContract, AnUnknownJobIsSaidToBeUnknown)
{
    const EndpointId id = create();
    EXPECT_EQ(await(provider.job(id, ProviderJobId("no-such-job-u1"))).error().code, ErrorCode::ResultExpired);
}

INSTANTIATE_TEST_SUITE_P(Clouds, ProviderContract,
    testing::Values(WorldKind{"RunpodAtPractice", makeWorld<RunpodWorld>}, WorldKind{"Memory", makeWorld<MemoryWorld>},
        WorldKind{"ThisComputer", makeWorld<ThisComputerWorld>}),
    [](const auto& kind) { return std::string(kind.param.name); });

} // namespace
} // namespace visgate
