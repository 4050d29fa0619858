// SPDX-License-Identifier: GPL-3.0-or-later
// Buying a volume: it is billed from the call on, so the wish is on disk before it, and what the call brought is found
// again by its name when the answer is lost.
#include "core/engine/context/error_kinds.h"
#include "core/engine/handlers/engine_parts.h"

#include <algorithm>
#include <utility>

namespace visgate {

using namespace Qt::Literals::StringLiterals;

namespace {

constexpr int kLooksForLostVolume = 4;

QString volumeIdText(const ProviderVolume& volume)
{
    return QString::fromStdString(volume.id.value());
}

} // namespace

ModelVolume EngineCore::toModelVolume(Target target, const ProviderVolume& volume)
{
    ModelVolume made;
    made.target = target;
    made.id = volume.id;
    made.name = volume.name;
    made.sizeGb = volume.sizeGb;
    made.dataCenter = volume.dataCenter;
    made.monthlyUsd = volumeMonthlyUsd(volume.sizeGb);
    made.ours = isOurVolumeName(volume.name);
    return made;
}

Task<Result<ModelVolume>> EngineCore::createVolume(Target target, QString name, int sizeGb, QString dataCenter)
{
    if (sizeGb < kLeastVolumeGb || sizeGb > kMostVolumeGb)
        co_return fail(invalidSetting("size_gb"));
    if (name.isEmpty() || name.size() > 100)
        co_return fail(invalidSetting("name"));
    VolumeIntent intent;
    intent.target = target;
    intent.name = name;
    intent.sizeGb = sizeGb;
    intent.dataCenter = dataCenter;
    auto bought = co_await buyVolume(std::move(intent));
    if (!bought)
        co_return fail(std::move(bought.error()));
    co_return toModelVolume(target, *bought);
}

/// As they are at the provider at this moment.
Task<Result<QList<ProviderVolume>>> EngineCore::listVolumes(Target target)
{
    auto provider = co_await openProvider(target);
    if (!provider)
        co_return fail(std::move(provider.error()));
    ProviderVolumes* const volumes = (*provider)->volumes();
    if (!volumes)
        co_return fail(ErrorCode::ProviderLacks);
    auto listed = co_await volumes->listVolumes();
    co_return listed;
}

/// Of the intent's name and place, and not one of those that were there before it.
Task<Result<std::optional<ProviderVolume>>> EngineCore::findBought(VolumeIntent intent)
{
    auto listed = co_await listVolumes(intent.target);
    if (!listed)
        co_return fail(std::move(listed.error()));
    for (const ProviderVolume& volume : *listed) {
        const bool isPlace = intent.dataCenter.isEmpty() || volume.dataCenter == intent.dataCenter;
        if (volume.name == intent.name && isPlace && !intent.known.contains(volumeIdText(volume)))
            co_return std::optional<ProviderVolume>(volume);
    }
    co_return std::optional<ProviderVolume>();
}

Task<Result<ProviderVolume>> EngineCore::buyVolume(VolumeIntent intent)
{
    auto before = co_await listVolumes(intent.target);
    if (!before)
        co_return fail(std::move(before.error()));
    if (m_context->stopping || !m_parts->accounts.isOpen(intent.target))
        co_return fail(ErrorCode::Cancelled);
    for (const ProviderVolume& volume : *before) {
        if (volume.name == intent.name)
            intent.known.append(volumeIdText(volume));
    }
    intent.createdAt = m_context->now();
    auto opened = m_parts->volumeIntents.open(std::move(intent));
    if (!opened) {
        [[maybe_unused]] const auto problem = m_context->stored(fail(opened.error()));
        co_return fail(std::move(opened.error()));
    }
    m_context->at("volume_intent.committed");
    const Target target = opened->target;
    ProviderVolumes* const volumes = m_parts->accounts.provider(target)->volumes();
    auto created = co_await volumes->createVolume(opened->name, opened->sizeGb, opened->dataCenter);
    forgetVolumeSpend(target);
    if (created)
        co_return endPurchase(*opened, std::move(*created));
    if (m_context->stopping)
        co_return fail(ErrorCode::Cancelled); // the next start looks for it
    Waker waker;
    for (int look = 0; look < kLooksForLostVolume && isOfTheMoment(created.error().code); ++look) {
        co_await waker.pause(m_context->pace(target).confirm);
        auto found = co_await findBought(*opened);
        if (m_context->stopping)
            co_return fail(ErrorCode::Cancelled);
        if (found && *found)
            co_return endPurchase(*opened, std::move(**found));
    }
    // A clear no, or it never arrived: whoever asked is told, and nothing is bought behind their back.
    [[maybe_unused]] const auto closed = m_context->stored(m_parts->volumeIntents.close(opened->id));
    co_return fail(std::move(created.error()));
}

/// The volume is known: what shall be kept in it begins to be copied, and then the promise is over.
Result<ProviderVolume> EngineCore::endPurchase(const VolumeIntent& intent, ProviderVolume volume)
{
    m_context->at("volume.bought");
    if (!intent.modelId.isEmpty()) {
        VolumeFill fill;
        fill.target = intent.target;
        fill.volume = volume.id;
        fill.dataCenter = volume.dataCenter;
        fill.modelId = intent.modelId;
        fill.revision = intent.revision;
        if (auto begun = m_parts->filler.begin(fill); !begun && begun.error().code != ErrorCode::Conflict)
            return fail(std::move(begun.error())); // the promise stays: the next start takes it up
    }
    if (auto closed = m_context->stored(m_parts->volumeIntents.close(intent.id)); !closed)
        return fail(std::move(closed.error()));
    m_context->at("volume_intent.closed");
    return volume;
}

/// What the last run of the program had promised and not seen the end of.
Task<void> EngineCore::settlePurchases()
{
    auto intents = m_parts->volumeIntents.all();
    if (!intents)
        co_return;
    for (const VolumeIntent& intent : std::as_const(*intents)) {
        Waker& waker = m_parts->purchaseWaker;
        while (!m_context->stopping) {
            auto found = co_await findBought(intent);
            if (m_context->stopping)
                co_return;
            if (found && *found) {
                [[maybe_unused]] const auto ended = endPurchase(intent, std::move(**found));
                break;
            }
            if (found) {
                // It never arrived. Asked for by nobody any more, it is not bought now, except to keep a model near.
                auto closed = m_context->stored(m_parts->volumeIntents.close(intent.id));
                if (closed && !intent.modelId.isEmpty()) {
                    VolumeIntent again = intent;
                    again.known.clear();
                    [[maybe_unused]] const auto bought = co_await buyVolume(std::move(again));
                }
                break;
            }
            if (!isOfTheMoment(found.error().code))
                break; // no key, no account: the next start asks again
            co_await waker.pause(m_context->pace(intent.target).retryHigh);
        }
        if (m_context->stopping)
            co_return;
    }
}

} // namespace visgate
