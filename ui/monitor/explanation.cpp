// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/monitor/explanation.h"

#include "ui/monitor/monitor_charts.h"

#include <algorithm>
#include <numeric>

using namespace Qt::StringLiterals;

namespace visgate::ui {
namespace {

constexpr double kMillisPerHour = 3'600'000.0;
constexpr Millis kLongGapShare = 50; ///< a gap is worth a sentence from this part of the range on

Millis insideOf(Millis from, Millis until, ChartRange range)
{
    return std::max<Millis>(0, std::min(until, range.until) - std::max(from, range.from));
}

QString joined(const QStringList& names)
{
    return names.join(u", "_s);
}

/// The types that were obtained within the range.
QStringList typesIn(const QList<DeploymentMetrics>& metrics, ChartRange range)
{
    QStringList types;
    for (const DeploymentMetrics& of : metrics) {
        for (const WorkerSpan& span : of.workers) {
            if (insideOf(toMillis(span.from), toMillis(span.until), range) > 0)
                types += span.gpus.keys();
        }
    }
    types.removeAll(QString());
    types.removeDuplicates();
    types.sort();
    return types;
}

} // namespace

QStringList Explanation::of(const QList<DeploymentMetrics>& metrics, ChartRange range,
    const QHash<DeploymentId, EndpointId>& endpoints, const Format& format)
{
    QStringList sentences{
        running(metrics, range, endpoints, format), cost(metrics, range, format), waiting(metrics, range, format)};
    sentences.removeAll(QString());
    return sentences;
}

QString Explanation::running(const QList<DeploymentMetrics>& metrics, ChartRange range,
    const QHash<DeploymentId, EndpointId>& endpoints, const Format& format)
{
    const ChartData data = MonitorCharts::data(MonitorChart::Workers, metrics, endpoints);
    Millis time = 0;
    double most = 0.0;
    Millis known = 0;
    for (const ChartStep& step : data.steps) {
        const Millis inside = insideOf(step.from, step.until, range);
        known += inside;
        const double waiting = step.values.value(MonitorCharts::kWaitingForGpu); // it has no machine yet
        const double count = std::accumulate(step.values.begin(), step.values.end(), 0.0) - waiting;
        if (inside == 0 || count < 0.5)
            continue;
        time += inside;
        most = std::max(most, count);
    }
    const QStringList types = typesIn(metrics, range);
    const QString duration = format.duration(std::chrono::milliseconds(time));
    const QString count = format.integer(static_cast<qint64>(most + 0.5));
    QString sentence = time == 0 ? tr("No worker ran in this time.")
        : types.isEmpty()        ? tr("Workers ran for %1, at most %2 at once.").arg(duration, count)
                          : tr("Workers ran for %1, at most %2 at once, on %3.").arg(duration, count, joined(types));
    // Before the first news there is nothing to be missed.
    if (!data.steps.isEmpty()) {
        const Millis first = std::max(range.from, data.steps.first().from);
        const Millis missed = range.until - first - known;
        if (missed > range.length() / kLongGapShare) {
            const QString gap = format.duration(std::chrono::milliseconds(missed));
            sentence += u' ' + tr("For %1 Visgate was not looking: what happened then is not known.").arg(gap);
        }
    }
    return sentence;
}

QString Explanation::cost(const QList<DeploymentMetrics>& metrics, ChartRange range, const Format& format)
{
    const QList<AccountId> purses = MonitorCharts::purses(metrics);
    if (purses.isEmpty())
        return metrics.isEmpty() ? QString() : tr("Nobody charges for this computer.");
    const ChartData data = MonitorCharts::data(MonitorChart::PerHour, metrics);
    QStringList sums;
    for (qsizetype place = 0; place < purses.size(); ++place) {
        double usd = 0.0;
        for (const ChartStep& step : data.steps)
            usd += static_cast<double>(insideOf(step.from, step.until, range)) / kMillisPerHour
                * step.values.value(place);
        sums << format.money(usd, purses.at(place));
    }
    return tr("That cost about %1.").arg(sums.join(u" + "_s));
}

QString Explanation::waiting(const QList<DeploymentMetrics>& metrics, ChartRange range, const Format& format)
{
    qsizetype jobs = 0;
    QList<std::chrono::milliseconds> waits;
    for (const DeploymentMetrics& of : metrics) {
        for (const JobPoint& job : of.jobs) {
            if (!range.contains(toMillis(job.at)))
                continue;
            ++jobs;
            if (job.queued)
                waits.append(*job.queued);
        }
    }
    if (jobs == 0)
        return tr("Nobody asked for a picture.");
    if (waits.isEmpty())
        return tr("Jobs: %1. How long they waited is not known yet.").arg(format.integer(jobs));
    std::sort(waits.begin(), waits.end());
    if (waits.first() == waits.last())
        return tr("Jobs: %1. The wait in the queue was %2.").arg(format.integer(jobs), format.duration(waits.first()));
    return tr("Jobs: %1. Half of them waited at most %2 in the queue, the longest wait was %3.")
        .arg(format.integer(jobs), format.duration(waits.at((waits.size() - 1) / 2)), format.duration(waits.last()));
}

QString Explanation::gpus(const DeploymentMetrics& metrics, ChartRange range)
{
    const QStringList got = typesIn({metrics}, range);
    if (metrics.gpuPlanned.isEmpty())
        return got.isEmpty() ? QString() : tr("GPUs obtained: %1.").arg(joined(got));
    if (got.isEmpty())
        return tr("GPUs planned: %1; none obtained in this time.").arg(joined(metrics.gpuPlanned));
    return tr("GPUs planned: %1; obtained: %2.").arg(joined(metrics.gpuPlanned), joined(got));
}

} // namespace visgate::ui
