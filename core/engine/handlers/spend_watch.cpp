// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/engine/handlers/spend_watch.h"

#include "core/engine/context/account_book.h"
#include "core/engine/context/publisher.h"
#include "core/engine/deployments/account_endpoints.h"
#include "core/engine/deployments/deployment_table.h"
#include "core/engine/handlers/stop_handlers.h"
#include "core/engine/money/bill_reader.h"
#include "core/engine/sessions/account_facts.h"

#include <algorithm>
#include <chrono>

namespace visgate {

using namespace Qt::Literals::StringLiterals;
using namespace std::chrono_literals;

namespace {

/// Prices move; what runs is counted at one that is no older than this.
constexpr auto kPricesEvery = 10min;
constexpr std::chrono::milliseconds kLongestTurn = 5s;

QString sentenceOf(const LimitState& state)
{
    const bool stops = state.level == LimitLevel::Stop;
    const double mark = (stops ? state.limit.stopAtUsd : state.limit.tellAtUsd).value_or(0.0);
    return (stops ? u"limit reached (%1): $%2 spent, stop at $%3"_s : u"limit in sight (%1): $%2 spent, tell at $%3"_s)
        .arg(toString(state.limit.scope))
        .arg(state.spentUsd, 0, 'f', 4)
        .arg(mark, 0, 'f', 2);
}

bool covers(const LimitState& state, const DeploymentRecord& record)
{
    const Deployment& d = record.deployment;
    return d.target == state.target && (state.limit.scope != LimitScope::Deployment || state.limit.deployment == d.id);
}

} // namespace

SpendWatch::SpendWatch(EngineContext& context, const DeploymentTable& table, const AccountEndpoints& endpoints,
    SpendBooks& spend, SpendLimits& limits, BillReader& bills, StopHandlers& stops)
    : m_context(context), m_table(table), m_endpoints(endpoints), m_limits(limits), m_bills(bills), m_stops(stops)
{
    spend.setWatcher(*this);
    m_limits.setCovered(*this);
}

Task<void> SpendWatch::run()
{
    while (!m_context.stopping) {
        std::chrono::milliseconds turn = kLongestTurn;
        const QList<ProviderAccount> accounts = m_context.book.all();
        for (const ProviderAccount& account : accounts)
            turn = std::min(turn, m_context.pace(account.id).billing);
        co_await m_waker.pause(turn);
        for (const ProviderAccount& account : accounts) {
            if (!m_context.stopping && m_context.accounts.isOpen(account.id))
                co_await look(account.id);
        }
        co_await m_stops.goOn(kLongestTurn);
    }
}

Task<void> SpendWatch::look(AccountId target)
{
    co_await refreshPrices(target);
    if (m_context.stopping)
        co_return;
    const bool wasRead = co_await m_bills.readIfDue(target);
    if (m_context.stopping)
        co_return;
    for (const auto& [id, owner] : m_table.all()) {
        const Deployment& d = owner->record().deployment;
        if (wasRead && d.target == target && d.cost.estimatedUsd > 0.0)
            owner->onBills();
    }
    m_limits.check(target, SpendLimits::Which::Running);
}

bool SpendWatch::costsNow(AccountId target) const
{
    return std::any_of(m_table.all().begin(), m_table.all().end(), [target](const auto& other) {
        const Deployment& d = other.second->record().deployment;
        return d.target == target && d.cost.usdPerHourNow > 0.0;
    });
}

Task<void> SpendWatch::refreshPrices(AccountId target)
{
    const double elsewhere = m_endpoints.usdPerHourElsewhere(target);
    if ((!costsNow(target) && elsewhere <= 0.0) || !m_context.facts.arePricesOlderThan(target, kPricesEvery))
        co_return;
    [[maybe_unused]] auto offers = co_await m_context.facts.offers(target); // failing, the last ones stand
    if (elsewhere > 0.0 && !m_context.stopping)
        m_context.publisher.publishEndpoints(); // their price has
}

QList<DeploymentRecord> SpendWatch::records() const
{
    QList<DeploymentRecord> records;
    for (const auto& [id, owner] : m_table.all())
        records.append(owner->record());
    return records;
}

void SpendWatch::onSpent(AccountId target)
{
    m_limits.check(target, SpendLimits::Which::Running);
}

void SpendWatch::onMark(const LimitState& state)
{
    for (const auto& [id, owner] : m_table.all()) {
        const DeploymentStatus status = owner->record().deployment.status;
        if (covers(state, owner->record()) && !isSettled(status))
            owner->remark(sentenceOf(state));
    }
    m_context.publisher.publish(state);
}

void SpendWatch::onLimit(const LimitState& state, const Error& why)
{
    for (const auto& [id, owner] : m_table.all()) {
        if (covers(state, owner->record()))
            owner->stopSpending(why);
    }
}

} // namespace visgate
