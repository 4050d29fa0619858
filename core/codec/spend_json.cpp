// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/codec/enumerations.h"
#include "core/codec/error_json.h"
#include "core/codec/table.h"
#include "core/domain/money/spend.h"

namespace visgate {

using namespace codec;

template <> struct Table<SpendLimit> {
    static auto fields()
    {
        return std::tuple(needed("scope", &SpendLimit::scope), field("deployment_id", &SpendLimit::deployment),
            field("tell_at_usd", &SpendLimit::tellAtUsd), field("stop_at_usd", &SpendLimit::stopAtUsd));
    }
};
template struct Codec<SpendLimit>;

template <> struct Table<LimitState> {
    static auto fields()
    {
        return std::tuple(flat(&LimitState::limit), needed("target", &LimitState::target),
            field("spent_usd", &LimitState::spentUsd), needed("level", &LimitState::level));
    }
};
template struct Codec<LimitState>;

template <> struct Table<CostShare> {
    static auto fields()
    {
        return std::tuple(
            needed("cause", &CostShare::cause), field("seconds", &CostShare::seconds), field("usd", &CostShare::usd));
    }
};
template struct Codec<CostShare>;

template <> struct Table<DeploymentSpend> {
    static auto fields()
    {
        return std::tuple(field("deployment_id", &DeploymentSpend::deployment),
            text("model_id", &DeploymentSpend::modelId), field("estimated_usd", &DeploymentSpend::estimatedUsd),
            field("billed_usd", &DeploymentSpend::billedUsd), field("usd", &DeploymentSpend::countedUsd));
    }
};
template struct Codec<DeploymentSpend>;

template <> struct Table<MonthForecast> {
    static auto fields()
    {
        return std::tuple(field("pictures_per_day", &MonthForecast::picturesPerDay),
            field("usd_per_picture", &MonthForecast::usdPerPicture), field("standing_usd", &MonthForecast::standingUsd),
            field("usd", &MonthForecast::totalUsd), field("from_history", &MonthForecast::fromHistory));
    }
};
template struct Codec<MonthForecast>;

template <> struct Table<VolumeSpend> {
    static auto fields()
    {
        return std::tuple(field("count", &VolumeSpend::volumes), field("unused", &VolumeSpend::unused),
            field("monthly_usd", &VolumeSpend::monthlyUsd));
    }
};
template struct Codec<VolumeSpend>;

template <> struct Table<SpendSummary> {
    static auto fields()
    {
        return std::tuple(needed("target", &SpendSummary::target), needed("from", &SpendSummary::from),
            needed("to", &SpendSummary::to), field("usd", &SpendSummary::countedUsd),
            field("estimated_usd", &SpendSummary::estimatedUsd), field("billed_usd", &SpendSummary::billedUsd),
            field("settled_usd", &SpendSummary::settledUsd), field("correction_usd", &SpendSummary::correctionUsd),
            field("usd_per_hour", &SpendSummary::usdPerHourNow),
            field("usd_per_hour_elsewhere", &SpendSummary::usdPerHourElsewhere),
            word("start_billing", &SpendSummary::startBilling), field("causes", &SpendSummary::causes),
            field("deployments", &SpendSummary::deployments), field("pictures", &SpendSummary::pictures));
    }
};
template struct Codec<SpendSummary>;

template <> struct Table<SpendReport> {
    static auto fields()
    {
        return std::tuple(flat(&SpendReport::summary), field("month", &SpendReport::forecast),
            field("volumes", &SpendReport::volumes));
    }
};
template struct Codec<SpendReport>;

template <> struct Table<StopReport::Endpoint> {
    static auto fields()
    {
        using Endpoint = StopReport::Endpoint;
        return std::tuple(needed("target", &Endpoint::target), field("endpoint_id", &Endpoint::id),
            text("name", &Endpoint::name), field("workers_left", &Endpoint::workersLeft),
            field("stopped", &Endpoint::stopped), word("owner", &Endpoint::owner));
    }
};
template struct Codec<StopReport::Endpoint>;

template <> struct Table<StopReport::Unreached> {
    static auto fields()
    {
        using Unreached = StopReport::Unreached;
        return std::tuple(needed("target", &Unreached::target), field("request_key", &Unreached::ofRequestKey),
            field("queued", &Unreached::isQueued), field("error", &Unreached::why));
    }
};
template struct Codec<StopReport::Unreached>;

template <> struct Table<StopReport> {
    static auto fields()
    {
        return std::tuple(needed("asked_at", &StopReport::askedAt),
            shown("done", [](const StopReport& report) { return QJsonValue(report.isDone()); }),
            field("endpoints", &StopReport::endpoints),
            shown("queued_for",
                [](const StopReport& report) {
                    QJsonArray targets;
                    for (const StopReport::Unreached& account : report.unreachable) {
                        if (const QString target = toString(account.target);
                            account.isQueued && !targets.contains(target))
                            targets.append(target);
                    }
                    return targets;
                }),
            field("unreachable", &StopReport::unreachable));
    }
};
template struct Codec<StopReport>;

} // namespace visgate
