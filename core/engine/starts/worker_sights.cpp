// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/engine/starts/worker_sights.h"

namespace visgate {

namespace {

WorkerSight::State stateOf(WorkerStatus status)
{
    switch (status) {
    case WorkerStatus::Throttled:
        return WorkerSight::State::Waiting;
    case WorkerStatus::Initializing:
        return WorkerSight::State::Starting;
    case WorkerStatus::Idle:
        return WorkerSight::State::Idle;
    case WorkerStatus::Unhealthy:
        return WorkerSight::State::Broken;
    case WorkerStatus::Running:
    case WorkerStatus::Unknown:
        return WorkerSight::State::Busy;
    }
    return WorkerSight::State::Busy;
}

} // namespace

QList<WorkerSight> sightsOf(const WorkerList& list, const std::function<double(const QString& gpuTypeId)>& usdPerHourOf,
    const QSet<QString>& heard)
{
    QList<WorkerSight> sights;
    for (const ProviderWorker& worker : list.workers) {
        const QString id = QString::fromStdString(worker.id.value());
        sights.append({id, stateOf(worker.status), worker.uptime, usdPerHourOf(worker.gpuTypeId), heard.contains(id)});
    }
    return sights;
}

} // namespace visgate
