// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/engine/creation/adoption.h"

#include "core/engine/context/error_kinds.h"
#include "core/engine/creation/warm_match.h"
#include "core/engine/jobs/job_runner.h"
#include "core/engine/run/endpoint_setup.h"
#include "core/engine/sessions/account_facts.h"
#include "core/engine/sessions/account_watches.h"
#include "core/engine/sessions/key_history.h"
#include "core/engine/sessions/provider_sessions.h"

#include <utility>

namespace visgate {

using namespace Qt::Literals::StringLiterals;

namespace {

constexpr std::chrono::minutes kOldestList{10};

} // namespace

Adoption::Adoption(RunState& state, RunAccount& account, CreationPromise& promise, GpuSelection& selection)
    : m_state(state), m_account(account), m_promise(promise), m_selection(selection), m_context(state.context()),
      m_record(state.record())
{
}

Task<Result<Adoption::Standing>> Adoption::findStanding(QString promised)
{
    AccountWatch& watch = m_context.watches->of(m_account.ref());
    auto list = co_await watch.list();
    // With a short request budget the last list will do, where nobody here can have made one of that name since.
    const bool isShort = !list && list.error().code == ErrorCode::RateLimited && m_promise.isUntried();
    if (isShort && watch.lastList() && m_context.now() - watch.listedAt() < kOldestList
        && !m_context.sharing.isNameInUse(promised, m_record.deployment.id))
        list = *watch.lastList();
    if (!list)
        co_return fail(std::move(list.error()));
    Standing standing;
    WarmQuery query;
    query.setup = setupOf(m_context, m_record);
    query.earlierHashes = earlierHashes(m_context.meta, m_record.deployment.target);
    query.limitsAt = [&sharing = m_context.sharing](
                         const EndpointId& endpoint) { return sharing.limitsOutsideWarmTimes(endpoint); };
    if (!m_record.request.gpuTier.isEmpty())
        query.gpuPools = m_record.deployment.gpuPlanned;
    if (!m_record.request.region.isEmpty())
        query.dataCenters = m_record.dataCenters;
    for (const ProviderEndpoint& endpoint : *list) {
        if (endpoint.name != promised)
            continue;
        // An earlier try of this very deployment is what was asked for, whatever was changed since.
        if (isMadeFor(endpoint, m_record.deployment.id) || matchOf(endpoint, query) != WarmMatch::None) {
            standing.match = endpoint;
            co_return standing;
        }
        standing.isNameTaken = true;
    }
    if (!m_record.request.force)
        standing.match = bestMatch(*list, query);
    co_return standing;
}

bool Adoption::agreeOnFound(const ProviderEndpoint& endpoint)
{
    const bool isOwn = isMadeFor(endpoint, m_record.deployment.id);
    const double price = m_context.facts.dearestOf(m_account.ref(), endpoint.gpuPools);
    // A GPU that the user named is the one that was priced.
    if (isOwn || !m_record.request.acceptedUsdPerHour || m_record.mayCostMore || !m_record.request.gpuTier.isEmpty()
        || price <= *m_record.request.acceptedUsdPerHour)
        return true;
    if (!m_state.moveTo(DeploymentStatus::SelectingGpu))
        return true;
    return m_selection.agreeOn(endpoint.gpuPools, endpoint.gpuPools, price);
}

Task<Pause> Adoption::wakeAndAdopt(Intent intent, ProviderEndpoint endpoint)
{
    const EndpointLimits limits = m_record.deployment.limits;
    // On disk before it is touched: whoever changes their mind meanwhile finds it asleep again.
    m_record.waking = endpoint.id;
    if (auto saved = m_state.save(); !saved)
        co_return m_state.retryOrFail(saved.error());
    m_context.at("wake.begin");
    auto woken
        = co_await m_account.provider()->scale(endpoint.id, limits.workersMin, limits.workersMax, limits.idleTimeout);
    if (m_state.isInterrupted())
        co_return kAtOnce;
    if (!woken && isOfTheMoment(woken.error().code))
        co_return m_state.retryOrFail(woken.error());
    if (!woken) {
        const Error error = woken.error();
        m_account.noteRefusal(error);
        m_record.waking = EndpointId();
        m_promise.abandon(std::move(intent)); // not ours to delete: it is as we found it
        co_return m_state.failWith(error, RunState::Remains::Nothing);
    }
    m_state.note(
        u"info"_s, u"Endpoint %1 was asleep at max 0; it is back"_s.arg(QString::fromStdString(endpoint.id.value())));
    co_return adopt(std::move(intent), *woken, true);
}

void Adoption::takeOver(const ProviderEndpoint& endpoint, const WorkerList& workers, const QString& evidence)
{
    using enum DeploymentStatus;
    Deployment& d = m_record.deployment;
    m_account.choose();
    d.userHash = m_context.accounts.userHash(m_account.ref());
    d.endpointId = endpoint.id;
    d.endpointName = endpoint.name;
    d.endpointUrl = endpoint.url;
    d.gpuPlanned = endpoint.gpuPools;
    d.revision = endpoint.env.value(u"HF_REVISION"_s, d.revision);
    d.workers = workers.counts;
    m_account.accept(endpoint);
    for (const ProviderWorker& worker : workers.workers) {
        d.gpuAllocated = worker.gpuTypeId.isEmpty() ? d.gpuAllocated : worker.gpuTypeId;
        d.region = worker.dataCenter.isEmpty() ? d.region : worker.dataCenter;
    }
    m_record.endpointShared = m_context.sharing.isShared(endpoint.id, d.id);
    m_record.endpointForeign = isForeign(endpoint, m_context, m_record);
    m_state.noteReady(evidence);
    d.path = !evidence.isEmpty() && d.workers.running + d.workers.idle > 0 ? u"warm_ready"_s : u"adopted"_s;
    m_state.note(u"info"_s, u"Endpoint %1 found by its name"_s.arg(QString::fromStdString(endpoint.id.value())));
    if (evidence.isEmpty()) {
        m_state.moveTo(SelectingGpu);
        m_state.moveTo(CreatingEndpoint);
    } else {
        m_state.note(u"info"_s, u"Ready: %1"_s.arg(evidence));
        m_state.moveTo(Ready);
    }
    // Should the disk be full, the set-up is found again after a restart.
    [[maybe_unused]] const auto saved = m_state.save();
    m_context.at("endpoint.committed");
    m_state.jobs().onEndpointChanged(d.id);
    m_state.publish();
    m_context.sharing.endKept(d.endpointId, d.id);
}

Pause Adoption::adopt(Intent intent, const ProviderEndpoint& endpoint, bool foundAgain)
{
    Deployment& d = m_record.deployment;
    m_state.clearTrouble();
    m_record.waking = EndpointId();
    d.endpointId = endpoint.id;
    d.endpointName = endpoint.name;
    d.endpointUrl = endpoint.url;
    m_account.accept(endpoint);
    m_record.endpointShared = m_context.sharing.isShared(endpoint.id, d.id);
    if (foundAgain)
        m_record.endpointForeign = isForeign(endpoint, m_context, m_record);
    // An earlier try of this very deployment names it in the environment; any other endpoint was there before.
    if (m_record.endpointShared || (foundAgain && !isMadeFor(endpoint, d.id)))
        d.path = u"adopted"_s;
    if (m_context.sharing.isReadyElsewhere(endpoint.id, d.id))
        m_state.noteReady(u"this endpoint has shown it before"_s);
    m_state.note(u"info"_s,
        (foundAgain ? u"Endpoint %1 found by its name"_s : u"Endpoint %1 created"_s)
            .arg(QString::fromStdString(endpoint.id.value())));
    m_promise.keep(std::move(intent));
    m_context.at("endpoint.committed");
    m_state.jobs().onEndpointChanged(d.id);
    m_state.publish();
    m_context.sharing.endKept(d.endpointId, d.id);
    return kAtOnce;
}

} // namespace visgate
