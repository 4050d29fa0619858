// SPDX-License-Identifier: GPL-3.0-or-later
// Warm times at practice: they really open, hold and close, and nothing runs after them.
#include "core/operations/deployments.h"
#include "tests/support/engine_harness.h"

#include <QDateTime>
#include <QJsonArray>

#include <gmock/gmock.h>

namespace visgate {
namespace {

using namespace Qt::Literals::StringLiterals;
using namespace std::chrono_literals;
using test::await;
using test::EngineHarness;
using test::PracticeProcess;

constexpr auto kIdle = 1s;
constexpr auto kWarmIdle = 5s;

class WarmWindows : public testing::Test {
protected:
    void start()
    {
        m_harness.start([this](EngineConfig& config) {
            config.clock = m_clock;
            config.pace->warmIdle = kWarmIdle;
        });
    }
    /// Sets the clock to this time of day, today.
    void setClock(int hour, int minute, int second)
    {
        const auto today = std::chrono::floor<std::chrono::days>(m_clock->now());
        const TimePoint wanted
            = today + std::chrono::hours(hour) + std::chrono::minutes(minute) + std::chrono::seconds(second);
        m_clock->jump(std::chrono::round<std::chrono::seconds>(wanted - m_clock->now()));
    }
    Deployment deployAsleep()
    {
        const auto created = m_harness.create([](CreateRequest& request) { request.limits.idleTimeout = kIdle; });
        if (!created)
            throw std::runtime_error("create was refused: " + created.error().detail);
        m_id = created->id;
        EXPECT_EQ(m_harness.waitFor(m_id, DeploymentStatus::Ready).status, DeploymentStatus::Ready);
        EXPECT_EQ(m_harness.waitForEnd(created->firstJob).status, JobStatus::Completed);
        EXPECT_TRUE(test::waitUntil([&] { return m_practice.workerCount() == 0; }));
        return m_harness.deployment(m_id);
    }
    static PoolPolicy office()
    {
        return {PoolMode::ScheduledWarm, {windowFromText(u"daily 09:00-17:00"_s)->window}, u"UTC"_s, {}};
    }
    int idleAtPractice() { return m_practice.state()["endpoints"_L1][0]["workers"_L1]["idleTimeout"_L1].toInt(); }
    int minAtPractice() { return m_practice.state()["endpoints"_L1][0]["workers"_L1]["min"_L1].toInt(-1); }
    /// Small jobs that practice has ever got.
    int smallJobs()
    {
        int count = 0;
        for (const QJsonValue& job : m_practice.state()["jobs"_L1].toArray())
            count += job["request"_L1]["input"_L1]["debug"_L1].toBool() ? 1 : 0;
        return count;
    }
    QString readyWorker()
    {
        for (const QJsonValue& worker : m_practice.state()["workers"_L1].toArray()) {
            const QString status = worker["status"_L1].toString();
            if (status == "IDLE"_L1 || status == "RUNNING"_L1)
                return worker["id"_L1].toString();
        }
        return {};
    }
    void expectWarm()
    {
        ASSERT_TRUE(test::waitUntil([&] { return !readyWorker().isEmpty(); })) << log();
        EXPECT_EQ(idleAtPractice(), kWarmIdle.count());
        EXPECT_EQ(minAtPractice(), 0) << "never by minimum workers";
        EXPECT_TRUE(m_harness.deployment(m_id).warm);
    }
    /// The endpoint is as before, nothing runs, and nothing starts while the engine goes on looking.
    void expectOverAndQuiet()
    {
        ASSERT_TRUE(test::waitUntil([&] { return idleAtPractice() == kIdle.count(); })) << log();
        ASSERT_TRUE(test::waitUntil([&] { return m_practice.workerCount() == 0; })) << log();
        EXPECT_FALSE(m_harness.deployment(m_id).warm);
        const int before = smallJobs();
        m_practice.control("DELETE", u"/requests"_s);
        ASSERT_TRUE(test::waitUntil([&] { return m_practice.calls(u"GET"_s, u"/rest/v2/serverless"_s).size() >= 3; }));
        EXPECT_EQ(smallJobs(), before);
        EXPECT_EQ(m_practice.workerCount(), 0);
        EXPECT_EQ(m_practice.state()["money"_L1]["usdPerSecond"_L1].toDouble(), 0.0);
    }
    std::string log() { return m_harness.messages(m_id).join(u'\n').toStdString(); }

