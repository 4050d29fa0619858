// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/domain/deployment/deployment.h"
#include "core/domain/jobs/job.h"
#include "core/foundation/clock.h"
#include "core/foundation/ids.h"

#include <QList>
#include <QMap>
#include <QString>
#include <QStringList>

#include <chrono>
#include <optional>

// What happened to a deployment over time, as charts show it. Plain values.
namespace visgate {

/// A time in which nothing changed of what is charted. Between two that do not touch nobody looked: nothing is known of
/// it. Where many were made one (spans.h) it has the figures that held longest in it. Deployments on one endpoint each
/// show all of its workers; what those cost is one deployment's alone.
///
/// `gpus` and `regions` count the live workers that hold a GPU: running, idle, initializing and unhealthy ones. One
/// that is throttled has no machine and costs nothing: it is counted by its state only.
struct WorkerSpan {
    TimePoint from;
    TimePoint until;
    WorkerCounts workers;
    QMap<QString, int> gpus;    ///< live workers by GPU type; under an empty name those whose type is not told
    QMap<QString, int> regions; ///< live workers by data center; under an empty name those whose place is not told
    double usdPerHour = 0.0;    ///< what they cost meanwhile; of many made one: the mean
    double usd = 0.0;           ///< the deployment's cost so far, at `until`
    int jobsWaiting = 0;
    int jobsRunning = 0;
    bool operator==(const WorkerSpan&) const = default;
};

/// A time in one state.
struct StageSpan {
    DeploymentStatus status = DeploymentStatus::Validating;
    TimePoint from;
    std::optional<TimePoint> until; ///< unset: it is in it now
    bool operator==(const StageSpan&) const = default;
};

/// One job as a point of the charts, at the moment it was asked for.
struct JobPoint {
    JobId id;
    TimePoint at;
    JobStatus status = JobStatus::Submitting;
    QString gpu;                                        ///< type; empty: not known
    std::optional<std::chrono::milliseconds> queued;    ///< until a worker took it
    std::optional<std::chrono::milliseconds> firstStep; ///< from asking to the first step
    std::optional<std::chrono::milliseconds> ran;
    std::optional<double> usd; ///< estimate
    bool operator==(const JobPoint&) const = default;
};

/// One deployment within the time that was asked for; each list oldest first.
struct DeploymentMetrics {
    DeploymentId id;
    AccountId target = AccountId::practice();
    QString modelId;
    QStringList gpuPlanned; ///< pool ids, best first
    QList<WorkerSpan> workers;
    QList<StageSpan> stages;
    QList<JobPoint> jobs;
    std::optional<std::chrono::seconds> coldStart; ///< of its start, once it was ready; unset where it was found ready
    bool operator==(const DeploymentMetrics&) const = default;
};

} // namespace visgate
