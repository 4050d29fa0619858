// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/engine/volumes/kept_models.h"

#include <algorithm>
#include <utility>

namespace visgate {

QList<ModelVolume> KeptModels::volumesWith(AccountId target, const QString& modelId, const QString& revision) const
{
    QList<ModelVolume> volumes;
    const auto fills = m_fills.all();
    if (!fills)
        return volumes;
    const QList<VolumeChange> changes = openChanges(target);
    const auto isLeaving = [&changes](const VolumeId& volume) {
        return std::any_of(changes.begin(), changes.end(),
            [&volume](const VolumeChange& change) { return change.volume == volume && change.isDeletion(); });
    };
    for (const VolumeFill& fill : *fills) {
        if (isLeaving(fill.volume))
            continue;
        if (fill.target != target || fill.modelId != modelId || fill.revision != revision
            || fill.state != FillState::Complete)
            continue;
        ModelVolume volume;
        volume.target = target;
        volume.id = fill.volume;
        volume.dataCenter = fill.dataCenter;
        volume.modelId = modelId;
        volume.revision = revision;
        volume.state = FillState::Complete;
        volumes.append(std::move(volume));
    }
    return volumes;
}

QList<VolumeChange> KeptModels::openChanges(AccountId target) const
{
    auto changes = m_intents.changes().value_or(QList<VolumeChange>());
    erase_if(changes, [target](const VolumeChange& change) { return change.target != target; });
    return changes;
}

} // namespace visgate
