// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/engine/handlers/preflight_handlers.h"

#include "core/engine/preflight/preflight_check.h"
#include "core/engine/sessions/create_request.h"
#include "core/engine/sessions/hub_tokens.h"
#include "core/engine/sessions/provider_sessions.h"
#include "core/operations/catalogue.h"
#include "core/operations/handlers.h"

#include <chrono>
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

void PreflightHandlers::addTo(Handlers& handlers)
{
    handlers.add<GetQuote>([this](GetQuote op) { return quote(std::move(op.request)); });
    handlers.add<WatchLicence>([this](WatchLicence op) { return watchLicence(op.target, std::move(op.modelId)); });
}

void PreflightHandlers::stop()
{
    for (const auto& watch : m_watches)
        watch->wake();
}

Task<Result<DeployQuote>> PreflightHandlers::quote(CreateRequest request)
{
    learnSecrets(*m_context.config.redactor, request);
    auto modelId = resolveModel(m_context.accounts.registry(), request);
    if (!modelId)
        co_return fail(std::move(modelId.error()));
    PreflightCheck check(m_context, std::move(request), *modelId);
    auto quote = co_await check.run();
    co_return quote;
}

Task<Result<void>> PreflightHandlers::watchLicence(AccountId target, QString modelId)
{
    CreateRequest request;
    request.modelId = modelId;
    auto id = resolveModel(m_context.accounts.registry(), request);
    if (!id)
        co_return fail(std::move(id.error()));
    if (target.isPractice()) {
        auto opened = co_await m_context.accounts.open(target, 0.0);
        if (!opened)
            co_return fail(std::move(opened.error()));
    }
    const auto waker = std::make_shared<Waker>();
    m_watches.push_back(waker);
    const MonotonicPoint until = m_context.config.clock->monotonic() + kLicencePatience;
    Result<void> access = fail(ErrorCode::Cancelled);
    while (!m_context.stopping) {
        auto token = co_await m_context.hubTokens.hubToken(target, *id);
        if (m_context.stopping)
            break;
        ModelSource* source = m_context.accounts.models(target);
        if (!source)
            source = &m_context.accounts.registry();
        const std::shared_ptr<const Secret> secret = token ? *token : nullptr;
        access = co_await source->checkAccess(*id, secret);
        const bool mayStillCome = !access && mayTurnGreen(access.error().code);
        if (!mayStillCome || m_context.stopping || m_context.config.clock->monotonic() >= until)
            break;
        co_await waker->pause(m_context.pace(target).licence);
    }
    std::erase(m_watches, waker);
    if (m_context.stopping)
        co_return fail(ErrorCode::Cancelled);
    co_return access;
}

} // namespace visgate
