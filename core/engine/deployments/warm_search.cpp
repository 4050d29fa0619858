// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/engine/deployments/warm_search.h"

#include "core/domain/gpu/placement.h"
#include "core/engine/context/account_book.h"
#include "core/engine/creation/warm_match.h"
#include "core/engine/money/pricing.h"
#include "core/engine/preflight/endpoint_env.h"
#include "core/engine/sessions/account_facts.h"
#include "core/engine/sessions/key_history.h"
#include "core/engine/sessions/provider_sessions.h"
#include "core/engine/starts/start_history.h"

#include <algorithm>
#include <cmath>
#include <memory>
#include <utility>

namespace visgate {

using namespace Qt::Literals::StringLiterals;
using std::chrono::milliseconds;

namespace {

constexpr milliseconds kListAge{60'000};
constexpr milliseconds kLookPatience{1'500};

/// A look that may take too long: whoever waits goes on without it, and what it finds then is dropped.
template <typename T> struct Look {
    Waker waker;
    std::optional<T> found;
};

template <typename T> Task<void> lookInto(std::shared_ptr<Look<T>> look, Task<T> task)
{
    T found = co_await task;
    look->found = std::move(found);
    look->waker.wake();
}

/// A worker that waits for work has loaded its model; one that is busy has, if it runs for longer than that takes.
bool hasLoaded(const ProviderWorker& worker, std::chrono::seconds coldStart)
{
    return worker.status == WorkerStatus::Idle
        || (worker.status == WorkerStatus::Running && worker.uptime && *worker.uptime > coldStart);
}

} // namespace

Task<std::optional<WarmSearch::Found>> WarmSearch::find(
    CreateRequest request, QString modelId, std::optional<ModelSpec> preset)
{
    if (request.force)
        co_return std::nullopt;
    auto look = std::make_shared<Look<std::optional<Found>>>();
    m_context.scope.add(
        lookInto<std::optional<Found>>(look, search(std::move(request), std::move(modelId), std::move(preset))));
    if (!look->found)
        co_await look->waker.pause(kLookPatience);
    co_return look->found.value_or(std::nullopt);
}

Task<std::optional<WarmSearch::Found>> WarmSearch::search(
    CreateRequest request, QString modelId, std::optional<ModelSpec> preset)
{
    ProviderSessions& accounts = m_context.accounts;
    const AccountId target = request.target;
    AccountRef account(target);
    if (request.providerKey)
        account = AccountRef(target, accounts.addGuest(target, request.providerKey));
    auto opened = co_await accounts.open(account, request.practiceSpeed);
    if (!opened || m_context.stopping)
        co_return std::nullopt;
    auto list = co_await m_context.facts.endpoints(account, kListAge);
    if (!list || m_context.stopping || !accounts.isOpen(account))
        co_return std::nullopt;
    WarmQuery query;
    query.earlierHashes = earlierHashes(m_context.meta, target);
    const auto revision = m_context.facts.knownRevision(target, modelId, request.revision);
    query.anyRevision = !revision && request.revision.isEmpty();
    const GenerationTask task = request.task.value_or(
        preset ? preset->tasks.value(0, GenerationTask::TextToImage) : GenerationTask::TextToImage);
    query.setup = {accounts.userHash(account), modelId, revision.value_or(request.revision), task,
        workerImage(m_context, target), request.limits, {}};
    if (!request.gpuTier.isEmpty()) {
        // Whether the endpoint is on the GPU that was named can only be told from the offers.
        auto offers = co_await m_context.facts.offers(account);
        if (!offers || m_context.stopping || !accounts.isOpen(account))
            co_return std::nullopt;
        query.gpuPools = planFor(m_context, *offers, preset ? plannedVramGb(*preset) : 0.0, request).pools();
        if (query.gpuPools.isEmpty())
            co_return std::nullopt;
    }
    if (!request.region.isEmpty()) {
        const auto places = co_await m_context.facts.dataCenters(account);
        if (!places || m_context.stopping || !accounts.isOpen(account))
            co_return std::nullopt;
        query.dataCenters = placesNamed(*places, request.region);
    }
    query.limitsAt = [&sharing = m_context.sharing](
                         const EndpointId& endpoint) { return sharing.limitsOutsideWarmTimes(endpoint); };
    auto match = bestMatch(*list, query);
    // The list may be older than a change of limits that was made here.
    if (match && match->name != poolName(modelId)) {
        const EndpointId found = match->id;
        m_context.sharing.forEach(found, {}, [&](const EndpointResident& resident) {
            const EndpointLimits& real = resident.record().deployment.limits;
            if (real.workersMin != request.limits.workersMin || real.workersMax != request.limits.workersMax
                || real.idleTimeout != request.limits.idleTimeout)
                match.reset();
        });
    }
    // Dearer than what was agreed to, or at a price that nobody knows: the run asks for that.
    if (match && request.acceptedUsdPerHour && request.gpuTier.isEmpty()) {
        const double usdPerHour = m_context.facts.dearestOf(account, match->gpuPools);
        const bool isUnknown = usdPerHour <= 0.0 && !m_context.book.descriptor(target).isHere;
        if (isUnknown || usdPerHour > *request.acceptedUsdPerHour)
            co_return std::nullopt;
    }
    // At max 0 it has to be woken first, and that is a step that must survive a crash.
    if (!match || match->workersMax == 0)
        co_return std::nullopt;
    // The list may be older than the moment at which we ourselves put it to sleep.
    if (m_context.sharing.isShared(match->id, DeploymentId())
        && !m_context.sharing.isUsedElsewhere(match->id, DeploymentId()))
        co_return std::nullopt;
    auto workers = co_await accounts.provider(account)->workers(match->id, CallFor::Deployment);
    if (!workers || m_context.stopping)
        co_return std::nullopt;
    Found warm{*match, *workers, {}};
    const std::chrono::seconds coldStart = coldStartOf(preset, target, request.limits);
    if (m_context.sharing.isReadyElsewhere(match->id, DeploymentId()))
        warm.evidence = u"this endpoint has shown it before"_s;
    else if (std::any_of(workers->workers.cbegin(), workers->workers.cend(),
                 [coldStart](const ProviderWorker& worker) { return hasLoaded(worker, coldStart); }))
        warm.evidence = u"a worker of this endpoint is up"_s;
    co_return warm;
}

std::chrono::seconds WarmSearch::coldStartOf(
    const std::optional<ModelSpec>& preset, AccountId target, const EndpointLimits& limits) const
{
    if (!preset)
        return limits.initTimeout;
    const StageSetting setting = settingFor(*preset, {}, target, workerImage(m_context, target));
    double total = 0.0;
    for (const StageBelief& stage : m_context.history->start(setting, StartStage::ModelDownload))
        total += stage.quantile(0.8);
    return std::chrono::seconds(static_cast<std::chrono::seconds::rep>(std::ceil(total)));
}

} // namespace visgate
