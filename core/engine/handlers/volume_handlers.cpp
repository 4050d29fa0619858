// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/engine/handlers/volume_handlers.h"

#include "core/domain/gpu/placement.h"
#include "core/engine/context/account_book.h"
#include "core/engine/context/error_kinds.h"
#include "core/engine/sessions/account_facts.h"
#include "core/engine/sessions/create_request.h"
#include "core/engine/sessions/hub_tokens.h"
#include "core/engine/sessions/provider_sessions.h"
#include "core/engine/sessions/storage_access.h"
#include "core/engine/volumes/cache_filler.h"
#include "core/engine/volumes/kept_models.h"
#include "core/engine/volumes/volume_changes.h"
#include "core/engine/volumes/volume_list.h"
#include "core/engine/volumes/volume_purchases.h"
#include "core/operations/handlers.h"
#include "core/operations/volumes.h"

#include <QTimeZone>

#include <algorithm>
#include <utility>

namespace visgate {

namespace {

/// What is sold there; ProviderLacks where nothing is.
Result<void> checkSize(const std::optional<VolumeTerms>& terms, int sizeGb)
{
    if (!terms)
        return fail(ErrorCode::ProviderLacks);
    if (sizeGb < terms->leastGb || sizeGb > terms->mostGb)
        return fail(invalidSetting("size_gb"));
    return {};
}

bool isAmong(const QList<DataCenter>& places, const QString& id)
{
    return std::any_of(places.cbegin(), places.cend(), [&](const DataCenter& place) { return place.id == id; });
}

} // namespace

void VolumeHandlers::addTo(Handlers& handlers)
{
    handlers.add<ListVolumes>([this](ListVolumes op) { return m_volumes.list(op.target); });
    handlers.add<CreateVolume>([this](CreateVolume op) { return create(std::move(op)); });
    handlers.add<GrowVolume>([this](GrowVolume op) { return grow(std::move(op)); });
    handlers.add<DeleteVolume>([this](DeleteVolume op) { return remove(std::move(op)); });
    handlers.add<KeepModelNear>([this](KeepModelNear op) { return keepNear(std::move(op.wish)); });
    handlers.add<SetVolumeKeys>([this](SetVolumeKeys op) {
        return m_context.storage.setVolumeKeys(std::move(op.target), std::move(op.keys), op.sessionOnly);
    });
}

Task<Result<ModelVolume>> VolumeHandlers::create(CreateVolume op)
{
    if (auto known = m_context.book.checkKnown(op.target); !known)
        co_return fail(std::move(known.error()));
    if (auto checked = checkSize(m_context.book.descriptor(op.target).volumes, op.sizeGb); !checked)
        co_return fail(std::move(checked.error()));
    if (op.name.isEmpty() || op.name.size() > 100)
        co_return fail(invalidSetting("name"));
    VolumeIntent intent;
    intent.target = op.target;
    intent.name = op.name;
    intent.sizeGb = op.sizeGb;
    intent.dataCenter = op.dataCenter;
    auto bought = co_await m_purchases.buy(std::move(intent));
    if (!bought)
        co_return fail(std::move(bought.error()));
    co_return m_volumes.shown(op.target, *bought);
}

Task<Result<ModelVolume>> VolumeHandlers::grow(GrowVolume op)
{
    if (auto known = m_context.book.checkKnown(op.target); !known)
        co_return fail(std::move(known.error()));
    if (auto checked = checkSize(m_context.book.descriptor(op.target).volumes, op.sizeGb); !checked)
        co_return fail(std::move(checked.error()));
    for (const VolumeChange& change : m_context.keptModels.openChanges(op.target)) {
        if (change.volume == op.id && change.isDeletion())
            co_return fail(Error{ErrorCode::NotFound, op.id.value(), 0, {}, {op.id.value()}});
    }
    VolumeChange change{0, op.target, op.id, op.sizeGb, {}};
    auto grown = co_await m_changes.apply(std::move(change));
    if (!grown)
        co_return fail(std::move(grown.error()));
    co_return m_volumes.shown(op.target, **grown);
}

Task<Result<void>> VolumeHandlers::remove(DeleteVolume op)
{
    VolumeChange change{0, op.target, op.id, 0, {}};
    auto deleted = co_await m_changes.apply(std::move(change));
    if (!deleted)
        co_return fail(std::move(deleted.error()));
    co_return Result<void>();
}

Task<Result<QString>> VolumeHandlers::placeForVolume(AccountId target, ModelSpec model)
{
    auto offers = co_await m_context.facts.offers(target);
    if (!offers)
        co_return fail(std::move(offers.error()));
    auto places = co_await m_context.facts.dataCenters(target);
    if (!places)
        co_return fail(std::move(places.error()));
    PlacementQuestion question;
    for (const DataCenter& place : *places) {
        if (place.hasVolumes)
            question.dataCenters.append(place);
    }
    const GpuPlan plan = planGpus(*offers, plannedVramGb(model), {});
    const QStringList pools = plan.pools();
    for (const GpuOffer& offer : *offers) {
        if (pools.contains(offer.pool))
            question.offers.append(offer);
    }
    question.userRegion = regionOfTimeZone(QTimeZone::systemTimeZoneId());
    const Placement placement = placeEndpoint(question);
    for (const PlaceChoice& choice : placement.choices) {
        if (isAmong(question.dataCenters, choice.dataCenter))
            co_return choice.dataCenter;
    }
    co_return fail(Error{ErrorCode::NoCapacity, "no place with volumes has a suitable GPU", 0, {}, {}});
}

Task<Result<ModelVolume>> VolumeHandlers::keepNear(KeepNear wish)
{
    CreateRequest request;
    request.modelId = wish.modelId;
    auto modelId = resolveModel(m_context.accounts.registry(), request);
    if (!modelId)
        co_return fail(std::move(modelId.error()));
    if (auto known = m_context.book.checkKnown(wish.target); !known)
        co_return fail(std::move(known.error()));
    const auto terms = m_context.book.descriptor(wish.target).volumes;
    if (!terms)
        co_return fail(ErrorCode::ProviderLacks);
    auto keys = co_await m_context.storage.volumeKeys(wish.target);
    if (!keys)
        co_return fail(std::move(keys.error())); // before a volume is paid for that could not be filled
    auto listed = co_await m_volumes.list(wish.target);
    if (!listed)
        co_return fail(std::move(listed.error()));
    auto token = co_await m_context.hubTokens.hubToken(wish.target, *modelId);
    if (m_context.stopping || !m_context.accounts.isOpen(wish.target))
        co_return fail(ErrorCode::Cancelled);
    const std::shared_ptr<const Secret> secret = token ? *token : nullptr;
    auto model = co_await m_context.accounts.models(wish.target)->find(*modelId, wish.revision, secret);
    if (!model)
        co_return fail(orOfToken(std::move(model.error()), token));
    const QString name = volumeName(model->id);
    ModelVolume volume;
    for (const ModelVolume& known : *listed) {
        // By its name as well: a reply that was lost has left a volume, and asking again must not buy a second.
        const bool isMeant = wish.volume.isEmpty()
            ? known.name == name && (wish.dataCenter.isEmpty() || known.dataCenter == wish.dataCenter)
            : known.id == wish.volume;
        if (isMeant)
            volume = known;
    }
    if (volume.id.isEmpty() && !wish.volume.isEmpty())
        co_return fail(Error{ErrorCode::NotFound, wish.volume.value(), 0, {}, {wish.volume.value()}});
    if (volume.id.isEmpty()) {
        if (wish.dataCenter.isEmpty()) {
            auto place = co_await placeForVolume(wish.target, *model);
            if (!place)
                co_return fail(std::move(place.error()));
            wish.dataCenter = *place;
        }
        VolumeIntent intent;
        intent.target = wish.target;
        intent.name = name;
        intent.sizeGb = volumeSizeGb(*terms, model->downloadBytes);
        intent.dataCenter = wish.dataCenter;
        intent.modelId = model->id;
        intent.revision = model->revision;
        auto created = co_await m_purchases.buy(std::move(intent));
        if (!created)
            co_return fail(std::move(created.error()));
        volume = m_volumes.shown(wish.target, *created);
        volume.modelId = model->id;
        volume.revision = model->revision;
        volume.state = FillState::Filling; // begun with the purchase
        co_return volume;
    }
    if (volume.state == FillState::Complete && volume.modelId == model->id && volume.revision == model->revision)
        co_return volume;
    VolumeFill fill;
    fill.target = wish.target;
    fill.volume = volume.id;
    fill.dataCenter = volume.dataCenter;
    fill.modelId = model->id;
    fill.revision = model->revision;
    if (auto begun = m_filler.begin(fill); !begun)
        co_return fail(std::move(begun.error()));
    volume.modelId = fill.modelId;
    volume.revision = fill.revision;
    volume.state = FillState::Filling;
    co_return volume;
}

} // namespace visgate
