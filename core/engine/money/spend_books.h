// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/domain/money/spend.h"
#include "core/engine/context/engine_context.h"
#include "core/providers/provider.h"
#include "core/store/spend_repository.h"

#include <QHash>
#include <QList>
#include <QSet>
#include <QString>

#include <map>
#include <memory>
#include <optional>

namespace visgate {

/// The money of every deployment, counted from looks at the workers. Everything is in the store before it is forgotten
/// here. What the provider has booked comes from BillReader, what may be spent is SpendLimits' to say. Engine thread
/// only.
class SpendBooks {
public:
    class Watcher {
    public:
        virtual ~Watcher() = default;
        /// Something more was spent there.
        virtual void onSpent(AccountId target) = 0;
        /// Something runs whose price the account has not told yet.
        virtual void onPriceMissing() = 0;
    };
    SpendBooks(EngineContext& context, SpendRepository& store);
    ~SpendBooks();
    /// `watcher` outlives what it is asked for.
    void setWatcher(Watcher& watcher) { m_watcher = &watcher; }

    /// A look at the workers of the record's endpoint, and those whose log has spoken; brings the record's cost up to
    /// date.
    void onWorkers(DeploymentRecord& record, const WorkerList& list, const QSet<QString>& heard = {});
    /// Its start was given up.
    void onStartGivenUp(DeploymentRecord& record);
    /// A finished job whose worker may have come and gone between two looks.
    void onJob(DeploymentRecord& record, const Job& job);
    /// Nothing of it is left at the provider.
    void onEnded(DeploymentRecord& record);
    /// Brings the record's cost up to date with the bills.
    void refresh(DeploymentRecord& record);
    /// Writes what is only in memory.
    void flush();

    /// The bills of that account have changed in the store.
    void onBilled(AccountId target);

    /// What counts as spent at a target since then, or by one deployment in all its life (USD).
    [[nodiscard]] Result<double> spentSince(AccountId target, TimePoint from);
    [[nodiscard]] double spentBy(const DeploymentId& deployment, AccountId target);
    /// `deployment` empty: all of the target.
    [[nodiscard]] Result<SpendSummary> summary(
        AccountId target, TimePoint from, TimePoint to, const DeploymentId& deployment);
    [[nodiscard]] StartBilling startBilling(AccountId target);
    /// The one price of a GPU: the account's own, else the last one known, else the published one, else the plan's
    /// dearest. Without a type the one that the deployment has got.
    [[nodiscard]] double usdPerHourOf(const DeploymentRecord& record, const QString& gpuTypeId = {});

private:
    struct Account;

    Account& account(const DeploymentId& id, AccountId target);
    [[nodiscard]] std::optional<double> knownPrice(const DeploymentRecord& record, const QString& gpuTypeId) const;
    /// The ids that live on its endpoint, the payer first; at least the record's own.
    [[nodiscard]] QList<DeploymentId> sharing(const DeploymentRecord& record) const;
    /// Workers are counted once: by the payer's meter, which goes on where another one stood.
    void gather(const QList<DeploymentId>& sharing, AccountId target);
    [[nodiscard]] Result<QList<SpendHour>> hoursOf(AccountId target, TimePoint from, TimePoint to);
    void take(DeploymentRecord& record, Account& account, const QList<CostShare>& shares, bool writeNow);
    void showCost(DeploymentRecord& record, Account& account);
    void write(Account& account);
    [[nodiscard]] CostMeter::Rules rulesFor(const DeploymentRecord& record) const;

    EngineContext& m_context;
    SpendRepository& m_store;
    Watcher* m_watcher = nullptr;
    std::map<DeploymentId, std::unique_ptr<Account>> m_accounts;
    QSet<QString> m_unpriced;           ///< GPU types whose price was asked for already
    QHash<QString, double> m_published; ///< USD an hour by GPU type, of the built-in snapshot; empty until needed
};

} // namespace visgate
