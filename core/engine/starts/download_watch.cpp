// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/engine/starts/download_watch.h"

#include <QSet>

#include <algorithm>

namespace visgate {

namespace {

/// A worker speaks every two seconds while bytes arrive, and its log comes in portions.
constexpr std::chrono::seconds kRateHolds{20};

} // namespace

void DownloadWatch::onEvent(const DownloadEvent& event, const QString& worker, MonotonicPoint now)
{
    // The same worker may have less than before: what came damaged was thrown away, or it has begun anew.
    m_workers[worker] = {plausible(event.bytes, event.total, event.bytesPerSecond), now};
}

void DownloadWatch::onWorkers(const WorkerList& list)
{
    QSet<QString> present;
    for (const ProviderWorker& worker : list.workers)
        present.insert(QString::fromStdString(worker.id.value()));
    m_workers.removeIf([&present](const QHash<QString, Worker>::iterator worker) {
        return !worker.key().isEmpty() && !present.contains(worker.key());
    });
}

std::optional<ModelDownload> DownloadWatch::furthest(MonotonicPoint now) const
{
    const auto found = std::max_element(m_workers.cbegin(), m_workers.cend(),
        [](const Worker& a, const Worker& b) { return a.download.bytes < b.download.bytes; });
    if (found == m_workers.cend())
        return std::nullopt;
    ModelDownload download = found->download;
    if (now - found->heard > kRateHolds)
        download.bytesPerSecond = 0.0;
    return download;
}

} // namespace visgate
