// SPDX-License-Identifier: GPL-3.0-or-later
// "Stop everything": maximum 0 at every endpoint of ours, then reading back until no worker runs. The wish is on disk
// before the first call, so that a target that cannot be reached now is stopped when it can be.
#include "core/engine/engine_parts.h"
#include "core/engine/error_kinds.h"
#include "core/engine/naming.h"

#include <algorithm>
#include <utility>

namespace visgate {

using namespace Qt::Literals::StringLiterals;
using namespace std::chrono_literals;

namespace {

constexpr std::chrono::milliseconds kStopPatience = 60s;
constexpr std::chrono::milliseconds kTurn = 200ms;
/// An idle worker beyond its idle time-out is only remembered by the provider, and costs nothing.
constexpr std::chrono::seconds kIdleSlack{10};

} // namespace

Task<Result<StopReport>> EngineCore::stopEverything()
{
    const auto report = std::make_shared<StopReport>();
    report->askedAt = m_context->now();
    // A store that cannot take it does not keep the rest from being stopped.
    [[maybe_unused]] const auto kept = m_context->stored(m_parts->spendRows.setPendingStop(report->askedAt));
    m_context->at("stop_all.committed");
    const Error byUser{ErrorCode::Cancelled, {}, 0, {}, {}};
    for (const auto& [id, owner] : m_runs)
        owner->stopSpending(byUser);
    co_await stopRound(report, kStopPatience);
    if (m_context->stopping)
        co_return fail(ErrorCode::Cancelled);
    co_return *report;
}

Task<void> EngineCore::stopRound(std::shared_ptr<StopReport> report, std::chrono::milliseconds patience)
{
    m_isStoppingAll = true;
    const auto left = std::make_shared<int>(0);
    for (const Target target : {Target::Practice, Target::Runpod}) {
        ++*left;
        m_scope.add([](EngineCore* core, Target where, std::shared_ptr<StopReport> into,
                        std::chrono::milliseconds limit, std::shared_ptr<int> count) -> Task<void> {
            co_await core->stopTarget(where, std::move(into), limit);
            --*count;
        }(this, target, report, patience, left));
    }
    Waker waker;
    while (*left > 0)
        co_await waker.pause(kTurn);
    m_isStoppingAll = false;
    if (m_context->stopping)
        co_return;
    if (report->isDone()) [[maybe_unused]]
        const auto done = m_context->stored(m_parts->spendRows.setPendingStop(std::nullopt));
    Q_EMIT stopProgressed(*report);
}

Task<void> EngineCore::stopTarget(Target target, std::shared_ptr<StopReport> report, std::chrono::milliseconds patience)
{
    // Practice's workers live in its own process: where it does not run and nothing of ours is known, nothing is there.
    const bool isKnown = std::any_of(m_runs.begin(), m_runs.end(),
        [target](const auto& other) { return other.second->record().deployment.target == target; });
    if (target == Target::Practice && !isKnown && !m_parts->accounts.isOpen(target))
        co_return;
    auto opened = co_await m_parts->accounts.open(target, 0.0);
    if (!opened && opened.error().code == ErrorCode::KeyMissing)
        co_return; // no account, nothing of ours
    if (m_context->stopping || !opened || !m_parts->accounts.isOpen(target)) {
        report->unreachable.append(target);
        co_return;
    }
    auto list = co_await m_parts->accounts.provider(target)->listEndpoints(CallFor::Deployment);
    if (m_context->stopping || !list || !m_parts->accounts.isOpen(target)) {
        report->unreachable.append(target);
        co_return;
    }
    const auto left = std::make_shared<int>(0);
    for (const ProviderEndpoint& endpoint : *list) {
        const bool isRecorded = std::any_of(m_runs.begin(), m_runs.end(),
            [&](const auto& other) { return other.second->record().deployment.endpointId == endpoint.id; });
        if (!isRecorded && !isOurName(endpoint.name, m_parts->accounts.userHash(target)))
            continue;
        const qsizetype place = report->endpoints.size();
        report->endpoints.append({target, endpoint.id, endpoint.name, 0, false});
        ++*left;
        m_scope.add([](EngineCore* core, ProviderEndpoint one, qsizetype index, std::shared_ptr<StopReport> into,
                        std::chrono::milliseconds limit, std::shared_ptr<int> count) -> Task<void> {
            co_await core->stopEndpoint(std::move(one), index, std::move(into), limit);
            --*count;
        }(this, endpoint, place, report, patience, left));
    }
    Waker waker;
    while (*left > 0)
        co_await waker.pause(kTurn);
}

Task<void> EngineCore::stopEndpoint(
    ProviderEndpoint endpoint, qsizetype place, std::shared_ptr<StopReport> report, std::chrono::milliseconds patience)
{
    const Target target = report->endpoints.at(place).target;
    const MonotonicPoint begin = m_config.clock->monotonic();
    const auto idle = std::max(endpoint.idleTimeout, std::chrono::seconds(1));
    const EnginePace pace = m_context->pace(target);
    bool isZero = endpoint.workersMax == 0;
    Waker waker;
    while (!m_context->stopping && m_parts->accounts.isOpen(target) && m_config.clock->monotonic() - begin < patience) {
        if (!isZero) {
            auto scaled = co_await m_parts->accounts.provider(target)->scale(endpoint.id, 0, 0, idle);
            if (m_context->stopping || !m_parts->accounts.isOpen(target))
                co_return;
            isZero = scaled ? scaled->workersMax == 0 : isGone(scaled.error());
        }
        if (isZero) {
            auto list = co_await m_parts->accounts.provider(target)->workers(endpoint.id, CallFor::Deployment);
            if (m_context->stopping)
                co_return;
            const bool isRemembered = m_config.clock->monotonic() - begin > idle * 2 + kIdleSlack;
            if (list) {
                const WorkerCounts& counts = list->counts;
                report->endpoints[place].workersLeft = counts.running + counts.initializing + counts.unhealthy
                    + counts.throttled + (isRemembered ? 0 : counts.idle);
            }
            report->endpoints[place].stopped
                = list ? report->endpoints.at(place).workersLeft == 0 : isGone(list.error());
            if (report->endpoints.at(place).stopped)
                co_return;
        }
        co_await waker.pause(std::min<std::chrono::milliseconds>(pace.confirm, kTurn * 5));
    }
}

} // namespace visgate
