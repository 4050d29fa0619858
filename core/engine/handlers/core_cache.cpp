// SPDX-License-Identifier: GPL-3.0-or-later
// The model cache: the provider's volumes, what they cost, and what is kept in them.
#include "core/domain/gpu/placement.h"
#include "core/engine/context/error_kinds.h"
#include "core/engine/handlers/engine_parts.h"
#include "core/operations/volumes.h"

#include <QTimeZone>

#include <algorithm>
#include <utility>

namespace visgate {

using namespace Qt::Literals::StringLiterals;

namespace {

/// None if nothing was ever kept in it.
const VolumeFill* fillOf(const QList<VolumeFill>& fills, Target target, const VolumeId& volume)
{
    const auto found = std::find_if(fills.cbegin(), fills.cend(),
        [&](const VolumeFill& fill) { return fill.target == target && fill.volume == volume; });
    return found == fills.cend() ? nullptr : &*found;
}

bool isAmong(const QList<DataCenter>& places, const QString& id)
{
    return std::any_of(places.cbegin(), places.cend(), [&](const DataCenter& place) { return place.id == id; });
}

} // namespace

Task<Result<Provider*>> EngineCore::openProvider(Target target)
{
    auto opened = co_await m_parts->accounts.open(target, 0.0);
    if (!opened)
        co_return fail(std::move(opened.error()));
    if (m_context->stopping || !m_parts->accounts.isOpen(target))
        co_return fail(ErrorCode::Cancelled);
    co_return m_parts->accounts.provider(target);
}

Task<Result<QList<ModelVolume>>> EngineCore::volumes(Target target)
{
    auto provider = co_await openProvider(target);
    if (!provider)
        co_return fail(std::move(provider.error()));
    ProviderVolumes* const disks = (*provider)->volumes();
    if (!disks)
        co_return QList<ModelVolume>();
    // What is confirmed while the list is on its way may not be in it yet.
    QList<VolumeChange> changes = m_parts->keptModels.openChanges(target);
    const int before = m_volumeChanges;
    auto listed = co_await disks->listVolumes();
    if (!listed)
        co_return fail(std::move(listed.error()));
    if (m_context->stopping || !m_parts->accounts.isOpen(target))
        co_return fail(ErrorCode::Cancelled);
    auto endpoints = co_await m_parts->accounts.endpoints(target, std::chrono::seconds(5));
    if (!endpoints)
        co_return fail(std::move(endpoints.error()));
    auto fills = m_parts->fills.all();
    if (!fills)
        co_return fail(std::move(fills.error()));
    changes += m_parts->keptModels.openChanges(target);
    QList<ModelVolume> volumes;
    for (const ProviderVolume& entry : *listed) {
        ModelVolume volume = toModelVolume(target, entry);
        const QString id = QString::fromStdString(entry.id.value());
        for (const ProviderEndpoint& endpoint : *endpoints) {
            if (endpoint.networkVolumes.contains(id))
                volume.usedBy.append(endpoint.name);
        }
        for (const VolumeChange& change : changes) {
            const QString wish = change.isDeletion() ? u"delete"_s : u"grow"_s;
            const bool isOpen = change.isDeletion() || entry.sizeGb < change.sizeGb;
            if (change.volume == entry.id && isOpen && !volume.unconfirmed.contains(wish))
                volume.unconfirmed.append(wish);
        }
        if (const VolumeFill* fill = fillOf(*fills, target, entry.id)) {
            volume.modelId = fill->modelId;
            volume.revision = fill->revision;
            volume.state = fill->state;
            volume.bytesDone = fill->bytesDone;
            volume.bytesTotal = fill->bytesTotal;
            volume.error = fill->error;
        }
        volumes.append(std::move(volume));
    }
    if (m_volumeChanges == before)
        m_volumeSpend[target] = {spendOn(volumes), m_config.clock->monotonic()};
    co_return volumes;
}

Task<Result<QString>> EngineCore::placeForVolume(Target target, ModelSpec model)
{
    auto offers = co_await m_parts->accounts.offers(target);
    if (!offers)
        co_return fail(std::move(offers.error()));
    auto places = co_await m_parts->accounts.dataCenters(target);
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

Task<Result<ModelVolume>> EngineCore::keepNear(KeepNear wish)
{
    CreateRequest request;
    request.modelId = wish.modelId;
    auto modelId = resolveModel(request);
    if (!modelId)
        co_return fail(std::move(modelId.error()));
    auto keys = co_await m_parts->accounts.volumeKeys(wish.target);
    if (!keys)
        co_return fail(std::move(keys.error())); // before a volume is paid for that could not be filled
    auto listed = co_await volumes(wish.target);
    if (!listed)
        co_return fail(std::move(listed.error()));
    auto token = co_await m_parts->accounts.hubToken(wish.target, *modelId);
    if (m_context->stopping || !m_parts->accounts.isOpen(wish.target))
        co_return fail(ErrorCode::Cancelled);
    const std::shared_ptr<const Secret> secret = token ? *token : nullptr;
    auto model = co_await m_parts->accounts.models(wish.target)->find(*modelId, wish.revision, secret);
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
        intent.sizeGb = volumeSizeGb(model->downloadBytes);
        intent.dataCenter = wish.dataCenter;
        intent.modelId = model->id;
        intent.revision = model->revision;
        auto created = co_await buyVolume(std::move(intent));
        if (!created)
            co_return fail(std::move(created.error()));
        volume = toModelVolume(wish.target, *created);
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
    if (auto begun = m_parts->filler.begin(fill); !begun)
        co_return fail(std::move(begun.error()));
    volume.modelId = fill.modelId;
    volume.revision = fill.revision;
    volume.state = FillState::Filling;
    co_return volume;
}

Task<Result<void>> EngineCore::setVolumeKeys(StorageKeys keys, bool sessionOnly)
{
    auto kept = co_await m_parts->accounts.setVolumeKeys(std::move(keys), sessionOnly);
    co_return kept;
}

void EngineCore::handleVolumes()
{
    m_handlers.add<ListVolumes>([this](ListVolumes op) { return volumes(op.target); });
    m_handlers.add<CreateVolume>([this](CreateVolume op) {
        return createVolume(op.target, std::move(op.name), op.sizeGb, std::move(op.dataCenter));
    });
    m_handlers.add<GrowVolume>([this](GrowVolume op) { return growVolume(op.target, std::move(op.id), op.sizeGb); });
    m_handlers.add<DeleteVolume>([this](DeleteVolume op) { return deleteVolume(op.target, std::move(op.id)); });
    m_handlers.add<KeepModelNear>([this](KeepModelNear op) { return keepNear(std::move(op.wish)); });
    m_handlers.add<SetVolumeKeys>(
        [this](SetVolumeKeys op) { return setVolumeKeys(std::move(op.keys), op.sessionOnly); });
}

} // namespace visgate
