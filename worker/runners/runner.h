// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/foundation/http/client.h"
#include "core/foundation/result.h"
#include "worker/runners/capabilities.h"

#include <cstdint>
#include <filesystem>
#include <functional>
#include <string>
#include <utility>
#include <vector>

namespace visgate::worker {

/// A checked job. Pictures after the first take the following seeds.
struct Generation {
    Task task = Task::TextToImage;
    std::string prompt;
    std::string negativePrompt;
    std::filesystem::path image; ///< a file beside the results; empty where the task takes none
    std::filesystem::path mask;  ///< white is what is to change
    int width = 0;
    int height = 0;
    int steps = 0;
    double guidance = 0;
    double strength = 0;
    std::uint64_t seed = 0;
    int count = 1;
    int frames = 1; ///< more than one: a video
    int framesPerSecond = 0;
};

/// One picture, or one video: eight bits a channel, RGB, row by row, frame by frame.
struct GeneratedPicture {
    int width = 0;
    int height = 0;
    std::uint64_t seed = 0;
    std::filesystem::path file;
    int frames = 1;
};

struct Generated {
    std::vector<GeneratedPicture> pictures;
    std::vector<std::pair<std::string, std::string>> understood; ///< what was made of the prompt, slot by slot
    std::vector<std::string> defaults;                           ///< slots that the prompt did not say
    std::vector<std::string> unknownWords;
    int upscaledFrom = 0; ///< side in pixels before the runner's own upscaling; 0 if there is none
};

/// What a job is at inside a runner; each has a deadline of its own.
enum class RunnerPhase { EncodeText, Step, Decode };

/// What a runner tells while it works. Called on the thread that called the runner; must not block.
struct Progress {
    /// Step `i` of `n` over all pictures of the job, from 1.
    std::function<void(int i, int n)> onStep;
    std::function<void(RunnerPhase phase)> onPhase;
};

/// What computes. One call at a time; every call may block and may come from another thread than the one before.
class Runner {
public:
    using OnPhase = std::function<void(const std::string& phase)>;

    virtual ~Runner() = default;
    [[nodiscard]] virtual std::string name() const = 0;
    /// True if what it makes must be labelled as a demonstration, whatever model it stands in for.
    [[nodiscard]] virtual bool isDemo() const = 0;
    /// Of the model that is loaded.
    [[nodiscard]] virtual Capabilities capabilities() const = 0;
    /// False before load() and once the runner has lost its model: it can be loaded again.
    [[nodiscard]] virtual bool isLoaded() const = 0;
    /// Takes note of what was lost while nothing was asked of it: isLoaded() knows afterwards.
    virtual void checkAlive() { }
    /// Cancelled if `cancel` was pulled.
    [[nodiscard]] virtual Result<void> load(const OnPhase& onPhase, const http::CancelToken& cancel) = 0;
    /// Puts its files into `folder`. Cancelled if `cancel` was pulled; any other error is the runner's fault, never the
    /// input's.
    [[nodiscard]] virtual Result<Generated> generate(const Generation& job, const std::filesystem::path& folder,
        const Progress& progress, const http::CancelToken& cancel)
        = 0;
};

} // namespace visgate::worker
