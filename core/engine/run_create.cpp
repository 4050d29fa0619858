// SPDX-License-Identifier: GPL-3.0-or-later
// From the request to an endpoint: everything before the first worker.
#include "core/base/settings.h"
#include "core/engine/accounts.h"
#include "core/engine/deployment_run.h"
#include "core/engine/endpoint_env.h"
#include "core/engine/job_runner.h"
#include "core/engine/naming.h"
#include "core/engine/preflight_check.h"
#include "core/foundation/ids.h"

#include <algorithm>
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

Task<DeploymentRun::Pause> DeploymentRun::validate()
{
    Deployment& d = m_record.deployment;
    if (d.logs.isEmpty())
        note(u"info"_s, u"Validating Hugging Face model"_s);
    m_context.at("validate.begin");
    PreflightCheck check(m_context, m_record.request, d.modelId, PreflightPurpose::Creation);
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
    auto list = co_await m_context.watchOf(m_record.deployment.target).list(CallFor::Deployment);
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
    const NameTaken name(m_context, (*intent)->endpointName);
    if (!name.isOurs())
        co_return m_context.pace(m_record.deployment.target).confirm;
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
    acceptEndpoint(endpoint);
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
