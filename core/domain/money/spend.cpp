// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/domain/money/spend.h"

#include <QHash>

#include <algorithm>
#include <array>
#include <utility>

namespace visgate {

namespace {

template <typename Enum, std::size_t size> using Names = std::array<std::pair<Enum, const char*>, size>;

constexpr Names<LimitScope, 3> kScopes{
    {{LimitScope::Deployment, "deployment"}, {LimitScope::Day, "day"}, {LimitScope::Month, "month"}}};
constexpr Names<LimitLevel, 3> kLevels{
    {{LimitLevel::Below, "below"}, {LimitLevel::Tell, "tell"}, {LimitLevel::Stop, "stop"}}};

constexpr double kDaysOfMonth = 30.0;

template <typename Enum, std::size_t size> QString nameOf(const Names<Enum, size>& names, Enum value)
{
    for (const auto& [known, name] : names) {
        if (known == value)
            return QString::fromLatin1(name);
    }
    return {};
}

template <typename Enum, std::size_t size>
std::optional<Enum> valueOf(const Names<Enum, size>& names, const QString& text)
{
    for (const auto& [value, name] : names) {
        if (text == QLatin1String(name))
            return value;
    }
    return std::nullopt;
}

void add(std::optional<double>& sum, const std::optional<double>& value)
{
    if (value)
        sum = sum.value_or(0.0) + *value;
}

} // namespace

QString toString(LimitScope scope)
{
    return nameOf(kScopes, scope);
}

std::optional<LimitScope> limitScopeFromString(const QString& text)
{
    return valueOf(kScopes, text);
}

QString toString(LimitLevel level)
{
    return nameOf(kLevels, level);
}

std::optional<LimitLevel> limitLevelFromString(const QString& text)
{
    return valueOf(kLevels, text);
}

LimitLevel levelOf(const SpendLimit& limit, double spentUsd)
{
    if (limit.stopAtUsd && spentUsd >= *limit.stopAtUsd)
        return LimitLevel::Stop;
    return limit.tellAtUsd && spentUsd >= *limit.tellAtUsd ? LimitLevel::Tell : LimitLevel::Below;
}

double SpendHour::countedUsd(StartBilling reading) const
{
    const double estimated = estimateUsd(shares, reading);
    if (!billedUsd)
        return estimated;
    return settled ? *billedUsd : std::max(estimated, *billedUsd);
}

SpendSummary summarize(
    AccountId target, TimePoint from, TimePoint to, const QList<SpendHour>& hours, StartBilling reading)
{
    SpendSummary summary;
    summary.target = target;
    summary.from = from;
    summary.to = to;
    summary.startBilling = reading;
    QHash<QString, qsizetype> places;
    for (const SpendHour& hour : hours) {
        if (hour.target != target || hour.hour < from || hour.hour >= to)
            continue;
        const double estimated = estimateUsd(hour.shares, reading);
        const double counted = hour.countedUsd(reading);
        summary.estimatedUsd += estimated;
        summary.countedUsd += counted;
        add(summary.billedUsd, hour.billedUsd);
        if (hour.settled && hour.billedUsd) {
            summary.correctionUsd += *hour.billedUsd - estimated;
            summary.settledUsd += *hour.billedUsd;
        }
        const QString id = QString::fromStdString(hour.deployment.value());
        if (!places.contains(id)) {
            places[id] = summary.deployments.size();
            summary.deployments.append({hour.deployment, {}, 0.0, std::nullopt, 0.0});
        }
        DeploymentSpend& deployment = summary.deployments[places.value(id)];
        deployment.estimatedUsd += estimated;
        deployment.countedUsd += counted;
        add(deployment.billedUsd, hour.billedUsd);
        for (const CostShare& share : hour.shares) {
            const auto known = std::find_if(summary.causes.begin(), summary.causes.end(),
                [&](const CostShare& sum) { return sum.cause == share.cause; });
            CostShare& sum
                = known == summary.causes.end() ? summary.causes.emplaceBack(CostShare{share.cause, 0, 0}) : *known;
            sum.seconds += share.seconds;
            sum.usd += reading == StartBilling::Free && isOfStart(share.cause) ? 0.0 : share.usd;
        }
    }
    std::stable_sort(summary.causes.begin(), summary.causes.end(),
        [](const CostShare& a, const CostShare& b) { return a.usd > b.usd; });
    std::stable_sort(summary.deployments.begin(), summary.deployments.end(),
        [](const DeploymentSpend& a, const DeploymentSpend& b) { return a.countedUsd > b.countedUsd; });
    return summary;
}

MonthForecast forecastMonth(const SpendSummary& summary, double picturesPerDay, double firstPictureUsd,
    double standingUsdPerHour, double volumesUsd)
{
    MonthForecast forecast;
    forecast.picturesPerDay = picturesPerDay;
    double kept = 0.0;
    for (const CostShare& share : summary.causes)
        kept += share.cause == CostCause::KeepWarm ? share.usd : 0.0;
    forecast.fromHistory = summary.pictures > 0;
    forecast.usdPerPicture
        = forecast.fromHistory ? std::max(0.0, summary.countedUsd - kept) / summary.pictures : firstPictureUsd;
    forecast.standingUsd = standingUsdPerHour * 24 * kDaysOfMonth + volumesUsd;
    forecast.totalUsd = picturesPerDay * kDaysOfMonth * forecast.usdPerPicture + forecast.standingUsd;
    return forecast;
}

bool StopReport::isDone() const
{
    return unreachable.isEmpty()
        && std::all_of(endpoints.begin(), endpoints.end(), [](const Endpoint& endpoint) { return endpoint.stopped; });
}

} // namespace visgate
