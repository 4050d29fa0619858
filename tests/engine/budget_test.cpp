// SPDX-License-Identifier: GPL-3.0-or-later
// The account's request quota: never overrun, whatever is asked for; over sockets, with practice counting.
#include "core/operations/deployments.h"
#include "core/operations/jobs.h"
#include "core/providers/runpod/runpod_provider.h"
#include "tests/support/engine_harness.h"

#include <gmock/gmock.h>

namespace visgate {
namespace {

using namespace Qt::Literals::StringLiterals;
using namespace std::chrono_literals;
using test::EngineHarness;
using test::PracticeProcess;

/// An engine and a practice whose clocks both run `rate` times as fast as the real one.
class FastTime {
public:
    explicit FastTime(double rate) : m_rate(rate)
    {
        m_practice.control("POST", u"/account"_s, {{u"quota"_s, 1000}, {u"credit"_s, 10'000}});
        m_practice.control(
            "POST", u"/limits"_s, {{u"minute"_s, 1'000'000}, {u"hour"_s, 1'000'000}, {u"day"_s, 1'000'000}});
    }

    /// The documented quota, from now on.
    void limit(int minute)
    {
        m_practice.control("POST", u"/limits"_s, {{u"minute"_s, minute}, {u"hour"_s, 3000}, {u"day"_s, 50'000}});
        m_practice.control("POST", u"/time"_s, {{u"rate"_s, m_rate}});
    }
    void start(const EnginePace& pace)
    {
        m_harness.start([&](EngineConfig& config) {
            config.clock = std::make_shared<RatedClock>(m_rate);
            config.pace = pace;
            config.makeProvider
                = [clock = config.clock](AccountId, const TargetAddress& address, std::shared_ptr<const Secret> key) {
                      RunpodSettings settings;
                      settings.rest = address.rest;
                      settings.queue = address.queue;
                      settings.http.clock = clock;
                      settings.http.backoffBase = 1s;
                      return std::make_unique<RunpodProvider>(settings, std::move(key));
                  };
        });
    }
    /// REST calls that the provider has let in, and those that it has turned away with 429.
    [[nodiscard]] int admitted() const { return m_practice.control("GET", u"/limits"_s)["admitted"_L1].toInt(); }
    [[nodiscard]] int refused() const { return m_practice.control("GET", u"/limits"_s)["refused"_L1].toInt(); }

    PracticeProcess m_practice;
    EngineHarness m_harness{m_practice};
    const double m_rate;
};

TEST(Budget, FiftyDeploysAtOnceUnderSixtyAMinuteOnlyTakeLonger)
{
    FastTime world(6.0);                        // a minute in 10 s
    world.m_practice.condition(u"throttled"_s); // no worker is needed for this
    world.limit(60);
    EnginePace pace;
    pace.retryLow = 50ms;
    pace.retryHigh = 500ms;
    world.start(pace);
    QList<DeploymentId> ids;
    for (int i = 0; i < 50; ++i) {
        const auto accepted = world.m_harness.create([](CreateRequest& request) {
            request.force = true;
            request.firstInput.reset();
        });
        ASSERT_TRUE(accepted) << accepted.error().detail;
        ids.append(accepted->id);
    }
    const auto created = [&] {
        const auto snapshot = world.m_harness.engine().snapshot();
        return std::count_if(ids.begin(), ids.end(), [&](const DeploymentId& id) {
            return !snapshot->deployments.value(QString::fromStdString(id.value())).endpointId.isEmpty();
        });
    };
    QTimer look;
    look.start(20ms);
    ASSERT_TRUE(test::waitUntil([&] { return created() >= 5; }, 120s));

    // In the middle of all that, deleting one does not wait for its turn.
    const auto first = std::find_if(ids.cbegin(), ids.cend(),
        [&](const DeploymentId& id) { return !world.m_harness.deployment(id).endpointId.isEmpty(); });
    ASSERT_NE(first, ids.end());
    const DeploymentId goes = *first;
    ids.erase(first);
    ASSERT_TRUE(test::await(world.m_harness.engine().call(DeleteDeployment{goes})));
    ASSERT_TRUE(test::waitUntil([&] { return created() == 49; }, 180s));
    for (const DeploymentId& id : std::as_const(ids))
        EXPECT_NE(world.m_harness.deployment(id).status, DeploymentStatus::Failed);
    EXPECT_EQ(world.m_harness.waitFor(goes, DeploymentStatus::Deleted).status, DeploymentStatus::Deleted);
    EXPECT_EQ(world.m_practice.endpointCount(), 49);
    EXPECT_EQ(world.refused(), 0);
    const QStringList changes = world.m_practice.calls(QStringList{u"POST"_s, u"DELETE"_s}, u"/rest/v2/serverless"_s);
    EXPECT_FALSE(changes.filter(u"DELETE"_s).isEmpty());
    EXPECT_TRUE(changes.last().startsWith("POST"_L1)) << "it went before the last of those that waited";
}

TEST(Budget, ADayWithTenEndpointsEarnsNo429)
{
    constexpr double rate = 2880; // a day in 30 s
    FastTime world(rate);
    EnginePace pace; // as for the real provider, in the engine's time
    pace.job = 20ms;
    pace.confirm = 20ms;
    pace.retryLow = 20ms;
    pace.retryHigh = 200ms;
    world.start(pace);
    world.limit(60);
    QList<DeploymentId> ids;
    for (int i = 0; i < 10; ++i) {
        const auto created = world.m_harness.create([](CreateRequest& request) {
            request.force = true;
            request.limits.initTimeout = 86'400s; // the workers start in real time
            request.limits.workerIdleTimeout = 86'400s;
        });
        ASSERT_TRUE(created) << created.error().detail;
        ids.append(created->id);
    }
    for (const DeploymentId& id : std::as_const(ids)) {
        const Deployment ready = world.m_harness.waitFor(id, DeploymentStatus::Ready, 120s);
        ASSERT_EQ(ready.status, DeploymentStatus::Ready) << world.m_harness.messages(id).join(u'\n').toStdString();
    }
    const int before = world.admitted();
    ASSERT_EQ(world.refused(), 0);
    const RatedClock clock(rate);
    const MonotonicPoint end = clock.monotonic() + std::chrono::hours(24);
    int jobs = 0;
    QTimer hourly; // a picture an hour
    QObject::connect(&hourly, &QTimer::timeout, [&] {
        JobInput input;
        input.prompt = u"a circle"_s;
        world.m_harness.engine().call(SubmitJob{ids.at(jobs++ % ids.size()), input});
    });
    hourly.start(std::chrono::ceil<std::chrono::milliseconds>(clock.timerFor(1h)));
    ASSERT_TRUE(test::waitUntil([&] { return clock.monotonic() >= end; }, 120s));
    hourly.stop();
    const int served = world.admitted() - before;
    RecordProperty("calls_in_the_day", served);
    EXPECT_EQ(world.refused(), 0);
    EXPECT_GT(served, 500) << "the day was really watched";
    EXPECT_LT(served, 30'000) << "three fifths of the day's quota";
    EXPECT_GT(jobs, 20);
}

} // namespace
} // namespace visgate
