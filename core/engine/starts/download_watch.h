// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/domain/deployment/model_download.h"
#include "core/foundation/clock.h"
#include "core/foundation/worker_protocol/worker_event.h"
#include "core/providers/provider.h"

#include <QHash>
#include <QString>

#include <optional>

namespace visgate {

/// How far the workers of a start are with fetching the model. Pure: told what was seen.
class DownloadWatch {
public:
    void onEvent(const DownloadEvent& event, const QString& worker, MonotonicPoint now);
    /// What a worker that is gone had fetched is gone with it.
    void onWorkers(const WorkerList& list);
    void clear() { m_workers.clear(); }

    /// Of the worker that is furthest: a second one that begins takes nothing back. Where it has said nothing for a
    /// while, no rate.
    [[nodiscard]] std::optional<ModelDownload> furthest(MonotonicPoint now) const;

private:
    struct Worker {
        ModelDownload download;
        MonotonicPoint heard;
    };
    QHash<QString, Worker> m_workers; ///< an empty name: one that did not give its own
};

} // namespace visgate
