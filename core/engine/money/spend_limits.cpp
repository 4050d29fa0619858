// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/engine/money/spend_limits.h"

#include "core/engine/context/account_book.h"
#include "core/engine/money/pending_stops.h"
#include "core/engine/money/spend_books.h"
#include "core/engine/sessions/provider_sessions.h"
#include "core/store/spend_repository.h"

#include <QDateTime>

#include <algorithm>
#include <utility>

namespace visgate {

using namespace Qt::Literals::StringLiterals;
using namespace std::chrono_literals;

namespace {

constexpr auto kCheckEvery = 2s;

TimePoint startOfDay(TimePoint now)
{
    const QDateTime local = QDateTime::fromMSecsSinceEpoch(toMicroseconds(now) / 1000);
    return fromMicroseconds(local.date().startOfDay().toMSecsSinceEpoch() * 1000);
}

TimePoint startOfMonth(TimePoint now)
{
    const QDate today = QDateTime::fromMSecsSinceEpoch(toMicroseconds(now) / 1000).date();
    return fromMicroseconds(QDate(today.year(), today.month(), 1).startOfDay().toMSecsSinceEpoch() * 1000);
}

/// The period that a mark is announced in once.
QString periodOf(LimitScope scope, TimePoint now)
{
    const QDate today = QDateTime::fromMSecsSinceEpoch(toMicroseconds(now) / 1000).date();
    switch (scope) {
    case LimitScope::Deployment:
        return u"ever"_s;
    case LimitScope::Day:
        return today.toString(Qt::ISODate);
    case LimitScope::Month:
        return today.toString(u"yyyy-MM"_s);
    }
    return {};
}

/// In cents; what is less than one, as it was set.
QString dollars(double usd)
{
    return usd < 0.01 ? u"$%1"_s.arg(usd, 0, 'g', 3) : u"$%1"_s.arg(usd, 0, 'f', 2);
}

} // namespace

Error limitError(const LimitState& state)
{
    const ErrorCode code = state.limit.scope == LimitScope::Deployment ? ErrorCode::DeploymentLimitReached
        : state.limit.scope == LimitScope::Day                         ? ErrorCode::DayLimitReached
                                                                       : ErrorCode::MonthLimitReached;
    return Error{code, {}, 0, {}, {dollars(state.limit.stopAtUsd.value_or(0.0)).toStdString()}};
}

Result<QList<LimitState>> SpendLimits::statesOf(AccountId target, const QList<SpendLimit>& limits, Which which)
{
    QList<LimitState> states;
    const auto add = [&](const SpendLimit& limit, const Result<double>& spent) {
        if (spent)
            states.append({limit, target, *spent, levelOf(limit, *spent)});
        return spent.has_value();
    };
    const QList<DeploymentRecord> records = m_covered ? m_covered->records() : QList<DeploymentRecord>();
    for (const SpendLimit& limit : limits) {
        if (limit.scope == LimitScope::Day || limit.scope == LimitScope::Month) {
            const TimePoint from
                = limit.scope == LimitScope::Day ? startOfDay(m_context.now()) : startOfMonth(m_context.now());
            const auto spent = m_books.spentSince(target, from);
            if (!add(limit, spent))
                return fail(spent.error());
            continue;
        }
        for (const DeploymentRecord& record : records) {
            const DeploymentId& id = record.deployment.id;
            const bool hasOwn = limit.deployment.isEmpty()
                && std::any_of(
                    limits.begin(), limits.end(), [&](const SpendLimit& other) { return other.deployment == id; });
            const bool isAsked = which == Which::All || record.deployment.cost.usdPerHourNow > 0.0;
            if (!isAsked || record.deployment.target != target || hasOwn
                || (!limit.deployment.isEmpty() && limit.deployment != id))
                continue;
            SpendLimit one = limit;
            one.deployment = id;
            add(one, m_books.spentBy(id, target));
        }
    }
    return states;
}

void SpendLimits::check(AccountId target, Which which)
{
    const MonotonicPoint now = m_context.config.clock->monotonic();
    const auto last = m_checkedAt.constFind(target);
    if (which == Which::Running && last != m_checkedAt.cend() && now - *last < kCheckEvery)
        return;
    m_checkedAt[target] = now;
    const auto limits = m_store.limits();
    if (!limits || limits->isEmpty())
        return;
    const auto states = statesOf(target, *limits, which);
    if (!states) // an unreadable store says so elsewhere; it must not look like a limit
        return;
    for (const LimitState& state : *states) {
        if (state.level == LimitLevel::Below)
            continue;
        const auto isNew = m_store.announce(state, periodOf(state.limit.scope, m_context.now()));
        if (isNew && *isNew && m_covered)
            m_covered->onMark(state);
        if (state.level == LimitLevel::Stop && m_covered)
            m_covered->onLimit(state, limitError(state));
    }
}

std::optional<Error> SpendLimits::refusal(const AccountRef& account, const DeploymentId& deployment)
{
    if (m_stops.isPendingAt(account))
        return Error{ErrorCode::StopUnderWay, {}, 0, {}, {}};
    const auto limits = m_store.limits();
    const auto states
        = limits ? statesOf(account.target, *limits, Which::All) : Result<QList<LimitState>>(fail(limits.error()));
    if (!states)
        return states.error();
    for (const LimitState& state : *states) {
        const bool covers = state.limit.scope != LimitScope::Deployment || state.limit.deployment == deployment;
        if (covers && state.level == LimitLevel::Stop)
            return limitError(state);
    }
    return std::nullopt;
}

Result<QList<SpendLimit>> SpendLimits::limits()
{
    return m_store.limits();
}

Result<void> SpendLimits::setLimit(const SpendLimit& limit)
{
    const auto isBad = [](const std::optional<double>& mark) { return mark && (*mark <= 0.0 || *mark > 1e6); };
    if (isBad(limit.tellAtUsd) || isBad(limit.stopAtUsd)
        || (limit.tellAtUsd && limit.stopAtUsd && *limit.tellAtUsd > *limit.stopAtUsd))
        return fail(ErrorCode::InvalidRequest, "tell_at_usd, stop_at_usd");
    if (!limit.deployment.isEmpty() && limit.scope != LimitScope::Deployment)
        return fail(ErrorCode::InvalidRequest, "deployment_id");
    auto set = m_context.stored(m_store.setLimit(limit));
    if (!set)
        return set;
    for (const ProviderAccount& account : m_context.book.all())
        check(account.id, Which::All);
    return {};
}

Result<QList<LimitState>> SpendLimits::states()
{
    const auto limits = m_store.limits();
    if (!limits)
        return fail(limits.error());
    QList<LimitState> all;
    for (const ProviderAccount& account : m_context.book.all()) {
        auto states = statesOf(account.id, *limits, Which::All);
        if (!states)
            return states;
        all = *states + all; // real money first
    }
    return all;
}

} // namespace visgate
