// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/foundation/clock.h"

#include <cstdint>
#include <deque>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace visgate::practice {

/// What the practice account holds. Plain values; JSON forms are in model_json.h. Fields that carry a client's or a
/// worker's JSON unchanged are kept as its text.

using Env = std::map<std::string, std::string>;

struct GpuRequest {
    std::vector<std::string> pools;
    std::vector<std::string> excludedTypes;
    int count = 1;
    std::vector<std::string> allowedCudaVersions; ///< empty: any
    std::string minCudaVersion;                   ///< empty: no floor
    bool operator==(const GpuRequest&) const = default;
};

struct CpuChoice {
    std::string id;
    int vcpuCount = 2;
    bool operator==(const CpuChoice&) const = default;
};

/// The container settings that endpoints and templates share.
struct ContainerConfig {
    std::string image;
    std::string args;
    int diskGb = 20;
    Env env;
    std::vector<std::string> ports;
    std::string registry; ///< empty: none
    bool operator==(const ContainerConfig&) const = default;
};

enum class Scaler { QueueDelay, RequestCount };

struct EndpointConfig {
    std::string name;
    bool loadBalancer = false;
    ContainerConfig container;
    std::optional<GpuRequest> gpu; ///< absent: a CPU endpoint
    std::vector<CpuChoice> cpu;
    int workersMin = 0;
    int workersMax = 3;
    int idleTimeoutSeconds = 10;
    Scaler scaler = Scaler::QueueDelay;
    double scalerValue = 4;
    std::vector<std::string> dataCenterIds;
    std::vector<std::string> networkVolumes;
    std::int64_t timeoutMs = 0;
    std::string flashboot = "OFF";

    /// Queue endpoints that scale on the request count have no idle time-out of their own.
    [[nodiscard]] bool hasIdleTimeout() const { return loadBalancer || scaler == Scaler::QueueDelay; }
};

struct ReleaseChange {
    std::string field;
    std::string before; ///< JSON text
    std::string after;  ///< JSON text
};

struct Release {
    std::string id;
    int version = 1;
    TimePoint createdAt;
    std::vector<ReleaseChange> changes;
};

struct Endpoint {
    std::string id;
    EndpointConfig config;
    int version = 1;
    TimePoint createdAt;
    TimePoint lastRequestAt;       ///< of the queue; unused endpoints are scaled down after days
    std::string workerKey;         ///< what its workers authorise with: RUNPOD_AI_API_KEY
    std::vector<Release> releases; ///< newest first
    int completed = 0;
    int failed = 0;
    int retried = 0;
};

enum class WorkerPhase {
    Waiting, ///< no machine yet
    Pulling, ///< placed; the image is on its way
    Creating,
    Starting,
    Booting,   ///< the container runs and has not asked for a job yet
    Ready,     ///< asks for jobs, or works on one
    Unhealthy, ///< crashed or never came up; tried again later
    Stopping,  ///< asked to end
    Removed,   ///< gone from the account; its record is kept while its log is
};

struct Worker {
    std::string id;
    std::string endpointId;
    WorkerPhase phase = WorkerPhase::Waiting;
    int version = 1;
    std::string image;
    int gpuCount = 1;
    std::string gpuTypeId; ///< empty until placed, or on a CPU
    std::string cpuId;     ///< "cpu5c-4" on a CPU endpoint
    std::string dataCenterId;
    double usdPerSecond = 0;
    TimePoint createdAt;
    TimePoint phaseSince;
    TimePoint phaseEnds;                ///< when the simulated phase is over, or the next try is due
    std::optional<TimePoint> startedAt; ///< of the present container
    std::optional<TimePoint> removedAt;
    TimePoint idleSince;
    std::optional<MonotonicPoint> lastPing; ///< WarpClock::ofProcesses()
    int ordinal = 0;                        ///< which of its endpoint's workers since the provider started
    int crashes = 0;
    std::string failedCheck;               ///< reported by the worker's own fitness check
    std::vector<std::string> jobs;         ///< in progress here
    std::vector<std::string> stopRequests; ///< job ids the worker has not been told to stop yet
    std::string chargeId;                  ///< of the present container, while it is billed
    bool throttled = false;                ///< no machine was free at the last try
    bool leaving = false;                  ///< ends as soon as it has no job

    [[nodiscard]] bool isAlive() const { return phase != WorkerPhase::Stopping && phase != WorkerPhase::Removed; }
    [[nodiscard]] bool hasContainer() const
    {
        return phase == WorkerPhase::Booting || phase == WorkerPhase::Ready || phase == WorkerPhase::Stopping;
    }
};

enum class JobStatus { InQueue, InProgress, Completed, Failed, Cancelled, TimedOut };

struct Job {
    std::string id;
    std::string endpointId;
    JobStatus status = JobStatus::InQueue;
    bool sync = false;
    std::string request; ///< JSON text of the submitted object
    TimePoint submittedAt;
    TimePoint queuedAt; ///< of the present attempt
    std::optional<TimePoint> startedAt;
    std::optional<TimePoint> finishedAt;
    std::int64_t ttlMs = 86'400'000;
    std::int64_t executionTimeoutMs = 600'000;
    bool lowPriority = false;
    std::string webhook;
    int retries = 0;
    std::string workerId;
    std::string output;              ///< JSON text; empty: none
    std::string error;               ///< JSON text; empty: none
    std::vector<std::string> chunks; ///< streamed output, JSON texts
    std::size_t chunksRead = 0;
    int pingsWithout = 0; ///< pings in a row that did not name this job

    [[nodiscard]] bool isFinished() const { return status != JobStatus::InQueue && status != JobStatus::InProgress; }
};

/// As the queue API counts.
[[nodiscard]] inline std::int64_t wholeMillis(std::chrono::nanoseconds span)
{
    return std::chrono::duration_cast<std::chrono::milliseconds>(span).count();
}

/// Money that one container costs, from its start to its end.
struct Charge {
    std::string id;
    std::string endpointId;
    TimePoint from;
    std::optional<TimePoint> to; ///< open while it runs
    double usdPerSecond = 0;
    bool cpu = false;
};

struct Template {
    std::string id;
    std::string name;
    ContainerConfig container;
    bool serverless = false;
    bool isPublic = false;
    std::string category = "NVIDIA";
    bool startSsh = true;
    bool startJupyter = true;
    std::vector<std::string> allowedCudaVersions;
    std::optional<int> mountSizeGb;
    std::string mountPath;
};

struct Volume {
    std::string id;
    std::string name;
    int sizeGb = 10;
    std::string dataCenter;
    std::string type = "STANDARD";
};

struct Registry {
    std::string id;
    std::string name;
};

} // namespace visgate::practice
