// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/domain/deployment/account_endpoint.h"
#include "core/domain/deployment/deployment.h"
#include "core/domain/money/cost.h"
#include "core/domain/storage/volume.h"
#include "core/foundation/clock.h"

#include <QList>
#include <QString>

#include <optional>

// What was spent, on what, and where the brakes are. Plain values that cross threads, and the sums over them.
namespace visgate {

/// What a limit is a limit of. Practice's play money and real money are counted apart; the same limits hold for each.
enum class LimitScope { Deployment, Day, Month };

[[nodiscard]] QString toString(LimitScope scope); ///< "deployment"
[[nodiscard]] std::optional<LimitScope> limitScopeFromString(const QString& text);

/// In USD; unset means no such mark.
struct SpendLimit {
    LimitScope scope = LimitScope::Day;
    DeploymentId deployment; ///< only with scope Deployment; empty: every deployment without a limit of its own
    std::optional<double> tellAtUsd;
    std::optional<double> stopAtUsd;
    bool operator==(const SpendLimit&) const = default;
};

enum class LimitLevel { Below, Tell, Stop };

[[nodiscard]] QString toString(LimitLevel level); ///< "below"
[[nodiscard]] std::optional<LimitLevel> limitLevelFromString(const QString& text);

/// Where the spending stands against one limit; also what is announced when a mark is passed.
struct LimitState {
    SpendLimit limit;
    AccountId target = AccountId::practice();
    double spentUsd = 0.0;
    LimitLevel level = LimitLevel::Below;
    bool operator==(const LimitState&) const = default;
};

[[nodiscard]] LimitLevel levelOf(const SpendLimit& limit, double spentUsd);

/// One deployment's money in one hour.
struct SpendHour {
    DeploymentId deployment;
    AccountId target = AccountId::practice();
    TimePoint hour; ///< its beginning
    QList<CostShare> shares;
    std::optional<double> billedUsd; ///< as the provider has booked it so far
    bool settled = false;            ///< the provider will not change it any more

    /// The bill where it is settled; else the dearer of what was seen and what is booked already.
    [[nodiscard]] double countedUsd(StartBilling reading) const;
};

/// One deployment in a period.
struct DeploymentSpend {
    DeploymentId deployment;
    QString modelId;
    double estimatedUsd = 0.0;
    std::optional<double> billedUsd;
    double countedUsd = 0.0;
    bool operator==(const DeploymentSpend&) const = default;
};

/// "How much, and why" for one target and a period.
struct SpendSummary {
    AccountId target = AccountId::practice();
    TimePoint from;
    TimePoint to;
    double estimatedUsd = 0.0;
    std::optional<double> billedUsd; ///< of the hours that have a bill
    double countedUsd = 0.0;         ///< what limits go by
    double correctionUsd = 0.0;      ///< settled bills less what was estimated for the same hours
    double settledUsd = 0.0;         ///< part of countedUsd that is settled
    double usdPerHourNow = 0.0;
    double usdPerHourElsewhere = 0.0; ///< besides: the least that endpoints cost which are not ours
    StartBilling startBilling = StartBilling::Unknown;
    QList<CostShare> causes; ///< the estimate's parts, dearest first
    QList<DeploymentSpend> deployments;
    int pictures = 0; ///< finished in the period
    bool operator==(const SpendSummary&) const = default;
};

[[nodiscard]] SpendSummary summarize(
    AccountId target, TimePoint from, TimePoint to, const QList<SpendHour>& hours, StartBilling reading);

/// A month of 30 days.
struct MonthForecast {
    double picturesPerDay = 0.0;
    double usdPerPicture = 0.0; ///< everything that a picture has cost so far: start, picture, idle time
    double standingUsd = 0.0;   ///< volumes, and what stays up whether pictures are made or not
    double totalUsd = 0.0;
    bool fromHistory = false; ///< else from the price on the button
    bool operator==(const MonthForecast&) const = default;
};

/// From what was spent in a period; where no picture was made in it, from the price of a first one at
/// `firstPictureUsd`. `standingUsdPerHour` is what workers cost that always run, `volumesUsd` what volumes cost a
/// month.
[[nodiscard]] MonthForecast forecastMonth(const SpendSummary& summary, double picturesPerDay, double firstPictureUsd,
    double standingUsdPerHour, double volumesUsd = 0.0);

struct SpendQuery {
    AccountId target = AccountId::runpod();
    TimePoint from;
    TimePoint to;
    DeploymentId deployment;              ///< empty: all of the target
    std::optional<double> picturesPerDay; ///< for the forecast; unset: as many as in the period
    bool asKnown = false;                 ///< from what is known already: nobody is asked for bills or volumes
    bool operator==(const SpendQuery&) const = default;
};

struct SpendReport {
    SpendSummary summary;
    MonthForecast forecast;             ///< with the volumes
    std::optional<VolumeSpend> volumes; ///< of the whole target; unset: not known, or one deployment was asked for
    bool operator==(const SpendReport&) const = default;
};

/// "Stop everything", asked for and not yet done at this account.
struct PendingStop {
    AccountId target = AccountId::practice();
    QString requestKeyHash; ///< of an account whose key came with a request; empty: the stored key's
    TimePoint askedAt;
    bool operator==(const PendingStop&) const = default;
};

/// What became of "Stop everything".
struct StopReport {
    struct Endpoint {
        AccountId target = AccountId::practice();
        EndpointId id;
        QString name;
        int workersLeft = 0;
        bool stopped = false; ///< max 0, and no worker runs
        EndpointOwner owner = EndpointOwner::Ours;
        bool operator==(const Endpoint&) const = default;
    };
    /// An account that could not be asked, or not to the end.
    struct Unreached {
        AccountId target = AccountId::practice();
        bool ofRequestKey = false; ///< its key came with a request
        Error why;
        bool isQueued = true; ///< the wish is kept for it; not where nothing that it could stop is recorded
        bool operator==(const Unreached&) const = default;
    };
    TimePoint askedAt;
    QList<Endpoint> endpoints;
    QList<Unreached> unreachable;
    [[nodiscard]] bool isDone() const;
    bool operator==(const StopReport&) const = default;
};

} // namespace visgate
