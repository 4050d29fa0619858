// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/engine/handlers/catalogue_handlers.h"

#include "core/catalog/gpu_snapshot.h"
#include "core/engine/context/account_book.h"
#include "core/engine/context/error_kinds.h"
#include "core/engine/sessions/account_facts.h"
#include "core/engine/sessions/hub_tokens.h"
#include "core/engine/sessions/provider_sessions.h"
#include "core/operations/catalogue.h"
#include "core/operations/handlers.h"

#include <utility>

namespace visgate {

void CatalogueHandlers::addTo(Handlers& handlers)
{
    handlers.add<ListPresets>([this](ListPresets) { return presets(); });
    handlers.add<SearchModels>([this](SearchModels op) { return search(op.target, std::move(op.text)); });
    handlers.add<GetModelDetails>([this](GetModelDetails op) { return details(op.target, std::move(op.idOrLink)); });
    handlers.add<ListGpuOffers>([this](ListGpuOffers op) { return gpuOffers(op.target); });
}

Task<Result<QList<ModelSpec>>> CatalogueHandlers::presets()
{
    co_return m_context.accounts.registry().presets();
}

Task<Result<QList<ModelSpec>>> CatalogueHandlers::search(AccountId target, QString text)
{
    if (auto known = m_context.book.checkKnown(target); !known)
        co_return fail(std::move(known.error()));
    auto token = co_await m_context.hubTokens.hubToken(target, {});
    if (!token)
        token = std::shared_ptr<const Secret>(); // a locked keyring does not keep anybody from searching
    // The hub is public: Runpod's needs no key. Practice has its own, which must run.
    if (target.isPractice()) {
        auto opened = co_await m_context.accounts.open(target, 0.0);
        if (!opened)
            co_return fail(std::move(opened.error()));
    }
    if (m_context.stopping)
        co_return fail(ErrorCode::Cancelled);
    ModelSource* const source
        = target.isPractice() ? m_context.accounts.models(target) : &m_context.accounts.registry();
    if (!source)
        co_return fail(ErrorCode::Cancelled);
    auto found = co_await source->search(text, *token);
    co_return found;
}

Task<Result<ModelDetails>> CatalogueHandlers::details(AccountId target, QString idOrLink)
{
    if (auto known = m_context.book.checkKnown(target); !known)
        co_return fail(std::move(known.error()));
    if (const auto preset = m_context.accounts.registry().preset(idOrLink))
        co_return ModelDetails{*preset, jobInputSchema(*preset)};
    if (target.isPractice()) {
        auto opened = co_await m_context.accounts.open(target, 0.0);
        if (!opened)
            co_return fail(std::move(opened.error()));
    }
    auto token = co_await m_context.hubTokens.hubToken(target, idOrLink);
    if (!token)
        token = std::shared_ptr<const Secret>(); // a locked keyring does not keep anybody from looking
    if (m_context.stopping)
        co_return fail(ErrorCode::Cancelled);
    ModelSource* const source
        = target.isPractice() ? m_context.accounts.models(target) : &m_context.accounts.registry();
    if (!source)
        co_return fail(ErrorCode::Cancelled);
    auto found = co_await source->find(idOrLink, {}, *token);
    if (!found)
        co_return fail(std::move(found.error()));
    co_return ModelDetails{*found, jobInputSchema(*found)};
}

Task<Result<QList<GpuOffer>>> CatalogueHandlers::gpuOffers(AccountId target)
{
    auto opened = co_await m_context.accounts.open(target, 0.0);
    if (!opened && target.provider() == AccountId::runpod().provider() && isWithoutKey(opened.error().code))
        co_return builtInGpuSnapshot().offers;
    if (!opened)
        co_return fail(std::move(opened.error()));
    if (m_context.stopping)
        co_return fail(ErrorCode::Cancelled);
    auto offers = co_await m_context.facts.offers(target);
    co_return offers;
}

} // namespace visgate
