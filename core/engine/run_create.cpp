// SPDX-License-Identifier: GPL-3.0-or-later
// From the request to an endpoint: everything before the first worker.
#include "core/base/json.h"
#include "core/base/settings.h"
#include "core/engine/accounts.h"
#include "core/engine/deployment_run.h"
#include "core/engine/endpoint_env.h"
#include "core/engine/job_runner.h"
#include "core/engine/naming.h"
#include "core/foundation/ids.h"

#include <QCryptographicHash>

#include <utility>

namespace visgate {

using namespace Qt::Literals::StringLiterals;
using std::chrono::milliseconds;

namespace {

constexpr milliseconds kAtOnce{0};
constexpr int kAttempts = 3;
constexpr int kLooksForLostReply = 4;

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

/// What was promised, in one line that changes when anything in it does. Secrets are not part of it.
QString digestOf(const EndpointSpec& spec)
{
    const QJsonObject facts{{u"name"_s, spec.name}, {u"image"_s, spec.image}, {u"pools"_s, spec.gpuPools.join(u',')},
        {u"disk"_s, spec.diskGb}, {u"max"_s, spec.limits.workersMax}};
    return QString::fromLatin1(QCryptographicHash::hash(json::compact(facts), QCryptographicHash::Sha256).toHex());
}

} // namespace

Task<DeploymentRun::Pause> DeploymentRun::validate()
{
    Deployment& d = m_record.deployment;
    if (d.logs.isEmpty())
        note(u"info"_s, u"Validating Hugging Face model"_s);
    m_context.at("validate.begin");
    auto valid = co_await provider()->validateKey();
    if (isInterrupted())
        co_return kAtOnce;
    if (!valid)
        co_return retryOrFail(valid.error(), kAttempts);

    auto token = co_await m_context.accounts.hubToken(d.target, d.modelId);
    if (isInterrupted())
        co_return kAtOnce;
    if (!token)
        co_return retryOrFail(token.error(), kAttempts);
    auto model = co_await m_context.accounts.models(d.target)->find(d.modelId, m_record.request.revision, *token);
    if (isInterrupted())
        co_return kAtOnce;
    if (!model)
        co_return retryOrFail(model.error(), kAttempts);
    if (model->tasks.isEmpty() || (m_record.request.task && !model->tasks.contains(*m_record.request.task)))
        co_return failWith(Error{ErrorCode::UnsupportedTask, {}, 0, {}, {d.modelId.toStdString()}});
    auto access = co_await m_context.accounts.models(d.target)->checkAccess(model->id, *token);
    if (isInterrupted())
        co_return kAtOnce;
    if (!access)
        co_return retryOrFail(access.error(), kAttempts);

    clearTrouble();
    d.modelId = model->id;
    d.revision = model->revision;
    d.task = m_record.request.task.value_or(model->tasks.constFirst());
    d.modelVramGb = plannedVramGb(*model);
    m_record.diskGb = plannedDiskGb(*model);
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

Task<DeploymentRun::Pause> DeploymentRun::selectGpu()
{
    Deployment& d = m_record.deployment;
    m_context.at("select_gpu.begin");
    auto offers = co_await m_context.accounts.offers(d.target);
    if (isInterrupted())
        co_return kAtOnce;
    if (!offers)
        co_return retryOrFail(offers.error(), kAttempts);
    clearTrouble();
    const QString tier = m_record.request.gpuTier;
    if (!tier.isEmpty() && !isKnownTier(*offers, tier))
        co_return failWith(Error{ErrorCode::InvalidRequest, "gpu_tier", 0, {}, {tier.toStdString()}});
    const GpuPlan plan = planGpus(*offers, d.modelVramGb, tier);
    if (plan.entries.isEmpty()) {
        const std::string needed = QString::number(d.modelVramGb, 'f', 0).toStdString();
        co_return failWith(Error{ErrorCode::NoCapacity, "no GPU with " + needed + " GB is offered", 0, {}, {needed}});
    }
    d.gpuPlanned = plan.pools();
    m_record.gpuExcluded = plan.excludedTypeIds();
    m_record.usdPerHourCeiling = plan.ceilingUsdPerHour();
    m_record.planStock = bestStock(plan);
    for (const QString& name : plan.gpuNames())
        note(u"info"_s, u"Selected GPU: %1"_s.arg(name));

    EndpointSetup setup{d.userHash, d.modelId, d.revision, d.task, workerImage(m_context, d.target), d.limits, {}};
    if (m_record.request.force)
        setup.distinct = QString::fromStdString(d.id.value());
    d.endpointName = endpointName(setup);
    moveTo(DeploymentStatus::CreatingEndpoint);
    Intent intent;
    intent.deployment = d.id;
    intent.endpointName = d.endpointName;
    intent.createdAt = m_context.now();
    const EndpointSpec spec = endpointSpecWithoutSecrets(m_context, m_record);
    intent.digest = digestOf(spec);
    // From here on money can be spent: without this row on disk nothing is asked for.
    auto committed = m_context.intents.open(std::move(intent), m_record);
    if (!committed) {
        [[maybe_unused]] const auto problem = m_context.stored(fail(committed.error()));
        co_return failWith(committed.error(), Remains::Nothing);
    }
    if (auto saved = save(); !saved)
        co_return failWith(saved.error());
    m_context.at("intent.committed");
    publish();
    co_return kAtOnce;
}

Task<Result<std::optional<ProviderEndpoint>>> DeploymentRun::findByName(QString name)
{
    auto list = co_await provider()->listEndpoints();
    if (!list)
        co_return fail(std::move(list.error()));
    for (const ProviderEndpoint& endpoint : *list) {
        if (endpoint.name == name)
            co_return std::optional<ProviderEndpoint>(endpoint);
    }
    co_return std::optional<ProviderEndpoint>();
}

Task<DeploymentRun::Pause> DeploymentRun::create()
{
    auto intent = m_context.intents.latest(m_record.deployment.id);
    if (!intent)
        co_return retryOrFail(intent.error(), kAttempts);
    if (!*intent || (*intent)->state == Intent::State::Abandoned) {
        // No promise, nothing asked for: choose anew.
        moveTo(DeploymentStatus::SelectingGpu);
        co_return kAtOnce;
    }
    m_context.at("create.begin");
    // The name is the memory: an earlier try whose answer was lost, or the same set-up made before.
    auto found = co_await findByName((*intent)->endpointName);
    if (isInterrupted())
        co_return kAtOnce;
    if (!found)
        co_return retryOrFail(found.error(), kAttempts);
    if (*found)
        co_return adopt(std::move(**intent), **found, true);
    const Pause pause = co_await createNow(std::move(**intent));
    co_return pause;
}

Task<DeploymentRun::Pause> DeploymentRun::createNow(Intent intent)
{
    auto spec = co_await endpointSpec();
    if (isInterrupted())
        co_return kAtOnce;
    if (!spec)
        co_return retryOrFail(spec.error(), kAttempts);
    if (auto saved = save(); !saved) // the callback secret's hash, before anybody can use the secret
        co_return failWith(saved.error());
    const QString name = spec->name;
    auto created = co_await provider()->createEndpoint(std::move(*spec));
    if (created)
        co_return adopt(std::move(intent), *created, false);
    if (m_context.stopping)
        co_return kAtOnce;
    const Error error = created.error();
    if (!mayHaveArrived(error)) {
        if (error.code == ErrorCode::RateLimited)
            co_return retryOrFail(error, kAttempts);
        m_context.accounts.noteRefusal(m_record.deployment.target, error);
        intent.state = Intent::State::Abandoned;
        [[maybe_unused]] const auto closed = m_context.stored(m_context.intents.close(intent, m_record));
        co_return failWith(error, Remains::Nothing); // the provider said no: there is nothing to stop
    }
    note(u"warning"_s,
        u"no answer to the create call (%1); looking for the endpoint by its name"_s.arg(
            QString::fromUtf8(toString(error.code).data())));
    const EnginePace pace = m_context.pace(m_record.deployment.target);
    for (int look = 0; look < kLooksForLostReply; ++look) {
        co_await m_waker.pause(pace.confirm);
        if (m_context.stopping || !m_context.accounts.isOpen(m_record.deployment.target))
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

DeploymentRun::Pause DeploymentRun::adopt(Intent intent, const ProviderEndpoint& endpoint, bool foundAgain)
{
    Deployment& d = m_record.deployment;
    clearTrouble();
    d.endpointId = endpoint.id;
    d.endpointName = endpoint.name;
    d.endpointUrl = endpoint.url;
    d.workers.min = endpoint.workersMin;
    d.workers.max = endpoint.workersMax;
    m_record.endpointShared = m_context.isShared(endpoint.id, d.id);
    if (m_record.endpointShared)
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
    return kAtOnce;
}

Task<Result<EndpointSpec>> DeploymentRun::endpointSpec()
{
    EndpointSpec spec = endpointSpecWithoutSecrets(m_context, m_record);
    if (m_record.gated) {
        const Deployment& d = m_record.deployment;
        auto token = co_await m_context.accounts.hubToken(d.target, d.modelId);
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
