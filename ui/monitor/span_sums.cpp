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

/// Walks from one change to the next: `step` gets each time in which at least one span runs, `begin` and `end` what
/// changes between two of them.
template <typename Step, typename Begin, typename End>
void walk(const QList<DeploymentMetrics>& metrics, const Step& step, const Begin& begin, const End& end)
{
    std::vector<int> running(static_cast<std::size_t>(metrics.size()), -1);
    int count = 0;
    Millis before = 0;
    for (const Edge& edge : edgesOf(metrics)) {
        if (count > 0 && edge.at > before)
            step(before, edge.at);
        before = edge.at;
        int& mine = running.at(static_cast<std::size_t>(edge.deployment));
        if (mine >= 0 && (edge.begins || mine == edge.span)) {
            end(edge.deployment, mine);
            mine = -1;
            --count;
        }
        if (edge.begins) {
            begin(edge.deployment, edge.span);
            mine = edge.span;
            ++count;
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

/// Adding and taking away leaves a remainder in the last digits.
double settled(double value)
{
    constexpr double remainder = 1e-9;
    return std::abs(value) < remainder ? 0.0 : value;
}

QList<double> settled(QList<double> values)
{
    for (double& value : values)
        value = settled(value);
    return values;
}

/// What a deployment's cost is at any moment of a span, or after it: a value at the walk's beginning, and a slope.
struct Course {
    double value = 0.0;
    double perMilli = 0.0;
};

} // namespace

QList<ChartStep> summedSpans(
    const QList<DeploymentMetrics>& metrics, const QList<int>& owners, int series, const SpanFigures& figures)
{
    const auto count = static_cast<std::size_t>(metrics.size());
    std::vector<std::vector<int>> running(count); // by owner: its deployments that are known now
    std::vector<int> span(count, -1);
    std::vector<QList<double>> part(count); // by owner: what of it is in the sum
    QList<double> sum(series, 0.0);
    QList<ChartStep> steps;
    const auto ownerOf = [&](int deployment) { return static_cast<std::size_t>(owners.value(deployment, deployment)); };
    const auto recount = [&](std::size_t owner) {
        QList<double> now;
        if (!running.at(owner).empty()) {
            const int first = running.at(owner).front();
            const DeploymentMetrics& of = metrics.at(first);
            now = figures(of, of.workers.at(span.at(static_cast<std::size_t>(first))));
        }
        for (int i = 0; i < series; ++i)
            sum[i] += now.value(i) - part.at(owner).value(i);
        part.at(owner) = now;
    };
    walk(
        metrics,
        [&](Millis from, Millis until) {
            append(steps, {from, until, settled(sum), {}});
        },
        [&](int deployment, int begun) {
            span.at(static_cast<std::size_t>(deployment)) = begun;
            running.at(ownerOf(deployment)).push_back(deployment);
            recount(ownerOf(deployment));
        },
        [&](int deployment, int) {
            std::erase(running.at(ownerOf(deployment)), deployment);
            recount(ownerOf(deployment));
        });
    return steps;
}

QList<ChartStep> summedCosts(
    const QList<DeploymentMetrics>& metrics, int series, const std::function<int(const DeploymentMetrics&)>& seriesOf)
{
    const Millis zero
        = metrics.isEmpty() || metrics.first().workers.isEmpty() ? 0 : toMillis(metrics.first().workers.first().from);
    QList<int> places;
    for (const DeploymentMetrics& of : metrics)
        places.append(seriesOf(of));
    std::vector<Course> courses(static_cast<std::size_t>(metrics.size()));
    std::vector<double> last(static_cast<std::size_t>(metrics.size()), 0.0); // of each, when it was last known
    std::vector<Course> sums(static_cast<std::size_t>(series));
    QList<ChartStep> steps;
    const auto change = [&](int deployment, Course course) {
        const int place = places.at(deployment);
        if (place < 0)
            return;
        Course& mine = courses.at(static_cast<std::size_t>(deployment));
        Course& sum = sums.at(static_cast<std::size_t>(place));
        sum.value += course.value - mine.value;
        sum.perMilli += course.perMilli - mine.perMilli;
        mine = course;
    };
    const auto sumAt = [&](Millis time) {
        QList<double> values;
        for (const Course& sum : sums)
            values.append(settled(sum.value + sum.perMilli * static_cast<double>(time - zero)));
        return values;
    };
    const auto begin = [&](int deployment, int begun) {
        const WorkerSpan& span = metrics.at(deployment).workers.at(begun);
        const auto length = static_cast<double>(toMillis(span.until) - toMillis(span.from));
        // It does not fall: what it grew by while nobody looked was spent before.
        const double most = std::max(span.usd, last.at(static_cast<std::size_t>(deployment)));
        const double start = std::clamp(
            most - length / kMillisOfHour * span.usdPerHour, last.at(static_cast<std::size_t>(deployment)), most);
        const double perMilli = (most - start) / length;
        last.at(static_cast<std::size_t>(deployment)) = most;
        change(deployment, {start - perMilli * static_cast<double>(toMillis(span.from) - zero), perMilli});
    };
    walk(
        metrics,
        [&](Millis from, Millis until) {
            steps.append({from, until, sumAt(until), sumAt(from)});
        },
        begin,
        [&](int deployment, int) {
            change(deployment, {last.at(static_cast<std::size_t>(deployment)), 0.0});
        });
    return steps;
}

} // namespace visgate::ui
