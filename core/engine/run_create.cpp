// SPDX-License-Identifier: GPL-3.0-or-later
// From the request to an endpoint: everything before the first worker.
#include "core/base/settings.h"
#include "core/engine/accounts.h"
#include "core/engine/deployment_run.h"
#include "core/engine/endpoint_env.h"
#include "core/engine/error_kinds.h"
#include "core/engine/job_runner.h"
#include "core/engine/key_history.h"
#include "core/engine/naming.h"
#include "core/engine/preflight_check.h"
#include "core/engine/warm_match.h"
#include "core/foundation/ids.h"

#include <algorithm>
#include <utility>

namespace visgate {

using namespace Qt::Literals::StringLiterals;
using std::chrono::milliseconds;

namespace {

constexpr int kAttempts = 3;
constexpr int kLooksForLostReply = 4;
constexpr std::chrono::minutes kOldestList{10};

/// Whether the provider may have acted although no usable answer came.
bool mayHaveArrived(const Error& error)
{
    switch (error.code) {
    case ErrorCode::NetworkTimeout:
    case ErrorCode::UnexpectedReply:
    case ErrorCode::ReplyTooLarge:
    case ErrorCode::ProviderFailed:
    case ErrorCode::NetworkUnreachable: // a connection cut after sending looks like this, too
    case ErrorCode::Cancelled:
        return true;
    default:
        return false;
    }
}

/// One create call a name at a time: of two equal set-ups the second finds the first one's endpoint.
class NameTaken {
public:
    NameTaken(EngineContext& context, QString name) : m_context(context), m_name(std::move(name))
    {
        m_isOurs = !m_context.namesBeingCreated.contains(m_name);
        m_context.namesBeingCreated.insert(m_name);
    }
    ~NameTaken()
    {
        if (m_isOurs)
            m_context.namesBeingCreated.remove(m_name);
    }
    NameTaken(const NameTaken&) = delete;
    NameTaken& operator=(const NameTaken&) = delete;
    [[nodiscard]] bool isOurs() const { return m_isOurs; }

private:
    EngineContext& m_context;
    QString m_name;
    bool m_isOurs = false;
};

} // namespace

Task<Pause> DeploymentRun::validate()
{
    Deployment& d = m_record.deployment;
    if (d.logs.isEmpty())
        note(u"info"_s, u"Validating Hugging Face model"_s);
    m_context.at("validate.begin");
    PreflightCheck check(m_context, m_record.request, d.modelId, PreflightPurpose::Creation, m_account);
    auto checked = co_await check.run();
    if (isInterrupted())
        co_return kAtOnce;
    if (!checked)
        co_return retryOrFail(checked.error(), kAttempts);
    if (const auto refusal = checked->preflight.refusal())
        co_return retryOrFail(*refusal, kAttempts);
    const auto model = check.foundModel();
    if (!model)
        co_return retryOrFail(Error{ErrorCode::NetworkTimeout, "the model hub", 0, {}, {}}, kAttempts);
    const Result<GenerationTask> task = chooseTask(*model, m_record.request.task, d.target);
    if (!task)
        co_return failWith(task.error());

    clearTrouble();
    m_context.accounts.noteRevision(d.target, model->id, m_record.request.revision, model->revision);
    d.modelId = model->id;
    d.revision = model->revision;
    d.task = *task;
    d.modelVramGb = plannedVramGb(*model);
    m_record.diskGb = std::max(plannedDiskGb(*model), m_record.request.diskGb);
    m_record.downloadBytes = model->downloadBytes;
    m_record.gated = model->gating != Gating::Open;
    note(u"info"_s, u"HF model validated"_s);
    moveTo(DeploymentStatus::SelectingGpu);
    if (auto saved = save(); !saved)
        co_return failWith(saved.error());
    m_context.at("validated.committed");
    publish();
    co_return kAtOnce;
}

Task<Result<std::optional<ProviderEndpoint>>> DeploymentRun::findByName(QString name)
{
    auto list = co_await m_context.watchOf(m_account).list();
    if (!list)
        co_return fail(std::move(list.error()));
    for (const ProviderEndpoint& endpoint : *list) {
        if (endpoint.name == name)
            co_return std::optional<ProviderEndpoint>(endpoint);
    }
    co_return std::optional<ProviderEndpoint>();
}

/// The promised name, else another one under which the same set-up may stand.
Task<Result<DeploymentRun::Standing>> DeploymentRun::findStanding(QString promised)
{
    AccountWatch& watch = m_context.watchOf(m_account);
    auto list = co_await watch.list();
    // With a short request budget the last list will do, where nobody here can have made one of that name since.
    const bool isShort = !list && list.error().code == ErrorCode::RateLimited && m_isFirstPromise;
    if (isShort && watch.lastList() && m_context.now() - watch.listedAt() < kOldestList
        && !m_context.isNameInUse(promised, m_record.deployment.id))
        list = *watch.lastList();
    if (!list)
        co_return fail(std::move(list.error()));
    Standing standing;
    WarmQuery query;
    query.setup = setUp();
    query.earlierHashes = earlierHashes(m_context.meta, m_record.deployment.target);
    query.limitsAt = m_context.limitsAt;
    if (!m_record.request.gpuTier.isEmpty())
        query.gpuPools = m_record.deployment.gpuPlanned;
    if (!m_record.request.region.isEmpty())
        query.dataCenters = m_record.dataCenters;
    const QString own = QString::fromStdString(m_record.deployment.id.value());
    for (const ProviderEndpoint& endpoint : *list) {
        if (endpoint.name != promised)
            continue;
        // An earlier try of this very deployment is what was asked for, whatever was changed since.
        const bool isOwn = endpoint.env.value(u"VISGATE_DEPLOYMENT_ID"_s) == own;
        if (isOwn || matchOf(endpoint, query) != WarmMatch::None) {
            standing.match = endpoint;
            co_return standing;
        }
        standing.isNameTaken = true;
    }
    if (!m_record.request.force)
        standing.match = bestMatch(*list, query);
    co_return standing;
}

EndpointSetup DeploymentRun::setUp() const
{
    const Deployment& d = m_record.deployment;
    EndpointSetup setup{d.userHash, d.modelId, d.revision, d.task, workerImage(m_context, d.target), d.limits, {}};
    if (m_record.request.force || m_record.distinct)
        setup.distinct = QString::fromStdString(d.id.value());
    return setup;
}

/// An endpoint of the promised name has other limits by now, or stands where it was not wanted: another name is
/// promised.
Pause DeploymentRun::promiseAnotherName(Intent intent)
{
    m_record.distinct = true;
    note(u"info"_s, u"An endpoint of the same name has other settings: this one gets a name of its own"_s);
    intent.state = Intent::State::Abandoned;
    if (auto closed = m_context.stored(m_context.intents.close(intent, m_record, m_unsaved)); !closed)
        return retryOrFail(closed.error(), kAttempts);
    m_unsaved.clear();
    moveTo(DeploymentStatus::SelectingGpu);
    return kAtOnce;
}

Task<Pause> DeploymentRun::create()
{
    auto intent = m_context.intents.latest(m_record.deployment.id);
    if (!intent)
        co_return retryOrFail(intent.error(), kAttempts);
    if (!*intent || (*intent)->state == Intent::State::Abandoned) {
        // No promise, nothing asked for: choose anew.
        moveTo(DeploymentStatus::SelectingGpu);
        co_return kAtOnce;
    }
    const NameTaken name(m_context, (*intent)->endpointName);
    if (!name.isOurs())
        co_return m_context.pace(m_record.deployment.target).confirm;
    m_context.at("create.begin");
    // The name is the memory: an earlier try whose answer was lost, or the same set-up made before.
    auto standing = co_await findStanding((*intent)->endpointName);
    if (isInterrupted())
        co_return kAtOnce;
    if (!standing)
        co_return retryOrFail(standing.error(), kAttempts);
    const std::optional<ProviderEndpoint> found = standing->match;
    if (found && !agreeOnFound(*found)) {
        (*intent)->state = Intent::State::Abandoned; // nothing was asked for under it
        [[maybe_unused]] const auto closed = m_context.stored(m_context.intents.close(**intent, m_record));
        co_return kAtOnce;
    }
    if (found && found->workersMax == 0) {
        const Pause pause = co_await wakeAndAdopt(std::move(**intent), *found);
        co_return pause;
    }
    if (found)
        co_return adopt(std::move(**intent), *found, true);
    if (standing->isNameTaken)
        co_return promiseAnotherName(std::move(**intent));
    const Pause pause = co_await createNow(std::move(**intent));
    co_return pause;
}

/// An endpoint that stands already runs on the GPUs that it was made for. Where these are dearer than what was agreed
/// to, the user is asked as for any dearer plan.
bool DeploymentRun::agreeOnFound(const ProviderEndpoint& endpoint)
{
    const bool isOwn
        = endpoint.env.value(u"VISGATE_DEPLOYMENT_ID"_s) == QString::fromStdString(m_record.deployment.id.value());
    const double price = m_context.accounts.dearestOf(m_account, endpoint.gpuPools);
    // A GPU that the user named is the one that was priced.
    if (isOwn || !m_record.request.acceptedUsdPerHour || m_record.mayCostMore || !m_record.request.gpuTier.isEmpty()
        || price <= *m_record.request.acceptedUsdPerHour)
        return true;
    if (!moveTo(DeploymentStatus::SelectingGpu))
        return true;
    return agreeOnPrice(endpoint.gpuPools, endpoint.gpuPools, price);
}

/// The same set-up was paused, parked or put away: wanted again, it comes back.
Task<Pause> DeploymentRun::wakeAndAdopt(Intent intent, ProviderEndpoint endpoint)
{
    const EndpointLimits limits = m_record.deployment.limits;
    // On disk before it is touched: whoever changes their mind meanwhile finds it asleep again.
    m_record.waking = endpoint.id;
    if (auto saved = save(); !saved)
        co_return retryOrFail(saved.error(), kAttempts);
    m_context.at("wake.begin");
    auto woken = co_await provider()->scale(endpoint.id, limits.workersMin, limits.workersMax, limits.idleTimeout);
    if (isInterrupted())
        co_return kAtOnce;
    if (!woken && isOfTheMoment(woken.error().code))
        co_return retryOrFail(woken.error(), kAttempts);
    if (!woken) {
        const Error error = woken.error();
        m_context.accounts.noteRefusal(m_account, error);
        m_record.waking = EndpointId();
        intent.state = Intent::State::Abandoned; // not ours to delete: it is as we found it
        [[maybe_unused]] const auto closed = m_context.stored(m_context.intents.close(intent, m_record));
        co_return failWith(error, Remains::Nothing);
    }
    note(u"info"_s, u"Endpoint %1 was asleep at max 0; it is back"_s.arg(QString::fromStdString(endpoint.id.value())));
    co_return adopt(std::move(intent), *woken, true);
}

Task<Pause> DeploymentRun::createNow(Intent intent)
{
    auto spec = co_await endpointSpec();
    if (isInterrupted())
        co_return kAtOnce;
    if (!spec)
        co_return retryOrFail(spec.error(), kAttempts);
    if (auto saved = save(); !saved) // the callback secret's hash, before anybody can use the secret
        co_return failWith(saved.error());
    const QString name = spec->name;
    m_isFirstPromise = false;
    auto created = co_await provider()->createEndpoint(std::move(*spec));
    if (created)
        co_return adopt(std::move(intent), *created, false);
    if (m_context.stopping)
        co_return kAtOnce;
    const Error error = created.error();
    if (!mayHaveArrived(error)) {
        if (error.code == ErrorCode::RateLimited)
            co_return retryOrFail(error, kAttempts);
        m_context.accounts.noteRefusal(m_account, error);
        intent.state = Intent::State::Abandoned;
        [[maybe_unused]] const auto closed = m_context.stored(m_context.intents.close(intent, m_record));
        if (error.code == ErrorCode::NoCapacity && chooseAnotherPlan())
            co_return kAtOnce;
        co_return failWith(error, Remains::Nothing); // the provider said no: there is nothing to stop
    }
    note(u"warning"_s,
        u"no answer to the create call (%1); looking for the endpoint by its name"_s.arg(
            QString::fromUtf8(toString(error.code).data())));
    const EnginePace pace = m_context.pace(m_record.deployment.target);
    for (int look = 0; look < kLooksForLostReply; ++look) {
        co_await m_waker.pause(pace.confirm);
        if (m_context.stopping || !m_context.accounts.isOpen(m_account))
            co_return kAtOnce;
        auto found = co_await findByName(name);
        if (m_context.stopping)
            co_return kAtOnce;
        if (found && *found)
            co_return adopt(std::move(intent), **found, true);
    }
    // Not there: the call never arrived. The intent stays open, so the next step looks once more and asks again.
    co_return retryOrFail(error, kAttempts);
}

/// Whose it is: the environment names the deployment it was made for, else the name with our suffix tells.
void DeploymentRun::noteOwner(const ProviderEndpoint& endpoint)
{
    const QString madeFor = endpoint.env.value(u"VISGATE_DEPLOYMENT_ID"_s);
    m_record.endpointForeign
        = madeFor.isEmpty() ? endpoint.name != visgate::endpointName(setUp()) : !m_context.isOurs(madeFor);
}

void DeploymentRun::takeOver(const ProviderEndpoint& endpoint, const WorkerList& workers, const QString& evidence)
{
    using enum DeploymentStatus;
    Deployment& d = m_record.deployment;
    chooseAccount();
    d.userHash = m_context.accounts.userHash(m_account);
    d.endpointId = endpoint.id;
    d.endpointName = endpoint.name;
    d.endpointUrl = endpoint.url;
    d.gpuPlanned = endpoint.gpuPools;
    d.revision = endpoint.env.value(u"HF_REVISION"_s, d.revision);
    d.workers = workers.counts;
    acceptEndpoint(endpoint);
    for (const ProviderWorker& worker : workers.workers) {
        d.gpuAllocated = worker.gpuTypeId.isEmpty() ? d.gpuAllocated : worker.gpuTypeId;
        d.region = worker.dataCenter.isEmpty() ? d.region : worker.dataCenter;
    }
    m_record.endpointShared = m_context.isShared(endpoint.id, d.id);
    noteOwner(endpoint);
    m_readyEvidence = evidence;
    d.path = !evidence.isEmpty() && d.workers.running + d.workers.idle > 0 ? u"warm_ready"_s : u"adopted"_s;
    note(u"info"_s, u"Endpoint %1 found by its name"_s.arg(QString::fromStdString(endpoint.id.value())));
    if (evidence.isEmpty()) {
        moveTo(SelectingGpu);
        moveTo(CreatingEndpoint);
    } else {
        note(u"info"_s, u"Ready: %1"_s.arg(evidence));
        moveTo(Ready);
    }
    // Should the disk be full, the set-up is found again after a restart.
    [[maybe_unused]] const auto saved = save();
    m_context.at("endpoint.committed");
    m_jobs.onEndpointChanged(d.id);
    publish();
    m_context.endKept(d.endpointId, d.id);
}

Pause DeploymentRun::adopt(Intent intent, const ProviderEndpoint& endpoint, bool foundAgain)
{
    Deployment& d = m_record.deployment;
    clearTrouble();
    m_record.waking = EndpointId();
    d.endpointId = endpoint.id;
    d.endpointName = endpoint.name;
    d.endpointUrl = endpoint.url;
    acceptEndpoint(endpoint);
    m_record.endpointShared = m_context.isShared(endpoint.id, d.id);
    if (foundAgain)
        noteOwner(endpoint);
    // An earlier try of this very deployment names it in the environment; any other endpoint was there before.
    const bool isOwn = endpoint.env.value(u"VISGATE_DEPLOYMENT_ID"_s) == QString::fromStdString(d.id.value());
    if (m_record.endpointShared || (foundAgain && !isOwn))
        d.path = u"adopted"_s;
    if (m_context.isReadyElsewhere(endpoint.id, d.id))
        m_readyEvidence = u"this endpoint has shown it before"_s;
    note(u"info"_s,
        (foundAgain ? u"Endpoint %1 found by its name"_s : u"Endpoint %1 created"_s)
            .arg(QString::fromStdString(endpoint.id.value())));
    intent.state = Intent::State::Done;
    intent.endpoint = endpoint.id;
    // Should this write fail, the open intent finds the endpoint again after a restart.
    const auto closed = m_context.stored(m_context.intents.close(intent, m_record, m_unsaved));
    if (closed)
        m_unsaved.clear();
    m_context.at("endpoint.committed");
    m_jobs.onEndpointChanged(d.id);
    publish();
    m_context.endKept(d.endpointId, d.id);
    return kAtOnce;
}

Task<Result<EndpointSpec>> DeploymentRun::endpointSpec()
{
    EndpointSpec spec = endpointSpecWithoutSecrets(m_context, m_record);
    if (m_record.gated) {
        auto token = co_await hubToken();
        if (!token)
            co_return fail(std::move(token.error()));
        if (*token) {
            const std::string_view value = (*token)->reveal();
            spec.secretEnv[u"HF_TOKEN"_s] = QString::fromUtf8(value.data(), static_cast<qsizetype>(value.size()));
        }
    }
    if (m_context.callback)
        m_record.callbackSecretHash = addCallback(*m_context.callback, m_context, m_record.deployment.id, spec);
    co_return spec;
}

} // namespace visgate
