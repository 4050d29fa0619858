// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/foundation/http/client.h"
#include "core/foundation/result.h"

#include <cstdint>
#include <functional>
#include <string>
#include <utility>
#include <vector>

namespace visgate::worker {

/// What a job may ask a runner for, and what it gets when it does not say.
struct RunnerLimits {
    int sidePixels = 0; ///< width and height, the only ones there are
    int stepsLeast = 0;
    int stepsMost = 0;
    int stepsDefault = 0;
    double guidanceLeast = 0;
    double guidanceMost = 0;
    double guidanceDefault = 0;
    int picturesMost = 0;
};

/// A checked job. Pictures after the first take the following seeds.
struct Generation {
    std::string prompt;
    int steps = 0;
    double guidance = 0;
    std::uint64_t seed = 0;
    int count = 1;
};

struct GeneratedPicture {
    int width = 0;
    int height = 0;
    std::uint64_t seed = 0;
    std::vector<std::uint8_t> rgb; ///< eight bits a channel, row by row
};

struct Generated {
    std::vector<GeneratedPicture> pictures;
    std::vector<std::pair<std::string, std::string>> understood; ///< what was made of the prompt, slot by slot
    std::vector<std::string> defaults;                           ///< slots that the prompt did not say
    std::vector<std::string> unknownWords;
    int upscaledFrom = 0; ///< side in pixels before the runner's own upscaling; 0 if there is none
};

/// What computes. One call at a time; every call may block and may come from another thread than the one before.
class Runner {
public:
    /// Step `i` of `n` over all pictures of the job, from 1.
    using OnStep = std::function<void(int i, int n)>;
    using OnPhase = std::function<void(const std::string& phase)>;

    virtual ~Runner() = default;
    [[nodiscard]] virtual std::string name() const = 0;
    [[nodiscard]] virtual RunnerLimits limits() const = 0;
    /// True if what it makes must be labelled as a demonstration, whatever model it stands in for.
    [[nodiscard]] virtual bool isDemo() const = 0;
    /// Cancelled if `cancel` was pulled.
    [[nodiscard]] virtual Result<void> load(const OnPhase& onPhase, const http::CancelToken& cancel) = 0;
    /// Cancelled if `cancel` was pulled; any other error is the runner's fault, never the input's.
    [[nodiscard]] virtual Result<Generated> generate(
        const Generation& job, const OnStep& onStep, const http::CancelToken& cancel)
        = 0;
};

} // namespace visgate::worker
