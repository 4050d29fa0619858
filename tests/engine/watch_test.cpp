// SPDX-License-Identifier: GPL-3.0-or-later
// One watch an account: what happens to endpoints behind our back is noticed, and a quiet account costs few calls.
#include "core/engine/context/naming.h"
#include "core/operations/accounts.h"
#include "core/operations/deployments.h"
#include "core/providers/provider.h"
#include "tests/support/engine_harness.h"

#include <QHash>

#include <atomic>
#include <gmock/gmock.h>

namespace visgate {
namespace {

using namespace Qt::Literals::StringLiterals;
using namespace std::chrono_literals;
using test::EngineHarness;
using test::PracticeProcess;

/// A wall clock that somebody sets; the monotonic one does not notice.
class JumpyClock final : public Clock {
public:
    [[nodiscard]] TimePoint now() const override { return std::chrono::system_clock::now() + m_off.load(); }
    [[nodiscard]] MonotonicPoint monotonic() const override { return std::chrono::steady_clock::now(); }
    void jump(std::chrono::hours step) { m_off = m_off.load() + step; }

private:
    std::atomic<std::chrono::hours> m_off{0h};
};

class Watch : public testing::Test {
protected:
    Watch()
        : m_hand(test::practiceConfig({}, m_practice.address())
                     .makeProvider(AccountId::practice(), m_practice.address().address, m_practice.address().key))
    {
    }
    /// The deployment as the engine's signals tell it, once `isSo`.
    Deployment waitUntilIt(const DeploymentId& id, const std::function<bool(const Deployment&)>& isSo)
    {
        std::optional<Deployment> last;
        const auto connection
            = QObject::connect(&m_harness.engine(), &Engine::deploymentChanged, [&](const Deployment& now) {
                  if (now.id == id)
                      last = now;
              });
        const Deployment asked = m_harness.deployment(id);
        if (!last)
            last = asked;
        EXPECT_TRUE(test::waitUntil([&] { return isSo(*last); }));
        QObject::disconnect(connection);
        return *last;
    }
    [[nodiscard]] ProviderEndpoint atProvider(const EndpointId& id) const
    {
        const auto endpoint = test::await(m_hand->endpoint(id));
        if (!endpoint)
            throw std::runtime_error("the endpoint is gone");
        return *endpoint;
    }

