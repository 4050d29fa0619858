// SPDX-License-Identifier: GPL-3.0-or-later
// An endpoint that stands already is found and used, whoever made it: another computer, another program, an earlier
// key.
#include "core/engine/context/naming.h"
#include "core/engine/context/step_probe.h"
#include "core/operations/deployments.h"
#include "core/providers/provider.h"
#include "tests/support/engine_harness.h"
#include "tests/support/probed_provider.h"

#include <QJsonArray>

#include <atomic>
#include <future>
#include <gmock/gmock.h>
#include <iostream>
#include <mutex>

namespace visgate {
namespace {

using namespace Qt::Literals::StringLiterals;
using namespace std::chrono_literals;
using test::await;
using test::EngineHarness;
using test::PracticeProcess;
using Steady = std::chrono::steady_clock;

/// Notes when each call to the provider began and ended, until the endpoint is taken over.
class CallClock final : public StepProbe {
public:
    void at(std::string_view point) override
    {
        const std::lock_guard lock(m_mutex);
        if (point == "endpoint.committed")
            m_isOver = true;
        if (m_isOver)
            return;
        if (point.ends_with(".before")) {
            m_calls.emplace_back(point.substr(0, point.size() - 7));
            m_began = Steady::now();
        } else if (point.ends_with(".after")) {
            m_waited += Steady::now() - m_began;
        }
    }
    [[nodiscard]] std::vector<std::string> calls()
    {
        const std::lock_guard lock(m_mutex);
        return m_calls;
    }
    [[nodiscard]] Steady::duration waited()
    {
        const std::lock_guard lock(m_mutex);
        return m_waited;
    }

private:
    std::mutex m_mutex;
    bool m_isOver = false;
    std::vector<std::string> m_calls;
    Steady::time_point m_began;
    Steady::duration m_waited{0};
};

/// Holds the engine at a point, once, until it may go on.
class HeldAt final : public StepProbe {
public:
    explicit HeldAt(std::string point) : m_point(std::move(point)) { }
    void at(std::string_view point) override
    {
        if (point != m_point || m_isReached.exchange(true))
            return;
        m_mayGoOn.get_future().wait_for(600s); // a watchdog
    }
    [[nodiscard]] bool isReached() const { return m_isReached; }
    void letGo() { m_mayGoOn.set_value(); }

private:
    const std::string m_point;
    std::atomic<bool> m_isReached = false;
    std::promise<void> m_mayGoOn;
};

class WarmPath : public testing::Test {
protected:
    void remove(EngineHarness& harness, const DeploymentId& id)
    {
        ASSERT_TRUE(await(harness.engine().call(DeleteDeployment{id})));
        ASSERT_EQ(harness.waitFor(id, DeploymentStatus::Deleted).status, DeploymentStatus::Deleted);
    }
    qsizetype creates() const { return m_practice.calls(u"POST"_s, u"/rest/v2/serverless"_s).size(); }
    std::unique_ptr<Provider> provider() const
    {
        return test::practiceConfig({}, m_practice.address())
            .makeProvider(AccountId::practice(), m_practice.address().address, m_practice.address().key);
    }
    /// What another program with our naming makes: no suffix, no word of our deployments.
    EndpointId makeByHand(const QString& name, const std::function<void(EndpointSpec&)>& change = {}) const
    {
        EndpointSpec spec;
        spec.name = name;
        spec.image = u"visgate/practice-worker:1"_s;
        spec.gpuPools = {u"AMPERE_24"_s};
        spec.env = {{u"HF_MODEL_ID"_s, u"stabilityai/sdxl-turbo"_s},
            {u"HF_ENDPOINT"_s, m_practice.address().address.hub.toString()}};
        if (change)
            change(spec);
        const auto service = provider();
        const auto made = await(service->createEndpoint(spec));
        if (!made)
            throw std::runtime_error(made.error().detail);
        return made->id;
    }
    QString hash() const { return QString::fromStdString(m_practice.address().key->sha256Hex()); }

