// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/engine/volumes/volume_purchases.h"

#include "core/engine/context/error_kinds.h"

#include <utility>

namespace visgate {

namespace {

constexpr int kLooksForLostVolume = 4;

QString volumeIdText(const ProviderVolume& volume)
{
    return QString::fromStdString(volume.id.value());
}

} // namespace

Task<Result<std::optional<ProviderVolume>>> VolumePurchases::find(VolumeIntent intent)
{
    auto listed = co_await m_volumes.listAtProvider(intent.target);
    if (!listed)
        co_return fail(std::move(listed.error()));
    for (const ProviderVolume& volume : *listed) {
        const bool isPlace = intent.dataCenter.isEmpty() || volume.dataCenter == intent.dataCenter;
        if (volume.name == intent.name && isPlace && !intent.known.contains(volumeIdText(volume)))
            co_return std::optional<ProviderVolume>(volume);
    }
    co_return std::optional<ProviderVolume>();
}

Task<Result<ProviderVolume>> VolumePurchases::buy(VolumeIntent intent)
{
    auto before = co_await m_volumes.listAtProvider(intent.target);
    if (!before)
        co_return fail(std::move(before.error()));
    if (m_context.stopping || !m_context.accounts.isOpen(intent.target))
        co_return fail(ErrorCode::Cancelled);
    for (const ProviderVolume& volume : *before) {
        if (volume.name == intent.name)
            intent.known.append(volumeIdText(volume));
    }
    intent.createdAt = m_context.now();
    auto opened = m_intents.open(std::move(intent));
    if (!opened) {
        [[maybe_unused]] const auto problem = m_context.stored(fail(opened.error()));
        co_return fail(std::move(opened.error()));
    }
    m_context.at("volume_intent.committed");
    const AccountId target = opened->target;
    ProviderVolumes* const disks = m_context.accounts.provider(target)->volumes();
    auto created = co_await disks->createVolume(opened->name, opened->sizeGb, opened->dataCenter);
    m_volumes.forgetSpend(target);
    if (created)
        co_return end(*opened, std::move(*created));
    if (m_context.stopping)
        co_return fail(ErrorCode::Cancelled); // the next start looks for it
    Waker waker;
    for (int look = 0; look < kLooksForLostVolume && isOfTheMoment(created.error().code); ++look) {
        co_await waker.pause(m_context.pace(target).confirm);
        auto found = co_await find(*opened);
        if (m_context.stopping)
            co_return fail(ErrorCode::Cancelled);
        if (found && *found)
            co_return end(*opened, std::move(**found));
    }
    // A clear no, or it never arrived: whoever asked is told, and nothing is bought behind their back.
    [[maybe_unused]] const auto closed = m_context.stored(m_intents.close(opened->id));
    co_return fail(std::move(created.error()));
}

Result<ProviderVolume> VolumePurchases::end(const VolumeIntent& intent, ProviderVolume volume)
{
    m_context.at("volume.bought");
    if (!intent.modelId.isEmpty()) {
        VolumeFill fill;
        fill.target = intent.target;
        fill.volume = volume.id;
        fill.dataCenter = volume.dataCenter;
        fill.modelId = intent.modelId;
        fill.revision = intent.revision;
        if (auto begun = m_filler.begin(fill); !begun && begun.error().code != ErrorCode::Conflict)
            return fail(std::move(begun.error())); // the promise stays: the next start takes it up
    }
    if (auto closed = m_context.stored(m_intents.close(intent.id)); !closed)
        return fail(std::move(closed.error()));
    m_context.at("volume_intent.closed");
    return volume;
}

Task<void> VolumePurchases::settle()
{
    auto intents = m_intents.all();
    if (!intents)
        co_return;
    for (const VolumeIntent& intent : std::as_const(*intents)) {
        while (!m_context.stopping) {
            auto found = co_await find(intent);
            if (m_context.stopping)
                co_return;
            if (found && *found) {
                [[maybe_unused]] const auto ended = end(intent, std::move(**found));
                break;
            }
            if (found) {
                // It never arrived. Asked for by nobody any more, it is not bought now, except to keep a model near.
                auto closed = m_context.stored(m_intents.close(intent.id));
                if (closed && !intent.modelId.isEmpty()) {
                    VolumeIntent again = intent;
                    again.known.clear();
                    [[maybe_unused]] const auto bought = co_await buy(std::move(again));
                }
                break;
            }
            if (!isOfTheMoment(found.error().code))
                break; // no key, no account: the next start asks again
            co_await m_waker.pause(m_context.pace(intent.target).retryHigh);
        }
        if (m_context.stopping)
            co_return;
    }
}

} // namespace visgate
