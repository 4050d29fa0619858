// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/domain/gpu/gpu.h"
#include "core/domain/jobs/job.h"
#include "core/domain/model/model.h"

#include <QList>
#include <QString>

#include <optional>

namespace visgate {

/// Ways of running the model (precision, offload) that fit into `memoryGb`, the roomiest first. Pure.
[[nodiscard]] QList<MemoryNeed> memoryModesFor(const ModelSpec& model, double memoryGb);

/// GPU memory for one generation of this size: the weights stay as they are, what the picture takes grows with its
/// pixels, frames and number. 0 if nothing is known about the model.
[[nodiscard]] double generationVramGb(const ModelSpec& model, const JobInput& input);

/// The GPU that a tier names, and the cheapest one that would be large enough.
struct TierMemory {
    double memoryGb = 0.0;
    double usdPerHour = 0.0;
    std::optional<GpuOffer> next;
};
[[nodiscard]] TierMemory tierMemory(const QList<GpuOffer>& offers, const QString& tier, double neededGb);

} // namespace visgate
