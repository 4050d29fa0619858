// SPDX-License-Identifier: GPL-3.0-or-later
#include "worker/supervisor/loading.h"

#include "worker/events/output.h"

namespace visgate::worker {

Loading::Loading(Runner& runner, Watchdog& watchdog, EventStream& events, FetchModel fetch)
    : m_runner(runner), m_watchdog(watchdog), m_events(events), m_fetch(std::move(fetch))
{
}

Result<void> Loading::run(const http::CancelToken& cancel)
{
    if (auto fetched = fetch(cancel); !fetched) {
        return fetched;
    }
    m_watchdog.loadStarted(); // the first time, or because a job has cost the runner
    return m_runner.load(
        [this](const std::string& phase) {
            m_watchdog.loadMoved();
            m_events.emit(LoadEvent{phase});
        },
        cancel);
}

Result<void> Loading::fetch(const http::CancelToken& cancel)
{
    if (!m_fetch || m_isFetched) {
        return {};
    }
    m_watchdog.fetchStarted();
    const FetchNews news{[this](const DownloadEvent& event) { m_events.emit(event); },
        [this](const std::string& phase) { m_events.emit(LoadEvent{phase}); }, [this] { m_watchdog.loadMoved(); }};
    auto revision = m_fetch(news, cancel);
    if (!revision) {
        return fail(revision.error());
    }
    m_revision = std::move(*revision);
    m_isFetched = true;
    return {};
}

} // namespace visgate::worker
