// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/codec/enumerations.h"
#include "core/codec/table.h"
#include "core/domain/metrics/metrics.h"

namespace visgate {

using namespace codec;

template <> struct Table<WorkerSpan> {
    static auto fields()
    {
        return std::tuple(needed("from", &WorkerSpan::from), needed("until", &WorkerSpan::until),
            field("workers", &WorkerSpan::workers), field("gpus", &WorkerSpan::gpus),
            field("regions", &WorkerSpan::regions), field("usd_per_hour", &WorkerSpan::usdPerHour),
            field("usd", &WorkerSpan::usd), field("jobs_waiting", &WorkerSpan::jobsWaiting),
            field("jobs_running", &WorkerSpan::jobsRunning));
    }
};
template struct Codec<WorkerSpan>;

template <> struct Table<StageSpan> {
    static auto fields()
    {
        return std::tuple(
            word("status", &StageSpan::status), needed("from", &StageSpan::from), field("until", &StageSpan::until));
    }
};
template struct Codec<StageSpan>;

template <> struct Table<JobPoint> {
    static auto fields()
    {
        return std::tuple(needed("job_id", &JobPoint::id), needed("at", &JobPoint::at),
            field("status", &JobPoint::status), field("gpu", &JobPoint::gpu), field("queue_ms", &JobPoint::queued),
            field("ttft_ms", &JobPoint::firstStep), field("generation_ms", &JobPoint::ran),
            field("cost", &JobPoint::usd));
    }
};
template struct Codec<JobPoint>;

template <> struct Table<DeploymentMetrics> {
    static auto fields()
    {
        return std::tuple(needed("deployment_id", &DeploymentMetrics::id), field("target", &DeploymentMetrics::target),
            field("model_id", &DeploymentMetrics::modelId), field("gpu_planned", &DeploymentMetrics::gpuPlanned),
            field("workers", &DeploymentMetrics::workers), field("stages", &DeploymentMetrics::stages),
            field("jobs", &DeploymentMetrics::jobs), field("cold_start_seconds", &DeploymentMetrics::coldStart));
    }
};
template struct Codec<DeploymentMetrics>;

} // namespace visgate