    PracticeProcess m_practice;
    EngineHarness m_harness{m_practice};
    std::unique_ptr<Provider> m_hand; ///< somebody else at the same account
};

TEST_F(Watch, AnEditElsewhereIsShownAndStays)
{
    m_harness.start();
    const Deployment ready = m_harness.deployReady();
    EXPECT_TRUE(ready.changedElsewhere.isEmpty());
    ASSERT_TRUE(test::await(m_hand->scale(ready.endpointId, 0, 3, 7s)));
    const Deployment seen
        = waitUntilIt(ready.id, [](const Deployment& now) { return now.changedElsewhere.size() == 2; });
    EXPECT_EQ(seen.status, DeploymentStatus::Ready);
    EXPECT_EQ(seen.workers.max, 3);
    ASSERT_EQ(seen.changedElsewhere.size(), 2);
    EXPECT_EQ(seen.changedElsewhere[0].field, u"idle_timeout_seconds"_s);
    EXPECT_EQ(seen.changedElsewhere[0].before, u"5"_s);
    EXPECT_EQ(seen.changedElsewhere[0].after, u"7"_s);
    EXPECT_EQ(seen.changedElsewhere[1].field, u"workers_max"_s);
    EXPECT_EQ(seen.changedElsewhere[1].after, u"3"_s);

    // And while the program was not there to see it.
    m_harness.stop();
    ASSERT_TRUE(test::await(m_hand->scale(ready.endpointId, 0, 2, 7s)));
    m_harness.start();
    const Deployment later
        = waitUntilIt(ready.id, [](const Deployment& now) { return now.changedElsewhere.size() == 3; });
    EXPECT_EQ(later.changedElsewhere.back().before, u"3"_s);
    EXPECT_EQ(later.changedElsewhere.back().after, u"2"_s);
    EXPECT_EQ(atProvider(ready.endpointId).workersMax, 2) << "never silently overwritten";
}

TEST_F(Watch, OurOwnPauseAndResumeAreNoSurprise)
{
    m_harness.start();
    const Deployment ready = m_harness.deployReady();
    ASSERT_TRUE(test::await(m_harness.engine().call(PauseDeployment{ready.id})));
    ASSERT_TRUE(test::await(m_harness.engine().call(ResumeDeployment{ready.id})));
    // Several lists later there is still nothing to tell.
    const auto lists = [&] { return m_practice.calls(u"GET"_s, u"/rest/v2/serverless"_s).size(); };
    const auto before = lists();
    ASSERT_TRUE(test::waitUntil([&] { return lists() > before + 4; }));
    EXPECT_TRUE(m_harness.deployment(ready.id).changedElsewhere.isEmpty());
}

TEST_F(Watch, ResumedElsewhereIsReadyAgain)
{
    m_harness.start();
    const Deployment ready = m_harness.deployReady();
    ASSERT_TRUE(test::await(m_harness.engine().call(PauseDeployment{ready.id})));
    ASSERT_TRUE(test::await(m_hand->scale(ready.endpointId, 0, 1, 5s)));
    EXPECT_EQ(m_harness.waitFor(ready.id, DeploymentStatus::Ready).status, DeploymentStatus::Ready);
    EXPECT_FALSE(m_harness.messages(ready.id).filter(u"resumed elsewhere"_s).isEmpty());
}

TEST_F(Watch, EndpointsAreToldApartByWhoMadeThem)
{
    m_harness.start();
    const Deployment ready = m_harness.deployReady();
    EndpointSpec spec;
    spec.image = u"visgate/practice-worker:1"_s;
    spec.gpuPools = {u"ADA_24"_s};
    spec.name = u"visgate-%1-org--model-0badcafe"_s.arg(ready.userHash.left(10));
    ASSERT_TRUE(test::await(m_hand->createEndpoint(spec)));
    spec.name = u"somebody-elses"_s;
    ASSERT_TRUE(test::await(m_hand->createEndpoint(spec)));
    int changed = 0;
    QObject::connect(&m_harness.engine(), &Engine::endpointsChanged, &m_harness.engine(), [&changed] { ++changed; });
    const auto found = test::await(m_harness.engine().call(ListEndpoints{true}));
    ASSERT_TRUE(found) << found.error().detail;
    ASSERT_EQ(found->size(), 3);
    QHash<QString, AccountEndpoint> byName;
    for (const AccountEndpoint& endpoint : *found)
        byName[endpoint.name] = endpoint;
    EXPECT_EQ(byName[ready.endpointName].owner, EndpointOwner::Ours);
    EXPECT_EQ(byName[ready.endpointName].deployments, QList<DeploymentId>{ready.id});
    EXPECT_EQ(byName[u"visgate-%1-org--model-0badcafe"_s.arg(ready.userHash.left(10))].owner, EndpointOwner::OtherApp);
    EXPECT_EQ(byName[u"visgate-%1-org--model-0badcafe"_s.arg(ready.userHash.left(10))].modelId, u"org/model"_s);
    EXPECT_EQ(byName[u"somebody-elses"_s].owner, EndpointOwner::NotOurs);
    // The last list serves the next question, and a new endpoint is announced.
    EXPECT_EQ(test::await(m_harness.engine().call(ListEndpoints{false}))->size(), 3);
    spec.name = u"one-more"_s;
    ASSERT_TRUE(test::await(m_hand->createEndpoint(spec)));
    const int announced = changed;
    ASSERT_TRUE(test::waitUntil([&] { return changed > announced; }));
    EXPECT_EQ(test::await(m_harness.engine().call(ListEndpoints{false}))->size(), 4);
}

TEST_F(Watch, QuietDeploymentsShareOneListAndAreNotAskedForOneByOne)
{
    m_harness.start();
    QList<Deployment> all;
    for (int i = 0; i < 4; ++i)
        all.append(m_harness.deployReady([&](CreateRequest& request) {
            request.force = i > 0;
            request.limits.idleTimeout = 1s;
        }));
    for (const Deployment& deployment : std::as_const(all))
        waitUntilIt(deployment.id, [](const Deployment& now) { return now.workers.total() == 0; });
    m_practice.control("DELETE", u"/requests"_s);
    int published = 0;
    QObject::connect(
        &m_harness.engine(), &Engine::deploymentChanged, &m_harness.engine(), [&published] { ++published; });
    const auto lists = [&] { return m_practice.calls(u"GET"_s, u"/rest/v2/serverless"_s); };
    ASSERT_TRUE(test::waitUntil([&] { return lists().size() >= 6; }));
    for (const QString& call : lists())
        EXPECT_EQ(call, u"GET /rest/v2/serverless 200"_s);
    EXPECT_LE(published, 8) << "nothing is said of deployments where nothing happens";
}

TEST_F(Watch, AWallClockThatJumpsHarmsNothingAndMakesItLookAtOnce)
{
    const auto clock = std::make_shared<JumpyClock>();
    m_harness.start([&](EngineConfig& config) {
        config.clock = clock;
        config.pace->watch = 1h; // a list comes for a reason only
    });
    const Deployment ready = m_harness.deployReady();
    const auto lists = [&] { return m_practice.calls(u"GET"_s, u"/rest/v2/serverless"_s).filter(u" 200"_s).size(); };
    for (const auto step : {2h, -5h, 2h}) { // no two in a row that make up for each other
        const auto before = lists();
        clock->jump(step);
        EXPECT_TRUE(test::waitUntil([&] { return lists() > before; }, 20s)) << step.count() << " h";
        const Deployment now = m_harness.deployment(ready.id);
        EXPECT_EQ(now.status, DeploymentStatus::Ready);
        EXPECT_FALSE(now.error);
        EXPECT_LT(now.cost.estimatedUsd, 0.5) << "hours that nobody lived through cost nothing";
        for (const double seconds : now.phaseSeconds)
            EXPECT_GE(seconds, 0.0);
    }
    ASSERT_TRUE(test::await(m_harness.engine().call(DeleteDeployment{ready.id})));
    EXPECT_EQ(m_harness.waitFor(ready.id, DeploymentStatus::Deleted).status, DeploymentStatus::Deleted);
    EXPECT_EQ(m_practice.endpointCount(), 0);
}

TEST_F(Watch, TheAgeOfWhatIsKnownIsKnown)
{
    m_harness.start();
    const Deployment ready = m_harness.deployReady();
    ASSERT_TRUE(ready.workersSeenAt);
    ASSERT_TRUE(test::await(m_harness.engine().call(WatchWorkers{ready.id})));
    const Deployment later
        = waitUntilIt(ready.id, [&](const Deployment& now) { return now.workersSeenAt > ready.workersSeenAt; });
    EXPECT_GT(later.workersSeenAt, ready.workersSeenAt);
}

} // namespace
} // namespace visgate
