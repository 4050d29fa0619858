// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/engine/volumes/volume_list.h"

#include "core/engine/context/account_book.h"
#include "core/engine/sessions/account_facts.h"
#include "core/engine/volumes/kept_models.h"

#include <algorithm>
#include <chrono>
#include <utility>

namespace visgate {

using namespace Qt::Literals::StringLiterals;
using namespace std::chrono_literals;

namespace {

/// Spend is asked for whenever something happens; volumes change seldom.
constexpr auto kSpendEvery = 30s;

/// None if nothing was ever kept in it.
const VolumeFill* fillOf(const QList<VolumeFill>& fills, AccountId target, const VolumeId& volume)
{
    const auto found = std::find_if(fills.cbegin(), fills.cend(),
        [&](const VolumeFill& fill) { return fill.target == target && fill.volume == volume; });
    return found == fills.cend() ? nullptr : &*found;
}

} // namespace

ModelVolume VolumeList::shown(AccountId target, const ProviderVolume& volume) const
{
    ModelVolume made;
    made.target = target;
    made.id = volume.id;
    made.name = volume.name;
    made.sizeGb = volume.sizeGb;
    made.dataCenter = volume.dataCenter;
    if (const auto& terms = m_context.book.descriptor(target).volumes)
        made.monthlyUsd = volumeMonthlyUsd(*terms, volume.sizeGb);
    made.ours = isOurVolumeName(volume.name);
    return made;
}

Task<Result<QList<ProviderVolume>>> VolumeList::listAtProvider(AccountId target)
{
    auto provider = co_await m_providers.open(target);
    if (!provider)
        co_return fail(std::move(provider.error()));
    ProviderVolumes* const disks = (*provider)->volumes();
    if (!disks)
        co_return fail(ErrorCode::ProviderLacks);
    auto listed = co_await disks->listVolumes();
    co_return listed;
}

Task<Result<QList<ModelVolume>>> VolumeList::list(AccountId target)
{
    auto provider = co_await m_providers.open(target);
    if (!provider)
        co_return fail(std::move(provider.error()));
    ProviderVolumes* const disks = (*provider)->volumes();
    if (!disks)
        co_return QList<ModelVolume>();
    // What is confirmed while the list is on its way may not be in it yet.
    QList<VolumeChange> changes = m_context.keptModels.openChanges(target);
    const int before = m_changes;
    auto listed = co_await disks->listVolumes();
    if (!listed)
        co_return fail(std::move(listed.error()));
    if (m_context.stopping || !m_context.accounts.isOpen(target))
        co_return fail(ErrorCode::Cancelled);
    auto endpoints = co_await m_context.facts.endpoints(target, std::chrono::seconds(5));
    if (!endpoints)
        co_return fail(std::move(endpoints.error()));
    auto fills = m_context.fills.all();
    if (!fills)
        co_return fail(std::move(fills.error()));
    changes += m_context.keptModels.openChanges(target);
    QList<ModelVolume> volumes;
    for (const ProviderVolume& entry : *listed) {
        ModelVolume volume = shown(target, entry);
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
    if (m_changes == before)
        m_spend[target] = {spendOn(volumes), m_context.config.clock->monotonic()};
    co_return volumes;
}

Task<std::optional<VolumeSpend>> VolumeList::spend(AccountId target)
{
    if (!m_context.accounts.isOpen(target))
        co_return std::nullopt;
    if (const auto known = m_spend.find(target);
        known != m_spend.end() && m_context.config.clock->monotonic() - known->second.seenAt < kSpendEvery)
        co_return known->second.spend;
    auto listed = co_await list(target);
    if (listed)
        co_return spendOn(*listed);
    // A key without that right is not asked each time.
    m_spend[target] = {std::nullopt, m_context.config.clock->monotonic()};
    co_return std::nullopt;
}

void VolumeList::forgetSpend(AccountId target)
{
    ++m_changes;
    m_spend.erase(target);
}

} // namespace visgate
