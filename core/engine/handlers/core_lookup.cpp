// SPDX-License-Identifier: GPL-3.0-or-later
// Models and GPUs that can be had.
#include "core/catalog/gpu_snapshot.h"
#include "core/domain/model/job_schema.h"
#include "core/engine/context/error_kinds.h"
#include "core/engine/handlers/engine_parts.h"
#include "core/operations/catalogue.h"

#include <utility>

namespace visgate {

using namespace Qt::Literals::StringLiterals;

Task<Result<ModelDetails>> EngineCore::modelDetails(Target target, QString idOrLink)
{
    if (const auto preset = m_parts->accounts.registry().preset(idOrLink))
        co_return ModelDetails{*preset, jobInputSchema(*preset)};
    if (target == Target::Practice) {
        auto opened = co_await m_parts->accounts.open(target, 0.0);
        if (!opened)
            co_return fail(std::move(opened.error()));
    }
    auto token = co_await m_parts->accounts.hubToken(target, idOrLink);
    if (!token)
        token = std::shared_ptr<const Secret>(); // a locked keyring does not keep anybody from looking
    if (m_context->stopping)
        co_return fail(ErrorCode::Cancelled);
    ModelSource* const source
        = target == Target::Practice ? m_parts->accounts.models(target) : &m_parts->accounts.registry();
    if (!source)
        co_return fail(ErrorCode::Cancelled);
    auto found = co_await source->find(idOrLink, {}, *token);
    if (!found)
        co_return fail(std::move(found.error()));
    co_return ModelDetails{*found, jobInputSchema(*found)};
}

Task<Result<QList<ModelSpec>>> EngineCore::presets()
{
    co_return m_parts->accounts.registry().presets();
}

Task<Result<QList<ModelSpec>>> EngineCore::searchModels(Target target, QString text)
{
    auto token = co_await m_parts->accounts.hubToken(target, {});
    if (!token)
        token = std::shared_ptr<const Secret>(); // a locked keyring does not keep anybody from searching
    // The hub is public: Runpod's needs no key. Practice has its own, which must run.
    if (target == Target::Practice) {
        auto opened = co_await m_parts->accounts.open(target, 0.0);
        if (!opened)
            co_return fail(std::move(opened.error()));
    }
    if (m_context->stopping)
        co_return fail(ErrorCode::Cancelled);
    ModelSource* const source
        = target == Target::Practice ? m_parts->accounts.models(target) : &m_parts->accounts.registry();
    if (!source)
        co_return fail(ErrorCode::Cancelled);
    auto found = co_await source->search(text, *token);
    co_return found;
}

/// Without a key the dated snapshot answers; each offer names its source.
Task<Result<QList<GpuOffer>>> EngineCore::gpuOffers(Target target)
{
    auto opened = co_await m_parts->accounts.open(target, 0.0);
    if (!opened && isWithoutKey(opened.error().code))
        co_return builtInGpuSnapshot().offers;
    if (!opened)
        co_return fail(std::move(opened.error()));
    if (m_context->stopping)
        co_return fail(ErrorCode::Cancelled);
    auto offers = co_await m_parts->accounts.offers(target);
    co_return offers;
}

void EngineCore::handleCatalogue()
{
    m_handlers.add<ListPresets>([this](ListPresets) { return presets(); });
    m_handlers.add<SearchModels>([this](SearchModels op) { return searchModels(op.target, std::move(op.text)); });
    m_handlers.add<GetModelDetails>(
        [this](GetModelDetails op) { return modelDetails(op.target, std::move(op.idOrLink)); });
    m_handlers.add<ListGpuOffers>([this](ListGpuOffers op) { return gpuOffers(op.target); });
}

} // namespace visgate
