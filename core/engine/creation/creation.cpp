// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/engine/creation/creation.h"

#include "core/engine/preflight/endpoint_env.h"
#include "core/engine/preflight/preflight_check.h"
#include "core/engine/sessions/account_facts.h"
#include "core/engine/sessions/provider_sessions.h"

#include <algorithm>
#include <utility>

namespace visgate {

using namespace Qt::Literals::StringLiterals;

namespace {

constexpr int kLooksForLostReply = 4;
/// The check before has just asked for it. A plan that waited for an answer, or for a machine, asks again.
constexpr std::chrono::seconds kDigestAge{60};

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

Creation::Creation(RunState& state, RunAccount& account)
    : m_state(state), m_account(account), m_context(state.context()), m_record(state.record()), m_promise(state),
      m_selection(state, account, m_promise), m_adoption(state, account, m_promise, m_selection)
{
}

Task<Pause> Creation::validate()
{
    Deployment& d = m_record.deployment;
    if (d.logs.isEmpty())
        m_state.note(u"info"_s, u"Validating Hugging Face model"_s);
    m_context.at("validate.begin");
    PreflightCheck check(m_context, m_record.request, d.modelId, PreflightPurpose::Creation, m_account.ref());
    auto checked = co_await check.run();
    if (m_state.isInterrupted())
        co_return kAtOnce;
    if (!checked)
        co_return m_state.retryOrFail(checked.error());
    if (const auto refusal = checked->preflight.refusal())
        co_return m_state.retryOrFail(*refusal);
    const auto model = check.foundModel();
    if (!model)
        co_return m_state.retryOrFail(Error{ErrorCode::NetworkTimeout, "the model hub", 0, {}, {}});
    const Result<GenerationTask> task = chooseTask(*model, m_record.request.task, d.target);
    if (!task)
        co_return m_state.failWith(task.error());

    m_state.clearTrouble();
    m_context.facts.noteRevision(d.target, model->id, m_record.request.revision, model->revision);
    d.modelId = model->id;
    d.revision = model->revision;
    d.task = *task;
    d.modelVramGb = plannedVramGb(*model);
    m_record.diskGb = std::max(plannedDiskGb(*model), m_record.request.diskGb);
    m_record.downloadBytes = model->downloadBytes;
    m_record.gated = model->gating != Gating::Open;
    m_state.note(u"info"_s, u"HF model validated"_s);
    m_state.moveTo(DeploymentStatus::SelectingGpu);
    if (auto saved = m_state.save(); !saved)
        co_return m_state.failWith(saved.error());
    m_context.at("validated.committed");
    m_state.publish();
    co_return kAtOnce;
}

Task<Pause> Creation::create()
{
    auto intent = m_context.intents.latest(m_record.deployment.id);
    if (!intent)
        co_return m_state.retryOrFail(intent.error());
    if (!*intent || (*intent)->state == Intent::State::Abandoned) {
        // No promise, nothing asked for: choose anew.
        m_state.moveTo(DeploymentStatus::SelectingGpu);
        co_return kAtOnce;
    }
    const NameTaken name(m_context, (*intent)->endpointName);
    if (!name.isOurs())
        co_return m_context.pace(m_record.deployment.target).confirm;
    m_context.at("create.begin");
    // The name is the memory: an earlier try whose answer was lost, or the same set-up made before.
    auto standing = co_await m_adoption.findStanding((*intent)->endpointName);
    if (m_state.isInterrupted())
        co_return kAtOnce;
    if (!standing)
        co_return m_state.retryOrFail(standing.error());
    const std::optional<ProviderEndpoint> found = standing->match;
    if (found && !m_adoption.agreeOnFound(*found)) {
        m_promise.abandon(std::move(**intent)); // nothing was asked for under it
        co_return kAtOnce;
    }
    if (found && found->workersMax == 0) {
        const Pause pause = co_await m_adoption.wakeAndAdopt(std::move(**intent), *found);
        co_return pause;
    }
    if (found)
        co_return m_adoption.adopt(std::move(**intent), *found, true);
    if (standing->isNameTaken)
        co_return m_promise.makeAnother(std::move(**intent));
    const Pause pause = co_await createNow(std::move(**intent));
    co_return pause;
}

Task<Pause> Creation::createNow(Intent intent)
{
    auto spec = co_await endpointSpec();
    if (m_state.isInterrupted())
        co_return kAtOnce;
    if (!spec)
        co_return m_state.retryOrFail(spec.error());
    if (auto saved = m_state.save(); !saved) // the callback secret's hash, before anybody can use the secret
        co_return m_state.failWith(saved.error());
    const QString name = spec->name;
    m_promise.noteAsked();
    auto created = co_await m_account.provider()->createEndpoint(std::move(*spec));
    if (created)
        co_return m_adoption.adopt(std::move(intent), *created, false);
    if (m_context.stopping)
        co_return kAtOnce;
    const Error error = created.error();
    if (!mayHaveArrived(error)) {
        if (error.code == ErrorCode::RateLimited)
            co_return m_state.retryOrFail(error);
        m_account.noteRefusal(error);
        m_promise.abandon(std::move(intent));
        if (error.code == ErrorCode::NoCapacity && m_selection.chooseAnother())
            co_return kAtOnce;
        co_return m_state.failWith(error, RunState::Remains::Nothing); // the provider said no: there is nothing to stop
    }
    const Pause pause = co_await lookForLostReply(std::move(intent), name, error);
    co_return pause;
}

Task<Pause> Creation::lookForLostReply(Intent intent, QString name, Error error)
{
    m_state.note(u"warning"_s,
        u"no answer to the create call (%1); looking for the endpoint by its name"_s.arg(
            QString::fromUtf8(toString(error.code).data())));
    const EnginePace pace = m_context.pace(m_record.deployment.target);
    for (int look = 0; look < kLooksForLostReply; ++look) {
        co_await m_state.pause(pace.confirm);
        if (m_context.stopping || !m_context.accounts.isOpen(m_account.ref()))
            co_return kAtOnce;
        auto found = co_await m_account.findByName(name);
        if (m_context.stopping)
            co_return kAtOnce;
        if (found && *found)
            co_return m_adoption.adopt(std::move(intent), **found, true);
    }
    // Not there: the call never arrived. The intent stays open, so the next step looks once more and asks again.
    co_return m_state.retryOrFail(error);
}

Task<Result<EndpointSpec>> Creation::endpointSpec()
{
    EndpointSpec spec = endpointSpecWithoutSecrets(m_context, m_record);
    if (m_record.gated) {
        auto token = co_await m_account.hubToken();
        if (!token)
            co_return fail(std::move(token.error()));
        if (*token) {
            const std::string_view value = (*token)->reveal();
            spec.secretEnv[u"HF_TOKEN"_s] = QString::fromUtf8(value.data(), static_cast<qsizetype>(value.size()));
        }
    }
    if (isPublicImage(m_context, spec.image)) {
        auto digest = co_await m_context.facts.imageDigest(m_account.ref(), spec.image, kDigestAge);
        if (m_state.isInterrupted())
            co_return fail(ErrorCode::Cancelled);
        if (!digest || digest->isEmpty())
            m_state.note(u"warning"_s, u"the registry does not tell which image %1 is today"_s.arg(spec.image));
        startPackage(m_context.config.publicImage, digest.value_or(QString()), spec);
    }
    if (m_context.callback)
        m_record.callbackSecretHash = addCallback(*m_context.callback, m_context, m_record.deployment.id, spec);
    co_return spec;
}

} // namespace visgate
