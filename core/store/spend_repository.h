// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/domain/money/spend.h"
#include "core/foundation/result.h"

#include <QHash>
#include <QList>
#include <QString>

#include <optional>

namespace visgate {

class Database;

/// What was spent, hour by hour, what the provider booked for it, and the limits.
class SpendRepository {
public:
    explicit SpendRepository(Database& database);

    /// Adds to the hour, and remembers how far each worker has been counted, in one transaction.
    [[nodiscard]] Result<void> add(const DeploymentId& deployment, AccountId target, TimePoint hour,
        const QList<CostShare>& shares, const QList<CostMeter::Worker>& workers);
    /// The workers that were counted when this was last written.
    [[nodiscard]] Result<QList<CostMeter::Worker>> workers(const DeploymentId& deployment);
    /// `settled`: the provider will not change it any more.
    [[nodiscard]] Result<void> setBill(
        const DeploymentId& deployment, AccountId target, TimePoint hour, double usd, bool settled);
    /// Hours from `from` on, of every deployment or of one.
    [[nodiscard]] Result<QList<SpendHour>> hours(AccountId target, TimePoint from, TimePoint to);
    [[nodiscard]] Result<QList<SpendHour>> hours(const DeploymentId& deployment);
    /// The earliest hour that something was spent in and whose bill is not settled.
    [[nodiscard]] Result<std::optional<TimePoint>> firstUnsettled(AccountId target, TimePoint notBefore);
    /// The endpoints of the deployments that spent something since then, by deployment id; deleted ones too.
    [[nodiscard]] Result<QHash<QString, EndpointId>> endpoints(AccountId target, TimePoint from);

    [[nodiscard]] Result<QList<SpendLimit>> limits();
    /// Replaces the limit of that scope and deployment; one without marks is forgotten.
    [[nodiscard]] Result<void> setLimit(const SpendLimit& limit);
    /// True the first time: a mark is announced once a period, also over restarts.
    [[nodiscard]] Result<bool> announce(const LimitState& state, const QString& period);

    [[nodiscard]] Result<StartBillingVotes> votes(AccountId target, const QString& userHash);
    [[nodiscard]] Result<void> setVotes(AccountId target, const QString& userHash, const StartBillingVotes& votes);
    /// The accounts at which "Stop everything" is not done yet.
    [[nodiscard]] Result<QList<PendingStop>> pendingStops();
    [[nodiscard]] Result<void> setPendingStops(const QList<PendingStop>& stops);

private:
    [[nodiscard]] Result<QList<SpendHour>> read(const QString& where, const QVariantList& values);
    Database& m_database;
};

} // namespace visgate
