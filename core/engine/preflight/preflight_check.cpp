// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/engine/preflight/preflight_check.h"

#include "core/base/settings.h"
#include "core/catalog/gpu_snapshot.h"
#include "core/domain/preflight/preflight_rules.h"
#include "core/engine/context/account_book.h"
#include "core/engine/money/pricing.h"
#include "core/engine/preflight/endpoint_env.h"
#include "core/engine/preflight/preflight_questions.h"
#include "core/engine/sessions/account_facts.h"
#include "core/engine/sessions/provider_sessions.h"
#include "core/engine/sessions/storage_access.h"
#include "core/engine/starts/start_history.h"
#include "core/engine/volumes/kept_models.h"

#include <cmath>
#include <utility>

namespace visgate {

using namespace Qt::Literals::StringLiterals;
using namespace std::chrono_literals;

namespace {

/// A person waits for a quote; a creation rather waits for a slow hub than fails for it.
std::chrono::milliseconds patienceFor(PreflightPurpose purpose)
{
    return purpose == PreflightPurpose::Quote ? 2800ms : 60s;
}

} // namespace

PreflightCheck::PreflightCheck(EngineContext& context, CreateRequest request, QString modelId, PreflightPurpose purpose,
    std::optional<AccountRef> account)
    : m_context(context), m_purpose(purpose), m_account(account.value_or(request.target))
{
    if (!account && request.providerKey)
        m_account = AccountRef(request.target, context.accounts.addGuest(request.target, request.providerKey));
    m_facts.image = workerImage(context, request.target);
    m_facts.cudaFloor = cudaFloorOf(context, m_facts.image);
    if (isPublicImage(context, m_facts.image))
        m_facts.install = context.config.publicImage.install;
    m_facts.hasStorage = context.storage.storageSettings().isSet();
    m_facts.isHere = context.book.descriptor(request.target).isHere;
    m_facts.keepsKeys = !request.target.isPractice() && !m_facts.isHere;
    m_facts.request = std::move(request);
    m_facts.modelId = std::move(modelId);
}

Task<Result<DeployQuote>> PreflightCheck::run()
{
    const auto questions
        = PreflightQuestions::ask(m_context, m_account, std::move(m_facts), m_purpose, patienceFor(m_purpose));
    while (questions->isOpen() && !m_context.stopping)
        co_await questions->waker().pause(1s);
    m_facts = questions->close();
    if (m_context.stopping)
        co_return fail(ErrorCode::Cancelled);
    derive();
    DeployQuote quote;
    quote.plan = m_facts.plan;
    if (const ModelSpec* const known = m_facts.knownModel()) {
        const StageSetting setting = settingFor(*known, quote.plan, m_facts.request.target, m_facts.image);
        const double asked = m_facts.request.practiceSpeed;
        fillQuote(quote, *m_context.history, setting, m_facts.request.limits,
            asked > 0.0 ? asked : m_context.accounts.practiceSpeed());
        if (!quote.plan.entries.isEmpty())
            quote.price.source = m_facts.pricesAsOf.isEmpty() ? u"live"_s : m_facts.pricesAsOf;
    }
    quote.preflight = preflight::judge(m_facts);
    co_return quote;
}

std::optional<ModelSpec> PreflightCheck::foundModel() const
{
    return m_facts.model.succeeded() ? std::optional(m_facts.model.value()) : std::nullopt;
}

/// What follows from the answers without asking anybody.
void PreflightCheck::derive()
{
    const AccountId target = m_facts.request.target;
    if (m_facts.model.succeeded())
        m_facts.setKnownModel(m_facts.model.value());
    else if (auto preset = m_context.accounts.registry().preset(m_facts.modelId))
        m_facts.setKnownModel(std::move(*preset));
    // A creation finds the quota out by asking for it: what was learnt may have grown meanwhile.
    if (m_purpose == PreflightPurpose::Quote)
        m_facts.knownQuota = m_context.facts.workerQuota(m_account);
    const ModelSpec* const known = m_facts.knownModel();
    if (known && m_facts.offers.succeeded())
        m_facts.plan = planFor(m_context, m_facts.offers.value(), plannedVramGb(*known), m_facts.request);
    // Before there is a key, what was published on one day tells what it would cost, and says which day.
    const bool asked = m_facts.offers.succeeded() || m_facts.offers.error() || m_facts.offers.isLate();
    if (known && !asked && target.provider() == AccountId::runpod().provider()) {
        const GpuSnapshot snapshot = builtInGpuSnapshot();
        m_facts.plan = planGpus(snapshot.offers, plannedVramGb(*known), m_facts.request.gpuTier);
        if (!m_facts.plan.entries.isEmpty())
            m_facts.pricesAsOf = snapshot.date;
    }
    m_facts.modelIsCached = known && !m_context.keptModels.volumesWith(target, known->id, known->revision).isEmpty();
    if (!known || known->downloadBytes <= 0)
        return;
    const StageSetting setting = settingFor(*known, m_facts.plan, m_facts.request.target, m_facts.image);
    double coldStart = 0.0;
    for (const StageBelief& stage : m_context.history->start(setting, StartStage::ModelDownload))
        coldStart += stage.quantile(0.5);
    m_facts.coldStart = std::chrono::seconds(std::lround(coldStart));
    m_facts.picture
        = std::chrono::seconds(std::lround(m_context.history->belief(StartStage::Picture, setting).quantile(0.5)));
}

} // namespace visgate
