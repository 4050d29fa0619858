// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "worker/runners/runner.h"

#include <chrono>
#include <condition_variable>
#include <filesystem>
#include <fstream>
#include <functional>
#include <mutex>
#include <string>
#include <vector>

namespace visgate::worker {

/// Does what the prompt says: "fail", "wait" (until cancelled), "hang" (whatever happens, until released), else a
/// picture.
class ObedientRunner final : public Runner {
public:
    [[nodiscard]] std::string name() const override { return "obedient"; }
    [[nodiscard]] Capabilities capabilities() const override
    {
        Capabilities can;
        can.tasks = tasks;
        can.width = can.height = {256, 256, 256};
        can.steps = {1, 50, 2};
        can.guidance = {0, 5, 1};
        can.picturesMost = 4;
        can.frames = {1, 9, 5};
        can.framesPerSecond = {1, 30, 8};
        return can;
    }
    [[nodiscard]] bool isLoaded() const override { return m_isLoaded; }
    [[nodiscard]] bool isDemo() const override { return true; }
    [[nodiscard]] Result<void> load(const OnPhase& onPhase, const http::CancelToken& cancel) override
    {
        onPhase("opening");
        if (onLoad) {
            onLoad();
        }
        std::unique_lock lock(m_mutex);
        m_isLoading = true;
        m_changed.notify_all();
        while (loadTakes == Takes::UntilReleased ? !m_isReleased : loadTakes == Takes::UntilCancelled) {
            if (loadTakes == Takes::UntilCancelled && cancel.isCancelled()) {
                return fail(ErrorCode::Cancelled);
            }
            m_changed.wait_for(lock, std::chrono::milliseconds(5));
        }
        m_isLoaded = !failsToLoad;
        return failsToLoad ? fail(ErrorCode::FileUnreadable, "weights") : Result<void>();
    }
    [[nodiscard]] Result<Generated> generate(const Generation& job, const std::filesystem::path& folder,
        const Progress& progress, const http::CancelToken& cancel) override
    {
        progress.onStep(1, 2);
        std::unique_lock lock(m_mutex);
        m_isRunning = true;
        m_changed.notify_all();
        if (job.prompt == "fail") {
            return fail(ErrorCode::Internal, "told to");
        }
        while ((job.prompt == "wait" && !cancel.isCancelled()) || (job.prompt == "hang" && !m_isReleased)) {
            m_changed.wait_for(lock, std::chrono::milliseconds(5));
        }
        if (cancel.isCancelled()) {
            return fail(ErrorCode::Cancelled);
        }
        lock.unlock();
        progress.onStep(2, 2);
        Generated made;
        made.pictures.push_back({1, 1, job.seed, folder / "0.rgb", job.frames});
        std::ofstream pixels(made.pictures.front().file, std::ios::binary);
        for (int frame = 0; frame < job.frames; ++frame) {
            pixels << "\1\2\3";
        }
        return made;
    }
    void waitUntilLoading()
    {
        std::unique_lock lock(m_mutex);
        m_changed.wait(lock, [this] { return m_isLoading; });
        m_isLoading = false;
    }
    void waitUntilRunning()
    {
        std::unique_lock lock(m_mutex);
        m_changed.wait(lock, [this] { return m_isRunning; });
        m_isRunning = false;
    }
    void release()
    {
        const std::lock_guard lock(m_mutex);
        m_isReleased = true;
    }
    std::vector<Task> tasks{Task::TextToImage, Task::TextToVideo};
    enum class Takes { NoTime, UntilCancelled, UntilReleased };
    bool failsToLoad = false;
    Takes loadTakes = Takes::NoTime;
    std::function<void()> onLoad = {};

private:
    bool m_isLoading = false;
    bool m_isLoaded = false;
    std::mutex m_mutex;
    std::condition_variable m_changed;
    bool m_isRunning = false;
    bool m_isReleased = false;
};

} // namespace visgate::worker
