// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/engine/observation/account_news.h"

#include "core/engine/jobs/job_runner.h"
#include "core/engine/money/spend_books.h"
#include "core/engine/run/endpoint_facts.h"
#include "core/engine/sessions/account_facts.h"
#include "core/engine/sessions/account_watches.h"

#include <utility>

namespace visgate {

using namespace Qt::Literals::StringLiterals;
using std::chrono::seconds;

namespace {

/// How old a published state may get before it is published again for its age alone.
constexpr seconds kShownAge{30};
/// A screen says again and again that somebody looks.
constexpr seconds kViewed{60};

} // namespace

AccountNews::AccountNews(RunState& state, RunAccount& account, Listeners listeners)
    : m_state(state), m_account(account), m_listeners(listeners), m_context(state.context()), m_record(state.record())
{
}

AccountNews::~AccountNews()
{
    unfollow();
}

void AccountNews::follow()
{
    m_context.watches->of(m_account.ref()).follow(*this, m_record.deployment.endpointId, presentNeed());
}

void AccountNews::followWhatLives()
{
    const bool isLeaving = m_record.desired == DesiredState::Delete || m_state.is(DeploymentStatus::Deleting);
    if (m_state.hasEndpoint() && !isLeaving && !isSettled(m_state.status()))
        follow();
}

void AccountNews::unfollow()
{
    m_context.watches->of(m_account.ref()).leave(*this);
}

WatchNeed AccountNews::presentNeed() const
{
    const Deployment& d = m_record.deployment;
    if (m_state.isStarting())
        return WatchNeed::Deploying;
    const bool isViewed = m_viewedUntil && m_context.config.clock->monotonic() < *m_viewedUntil;
    if (m_state.jobs().hasUnfinished(d.id) || isViewed)
        return WatchNeed::Streaming;
    // What is kept always on costs as well before its worker has been seen.
    const bool mayCost = d.workers.total() > 0 || d.workers.min > 0 || m_record.warmIdle.count() > 0;
    return mayCost ? WatchNeed::AtRisk : WatchNeed::InTurn;
}

void AccountNews::noteViewed()
{
    m_viewedUntil = m_context.config.clock->monotonic() + kViewed;
    followWhatLives();
}

void AccountNews::onListed(const ProviderEndpoint& endpoint, MonotonicPoint asked)
{
    using enum DeploymentStatus;
    if (asked < m_account.ownChangeAt() || m_record.desired == DesiredState::Delete)
        return; // older than our own last change
    Deployment& d = m_record.deployment;
    const WorkerCounts before = d.workers;
    d.workers.min = endpoint.workersMin;
    d.workers.max = endpoint.workersMax;
    const bool isParked = m_state.is(Ready) && m_record.desired == DesiredState::Run && endpoint.workersMax == 0;
    // One that is paused while another deployment goes on with the endpoint is not woken by that.
    const bool isPaused = m_state.is(Paused) && m_record.desired == DesiredState::Pause
        && !m_context.sharing.isUsedElsewhere(d.endpointId, d.id) && !m_context.sharing.isBeingLeft(d.endpointId, d.id);
    const bool isWoken = (m_state.is(Parked) || isPaused) && endpoint.workersMax > 0;
    if (isParked || isWoken) {
        m_listeners.check.demand();
        m_state.wake();
        return;
    }
    if (isChangingEndpoint())
        return; // the list may show our own change already; what the provider answers to it decides
    const bool isNew = m_listeners.check.noteFacts(factsOf(endpoint));
    if (!isNew && before == d.workers)
        return;
    [[maybe_unused]] const auto saved = m_state.save();
    m_state.publish();
}

bool AccountNews::isChangingEndpoint() const
{
    const bool pauses = m_record.desired == DesiredState::Pause && !m_state.is(DeploymentStatus::Paused);
    const bool resumes
        = m_record.desired == DesiredState::Run && (m_state.is(DeploymentStatus::Paused) || m_record.wakesParked);
    return pauses || resumes || m_record.newLimits || m_listeners.scaling.isUnderWay();
}

void AccountNews::onMissing(MonotonicPoint asked)
{
    if (asked < m_account.ownChangeAt() || m_record.desired == DesiredState::Delete)
        return;
    m_listeners.check.demand();
    m_state.wake();
}

void AccountNews::onWorkers(const WorkerList& list, TimePoint at, bool changed)
{
    if (m_record.desired == DesiredState::Delete)
        return;
    onWell();
    const DeploymentCost before = m_record.deployment.cost;
    takeWorkers(list, at);
    if (presentNeed() == WatchNeed::Deploying) {
        m_state.wake();
        return;
    }
    follow();
    // What it has cost is the same figure everywhere: it is not told later than it is known.
    const bool costs = before != m_record.deployment.cost;
    if (!changed && !costs && m_state.shownWorkersAt() && at - *m_state.shownWorkersAt() < kShownAge)
        return;
    if (changed) {
        [[maybe_unused]] const auto saved = m_state.save();
    }
    m_state.publish();
}

void AccountNews::takeWorkers(const WorkerList& list, TimePoint at)
{
    Deployment& d = m_record.deployment;
    WorkerCounts counts = list.counts;
    counts.min = d.workers.min;
    counts.max = d.workers.max;
    d.workers = counts;
    d.workersSeenAt = at;
    m_lookedAt = m_context.config.clock->monotonic();
    d.waitingFor = counts.throttled > 0 && counts.running + counts.idle + counts.initializing == 0 ? u"gpu"_s : u""_s;
    for (const ProviderWorker& worker : list.workers)
        takeWhere(worker);
    m_listeners.logs.onWorkers(list, presentNeed());
    m_listeners.start.onWorkers(list, m_lookedAt);
    m_state.countCost(list);
}

/// On which GPU it runs, and in which place.
void AccountNews::takeWhere(const ProviderWorker& worker)
{
    Deployment& d = m_record.deployment;
    if (!worker.gpuTypeId.isEmpty() && d.gpuAllocated != worker.gpuTypeId && worker.status != WorkerStatus::Throttled) {
        d.gpuAllocated = worker.gpuTypeId;
        m_state.note(u"info"_s, u"GPU obtained: %1"_s.arg(worker.gpuTypeId));
        const QString pool = m_context.facts.poolOf(m_account.ref(), worker.gpuTypeId);
        [[maybe_unused]] const auto kept
            = m_context.stored(m_context.placements.add({d.target, pool, d.id, m_context.now(), PoolOutcome::Placed}));
    }
    if (!worker.dataCenter.isEmpty())
        d.region = worker.dataCenter;
}

void AccountNews::onBills()
{
    const DeploymentCost before = m_record.deployment.cost;
    m_context.spend->refresh(m_record);
    if (before == m_record.deployment.cost)
        return;
    [[maybe_unused]] const auto saved = m_state.save();
    m_state.publish();
}

/// Where nothing runs it is shown, and not written down: an outage concerns every deployment at once.
void AccountNews::onTrouble(const Error& error)
{
    if (m_state.lacksKey())
        return; // said by whoever looks for the key
    if (presentNeed() != WatchNeed::InTurn) {
        m_state.showTrouble(error);
        return;
    }
    m_state.showPassingTrouble(error);
}

void AccountNews::onWell()
{
    if (m_state.lacksKey())
        return;
    if (presentNeed() != WatchNeed::InTurn)
        m_state.clearTrouble();
    else
        m_state.clearPassingTrouble();
}

} // namespace visgate
