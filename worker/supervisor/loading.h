// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/foundation/http/client.h"
#include "core/foundation/result.h"
#include "core/foundation/worker_protocol/worker_event.h"
#include "worker/runners/runner.h"
#include "worker/supervisor/watchdog.h"

#include <functional>
#include <string>

namespace visgate::worker {

class EventStream;

/// What is told while a model's files are brought here; on any thread.
struct FetchNews {
    std::function<void(const DownloadEvent& event)> onDownload;
    std::function<void(const std::string& phase)> onPhase;
    std::function<void()> onSign; ///< it goes on, if only to wait for something
};

/// Brings the model's files here before the runner reads them, and says which revision they are.
using FetchModel = std::function<Result<std::string>(const FetchNews& news, const http::CancelToken& cancel)>;

/// How a model comes into the runner: fetched once, loaded as often as the runner has lost it. Tells of it as events,
/// and to the watchdog what each of both may take.
class Loading {
public:
    Loading(Runner& runner, Watchdog& watchdog, EventStream& events, FetchModel fetch);

    /// Blocks. The watchdog is told of its beginning, not of its end.
    [[nodiscard]] Result<void> run(const http::CancelToken& cancel);
    /// Of the files that were fetched; empty if none had to be.
    [[nodiscard]] const std::string& revision() const { return m_revision; }

private:
    [[nodiscard]] Result<void> fetch(const http::CancelToken& cancel);

    Runner& m_runner;
    Watchdog& m_watchdog;
    EventStream& m_events;
    const FetchModel m_fetch;
    bool m_isFetched = false;
    std::string m_revision;
};

} // namespace visgate::worker
