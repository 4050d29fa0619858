// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/engine/money/bill_reader.h"

#include "core/engine/money/spend_books.h"
#include "core/engine/sessions/provider_sessions.h"
#include "core/store/spend_repository.h"

#include <algorithm>
#include <utility>

namespace visgate {

using namespace std::chrono_literals;

namespace {

/// After so long the provider is taken to have booked all of an hour.
constexpr auto kSettledAfter = 6h;
/// Hourly books are asked for in pieces of at most this (the provider answers longer ones by the day).
constexpr auto kLongestPiece = 71h;
constexpr auto kLearnsFrom = 24h * 30;
constexpr std::chrono::milliseconds kTurn{50};
/// What was not booked by then never will be; the estimate stands.
constexpr auto kFarthestBack = 24h * 4;

} // namespace

Task<bool> BillReader::readIfDue(AccountId target)
{
    const auto last = m_readAt.constFind(target);
    const auto pause = m_context.pace(target).billing;
    if (last != m_readAt.cend() && m_context.config.clock->monotonic() - *last < pause)
        co_return false;
    auto done = co_await read(target);
    co_return done.has_value();
}

Task<Result<void>> BillReader::read(AccountId target, CallFor reason)
{
    Waker waker;
    while (m_isReading.value(target) && !m_context.stopping)
        co_await waker.pause(kTurn);
    if (m_context.stopping || !m_context.accounts.isOpen(target))
        co_return fail(ErrorCode::Cancelled);
    m_readAt[target] = m_context.config.clock->monotonic();
    m_books.flush();
    const auto first = m_store.firstUnsettled(target, m_context.now() - kFarthestBack);
    if (!first)
        co_return fail(first.error());
    if (!*first)
        co_return Result<void>();
    if (!m_context.accounts.provider(target)->billing())
        co_return Result<void>(); // what was counted here stays an estimate
    m_isReading[target] = true;
    TimePoint from = **first;
    Result<void> outcome;
    while (outcome && from < m_context.now()) {
        const TimePoint to = std::min(from + kLongestPiece, m_context.now() + 1min);
        auto bills = co_await m_context.accounts.provider(target)->billing()->readBills(from, to, reason);
        if (m_context.stopping || !m_context.accounts.isOpen(target))
            outcome = fail(ErrorCode::Cancelled);
        else if (!bills)
            outcome = fail(std::move(bills.error()));
        else
            keep(target, *bills, from, to);
        from = to;
    }
    m_isReading[target] = false;
    if (outcome)
        learnFrom(target);
    co_return outcome;
}

void BillReader::keep(AccountId target, const QList<BillingRecord>& bills, TimePoint from, TimePoint to)
{
    const auto hours = m_store.hours(target, from - 1h, to);
    const auto endpoints = m_store.endpoints(target, from - 1h);
    if (!hours || !endpoints)
        return;
    for (const BillingRecord& bill : bills) {
        // Those that counted this endpoint's workers in that hour, each its part; deleted ones are billed as well.
        QList<const SpendHour*> payers;
        double all = 0.0;
        for (const SpendHour& hour : *hours) {
            if (hour.hour != bill.start
                || endpoints->value(QString::fromStdString(hour.deployment.value())) != bill.endpoint)
                continue;
            payers.append(&hour);
            all += estimateUsd(hour.shares, {});
        }
        const bool settled = m_context.now() - bill.end > kSettledAfter;
        for (const SpendHour* const payer : std::as_const(payers)) {
            const double part
                = all > 0.0 ? estimateUsd(payer->shares, {}) / all : 1.0 / static_cast<double>(payers.size());
            [[maybe_unused]] const auto kept
                = m_context.stored(m_store.setBill(payer->deployment, target, bill.start, bill.usd * part, settled));
        }
    }
}

/// Learns from settled bills how starts are billed, and brings the bills to the deployments' own figures.
void BillReader::learnFrom(AccountId target)
{
    StartBillingVotes votes;
    const QString hash = m_context.accounts.userHash(target);
    const auto hours = m_store.hours(target, m_context.now() - kLearnsFrom, m_context.now() + 1h);
    for (const SpendHour& hour : hours.value_or(QList<SpendHour>())) {
        if (!hour.billedUsd || !hour.settled)
            continue;
        double all = 0.0;
        double starts = 0.0;
        for (const CostShare& share : hour.shares) {
            all += share.usd;
            starts += isOfStart(share.cause) ? share.usd : 0.0;
        }
        votes.count(all, starts, *hour.billedUsd);
    }
    [[maybe_unused]] const auto kept = m_context.stored(m_store.setVotes(target, hash, votes));
    m_books.onBilled(target);
}

} // namespace visgate
