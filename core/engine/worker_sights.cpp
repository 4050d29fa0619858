// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/engine/worker_sights.h"

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

QList<WorkerSight> sightsOf(const WorkerList& list, const std::function<double(const QString& gpuTypeId)>& usdPerHourOf)
{
    QList<WorkerSight> sights;
    for (const ProviderWorker& worker : list.workers)
        sights.append({QString::fromStdString(worker.id.value()), stateOf(worker.status), worker.uptime,
            usdPerHourOf(worker.gpuTypeId)});
    return sights;
}

} // namespace visgate
