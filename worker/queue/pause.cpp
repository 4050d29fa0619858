// SPDX-License-Identifier: GPL-3.0-or-later
#include "worker/queue/pause.h"

#include <condition_variable>
#include <mutex>

namespace visgate::worker {

bool pauseFor(std::chrono::milliseconds time, const http::CancelToken& cancel)
{
    std::mutex mutex;
    std::condition_variable changed;
    const auto handle = cancel.onCancel([&] {
        const std::lock_guard lock(mutex);
        changed.notify_all();
    });
    {
        std::unique_lock lock(mutex);
        changed.wait_for(lock, time, [&cancel] { return cancel.isCancelled(); });
    }
    cancel.removeCallback(handle);
    return !cancel.isCancelled();
}

} // namespace visgate::worker
