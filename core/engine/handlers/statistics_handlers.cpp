// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/engine/handlers/statistics_handlers.h"

#include "core/domain/metrics/spans.h"
#include "core/engine/deployments/deployment_table.h"
#include "core/engine/metrics/worker_history.h"
#include "core/operations/handlers.h"
#include "core/operations/statistics.h"
#include "core/store/metrics/metrics_repository.h"

#include <algorithm>
#include <cmath>
#include <utility>

namespace visgate {

using namespace Qt::Literals::StringLiterals;

/// How much is told of each deployment.
struct StatisticsHandlers::Bounds {
    int spans;
    int jobs;
};

namespace {

constexpr int kMostSpans = 5'000;
constexpr int kMostJobs = 500;
/// Of all deployments together: an answer stays a few megabytes, and a moment's work.
constexpr qsizetype kSpansInAll = 20'000;
constexpr qsizetype kJobsInAll = 10'000;
constexpr qsizetype kLeastOfEach = 20;

int shareOf(qsizetype inAll, qsizetype deployments, int most)
{
    const qsizetype share = std::max(kLeastOfEach, inAll / std::max<qsizetype>(1, deployments));
    return static_cast<int>(std::min<qsizetype>(most, share));
}

/// From the endpoint's creation to its first proof that it works; unset where nothing had to be started.
std::optional<std::chrono::seconds> shownColdStart(const Deployment& deployment)
{
    const auto in = [&deployment](DeploymentStatus status) { return deployment.phaseSeconds.value(toString(status)); };
    const double started = in(DeploymentStatus::DownloadingModel) + in(DeploymentStatus::LoadingModel);
    const bool wasFoundReady = deployment.path != "accepted_cold"_L1 && started == 0.0;
    if (!deployment.readyAt || wasFoundReady)
        return std::nullopt;
    return std::chrono::seconds(std::lround(started + in(DeploymentStatus::CreatingEndpoint)));
}

JobPoint pointOf(const Job& job)
{
    return {job.id, job.createdAt, job.status, job.gpu, job.queued, job.firstStep(), job.ran, job.costUsd};
}

} // namespace

void StatisticsHandlers::addTo(Handlers& handlers)
{
    handlers.add<GetLatency>([this](GetLatency op) { return latency(std::move(op)); });
    handlers.add<GetMetrics>([this](GetMetrics op) { return metrics(std::move(op)); });
}

Task<Result<QList<LatencyGroup>>> StatisticsHandlers::latency(GetLatency query)
{
    auto samples = m_latency.list(query.target, query.since);
    if (!samples)
        co_return fail(std::move(samples.error()));
    co_return groupLatency(*samples, query.by);
}

Task<Result<QList<DeploymentMetrics>>> StatisticsHandlers::metrics(GetMetrics query)
{
    co_return answer(query);
}

Result<QList<DeploymentMetrics>> StatisticsHandlers::answer(const GetMetrics& query)
{
    if (query.from > query.to)
        return fail(ErrorCode::InvalidRequest, "from");
    Result<QList<DeploymentId>> ids = query.deployments;
    if (query.deployments.isEmpty())
        ids = allOf(query);
    if (!ids)
        return fail(std::move(ids.error()));
    const Bounds bounds{shareOf(kSpansInAll, ids->size(), std::clamp(query.maxSpans, 1, kMostSpans)),
        shareOf(kJobsInAll, ids->size(), kMostJobs)};
    QList<DeploymentMetrics> answer;
    for (const DeploymentId& id : std::as_const(*ids)) {
        auto metrics = metricsOf(id, query, bounds);
        if (!metrics)
            return fail(std::move(metrics.error()));
        answer.append(*std::move(metrics));
    }
    return answer;
}

Result<QList<DeploymentId>> StatisticsHandlers::allOf(const GetMetrics& query)
{
    QList<std::pair<TimePoint, DeploymentId>> found;
    for (const auto& [id, owner] : m_table.all()) {
        if (owner->record().deployment.status != DeploymentStatus::Deleted)
            found.append({owner->record().deployment.createdAt, id});
    }
    std::sort(found.begin(), found.end(), std::greater<>());
    QList<DeploymentId> ids;
    for (const auto& [createdAt, id] : std::as_const(found))
        ids.append(id);
    const auto seen = m_workers.seenIn(query.from, query.to);
    if (!seen)
        return fail(seen.error());
    // Those that were deleted since come last.
    std::copy_if(seen->cbegin(), seen->cend(), std::back_inserter(ids),
        [known = ids](const DeploymentId& id) { return !known.contains(id); });
    return ids;
}

Result<DeploymentMetrics> StatisticsHandlers::metricsOf(const DeploymentId& id, const GetMetrics& query, Bounds bounds)
{
    auto deployment = m_table.deployment(id);
    if (!deployment)
        return fail(std::move(deployment.error()));
    auto workers = m_workers.spans(id, query.from, query.to);
    if (!workers)
        return fail(std::move(workers.error()));
    auto stages = m_metrics.stages(id, query.from, query.to);
    if (!stages)
        return fail(std::move(stages.error()));
    auto jobs = jobsOf(id, query, bounds.jobs);
    if (!jobs)
        return fail(std::move(jobs.error()));
    DeploymentMetrics metrics;
    metrics.id = id;
    metrics.target = deployment->target;
    metrics.modelId = deployment->modelId;
    metrics.gpuPlanned = deployment->gpuPlanned;
    metrics.workers = thinned(*workers, bounds.spans);
    metrics.stages = *std::move(stages);
    metrics.jobs = *std::move(jobs);
    metrics.coldStart = shownColdStart(*deployment);
    return metrics;
}

Result<QList<JobPoint>> StatisticsHandlers::jobsOf(const DeploymentId& id, const GetMetrics& query, int most)
{
    const auto jobs = m_context.jobs.between(id, query.from, query.to, most);
    if (!jobs)
        return fail(jobs.error());
    QList<JobPoint> points;
    std::transform(jobs->crbegin(), jobs->crend(), std::back_inserter(points), pointOf);
    return points;
}

} // namespace visgate
