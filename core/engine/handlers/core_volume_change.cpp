// SPDX-License-Identifier: GPL-3.0-or-later
// Growing and deleting a volume: the wish is on disk before the call, and what a life that ended had promised, the next
// one finishes. Sent twice, neither does more than once.
#include "core/engine/context/error_kinds.h"
#include "core/engine/handlers/engine_parts.h"

#include <utility>

namespace visgate {

using namespace Qt::Literals::StringLiterals;

namespace {

constexpr int kLooksForLostChange = 4;

/// Whether the provider's list has it as it was wanted.
bool isDone(const VolumeChange& change, const std::optional<ProviderVolume>& there)
{
    return change.isDeletion() ? !there : there && there->sizeGb >= change.sizeGb;
}

} // namespace

void EngineCore::forgetVolumeSpend(Target target)
{
    ++m_volumeChanges;
    m_volumeSpend.erase(target);
}

Task<Result<ModelVolume>> EngineCore::growVolume(Target target, VolumeId id, int sizeGb)
{
    if (sizeGb < kLeastVolumeGb || sizeGb > kMostVolumeGb)
        co_return fail(invalidSetting("size_gb"));
    for (const VolumeChange& change : m_parts->keptModels.openChanges(target)) {
        if (change.volume == id && change.isDeletion())
            co_return fail(Error{ErrorCode::NotFound, id.value(), 0, {}, {id.value()}});
    }
    VolumeChange change{0, target, id, sizeGb, {}};
    auto grown = co_await changeVolume(std::move(change));
    if (!grown)
        co_return fail(std::move(grown.error()));
    co_return toModelVolume(target, **grown);
}

Task<Result<void>> EngineCore::deleteVolume(Target target, VolumeId id)
{
    VolumeChange change{0, target, id, 0, {}};
    auto deleted = co_await changeVolume(std::move(change));
    if (!deleted)
        co_return fail(std::move(deleted.error()));
    co_return Result<void>();
}

Task<Result<std::optional<ProviderVolume>>> EngineCore::changeVolume(VolumeChange change)
{
    auto provider = co_await openProvider(change.target);
    if (!provider)
        co_return fail(std::move(provider.error()));
    if (change.isDeletion())
        m_parts->filler.abandon(change.target, change.volume);
    change.createdAt = m_context->now();
    auto opened = m_parts->volumeIntents.open(change);
    if (opened)
        change.id = opened->id;
    else if (auto problem = m_context->stored(fail(opened.error())); !problem && !change.isDeletion())
        co_return fail(std::move(opened.error())); // what ends spending needs no store
    m_context->at("volume_change.committed");
    auto sent = co_await sendChange(change);
    forgetVolumeSpend(change.target);
    if (sent) {
        endChange(change);
        co_return sent;
    }
    if (m_context->stopping)
        co_return fail(ErrorCode::Cancelled); // the next start finishes it
    Waker waker;
    for (int look = 0; look < kLooksForLostChange && isOfTheMoment(sent.error().code); ++look) {
        co_await waker.pause(m_context->pace(change.target).confirm);
        auto there = co_await findVolume(change.target, change.volume);
        if (m_context->stopping)
            co_return fail(ErrorCode::Cancelled);
        if (there && isDone(change, *there)) {
            endChange(change);
            co_return there;
        }
    }
    // A clear no, or it never arrived: whoever asked is told, and nothing is done behind their back.
    [[maybe_unused]] const auto closed = m_context->stored(m_parts->volumeIntents.closeChange(change.id));
    co_return sent;
}

/// The volume as it is then; none once it is deleted.
Task<Result<std::optional<ProviderVolume>>> EngineCore::sendChange(VolumeChange change)
{
    if (m_context->stopping || !m_parts->accounts.isOpen(change.target))
        co_return fail(ErrorCode::Cancelled);
    ProviderVolumes* const volumes = m_parts->accounts.provider(change.target)->volumes();
    if (!volumes)
        co_return fail(ErrorCode::ProviderLacks);
    if (change.isDeletion()) {
        auto deleted = co_await volumes->deleteVolume(change.volume);
        if (!deleted)
            co_return fail(std::move(deleted.error()));
        co_return std::optional<ProviderVolume>();
    }
    auto grown = co_await volumes->growVolume(change.volume, change.sizeGb);
    if (!grown)
        co_return fail(std::move(grown.error()));
    co_return std::optional<ProviderVolume>(std::move(*grown));
}

Task<Result<std::optional<ProviderVolume>>> EngineCore::findVolume(Target target, VolumeId id)
{
    auto listed = co_await listVolumes(target);
    if (!listed)
        co_return fail(std::move(listed.error()));
    for (const ProviderVolume& volume : *listed) {
        if (volume.id == id)
            co_return std::optional<ProviderVolume>(volume);
    }
    co_return std::optional<ProviderVolume>();
}

void EngineCore::endChange(const VolumeChange& change)
{
    m_context->at("volume.changed");
    forgetVolumeSpend(change.target);
    if (change.isDeletion()) {
        [[maybe_unused]] const auto forgotten = m_context->stored(m_parts->fills.forget(change.target, change.volume));
    }
    [[maybe_unused]] const auto closed = m_context->stored(m_parts->volumeIntents.closeChange(change.id));
    m_context->at("volume_change.closed");
}

/// What the last run of the program had promised and not seen the end of.
Task<void> EngineCore::settleChanges()
{
    auto changes = m_parts->volumeIntents.changes();
    if (!changes)
        co_return;
    for (const VolumeChange& change : std::as_const(*changes)) {
        if (change.isDeletion())
            m_parts->filler.abandon(change.target, change.volume);
    }
    for (const VolumeChange& change : std::as_const(*changes)) {
        while (!m_context->stopping) {
            auto there = co_await findVolume(change.target, change.volume);
            if (m_context->stopping)
                co_return;
            const bool isOver = there && (!*there || isDone(change, *there));
            if (there && !isOver)
                there = co_await sendChange(change);
            if (m_context->stopping)
                co_return;
            forgetVolumeSpend(change.target);
            if (there) {
                endChange(change);
                break;
            }
            const ErrorCode why = there.error().code;
            if (!isOfTheMoment(why)) {
                // Refused for good, unless nobody could ask: the next start does then.
                if (!isWithoutKey(why) && why != ErrorCode::KeyRejected) {
                    [[maybe_unused]] const auto closed
                        = m_context->stored(m_parts->volumeIntents.closeChange(change.id));
                }
                break;
            }
            co_await m_parts->changeWaker.pause(m_context->pace(change.target).retryHigh);
        }
    }
}

} // namespace visgate
