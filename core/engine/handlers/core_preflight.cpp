// SPDX-License-Identifier: GPL-3.0-or-later
// What is asked before a deployment, and what it asks back.
#include "core/engine/handlers/engine_parts.h"
#include "core/engine/preflight/preflight_check.h"
#include "core/engine/sessions/create_request.h"
#include "core/operations/catalogue.h"
#include "core/operations/deployments.h"

#include <algorithm>
#include <utility>

namespace visgate {

using namespace std::chrono_literals;

namespace {

/// Below the time that clients wait for one answer; whoever still wants to know asks again.
constexpr auto kLicencePatience = 9min;

/// Whether waiting can help: the user, the authors or the network may still change their mind.
bool mayTurnGreen(ErrorCode code)
{
    switch (code) {
    case ErrorCode::LicenceNotAccepted:
    case ErrorCode::LicencePending:
    case ErrorCode::TokenTooNarrow:
    case ErrorCode::TokenRejected:
    case ErrorCode::NetworkUnreachable:
    case ErrorCode::NetworkTimeout:
        return true;
    default:
        return false;
    }
}

} // namespace

Task<Result<DeployQuote>> EngineCore::quote(CreateRequest request)
{
    learnSecrets(*m_config.redactor, request);
    auto modelId = resolveModel(m_parts->accounts.registry(), request);
    if (!modelId)
        co_return fail(std::move(modelId.error()));
    PreflightCheck check(*m_context, std::move(request), *modelId);
    auto quote = co_await check.run();
    co_return quote;
}

Task<Result<void>> EngineCore::watchLicence(Target target, QString modelId)
{
    CreateRequest request;
    request.modelId = modelId;
    auto id = resolveModel(m_parts->accounts.registry(), request);
    if (!id)
        co_return fail(std::move(id.error()));
    if (target == Target::Practice) {
        auto opened = co_await m_parts->accounts.open(target, 0.0);
        if (!opened)
            co_return fail(std::move(opened.error()));
    }
    const auto waker = std::make_shared<Waker>();
    m_watches.push_back(waker);
    const MonotonicPoint until = m_config.clock->monotonic() + kLicencePatience;
    Result<void> access = fail(ErrorCode::Cancelled);
    while (!m_context->stopping) {
        auto token = co_await m_parts->accounts.hubToken(target, *id);
        if (m_context->stopping)
            break;
        ModelSource* source = m_parts->accounts.models(target);
        if (!source)
            source = &m_parts->accounts.registry();
        const std::shared_ptr<const Secret> secret = token ? *token : nullptr;
        access = co_await source->checkAccess(*id, secret);
        const bool mayStillCome = !access && mayTurnGreen(access.error().code);
        if (!mayStillCome || m_context->stopping || m_config.clock->monotonic() >= until)
            break;
        co_await waker->pause(m_context->pace(target).licence);
    }
    std::erase(m_watches, waker);
    if (m_context->stopping)
        co_return fail(ErrorCode::Cancelled);
    co_return access;
}

Task<Result<Deployment>> EngineCore::answerQuestion(DeploymentId id, bool accepted)
{
    const auto living = m_parts->table.living(id);
    if (!living)
        co_return fail(living.error());
    DeploymentRun* const owner = *living;
    if (auto answered = owner->answer(accepted); !answered)
        co_return fail(std::move(answered.error()));
    co_return owner->shown();
}

void EngineCore::handlePreflight()
{
    m_handlers.add<GetQuote>([this](GetQuote op) { return quote(std::move(op.request)); });
    m_handlers.add<WatchLicence>([this](WatchLicence op) { return watchLicence(op.target, std::move(op.modelId)); });
    m_handlers.add<AnswerQuestion>([this](AnswerQuestion op) { return answerQuestion(std::move(op.id), op.accepted); });
}

} // namespace visgate
