// SPDX-License-Identifier: GPL-3.0-or-later
// The warm path: an endpoint that stands already is taken over instead of making another one.
#include "core/domain/gpu/placement.h"
#include "core/engine/deployments/warm_match.h"
#include "core/engine/handlers/engine_core.h"
#include "core/engine/handlers/engine_parts.h"
#include "core/engine/money/pricing.h"
#include "core/engine/preflight/endpoint_env.h"
#include "core/engine/sessions/key_history.h"
#include "core/engine/starts/start_history.h"
#include "core/operations/deployments.h"

#include <algorithm>
#include <cmath>
#include <utility>

namespace visgate {

using namespace Qt::Literals::StringLiterals;
using std::chrono::milliseconds;

namespace {

constexpr milliseconds kListAge{60'000};
constexpr milliseconds kLookPatience{1'500};
constexpr auto kLongestWhile = std::chrono::hours(24 * 31);

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

Result<void> checkPool(const PoolPolicy& policy, bool keyFromRequest, TimePoint now)
{
    if (auto checked = checkPolicy(policy); !checked)
        return checked;
    const auto invalid = [](const char* detail) {
        return fail(Error{ErrorCode::InvalidRequest, detail, 0, {}, {"pool"}});
    };
    if (policy.keepUntil && (*policy.keepUntil <= now || *policy.keepUntil > now + kLongestWhile))
        return invalid("keep_until is within the next 31 days");
    // Its key is gone with this process; a worker that never leaves would then be out of anybody's reach.
    if (keyFromRequest && policy.mode == PoolMode::AlwaysOn)
        return invalid("always_on needs a stored key");
    return {};
}

} // namespace

/// On the dear side of what starts took here; where nothing is known of the model, as long as a start may take.
std::chrono::seconds EngineCore::coldStartOf(
    const std::optional<ModelSpec>& preset, Target target, const EndpointLimits& limits)
{
    if (!preset)
        return limits.initTimeout;
    const StageSetting setting = settingFor(*preset, {}, target, visgate::workerImage(*m_context, target));
    double total = 0.0;
    for (const StageBelief& stage : m_parts->history.start(setting, StartStage::ModelDownload))
        total += stage.quantile(0.8);
    return std::chrono::seconds(static_cast<std::chrono::seconds::rep>(std::ceil(total)));
}

Task<Result<WarmPrice>> EngineCore::warmPrice(DeploymentId id, PoolPolicy policy)
{
    auto owner = m_parts->table.living(id);
    if (!owner)
        co_return fail(std::move(owner.error()));
    const Deployment& d = (*owner)->record().deployment;
    if (auto checked = checkPool(policy, d.keyFromRequest, m_context->now()); !checked)
        co_return fail(std::move(checked.error()));
    auto hourly = co_await (*owner)->usdPerHour();
    if (!hourly)
        co_return fail(std::move(hourly.error()));
    const auto preset = m_parts->accounts.registry().preset(d.modelId);
    WarmCosts costs;
    costs.usdPerHour = *hourly;
    costs.coldStart = coldStartOf(preset, d.target, d.limits);
    costs.idleTimeout = d.limits.idleTimeout;
    costs.warmIdleTimeout = m_context->pace(d.target).warmIdle;
    costs.workersMin = std::max(1, d.limits.workersMin);
    co_return visgate::warmPrice(policy, costs, m_context->now());
}

Task<Result<Deployment>> EngineCore::setPool(
    DeploymentId id, PoolPolicy policy, std::optional<double> acceptedUsdPerMonth)
{
    auto price = co_await warmPrice(id, policy);
    if (!price)
        co_return fail(std::move(price.error()));
    auto owner = m_parts->table.living(id);
    if (!owner)
        co_return fail(std::move(owner.error()));
    if (policy.mode == PoolMode::AlwaysOn && acceptedUsdPerMonth.value_or(0.0) < price->usdPerMonth * 0.995) {
        const std::string usd = QString::number(price->usdPerMonth, 'f', 2).toStdString();
        co_return fail(Error{ErrorCode::ConfirmationNeeded, {}, 0, {}, {usd}});
    }
    if (auto set = (*owner)->setPool(policy, acceptedUsdPerMonth.value_or(0.0)); !set)
        co_return fail(std::move(set.error()));
    co_return (*owner)->shown();
}

Task<std::optional<EngineCore::Warm>> EngineCore::findWarm(
    CreateRequest request, QString modelId, std::optional<ModelSpec> preset)
{
    if (request.force)
        co_return std::nullopt;
    auto look = std::make_shared<Look<std::optional<Warm>>>();
    m_scope.add(
        lookInto<std::optional<Warm>>(look, lookForWarm(std::move(request), std::move(modelId), std::move(preset))));
    if (!look->found)
        co_await look->waker.pause(kLookPatience);
    co_return look->found.value_or(std::nullopt);
}

Task<std::optional<EngineCore::Warm>> EngineCore::lookForWarm(
    CreateRequest request, QString modelId, std::optional<ModelSpec> preset)
{
    Accounts& accounts = m_parts->accounts;
    const Target target = request.target;
    AccountRef account(target);
    if (request.providerKey)
        account = AccountRef(target, accounts.addGuest(target, request.providerKey));
    auto opened = co_await accounts.open(account, request.practiceSpeed);
    if (!opened || m_context->stopping)
        co_return std::nullopt;
    auto list = co_await accounts.endpoints(account, kListAge);
    if (!list || m_context->stopping || !accounts.isOpen(account))
        co_return std::nullopt;
    WarmQuery query;
    query.earlierHashes = earlierHashes(m_parts->meta, target);
    const auto revision = accounts.knownRevision(target, modelId, request.revision);
    query.anyRevision = !revision && request.revision.isEmpty();
    const GenerationTask task = request.task.value_or(
        preset ? preset->tasks.value(0, GenerationTask::TextToImage) : GenerationTask::TextToImage);
    query.setup = {accounts.userHash(account), modelId, revision.value_or(request.revision), task,
        visgate::workerImage(*m_context, target), request.limits, {}};
    if (!request.gpuTier.isEmpty()) {
        // Whether the endpoint is on the GPU that was named can only be told from the offers.
        auto offers = co_await accounts.offers(account);
        if (!offers || m_context->stopping || !accounts.isOpen(account))
            co_return std::nullopt;
        query.gpuPools = planGpus(*offers, preset ? plannedVramGb(*preset) : 0.0, request.gpuTier).pools();
        if (query.gpuPools.isEmpty())
            co_return std::nullopt;
    }
    if (!request.region.isEmpty()) {
        const auto places = co_await accounts.dataCenters(account);
        if (!places || m_context->stopping || !accounts.isOpen(account))
            co_return std::nullopt;
        query.dataCenters = placesNamed(*places, request.region);
    }
    query.limitsAt = [&sharing = m_context->sharing](
                         const EndpointId& endpoint) { return sharing.limitsOutsideWarmTimes(endpoint); };
    auto match = bestMatch(*list, query);
    // The list may be older than a change of limits that was made here.
    if (match && match->name != poolName(modelId)) {
        const EndpointId found = match->id;
        m_context->sharing.forEach(found, {}, [&](const EndpointResident& resident) {
            const EndpointLimits& real = resident.record().deployment.limits;
            if (real.workersMin != request.limits.workersMin || real.workersMax != request.limits.workersMax
                || real.idleTimeout != request.limits.idleTimeout)
                match.reset();
        });
    }
    // Dearer than what was agreed to: the run asks for that.
    if (match && request.acceptedUsdPerHour && request.gpuTier.isEmpty()
        && accounts.dearestOf(account, match->gpuPools) > *request.acceptedUsdPerHour)
        co_return std::nullopt;
    // At max 0 it has to be woken first, and that is a step that must survive a crash.
    if (!match || match->workersMax == 0)
        co_return std::nullopt;
    // The list may be older than the moment at which we ourselves put it to sleep.
    if (m_context->sharing.isShared(match->id, DeploymentId())
        && !m_context->sharing.isUsedElsewhere(match->id, DeploymentId()))
        co_return std::nullopt;
    auto workers = co_await accounts.provider(account)->workers(match->id, CallFor::Deployment);
    if (!workers || m_context->stopping)
        co_return std::nullopt;
    Warm warm{*match, *workers, {}};
    const std::chrono::seconds coldStart = coldStartOf(preset, target, request.limits);
    if (m_context->sharing.isReadyElsewhere(match->id, DeploymentId()))
        warm.evidence = u"this endpoint has shown it before"_s;
    else if (std::any_of(workers->workers.cbegin(), workers->workers.cend(),
                 [coldStart](const ProviderWorker& worker) { return hasLoaded(worker, coldStart); }))
        warm.evidence = u"a worker of this endpoint is up"_s;
    co_return warm;
}

void EngineCore::handleWarm()
{
    m_handlers.add<GetWarmPrice>([this](GetWarmPrice op) { return warmPrice(std::move(op.id), std::move(op.policy)); });
    m_handlers.add<SetPool>(
        [this](SetPool op) { return setPool(std::move(op.id), std::move(op.policy), op.acceptedUsdPerMonth); });
}

} // namespace visgate
