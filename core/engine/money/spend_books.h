// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/async.h"
#include "core/domain/money/spend.h"
#include "core/engine/context/engine_context.h"
#include "core/engine/sessions/provider_sessions.h"
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

/// The money of every deployment: counts it from looks at the workers, compares it with the bills, and holds it against
/// the user's limits. Everything is in the store before it is forgotten here. Engine thread only.
class SpendBooks {
public:
    /// Who spends, as the books know them.
    class Spenders {
    public:
        virtual ~Spenders() = default;
        [[nodiscard]] virtual QList<DeploymentRecord> records() const = 0;
        /// A mark was passed, for the first time in its period.
        virtual void onMark(const LimitState& state) = 0;
        /// A limit is reached: what it covers must not go on. Said at each look as long as that is so.
        virtual void onLimit(const LimitState& state, const Error& why) = 0;
        /// Something runs whose price the account has not told yet.
        virtual void onPriceMissing() = 0;
    };
    SpendBooks(EngineContext& context, SpendRepository& store);
    ~SpendBooks();
    /// `spenders` outlives what it is asked for.
    void setSpenders(Spenders& spenders) { m_spenders = &spenders; }

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

    /// Reads what the provider has booked at a target since the last settled hour, one caller after the other.
    Task<Result<void>> readBills(AccountId target, CallFor reason = CallFor::Watching);
    /// The same, not more often than the pace says. True if something was read.
    Task<bool> readBillsIfDue(AccountId target);

    /// Why nothing more may be spent there; `deployment` is empty for a new one.
    [[nodiscard]] std::optional<Error> refusal(const AccountRef& account, const DeploymentId& deployment);
    /// Where "Stop everything" is not done yet. A store that cannot take it does not make it undone.
    [[nodiscard]] QList<PendingStop> pendingStops();
    void setPendingStops(const QList<PendingStop>& stops);
    void endPendingStop(const AccountRef& account);
    enum class Which { Running, All };
    /// Holds the spending against the limits; `All` also that of deployments which cost nothing at the moment.
    void checkLimits(AccountId target, Which which);

    [[nodiscard]] Result<QList<SpendLimit>> limits();
    Result<void> setLimit(const SpendLimit& limit);
    /// Each limit at each target that has spent something, or where it stands at 0.
    [[nodiscard]] Result<QList<LimitState>> limitStates();
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
    void keepBills(AccountId target, const QList<BillingRecord>& bills, TimePoint from, TimePoint to);
    void compareWithBills(AccountId target);
    [[nodiscard]] Result<double> spentSince(AccountId target, TimePoint from);
    [[nodiscard]] double spentBy(const DeploymentId& deployment, AccountId target);
    [[nodiscard]] Result<QList<LimitState>> statesOf(AccountId target, const QList<SpendLimit>& limits, Which which);

    EngineContext& m_context;
    SpendRepository& m_store;
    Spenders* m_spenders = nullptr;
    std::optional<QList<PendingStop>> m_pendingStops; ///< once they have been read
    std::map<DeploymentId, std::unique_ptr<Account>> m_accounts;
    QHash<AccountId, MonotonicPoint> m_checkedAt;
    QHash<AccountId, MonotonicPoint> m_billsReadAt;
    QHash<AccountId, bool> m_readingBills;
    QSet<QString> m_unpriced;           ///< GPU types whose price was asked for already
    QHash<QString, double> m_published; ///< USD an hour by GPU type, of the built-in snapshot; empty until needed
};

/// The error that says which limit stands in the way.
[[nodiscard]] Error limitError(const LimitState& state);

} // namespace visgate
