// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/foundation/ids.h"
#include "core/providers/this_computer/worker_log.h"

#include <QString>

#include <map>
#include <memory>

namespace visgate {

/// The logs of one endpoint's workers, a file each in its folder; the oldest go. Lives on its endpoint's thread.
class LocalLogs {
public:
    LocalLogs(EndpointId endpoint, QString folder);

    /// A worker starts: what was read of earlier ones is dropped, and there is room for its log.
    void makeRoom();
    [[nodiscard]] WorkerLog& of(const WorkerId& worker);
    /// Null for a worker of which nothing is kept.
    [[nodiscard]] WorkerLog* find(const WorkerId& worker);

private:
    [[nodiscard]] QString fileOf(const WorkerId& worker) const;

    EndpointId m_endpoint;
    QString m_folder;
    std::map<WorkerId, std::unique_ptr<WorkerLog>> m_logs;
};

} // namespace visgate
