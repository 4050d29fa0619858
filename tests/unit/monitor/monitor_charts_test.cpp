// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/monitor/monitor_charts.h"
#include "ui/monitor/stage_card.h"

#include <gmock/gmock.h>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace visgate::ui {
namespace {

WorkerSpan span(
    std::chrono::seconds from, std::chrono::seconds until, int running, const QString& gpu, double rate, double usd)
{
    WorkerSpan result;
    result.from = TimePoint(from);
    result.until = TimePoint(until);
    result.workers.running = running;
    if (running > 0)
        result.gpus.insert(gpu, running);
    result.usdPerHour = rate;
    result.usd = usd;
    return result;
}

DeploymentMetrics deployment(const char* id, const AccountId& target, const QList<WorkerSpan>& spans)
{
    DeploymentMetrics metrics;
    metrics.id = DeploymentId(id);
    metrics.target = target;
    metrics.workers = spans;
    return metrics;
}

TEST(MonitorCharts, WorkersAreAddedUpFromChangeToChange)
{
    const QList<DeploymentMetrics> metrics{
        deployment(
            "a", AccountId::practice(), {span(0s, 10s, 1, u"A40"_s, 0.4, 0.1), span(10s, 20s, 2, u"A40"_s, 0.8, 0.2)}),
        deployment("b", AccountId::practice(), {span(5s, 15s, 3, u"H100"_s, 9.0, 1.0)})};
    const ChartData workers = MonitorCharts::data(MonitorChart::Workers, metrics);
    ASSERT_EQ(workers.steps.size(), 4);
    EXPECT_EQ(workers.steps.at(0).values.first(), 1.0);
    EXPECT_EQ(workers.steps.at(1).values.first(), 4.0);
    EXPECT_EQ(workers.steps.at(2).values.first(), 5.0);
    EXPECT_EQ(workers.steps.at(3).values.first(), 2.0);
    EXPECT_EQ(workers.steps.at(3).until, 20'000);
    EXPECT_EQ(workers.series.size(), 3) << "trouble that did not happen is not in the legend";
    const ChartData gpus = MonitorCharts::data(MonitorChart::Gpus, metrics);
    ASSERT_EQ(gpus.series.size(), 2);
    EXPECT_EQ(gpus.series.at(1).name, u"H100"_s);
    EXPECT_EQ(gpus.steps.at(1).values, (QList<double>{1, 3}));
    EXPECT_TRUE(MonitorCharts::data(MonitorChart::Regions, metrics).isEmpty()) << "nobody tells the place";
}

TEST(MonitorCharts, AnEndpointThatTwoShareIsCountedOnce)
{
    const QList<WorkerSpan> spans{span(0s, 10s, 2, u"A40"_s, 0.4, 0.1)};
    const QList<DeploymentMetrics> metrics{
        deployment("a", AccountId::practice(), spans), deployment("b", AccountId::practice(), spans)};
    const QHash<DeploymentId, EndpointId> endpoints{
        {DeploymentId("a"), EndpointId("e")}, {DeploymentId("b"), EndpointId("e")}};
    EXPECT_EQ(MonitorCharts::data(MonitorChart::Workers, metrics, endpoints).steps.first().values.first(), 2.0);
    EXPECT_EQ(MonitorCharts::data(MonitorChart::Workers, metrics).steps.first().values.first(), 4.0);
}

TEST(MonitorCharts, RealAndPlayMoneyAreNeverAddedUp)
{
    const QList<DeploymentMetrics> metrics{
        deployment("a", AccountId::practice(), {span(0s, 3600s, 1, u"A40"_s, 0.5, 0.5)}),
        deployment("b", AccountId::runpod(), {span(0s, 3600s, 1, u"A40"_s, 2.0, 7.0)}),
        deployment("c", AccountId::thisComputer(), {span(0s, 3600s, 1, QString(), 0.0, 0.0)})};
    const ChartData rate = MonitorCharts::data(MonitorChart::PerHour, metrics);
    ASSERT_EQ(rate.series.size(), 2);
    EXPECT_EQ(rate.steps.first().values, (QList<double>{2.0, 0.5})) << "real money first";
    const Format format{QLocale(QLocale::English)};
    const ChartWords words = MonitorCharts::words(MonitorChart::PerHour, rate, format);
    EXPECT_FALSE(words(2.0, 0).contains(u"play"_s));
    EXPECT_TRUE(words(0.5, 1).contains(u"play money"_s));
    const ChartData soFar = MonitorCharts::data(MonitorChart::SoFar, metrics);
    ASSERT_EQ(soFar.steps.size(), 1);
    const auto near = [](double value) { return testing::DoubleNear(value, 1e-9); };
    EXPECT_THAT(soFar.steps.first().values, testing::ElementsAre(near(7.0), near(0.5)));
    EXPECT_THAT(soFar.steps.first().starts, testing::ElementsAre(near(5.0), near(0.0)));
}

TEST(MonitorCharts, CostsStayWhenTheirDeploymentIsGone)
{
    const QList<DeploymentMetrics> metrics{
        deployment("a", AccountId::practice(), {span(0s, 100s, 1, u"A40"_s, 0.0, 3.0)}),
        deployment("b", AccountId::practice(), {span(50s, 200s, 1, u"A40"_s, 0.0, 2.0)})};
    const ChartData soFar = MonitorCharts::data(MonitorChart::SoFar, metrics);
    EXPECT_THAT(soFar.steps.last().values, testing::ElementsAre(testing::DoubleNear(5.0, 1e-9)));
}

TEST(MonitorCharts, WhereNothingStoodThereIsNoGap)
{
    DeploymentMetrics early = deployment("a", AccountId::practice(), {span(0s, 1000s, 1, u"A40"_s, 0.4, 0.1)});
    DeploymentMetrics late = deployment("b", AccountId::practice(), {span(9000s, 9500s, 1, u"A40"_s, 0.4, 0.1)});
    early.stages = {{DeploymentStatus::Ready, TimePoint(0s), TimePoint(1010s)},
        {DeploymentStatus::Deleted, TimePoint(1010s), std::nullopt}};
    late.stages = {{DeploymentStatus::Ready, TimePoint(8990s), std::nullopt}};
    EXPECT_TRUE(gapsOf(MonitorCharts::data(MonitorChart::Workers, {early, late}), {0, 9'500'000}).isEmpty());
    early.stages = {{DeploymentStatus::Ready, TimePoint(0s), std::nullopt}};
    EXPECT_EQ(gapsOf(MonitorCharts::data(MonitorChart::Workers, {early, late}), {0, 9'500'000}).size(), 1)
        << "it stood, and nobody looked";
}

TEST(MonitorCharts, MoreKindsThanCanBeToldApartShareOnePlace)
{
    DeploymentMetrics metrics = deployment("a", AccountId::practice(), {});
    for (int i = 0; i < 30; ++i) {
        JobPoint job;
        job.at = TimePoint(std::chrono::seconds(i));
        job.gpu = u"GPU %1"_s.arg(i % 10);
        job.ran = std::chrono::milliseconds(1500);
        metrics.jobs.append(job);
    }
    const ChartData ran = MonitorCharts::data(MonitorChart::Ran, {metrics});
    EXPECT_EQ(ran.series.size(), 6);
    EXPECT_EQ(ran.points.size(), 30);
    for (const ChartPoint& point : ran.points) {
        EXPECT_LT(point.series, 6);
        EXPECT_EQ(point.value, 1.5);
    }
    EXPECT_TRUE(MonitorCharts::data(MonitorChart::Queued, {metrics}).isEmpty());
}

TEST(StageTimes, ThePresentStateEndsNow)
{
    const auto times = stageTimes({{DeploymentStatus::Ready, TimePoint(10s), TimePoint(20s)},
                                      {DeploymentStatus::Failed, TimePoint(20s), std::nullopt}},
        50'000);
    ASSERT_EQ(times.size(), 2);
    EXPECT_EQ(times.first().name, u"Ready"_s);
    EXPECT_EQ(times.last().until, 50'000);
    EXPECT_EQ(times.last().ink, ChartInk::Bad);
}

} // namespace
} // namespace visgate::ui
