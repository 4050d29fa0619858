// SPDX-License-Identifier: GPL-3.0-or-later
#include "worker/model_store/model_lock.h"

#include "worker/queue/pause.h"

#include <fstream>
#include <string>

namespace visgate::worker {
namespace {

constexpr std::chrono::milliseconds look{500};

/// What the one that fills the model noted last.
FetchProgress::State noted(const std::filesystem::path& file)
{
    FetchProgress::State state;
    std::ifstream(file) >> state.bytes >> state.total;
    return state;
}

} // namespace

Result<ModelLock> ModelLock::take(
    const std::filesystem::path& file, FetchProgress& progress, const http::CancelToken& cancel)
{
    std::error_code ignored;
    std::filesystem::create_directories(file.parent_path(), ignored);
    FetchProgress::State last;
    for (;;) {
        auto lock = visgate::platform::FileLock::take(file);
        ModelLock taken;
        if (lock) {
            taken.m_lock.emplace(std::move(*lock));
        }
        if (lock || lock.error().code != ErrorCode::Conflict) {
            return taken;
        }
        const auto state = noted(file);
        if (state.bytes != last.bytes) {
            progress.begin(state.bytes, state.total);
            progress.sign();
            last = state;
        }
        if (!pauseFor(look, cancel)) {
            return fail(ErrorCode::Cancelled);
        }
    }
}

void ModelLock::note(const FetchProgress::State& state) const
{
    if (m_lock) {
        m_lock->note(std::to_string(state.bytes) + ' ' + std::to_string(state.total) + '\n');
    }
}

} // namespace visgate::worker
