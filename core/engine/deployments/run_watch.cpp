// SPDX-License-Identifier: GPL-3.0-or-later
// What the account's watch tells a deployment: its endpoint's settings and existence, its workers, its bills.
#include "core/engine/deployments/deployment_run.h"
#include "core/engine/deployments/endpoint_facts.h"
#include "core/engine/jobs/job_runner.h"
#include "core/engine/money/spend_keeper.h"
#include "core/engine/sessions/accounts.h"

#include <algorithm>
#include <utility>

namespace visgate {

using namespace Qt::Literals::StringLiterals;
using std::chrono::seconds;

namespace {

/// How old a published state may get before it is published again for its age alone.
constexpr seconds kShownAge{30};
constexpr qsizetype kMostChanges = 20;
/// A screen says again and again that somebody looks.
constexpr seconds kLookedAt{60};

} // namespace

void DeploymentRun::follow(WatchNeed need)
{
    m_context.watches->of(m_account).follow(*this, m_record.deployment.endpointId, need);
}

WatchNeed DeploymentRun::presentNeed() const
{
    using enum DeploymentStatus;
    const Deployment& d = m_record.deployment;
    if (d.status == CreatingEndpoint || d.status == DownloadingModel || d.status == LoadingModel)
        return WatchNeed::Deploying;
    const bool isLookedAt = m_lookedAtUntil && m_context.config.clock->monotonic() < *m_lookedAtUntil;
    if (m_jobs.hasUnfinished(d.id) || isLookedAt)
        return WatchNeed::Streaming;
    // What is kept always on costs as well before its worker has been seen.
    const bool mayCost = d.workers.total() > 0 || d.workers.min > 0 || m_record.warmIdle.count() > 0;
    return mayCost ? WatchNeed::AtRisk : WatchNeed::InTurn;
}

bool DeploymentRun::isWatched() const
{
    return hasEndpoint() && m_record.wish != Wish::Delete && !isSettled(status())
        && status() != DeploymentStatus::Deleting;
}

void DeploymentRun::look()
{
    m_lookedAtUntil = m_context.config.clock->monotonic() + kLookedAt;
    if (isWatched())
        follow(presentNeed());
}

void DeploymentRun::onListed(const ProviderEndpoint& endpoint, MonotonicPoint asked)
{
    using enum DeploymentStatus;
    if (asked < m_ownChangeAt || m_record.wish == Wish::Delete)
        return; // older than our own last change
    Deployment& d = m_record.deployment;
    const WorkerCounts before = d.workers;
    d.workers.min = endpoint.workersMin;
    d.workers.max = endpoint.workersMax;
    const bool isParked = status() == Ready && m_record.wish == Wish::Run && endpoint.workersMax == 0;
    // One that is paused while another deployment goes on with the endpoint is not woken by that.
    const bool isPaused = status() == Paused && m_record.wish == Wish::Pause
        && !m_context.sharing.isUsedElsewhere(d.endpointId, d.id) && !m_context.sharing.isBeingLeft(d.endpointId, d.id);
    const bool isWoken = (status() == Parked || isPaused) && endpoint.workersMax > 0;
    if (isParked || isWoken) {
        m_mustCheck = true;
        m_waker.wake();
        return;
    }
    if (isChangingEndpoint())
        return; // the list may show our own change already; what the provider answers to it decides
    const bool isNew = noteFacts(factsOf(endpoint));
    if (!isNew && before == d.workers)
        return;
    [[maybe_unused]] const auto saved = save();
    publish();
}

bool DeploymentRun::isChangingEndpoint() const
{
    const bool pauses = m_record.wish == Wish::Pause && status() != DeploymentStatus::Paused;
    const bool resumes = m_record.wish == Wish::Run && (status() == DeploymentStatus::Paused || m_record.wakesParked);
    return pauses || resumes || m_record.newLimits || m_isScaling;
}

/// Compares with what we set or accepted last; what differs was changed elsewhere. It is shown, and it stays.
bool DeploymentRun::noteFacts(const EndpointFacts& facts)
{
    if (m_record.endpointFacts == facts)
        return false;
    const EndpointFacts before = std::exchange(m_record.endpointFacts, facts);
    for (const EndpointChange& change : changesBetween(before, facts, m_context.now())) {
        note(u"warning"_s, u"changed elsewhere: %1 from %2 to %3"_s.arg(change.field, change.before, change.after));
        m_record.deployment.changedElsewhere.append(change);
    }
    while (m_record.deployment.changedElsewhere.size() > kMostChanges)
        m_record.deployment.changedElsewhere.removeFirst();
    return true;
}

void DeploymentRun::acceptEndpoint(const ProviderEndpoint& endpoint)
{
    m_record.deployment.workers.min = endpoint.workersMin;
    m_record.deployment.workers.max = endpoint.workersMax;
    m_record.endpointFacts = factsOf(endpoint);
    m_record.alwaysOnConfirmed = m_record.alwaysOnSent && endpoint.workersMin > 0;
    m_ownChangeAt = m_context.config.clock->monotonic();
    m_context.watches->of(m_account).noteOwnChange(endpoint.id);
}

void DeploymentRun::onMissing(MonotonicPoint asked)
{
    if (asked < m_ownChangeAt || m_record.wish == Wish::Delete)
        return;
    m_mustCheck = true;
    m_waker.wake();
}

void DeploymentRun::onWorkers(const WorkerList& list, TimePoint at, bool changed)
{
    if (m_record.wish == Wish::Delete)
        return;
    onWell();
    const DeploymentCost before = m_record.deployment.cost;
    takeWorkers(list, at);
    if (presentNeed() == WatchNeed::Deploying) {
        m_waker.wake();
        return;
    }
    follow(presentNeed());
    // What it has cost is the same figure everywhere: it is not told later than it is known.
    const bool costs = before != m_record.deployment.cost;
    if (!changed && !costs && m_shownWorkersAt && at - *m_shownWorkersAt < kShownAge)
        return;
    if (changed) {
        [[maybe_unused]] const auto saved = save();
    }
    publish();
}

void DeploymentRun::takeWorkers(const WorkerList& list, TimePoint at)
{
    Deployment& d = m_record.deployment;
    WorkerCounts counts = list.counts;
    counts.min = d.workers.min;
    counts.max = d.workers.max;
    d.workers = counts;
    d.workersSeenAt = at;
    m_lookedAt = m_context.config.clock->monotonic();
    d.waitingFor = counts.throttled > 0 && counts.running + counts.idle + counts.initializing == 0 ? u"gpu"_s : u""_s;
    for (const ProviderWorker& worker : list.workers) {
        if (!worker.gpuTypeId.isEmpty() && d.gpuAllocated != worker.gpuTypeId
            && worker.status != WorkerStatus::Throttled) {
            d.gpuAllocated = worker.gpuTypeId;
            note(u"info"_s, u"GPU obtained: %1"_s.arg(worker.gpuTypeId));
            [[maybe_unused]] const auto kept = m_context.stored(m_context.placements.add({d.target,
                m_context.accounts.poolOf(m_account, worker.gpuTypeId), d.id, m_context.now(), PoolOutcome::Placed}));
        }
        if (!worker.dataCenter.isEmpty())
            d.region = worker.dataCenter;
    }
    m_wasBusy = m_wasBusy || presentNeed() >= WatchNeed::Streaming;
    if (Provider* const service = provider())
        m_workerLogs.follow(list, d.endpointId, service, status(), presentNeed() < WatchNeed::Streaming);
    rememberUnreadLogs();
    if (presentNeed() == WatchNeed::Deploying)
        m_start.onWorkers(list, m_lookedAt);
    m_times.onWorkers(list);
    showImagePull();
    m_context.spend->onWorkers(m_record, list, m_heard);
}

void DeploymentRun::onBills()
{
    const DeploymentCost before = m_record.deployment.cost;
    m_context.spend->refresh(m_record);
    if (before == m_record.deployment.cost)
        return;
    [[maybe_unused]] const auto saved = save();
    publish();
}

/// Where nothing runs it is shown, and not written down: an outage concerns every deployment at once.
void DeploymentRun::onTrouble(const Error& error)
{
    if (m_trouble && m_trouble->code == ErrorCode::KeyNeeded)
        return; // said by whoever looks for the key
    if (presentNeed() != WatchNeed::InTurn) {
        showTrouble(error);
    } else if (!m_trouble || m_trouble->code != error.code) {
        m_trouble = error;
        publish();
    }
}

void DeploymentRun::onWell()
{
    if (m_trouble && m_trouble->code == ErrorCode::KeyNeeded)
        return;
    if (presentNeed() != WatchNeed::InTurn)
        clearTrouble();
    else if (std::exchange(m_trouble, std::nullopt))
        publish();
}

} // namespace visgate
