// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/monitor/monitor_charts.h"

#include "ui/monitor/span_sums.h"

#include <algorithm>
#include <map>
#include <utility>

using namespace Qt::StringLiterals;

namespace visgate::ui {
namespace {

constexpr qsizetype kMostKinds = 6; ///< as many as can be told apart; the last is for the rest

ChartInk inkAt(qsizetype place)
{
    return static_cast<ChartInk>(std::min<qsizetype>(place, kMostKinds - 1));
}

/// A number for each deployment, the same for those on one endpoint.
QList<int> ownersOf(const QList<DeploymentMetrics>& metrics, const QHash<DeploymentId, EndpointId>& endpoints)
{
    std::map<std::string, int> known;
    QList<int> owners;
    for (int place = 0; place < metrics.size(); ++place) {
        const std::string endpoint = endpoints.value(metrics.at(place).id).value();
        owners.append(endpoint.empty() ? place : known.try_emplace(endpoint, place).first->second);
    }
    return owners;
}

/// Names in their order; those beyond what can be told apart share the last place.
QList<QString> namesOf(const QMap<QString, bool>& found)
{
    QList<QString> names = found.keys();
    if (names.removeOne(QString()))
        names.append(QString()); // what is not told comes last
    return names;
}

qsizetype placeOf(const QList<QString>& names, const QString& name)
{
    return std::min(names.indexOf(name), kMostKinds - 1);
}

/// Whether one of them stood for longer than a look of the engine takes within that time. One of which no states are
/// known may have stood all the time.
bool anyStood(const QList<DeploymentMetrics>& metrics, Millis from, Millis until)
{
    constexpr Millis look = 90'000;
    return std::any_of(metrics.cbegin(), metrics.cend(), [&](const DeploymentMetrics& of) {
        Millis stood = of.stages.isEmpty() ? until - from : 0;
        for (const StageSpan& stage : of.stages) {
            if (!isSettled(stage.status))
                stood += std::max<Millis>(0,
                    std::min(until, stage.until ? toMillis(*stage.until) : until)
                        - std::max(from, toMillis(stage.from)));
        }
        return stood > std::min(look, (until - from) / 2);
    });
}

/// Where nothing stood, nothing had to be looked at: no gap, but nothing.
void fillWhereNothingStood(ChartData& data, const QList<DeploymentMetrics>& metrics)
{
    QList<ChartStep> steps;
    for (const ChartStep& step : std::as_const(data.steps)) {
        if (!steps.isEmpty() && steps.last().until < step.from && !anyStood(metrics, steps.last().until, step.from))
            steps.append({steps.last().until, step.from, QList<double>(data.series.size(), 0.0), {}});
        steps.append(step);
    }
    data.steps = steps;
}

std::chrono::milliseconds asTime(double seconds)
{
    return std::chrono::milliseconds(static_cast<qint64>(seconds * 1000.0 + 0.5));
}

QString purseOf(const AccountId& target)
{
    return target.isThisComputer() ? QString() : target.isPractice() ? u"play"_s : u"real"_s;
}

} // namespace

ChartData MonitorCharts::data(
    MonitorChart chart, const QList<DeploymentMetrics>& metrics, const QHash<DeploymentId, EndpointId>& endpoints)
{
    ChartData result = known(chart, metrics, endpoints);
    if (chart != MonitorChart::SoFar) // what was spent stays spent
        fillWhereNothingStood(result, metrics);
    return result;
}

ChartData MonitorCharts::known(
    MonitorChart chart, const QList<DeploymentMetrics>& metrics, const QHash<DeploymentId, EndpointId>& endpoints)
{
    switch (chart) {
    case MonitorChart::Workers:
        return workers(metrics, ownersOf(metrics, endpoints));
    case MonitorChart::Gpus:
        return kinds(metrics, ownersOf(metrics, endpoints), &WorkerSpan::gpus);
    case MonitorChart::Regions:
        return kinds(metrics, ownersOf(metrics, endpoints), &WorkerSpan::regions);
    case MonitorChart::PerHour:
    case MonitorChart::SoFar:
        return money(metrics, chart == MonitorChart::SoFar);
    case MonitorChart::Jobs:
        return jobs(metrics);
    case MonitorChart::Queued:
        return points(metrics, &JobPoint::queued);
    case MonitorChart::FirstStep:
        return points(metrics, &JobPoint::firstStep);
    case MonitorChart::Ran:
        return points(metrics, &JobPoint::ran);
    }
    return {};
}

ChartData MonitorCharts::workers(const QList<DeploymentMetrics>& metrics, const QList<int>& owners)
{
    ChartData data;
    data.series = {{tr("At work"), ChartInk::Good}, {tr("Idle"), ChartInk::First}, {tr("Starting"), ChartInk::Warning},
        {tr("Waiting for a GPU"), ChartInk::Neutral}, {tr("Unhealthy"), ChartInk::Bad}};
    data.steps = summedSpans(
        metrics, owners, static_cast<int>(data.series.size()), [](const DeploymentMetrics&, const WorkerSpan& span) {
            const WorkerCounts& counts = span.workers;
            return QList<double>{double(counts.running), double(counts.idle), double(counts.initializing),
                double(counts.throttled), double(counts.unhealthy)};
        });
    // Trouble that does not happen needs no entry; all is from the back, so that the others keep their patterns.
    for (qsizetype last = data.series.size() - 1; last > 2; --last) {
        const bool isMet = std::any_of(data.steps.cbegin(), data.steps.cend(),
            [last](const ChartStep& step) { return step.values.at(last) > 0.0; });
        if (isMet)
            break;
        data.series.removeLast();
        for (ChartStep& step : data.steps)
            step.values.removeLast();
    }
    return data;
}

ChartData MonitorCharts::kinds(
    const QList<DeploymentMetrics>& metrics, const QList<int>& owners, QMap<QString, int> WorkerSpan::*counts)
{
    QMap<QString, bool> found;
    for (const DeploymentMetrics& of : metrics) {
        for (const WorkerSpan& span : of.workers) {
            for (auto it = (span.*counts).cbegin(); it != (span.*counts).cend(); ++it)
                found.insert(it.key(), true);
        }
    }
    const QList<QString> names = namesOf(found);
    ChartData data;
    if (names.isEmpty() || (names.size() == 1 && names.first().isEmpty()))
        return data; // nobody tells it
    for (qsizetype place = 0; place < std::min(names.size(), kMostKinds); ++place) {
        const bool isRest = place == kMostKinds - 1 && names.size() > kMostKinds;
        const QString& name = names.at(place);
        data.series.append({isRest ? tr("Others") : name.isEmpty() ? tr("Not told") : name, inkAt(place)});
    }
    const auto count = static_cast<int>(data.series.size());
    data.steps = summedSpans(metrics, owners, count, [&](const DeploymentMetrics&, const WorkerSpan& span) {
        QList<double> figures(count, 0.0);
        for (auto it = (span.*counts).cbegin(); it != (span.*counts).cend(); ++it)
            figures[placeOf(names, it.key())] += it.value();
        return figures;
    });
    return data;
}

ChartData MonitorCharts::jobs(const QList<DeploymentMetrics>& metrics)
{
    ChartData data;
    data.series = {{tr("Running"), ChartInk::Good}, {tr("Waiting"), ChartInk::Warning}};
    data.steps = summedSpans(metrics, {}, 2, [](const DeploymentMetrics&, const WorkerSpan& span) {
        return QList<double>{double(span.jobsRunning), double(span.jobsWaiting)};
    });
    const bool isUsed = std::any_of(data.steps.cbegin(), data.steps.cend(),
        [](const ChartStep& step) { return step.values.at(0) > 0.0 || step.values.at(1) > 0.0; });
    return isUsed ? data : ChartData{};
}

QList<AccountId> MonitorCharts::purses(const QList<DeploymentMetrics>& metrics)
{
    QList<AccountId> found;
    QStringList words;
    for (const QString& purse : {u"real"_s, u"play"_s}) {
        for (const DeploymentMetrics& of : metrics) {
            if (purseOf(of.target) == purse && !words.contains(purse)) {
                words.append(purse);
                found.append(of.target);
            }
        }
    }
    return found;
}

ChartData MonitorCharts::money(const QList<DeploymentMetrics>& metrics, bool soFar)
{
    const QList<AccountId> found = purses(metrics);
    const auto count = static_cast<int>(found.size());
    const auto placeIn = [&](const DeploymentMetrics& of) {
        for (int place = 0; place < count; ++place) {
            if (purseOf(of.target) == purseOf(found.at(place)))
                return place;
        }
        return -1;
    };
    ChartData data;
    data.kind = ChartKind::Line;
    if (count == 0)
        return data;
    for (int place = 0; place < count; ++place)
        data.series.append({found.at(place).isPractice() ? tr("Play money") : tr("Real money"), inkAt(place)});
    if (soFar) {
        data.steps = summedCosts(metrics, count, placeIn);
        return data;
    }
    data.steps = summedSpans(metrics, {}, count, [&](const DeploymentMetrics& of, const WorkerSpan& span) {
        QList<double> figures(count, 0.0);
        if (const int place = placeIn(of); place >= 0)
            figures[place] = span.usdPerHour;
        return figures;
    });
    return data;
}

ChartData MonitorCharts::points(
    const QList<DeploymentMetrics>& metrics, std::optional<std::chrono::milliseconds> JobPoint::*time)
{
    QMap<QString, bool> found;
    QList<std::pair<QString, ChartPoint>> all;
    for (const DeploymentMetrics& of : metrics) {
        for (const JobPoint& job : of.jobs) {
            if (!(job.*time))
                continue;
            found.insert(job.gpu, true);
            all.append({job.gpu, {toMillis(job.at), static_cast<double>((job.*time)->count()) / 1000.0, 0}});
        }
    }
    const QList<QString> names = namesOf(found);
    ChartData data;
    data.kind = ChartKind::Points;
    for (qsizetype place = 0; place < std::min(names.size(), kMostKinds); ++place) {
        const bool isRest = place == kMostKinds - 1 && names.size() > kMostKinds;
        const QString& name = names.at(place);
        data.series.append({isRest ? tr("Others") : name.isEmpty() ? tr("GPU not known") : name, inkAt(place)});
    }
    for (auto& [name, point] : all) {
        point.series = static_cast<int>(placeOf(names, name));
        data.points.append(point);
    }
    std::stable_sort(
        data.points.begin(), data.points.end(), [](const ChartPoint& a, const ChartPoint& b) { return a.at < b.at; });
    return data;
}

QString MonitorCharts::title(MonitorChart chart)
{
    switch (chart) {
    case MonitorChart::Workers:
        return tr("Workers");
    case MonitorChart::Gpus:
        return tr("GPUs by type");
    case MonitorChart::Regions:
        return tr("GPUs by place");
    case MonitorChart::PerHour:
        return tr("Cost per hour");
    case MonitorChart::SoFar:
        return tr("Cost so far");
    case MonitorChart::Jobs:
        return tr("Jobs");
    case MonitorChart::Queued:
        return tr("Wait in the queue");
    case MonitorChart::FirstStep:
        return tr("Time to the first step");
    case MonitorChart::Ran:
        return tr("Run time");
    }
    return {};
}

ValueUnit MonitorCharts::unit(MonitorChart chart)
{
    switch (chart) {
    case MonitorChart::PerHour:
    case MonitorChart::SoFar:
        return ValueUnit::Money;
    case MonitorChart::Queued:
    case MonitorChart::FirstStep:
    case MonitorChart::Ran:
        return ValueUnit::Seconds;
    default:
        return ValueUnit::Count;
    }
}

ScaleWords MonitorCharts::scale(MonitorChart chart, const Format& format)
{
    switch (unit(chart)) {
    case ValueUnit::Money:
        return [format](double usd, double step) {
            int decimals = 2;
            for (double part = step * 100.0; decimals < 6 && part < 0.999; part *= 10.0)
                ++decimals;
            return format.figure(u'$' + QString::number(usd, 'f', decimals));
        };
    case ValueUnit::Seconds:
        return [format](double seconds, double) { return format.duration(asTime(seconds)); };
    case ValueUnit::Count:
        break;
    }
    return [format](double count, double) { return format.integer(static_cast<qint64>(count + 0.5)); };
}

ChartWords MonitorCharts::words(MonitorChart chart, const ChartData& data, const Format& format)
{
    if (unit(chart) != ValueUnit::Money)
        return [plain = scale(chart, format)](double value, qsizetype) { return plain(value, 1.0); };
    const QString playMoney = tr("Play money");
    QList<AccountId> targets;
    for (const ChartSeries& series : data.series)
        targets.append(series.name == playMoney ? AccountId::practice() : AccountId::runpod());
    return [=](double usd, qsizetype series) {
        const AccountId target = targets.value(series, AccountId::practice());
        return chart == MonitorChart::PerHour ? format.moneyPerHour(usd, target) : format.money(usd, target);
    };
}

} // namespace visgate::ui