    std::shared_ptr<test::ShiftedClock> m_clock = std::make_shared<test::ShiftedClock>();
    PracticeProcess m_practice;
    EngineHarness m_harness{m_practice};
    DeploymentId m_id;
};

TEST_F(WarmWindows, AWindowOpensHoldsAndCloses)
{
    start();
    setClock(8, 30, 0);
    deployAsleep();
    setClock(8, 59, 58);
    const auto set = await(m_harness.engine().call(SetPool{m_id, office(), std::nullopt}));
    ASSERT_TRUE(set) << set.error().detail;
    EXPECT_FALSE(set->warm);
    ASSERT_TRUE(set->warmNextChange);
    EXPECT_EQ(formatUtc(*set->warmNextChange).substr(11, 8), "09:00:00") << "the card shows it";
    EXPECT_EQ(smallJobs(), 0);

    expectWarm(); // at 09:00:00, by itself
    const QString worker = readyWorker();
    // Held over several idle time-outs by the same worker.
    ASSERT_TRUE(test::waitUntil([&] { return smallJobs() >= 3; })) << log();
    EXPECT_EQ(readyWorker(), worker) << log();
    EXPECT_EQ(formatUtc(*m_harness.deployment(m_id).warmNextChange).substr(11, 8), "17:00:00");

    setClock(16, 59, 59);
    expectOverAndQuiet(); // at 17:00:00, by itself
    EXPECT_THAT(log(), testing::HasSubstr("A small job warms it up"));
    EXPECT_THAT(log(), testing::HasSubstr("The warm time is over"));
}

TEST_F(WarmWindows, ItKeepsToItsHoursOverRestartsAndAClockThatIsSet)
{
    start();
    setClock(12, 0, 0);
    deployAsleep();
    ASSERT_TRUE(await(m_harness.engine().call(SetPool{m_id, office(), std::nullopt})));
    expectWarm();
    m_harness.stop(); // in the middle of the window
    start();
    const int before = smallJobs();
    ASSERT_TRUE(test::waitUntil([&] { return smallJobs() > before; })) << "held on: " << log();
    expectWarm();
    m_clock->jump(-4h); // 08:00: too early
    expectOverAndQuiet();
    m_clock->jump(2h); // 10:00
    expectWarm();
    // The program is off when the window ends: ring 1 ends the worker, the next start puts the endpoint right.
    m_harness.stop();
    EXPECT_TRUE(test::waitUntil([&] { return m_practice.workerCount() == 0; }));
    EXPECT_EQ(idleAtPractice(), kWarmIdle.count());
    m_clock->pass(8h);
    start();
    expectOverAndQuiet();
    ASSERT_TRUE(await(m_harness.engine().call(DeleteDeployment{m_id})));
    EXPECT_EQ(m_harness.waitFor(m_id, DeploymentStatus::Deleted).status, DeploymentStatus::Deleted);
    EXPECT_EQ(m_practice.remains().toStdString(), "0 endpoints, 0 workers");
}

TEST_F(WarmWindows, ForAWhileByTheIdleTimeOutAlone)
{
    start();
    deployAsleep();
    PoolPolicy policy;
    policy.keepUntil = m_clock->now() + 30min;
    const auto price = await(m_harness.engine().call(GetWarmPrice{m_id, policy}));
    ASSERT_TRUE(price);
    EXPECT_GT(price->usdOnce, price->usdPerHour / 2.0);
    ASSERT_TRUE(await(m_harness.engine().call(SetPool{m_id, policy, std::nullopt})));
    ASSERT_TRUE(test::waitUntil([&] { return !readyWorker().isEmpty(); })) << log();
    EXPECT_NEAR(idleAtPractice(), 1800, 30);
    EXPECT_EQ(minAtPractice(), 0);
    EXPECT_EQ(smallJobs(), 1);
    // Asked for again, it lasts longer; ended early, it is over.
    ASSERT_TRUE(await(m_harness.engine().call(SetPool{m_id, {}, std::nullopt})));
    expectOverAndQuiet();
    policy.keepUntil = m_clock->now() + 10min;
    ASSERT_TRUE(await(m_harness.engine().call(SetPool{m_id, policy, std::nullopt})));
    ASSERT_TRUE(test::waitUntil([&] { return !readyWorker().isEmpty(); })) << log();
    m_clock->pass(11min);
    expectOverAndQuiet();
    EXPECT_FALSE(m_harness.deployment(m_id).pool.keepUntil);
    policy.keepUntil = m_clock->now() - 1s;
    EXPECT_EQ(
        await(m_harness.engine().call(SetPool{m_id, policy, std::nullopt})).error().code, ErrorCode::InvalidRequest);
}

TEST_F(WarmWindows, AlwaysOnOnlyAfterItsPriceWasAgreedTo)
{
    start();
    deployAsleep();
    Engine& engine = m_harness.engine();
    const PoolPolicy always{PoolMode::AlwaysOn, {}, {}, {}};
    const auto price = await(engine.call(GetWarmPrice{m_id, always}));
    ASSERT_TRUE(price);
    EXPECT_NEAR(price->usdPerMonth, price->usdPerHour * 730.5, 0.1);
    const auto refused = await(engine.call(SetPool{m_id, always, std::nullopt}));
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, ErrorCode::ConfirmationNeeded);
    EXPECT_EQ(refused.error().arguments.front(), QString::number(price->usdPerMonth, 'f', 2).toStdString());
    EXPECT_FALSE(await(engine.call(SetPool{m_id, always, price->usdPerMonth / 2.0})));
    EXPECT_EQ(minAtPractice(), 0);
    ASSERT_TRUE(await(engine.call(SetPool{m_id, always, price->usdPerMonth})));
    ASSERT_TRUE(test::waitUntil([&] { return minAtPractice() == 1; })) << log();
    ASSERT_TRUE(test::waitUntil([&] { return m_practice.workerCount() == 1; }));
    // Paused it costs nothing; back it is as it was; over a restart as well.
    ASSERT_TRUE(await(engine.call(PauseDeployment{m_id})));
    EXPECT_EQ(m_practice.workerCount(), 0);
    m_harness.stop();
    start();
    ASSERT_TRUE(await(m_harness.engine().call(ResumeDeployment{m_id})));
    EXPECT_EQ(minAtPractice(), 1);
    ASSERT_TRUE(await(m_harness.engine().call(SetPool{m_id, {}, std::nullopt})));
    ASSERT_TRUE(test::waitUntil([&] { return minAtPractice() == 0; })) << log();
    expectOverAndQuiet();
}

} // namespace
} // namespace visgate
