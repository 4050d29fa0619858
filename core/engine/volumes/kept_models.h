// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/domain/storage/volume.h"
#include "core/store/fill_repository.h"
#include "core/store/volume_intent_repository.h"

#include <QList>
#include <QString>

namespace visgate {

/// Which models are kept in which volumes, and what was promised of a volume and not yet seen done: from the store.
/// Engine thread only.
class KeptModels {
public:
    KeptModels(FillRepository& fills, VolumeIntentRepository& intents) : m_fills(fills), m_intents(intents) { }

    /// The volumes that hold this model, whole, and are not about to go. None where the store cannot tell: a plan does
    /// without.
    [[nodiscard]] QList<ModelVolume> volumesWith(
        AccountId target, const QString& modelId, const QString& revision) const;
    [[nodiscard]] QList<VolumeChange> openChanges(AccountId target) const;

private:
    FillRepository& m_fills;
    VolumeIntentRepository& m_intents;
};

} // namespace visgate
