// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/engine/volumes/volume_changes.h"

#include "core/engine/context/error_kinds.h"

#include <utility>

namespace visgate {

namespace {

constexpr int kLooksForLostChange = 4;

/// Whether the provider's list has it as it was wanted.
bool isDone(const VolumeChange& change, const std::optional<ProviderVolume>& there)
{
    return change.isDeletion() ? !there : there && there->sizeGb >= change.sizeGb;
}

} // namespace

Task<Result<std::optional<ProviderVolume>>> VolumeChanges::apply(VolumeChange change)
{
    auto provider = co_await m_providers.open(change.target);
    if (!provider)
        co_return fail(std::move(provider.error()));
    if (change.isDeletion())
        m_filler.abandon(change.target, change.volume);
    change.createdAt = m_context.now();
    auto opened = m_intents.open(change);
    if (opened)
        change.id = opened->id;
    else if (auto problem = m_context.stored(fail(opened.error())); !problem && !change.isDeletion())
        co_return fail(std::move(opened.error())); // what ends spending needs no store
    m_context.at("volume_change.committed");
    auto sent = co_await send(change);
    m_volumes.forgetSpend(change.target);
    if (sent) {
        end(change);
        co_return sent;
    }
    if (m_context.stopping)
        co_return fail(ErrorCode::Cancelled); // the next start finishes it
    Waker waker;
    for (int look = 0; look < kLooksForLostChange && isOfTheMoment(sent.error().code); ++look) {
        co_await waker.pause(m_context.pace(change.target).confirm);
        auto there = co_await find(change.target, change.volume);
        if (m_context.stopping)
            co_return fail(ErrorCode::Cancelled);
        if (there && isDone(change, *there)) {
            end(change);
            co_return there;
        }
    }
    // A clear no, or it never arrived: whoever asked is told, and nothing is done behind their back.
    [[maybe_unused]] const auto closed = m_context.stored(m_intents.closeChange(change.id));
    co_return sent;
}

Task<Result<std::optional<ProviderVolume>>> VolumeChanges::send(VolumeChange change)
{
    if (m_context.stopping || !m_context.accounts.isOpen(change.target))
        co_return fail(ErrorCode::Cancelled);
    ProviderVolumes* const disks = m_context.accounts.provider(change.target)->volumes();
    if (!disks)
        co_return fail(ErrorCode::ProviderLacks);
    if (change.isDeletion()) {
        auto deleted = co_await disks->deleteVolume(change.volume);
        if (!deleted)
            co_return fail(std::move(deleted.error()));
        co_return std::optional<ProviderVolume>();
    }
    auto grown = co_await disks->growVolume(change.volume, change.sizeGb);
    if (!grown)
        co_return fail(std::move(grown.error()));
    co_return std::optional<ProviderVolume>(std::move(*grown));
}

Task<Result<std::optional<ProviderVolume>>> VolumeChanges::find(AccountId target, VolumeId id)
{
    auto listed = co_await m_volumes.listAtProvider(target);
    if (!listed)
        co_return fail(std::move(listed.error()));
    for (const ProviderVolume& volume : *listed) {
        if (volume.id == id)
            co_return std::optional<ProviderVolume>(volume);
    }
    co_return std::optional<ProviderVolume>();
}

void VolumeChanges::end(const VolumeChange& change)
{
    m_context.at("volume.changed");
    m_volumes.forgetSpend(change.target);
    if (change.isDeletion()) {
        [[maybe_unused]] const auto forgotten = m_context.stored(m_context.fills.forget(change.target, change.volume));
    }
    [[maybe_unused]] const auto closed = m_context.stored(m_intents.closeChange(change.id));
    m_context.at("volume_change.closed");
}

Task<void> VolumeChanges::settle()
{
    auto changes = m_intents.changes();
    if (!changes)
        co_return;
    for (const VolumeChange& change : std::as_const(*changes)) {
        if (change.isDeletion())
            m_filler.abandon(change.target, change.volume);
    }
    for (const VolumeChange& change : std::as_const(*changes)) {
        while (!m_context.stopping) {
            auto there = co_await find(change.target, change.volume);
            if (m_context.stopping)
                co_return;
            const bool isOver = there && (!*there || isDone(change, *there));
            if (there && !isOver)
                there = co_await send(change);
            if (m_context.stopping)
                co_return;
            m_volumes.forgetSpend(change.target);
            if (there) {
                end(change);
                break;
            }
            const ErrorCode why = there.error().code;
            if (!isOfTheMoment(why)) {
                // Refused for good, unless nobody could ask: the next start does then.
                if (!isWithoutKey(why) && why != ErrorCode::KeyRejected && why != ErrorCode::ProviderLacks) {
                    [[maybe_unused]] const auto closed = m_context.stored(m_intents.closeChange(change.id));
                }
                break;
            }
            co_await m_waker.pause(m_context.pace(change.target).retryHigh);
        }
    }
}

} // namespace visgate