    PracticeProcess m_practice;
    EngineHarness m_here{m_practice};
    EngineHarness m_elsewhere{m_practice}; ///< another computer: a data folder of its own, the same account
};

TEST_F(WarmPath, AWarmEndpointOfAnotherComputerAnswersWithinOneListAndOneWorkersCall)
{
    const auto staysUp = [](CreateRequest& request) { request.limits.idleTimeout = 120s; };
    m_elsewhere.start();
    const Deployment theirs = m_elsewhere.deployReady(staysUp);
    m_elsewhere.stop();
    const auto clock = std::make_shared<CallClock>();
    m_here.start([&](EngineConfig& config) { test::probeWith(config, clock); });
    const auto began = Steady::now();
    const auto created = m_here.create(staysUp);
    const auto took = Steady::now() - began;
    ASSERT_TRUE(created) << created.error().detail;
    EXPECT_EQ(created->status, DeploymentStatus::Ready);
    EXPECT_EQ(created->path, u"warm_ready"_s);
    EXPECT_EQ(created->endpointId, theirs.endpointId);
    EXPECT_EQ(created->endpointUrl, theirs.endpointUrl);
    EXPECT_EQ(created->revision, theirs.revision);
    EXPECT_THAT(clock->calls(), testing::ElementsAre("list_endpoints", "workers"));
    const auto milliseconds
        = [](Steady::duration time) { return std::chrono::duration<double, std::milli>(time).count(); };
    std::cout << "warm hit: " << milliseconds(took) << " ms, of them " << milliseconds(clock->waited())
              << " ms waiting for two calls, " << milliseconds(took - clock->waited()) << " ms our own\n";
    EXPECT_LT(took, 2s);
    EXPECT_EQ(m_here.waitForEnd(created->firstJob).status, JobStatus::Completed);
    EXPECT_EQ(creates(), 1);
    remove(m_here, created->id);
    EXPECT_EQ(m_practice.endpointCount(), 1) << "the other computer goes on with it";
    m_elsewhere.start();
    remove(m_elsewhere, theirs.id);
    EXPECT_EQ(m_practice.remains().toStdString(), "0 endpoints, 0 workers");
}

TEST_F(WarmPath, AnEndpointAsleepIsAdoptedWithoutCreating)
{
    const auto leavesSoon = [](CreateRequest& request) { request.limits.idleTimeout = 1s; };
    m_elsewhere.start();
    const Deployment theirs = m_elsewhere.deployReady(leavesSoon);
    m_elsewhere.stop();
    ASSERT_TRUE(test::waitUntil([&] { return m_practice.workerCount() == 0; }));
    m_here.start();
    const auto created = m_here.create(leavesSoon);
    ASSERT_TRUE(created);
    EXPECT_EQ(created->path, u"adopted"_s);
    EXPECT_EQ(created->endpointId, theirs.endpointId);
    EXPECT_NE(created->status, DeploymentStatus::Ready) << "nobody has shown it here";
    EXPECT_EQ(m_here.waitFor(created->id, DeploymentStatus::Ready).status, DeploymentStatus::Ready);
    EXPECT_EQ(m_here.waitForEnd(created->firstJob).status, JobStatus::Completed);
    // What was shown once on this computer is known at once.
    ASSERT_TRUE(test::waitUntil([&] { return m_practice.workerCount() == 0; }));
    const auto twin = m_here.create(leavesSoon);
    ASSERT_TRUE(twin);
    EXPECT_EQ(twin->status, DeploymentStatus::Ready);
    EXPECT_EQ(twin->path, u"adopted"_s) << "known to work, but asleep";
    EXPECT_EQ(creates(), 1);
}

TEST_F(WarmPath, OneThatIsMadeElsewhereAfterTheSearchIsStillFound)
{
    const auto held = std::make_shared<HeldAt>("intent.committed"); // checked and planned, and next it is asked for
    m_here.start([&](EngineConfig& config) { config.probe = held; });
    const auto created = m_here.create();
    ASSERT_TRUE(created) << created.error().detail;
    ASSERT_TRUE(test::waitUntil([&] { return held->isReached(); }));
    m_elsewhere.start();
    const Deployment theirs = m_elsewhere.deployReady();
    m_elsewhere.stop();
    held->letGo();
    const Deployment ours = m_here.waitFor(created->id, DeploymentStatus::Ready);
    EXPECT_EQ(ours.status, DeploymentStatus::Ready) << m_here.messages(created->id).join(u'\n').toStdString();
    EXPECT_EQ(ours.endpointId, theirs.endpointId);
    EXPECT_EQ(ours.path, u"adopted"_s);
    EXPECT_EQ(creates(), 1);
}

TEST_F(WarmPath, NamesOfOtherProgramsAndPoolsAreUsedIfTheirSettingsAgree)
{
    const EndpointId legacy = makeByHand(legacyName(hash(), u"stabilityai/sdxl-turbo"_s));
    const EndpointId pool = makeByHand(poolName(u"stabilityai/sd-turbo"_s), [](EndpointSpec& spec) {
        spec.env[u"HF_MODEL_ID"_s] = u"stabilityai/sd-turbo"_s;
        spec.limits.workersMax = 2;
    });
    makeByHand(legacyName(hash(), u"stabilityai/stable-diffusion-xl-base-1.0"_s), [](EndpointSpec& spec) {
        spec.env[u"HF_MODEL_ID"_s] = u"stabilityai/stable-diffusion-xl-base-1.0"_s;
        spec.limits.executionTimeout = 60s; // not what is asked for
    });
    ASSERT_EQ(creates(), 3);
    m_here.start();
    const Deployment first = m_here.deployReady();
    EXPECT_EQ(first.endpointId, legacy);
    const Deployment second
        = m_here.deployReady([](CreateRequest& request) { request.modelId = u"stabilityai/sd-turbo"_s; });
    EXPECT_EQ(second.endpointId, pool);
    EXPECT_EQ(creates(), 3);
    const Deployment third = m_here.deployReady(
        [](CreateRequest& request) { request.modelId = u"stabilityai/stable-diffusion-xl-base-1.0"_s; });
    EXPECT_EQ(third.path, u"accepted_cold"_s);
    EXPECT_EQ(creates(), 4) << "other settings never match";
    for (const DeploymentId& id : {first.id, second.id, third.id})
        remove(m_here, id);
    EXPECT_EQ(m_practice.endpointCount(), 3) << "what others made is left to them";
}

TEST_F(WarmPath, ANewKeyOfTheSameAccountTakesEverythingUp)
{
    const auto withKey = [this](const std::string& key) {
        return [this, key](EngineConfig& config) {
            const PracticeAddress address = m_practice.address(key);
            config.startPractice
                = [address](double, const http::CancelToken&) -> Result<PracticeAddress> { return address; };
        };
    };
    m_here.start(withKey("rpa_practice_old"));
    const Deployment first = m_here.deployReady();
    m_here.stop();
    m_here.start(withKey("rpa_practice_new"));
    ASSERT_TRUE(test::waitUntil([&] { return m_here.deployment(first.id).userHash != first.userHash; }));
    EXPECT_FALSE(m_here.deployment(first.id).error) << "the endpoint is in its list, so the account is the same";
    // The name carries the old key's hash, and is found by the new one all the same.
    const Deployment second = m_here.deployReady();
    EXPECT_EQ(second.endpointId, first.endpointId);
    EXPECT_EQ(creates(), 1);
    remove(m_here, first.id);
    remove(m_here, second.id);
    EXPECT_EQ(m_practice.remains().toStdString(), "0 endpoints, 0 workers");
}

} // namespace
} // namespace visgate
