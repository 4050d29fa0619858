// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/monitor/span_sums.h"

#include <algorithm>
#include <cmath>
#include <utility>
#include <vector>

namespace visgate::ui {
namespace {

constexpr double kMillisOfHour = 3'600'000.0;

/// A span begins or ends.
struct Edge {
    Millis at = 0;
    bool begins = false;
    int deployment = 0;
    int span = 0;
};

std::vector<Edge> edgesOf(const QList<DeploymentMetrics>& metrics)
{
    std::vector<Edge> edges;
    for (int deployment = 0; deployment < metrics.size(); ++deployment) {
        const QList<WorkerSpan>& spans = metrics.at(deployment).workers;
        for (int span = 0; span < spans.size(); ++span) {
            const Millis from = toMillis(spans.at(span).from);
            const Millis until = toMillis(spans.at(span).until);
            if (until <= from)
                continue;
            edges.push_back({from, true, deployment, span});
            edges.push_back({until, false, deployment, span});
        }
    }
    // What ends makes room before the next begins.
    std::stable_sort(edges.begin(), edges.end(),
        [](const Edge& a, const Edge& b) { return a.at != b.at ? a.at < b.at : !a.begins && b.begins; });
    return edges;
}

/// Walks from one change to the next: `step` gets each time in which at least one span runs, with the running span of
/// each deployment (negative: none).
template <typename Step, typename Ended>
void walk(const QList<DeploymentMetrics>& metrics, const Step& step, const Ended& ended)
{
    std::vector<int> running(static_cast<std::size_t>(metrics.size()), -1);
    int count = 0;
    Millis before = 0;
    for (const Edge& edge : edgesOf(metrics)) {
        if (count > 0 && edge.at > before)
            step(before, edge.at, running);
        before = edge.at;
        int& mine = running.at(static_cast<std::size_t>(edge.deployment));
        if (edge.begins) {
            count += mine < 0 ? 1 : 0;
            mine = edge.span;
        } else if (mine == edge.span) {
            ended(edge.deployment, edge.span);
            mine = -1;
            --count;
        }
    }
}

/// Sums of floating figures differ in their last digits where nothing has changed.
bool areSame(const QList<double>& a, const QList<double>& b)
{
    return a.size() == b.size()
        && std::equal(a.begin(), a.end(), b.begin(), [](double x, double y) { return std::abs(x - y) < 1e-9; });
}

void append(QList<ChartStep>& steps, ChartStep step)
{
    if (!steps.isEmpty() && steps.last().until == step.from && step.starts.isEmpty()
        && areSame(steps.last().values, step.values))
        steps.last().until = step.until;
    else
        steps.append(std::move(step));
}

} // namespace

QList<ChartStep> summedSpans(
    const QList<DeploymentMetrics>& metrics, const QList<int>& owners, int series, const SpanFigures& figures)
{
    QList<QList<QList<double>>> known; // of each span of each deployment, worked out once
    for (const DeploymentMetrics& of : metrics) {
        QList<QList<double>>& own = known.emplaceBack();
        for (const WorkerSpan& span : of.workers)
            own.append(figures(of, span));
    }
    std::vector<int> counted(static_cast<std::size_t>(metrics.size()), -1); // by owner: the round it was counted in
    int round = 0;
    QList<ChartStep> steps;
    const auto add = [&](Millis from, Millis until, const std::vector<int>& running) {
        ++round;
        QList<double> sum(series, 0.0);
        for (int deployment = 0; deployment < metrics.size(); ++deployment) {
            const int span = running.at(static_cast<std::size_t>(deployment));
            if (span < 0)
                continue;
            const auto owner = static_cast<std::size_t>(owners.value(deployment, deployment));
            if (std::exchange(counted.at(owner), round) == round)
                continue;
            const QList<double>& own = known.at(deployment).at(span);
            for (int i = 0; i < series; ++i)
                sum[i] += own.value(i);
        }
        append(steps, {from, until, sum, {}});
    };
    walk(metrics, add, [](int, int) {});
    return steps;
}

QList<ChartStep> summedCosts(
    const QList<DeploymentMetrics>& metrics, int series, const std::function<int(const DeploymentMetrics&)>& seriesOf)
{
    QList<double> last(metrics.size(), 0.0); ///< of each deployment, when it was last known
    QList<int> places;
    for (const DeploymentMetrics& of : metrics)
        places.append(seriesOf(of));
    QList<ChartStep> steps;
    const auto costAt = [&](int deployment, int span, Millis time) {
        if (span < 0)
            return last.at(deployment);
        const WorkerSpan& of = metrics.at(deployment).workers.at(span);
        const double left = static_cast<double>(toMillis(of.until) - time) / kMillisOfHour * of.usdPerHour;
        return std::clamp(of.usd - left, std::min(last.at(deployment), of.usd), of.usd);
    };
    const auto add = [&](Millis from, Millis until, const std::vector<int>& running) {
        QList<double> starts(series, 0.0);
        QList<double> ends(series, 0.0);
        for (int deployment = 0; deployment < metrics.size(); ++deployment) {
            const int place = places.at(deployment);
            const int span = running.at(static_cast<std::size_t>(deployment));
            if (place < 0)
                continue;
            starts[place] += costAt(deployment, span, from);
            ends[place] += costAt(deployment, span, until);
        }
        steps.append({from, until, ends, starts});
    };
    walk(metrics, add, [&](int deployment, int span) {
        last[deployment] = std::max(last.at(deployment), metrics.at(deployment).workers.at(span).usd);
    });
    return steps;
}

} // namespace visgate::ui
