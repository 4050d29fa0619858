// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/domain/model/model.h"

namespace visgate {

/// What one model's job may ask for, and what it gets where a job says nothing: what a form of it offers. Never wider
/// than core/foundation/worker_protocol/job_limits.h.
struct InputLimits {
    int width = 1024; ///< pixels: the model's own
    int height = 1024;
    int leastSide = 64;
    int mostSide = 2048;
    int sideStep = 16; ///< both sides are a multiple of it
    int steps = 30;
    int leastSteps = 1;
    int mostSteps = 1000;
    double guidance = 5.0;
    double leastGuidance = 0.0;
    double mostGuidance = 100.0;
    int mostPictures = 16;
    bool takesNegative = true; ///< words for what is not to be seen change something
    bool isOwnKnown = false;   ///< steps, guidance and size above are the model's own, not a guess

    /// Whether there is a size to choose.
    [[nodiscard]] bool hasSizes() const { return leastSide < mostSide; }
    /// The side that the model can draw and that is closest to this one.
    [[nodiscard]] int nearestSide(int pixels) const;
    bool operator==(const InputLimits&) const = default;
};

/// Of this model, doing this task.
[[nodiscard]] InputLimits inputLimits(const ModelSpec& model, GenerationTask task);

} // namespace visgate
