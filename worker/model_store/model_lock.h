// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/foundation/http/client.h"
#include "core/foundation/platform/file_lock.h"
#include "worker/model_store/fetch_progress.h"

#include <filesystem>
#include <optional>

namespace visgate::worker {

/// Several workers share a volume: one fills a model, the others wait for it. Who fills notes how far it is, and who
/// waits tells the same.
class ModelLock {
public:
    /// Waits for it. None if it cannot be had on this file system, where files that are named by their sums have to do:
    /// two that write one of them write the same. Cancelled.
    [[nodiscard]] static Result<ModelLock> take(
        const std::filesystem::path& file, FetchProgress& progress, const http::CancelToken& cancel);

    [[nodiscard]] bool isHeld() const { return m_lock.has_value(); }
    void note(const FetchProgress::State& state) const;

private:
    ModelLock() = default;
    std::optional<visgate::platform::FileLock> m_lock;
};

} // namespace visgate::worker
