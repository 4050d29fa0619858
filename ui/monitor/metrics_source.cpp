// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/monitor/metrics_source.h"

#include "core/operations/statistics.h"
#include "core/service/deployment_service.h"
#include "core/service/when_done.h"

#include <algorithm>

namespace visgate::ui {
namespace {

using namespace std::chrono_literals;

constexpr int kSpansOfOne = 1000;
constexpr int kSpansOfEach = 240;

/// A longer time moves by less than a pixel in the shorter wait.
std::chrono::milliseconds pauseOf(MonitorTime time)
{
    switch (time) {
    case MonitorTime::Live:
    case MonitorTime::Hour:
        return 2s;
    case MonitorTime::Day:
        return 20s;
    case MonitorTime::Week:
    case MonitorTime::Month:
        return 60s;
    }
    return 60s;
}

/// Less is not shown of what has just begun.
constexpr Millis kShortest = 2 * 60 * 1000;

/// The live time begins with what is known of it: a start of a minute ago is more than a hairline at the edge.
ChartRange narrowed(ChartRange range, const QList<DeploymentMetrics>& metrics)
{
    Millis first = range.until;
    for (const DeploymentMetrics& one : metrics) {
        if (!one.workers.isEmpty())
            first = std::min(first, toMillis(one.workers.constFirst().from));
        if (!one.stages.isEmpty())
            first = std::min(first, toMillis(one.stages.constFirst().from));
    }
    range.from = std::max(range.from, std::min(first, range.until - kShortest));
    return range;
}

} // namespace

std::chrono::seconds lengthOf(MonitorTime time)
{
    switch (time) {
    case MonitorTime::Live:
        return 15min;
    case MonitorTime::Hour:
        return 1h;
    case MonitorTime::Day:
        return 24h;
    case MonitorTime::Week:
        return 7 * 24h;
    case MonitorTime::Month:
        return 30 * 24h;
    }
    return 15min;
}

MetricsSource::MetricsSource(DeploymentService& service, QObject* parent) : QObject(parent), m_service(service)
{
    m_next.setSingleShot(true);
    connect(&m_next, &QTimer::timeout, this, &MetricsSource::send);
}

void MetricsSource::ask(const DeploymentId& deployment, MonitorTime time)
{
    m_deployment = deployment;
    m_time = time;
    askAgain();
}

void MetricsSource::askAgain()
{
    ++m_question; // whatever is on its way answers something else
    m_next.stop();
    if (m_isWatched)
        send();
}

void MetricsSource::setWatched(bool watched)
{
    if (watched == m_isWatched)
        return;
    m_isWatched = watched;
    askAgain();
}

void MetricsSource::send()
{
    GetMetrics question;
    if (!m_deployment.isEmpty())
        question.deployments.append(m_deployment);
    question.to = std::chrono::system_clock::now();
    question.from = question.to - lengthOf(m_time);
    question.maxSpans = m_deployment.isEmpty() ? kSpansOfEach : kSpansOfOne;
    const ChartRange range{toMillis(question.from), toMillis(question.to)};
    const quint64 number = ++m_question;
    const auto take = [this, number, range](const Result<QList<DeploymentMetrics>>& answer) {
        if (number != m_question)
            return;
        m_next.start(pauseOf(m_time));
        if (answer)
            Q_EMIT answered(*answer, m_time == MonitorTime::Live ? narrowed(range, *answer) : range);
        else
            Q_EMIT failed(answer.error());
    };
    whenDone(m_service.call(question), this, take);
}

} // namespace visgate::ui
