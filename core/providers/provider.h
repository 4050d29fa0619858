// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/async.h"
#include "core/domain/deployment/deployment.h"
#include "core/domain/deployment/release.h"
#include "core/domain/gpu/gpu.h"
#include "core/domain/gpu/placement.h"
#include "core/domain/jobs/job.h"
#include "core/foundation/result.h"
#include "core/foundation/secret.h"

#include <QByteArray>
#include <QJsonObject>
#include <QList>
#include <QMap>
#include <QString>
#include <QStringList>

#include <functional>
#include <memory>

namespace visgate {

/// What an endpoint is created from. Everything that limits money is always sent.
struct EndpointSpec {
    QString name;
    QString image;
    QString args;                 ///< of its containers; empty: the image's own
    QStringList gpuPools;         ///< best first
    QStringList excludedGpuTypes; ///< type ids inside those pools that must not be used
    QStringList dataCenters;      ///< empty: the provider decides
    QStringList networkVolumes;   ///< ids; workers then run only where these are
    EndpointLimits limits;
    QString minCudaVersion; ///< "12.4"; empty: any host driver
    int diskGb = 20;
    QMap<QString, QString> env;       ///< never the provider key
    QMap<QString, QString> secretEnv; ///< hub token, callback secret: sent, never logged or stored
};

/// An endpoint in the provider's list. Unknown fields of the reply are ignored.
struct ProviderEndpoint {
    EndpointId id;
    QString name;
    QString url; ///< base of the queue API for this endpoint
    QString image;
    QStringList gpuPools;
    int workersMin = 0;
    int workersMax = 0;
    std::chrono::seconds idleTimeout{0};
    std::chrono::milliseconds executionTimeout{0};
    QMap<QString, QString> env; ///< without entries whose name says that they are secret
    std::optional<TimePoint> createdAt;
    QStringList networkVolumes; ///< ids
    QStringList dataCenters;    ///< where its workers may run; empty: anywhere
    bool operator==(const ProviderEndpoint&) const = default;
};

/// A network volume in the provider's list.
struct ProviderVolume {
    VolumeId id;
    QString name;
    int sizeGb = 0;
    QString dataCenter;
};

enum class WorkerStatus { Running, Idle, Initializing, Throttled, Unhealthy, Unknown };

struct ProviderWorker {
    WorkerId id;
    WorkerStatus status = WorkerStatus::Unknown;
    bool stale = false;
    QString gpuTypeId; ///< empty until placed
    QString dataCenter;
    std::optional<std::chrono::seconds> uptime;
};

struct WorkerList {
    QList<ProviderWorker> workers;
    WorkerCounts counts; ///< min and max are not part of this reply and stay 0
    std::optional<int> endpointVersion;
};

/// What the provider's queue says of a job.
struct ProviderJob {
    ProviderJobId id;
    JobStatus status = JobStatus::Unknown;
    QJsonObject output; ///< the worker's result, or its progress while IN_PROGRESS; empty if none
    bool hasOutput = false;
    QString error;
    bool workerLost = false; ///< it failed because its workers went away, not for its input
    WorkerId worker;
    std::optional<std::chrono::milliseconds> delayTime;
    std::optional<std::chrono::milliseconds> executionTime;
};

struct QueueHealth {
    int inQueue = 0;
    int inProgress = 0;
    int completed = 0;
    int failed = 0;
    int workersReady = 0;
    int workersIdle = 0;
    int workersRunning = 0;
    int workersInitializing = 0;
    int workersThrottled = 0;
    int workersUnhealthy = 0;
};

struct BillingRecord {
    EndpointId endpoint;
    TimePoint start;
    TimePoint end;
    double usd = 0.0;
};

/// One line as the provider's log stream gave it.
struct ProviderLogLine {
    QString id; ///< opaque, for resuming
    QString timestamp;
    QString source; ///< "container" or "system"
    QString line;
};

/// An open worker log. Reconnects by itself from the last id; closes when destroyed. Lives on the engine thread.
class LogStream {
public:
    virtual ~LogStream() = default;
    [[nodiscard]] virtual QString lastId() const = 0;
    /// The provider has begun to answer: what it has of the log is here or on its way.
    [[nodiscard]] virtual bool isConnected() const = 0;
    /// Why no further line will come (the worker or the endpoint is gone, the key was refused); unset while it runs.
    [[nodiscard]] virtual std::optional<Error> ended() const { return std::nullopt; }
};

/// The account's money, as the provider tells it.
struct AccountBalance {
    double usd = 0.0;                             ///< what is left
    double usdPerHour = 0.0;                      ///< what the account spends at this moment, everything in it
    std::optional<double> spendLimitUsdPerHour{}; ///< where the provider stops it
};

/// Who asks: somebody that waits for the answer to go on, or nobody in particular.
enum class CallFor { Deployment, Watching };

/// The logs of workers, as they are written.
class ProviderLogs {
public:
    virtual ~ProviderLogs() = default;
    /// Every line once, in order; `resumeAfter` is the last id seen (empty: from the start of what is kept).
    virtual std::unique_ptr<LogStream> openLogs(
        EndpointId id, WorkerId worker, QString resumeAfter, std::function<void(ProviderLogLine)> onLine)
        = 0;
};

/// What was booked, as far as the cloud tells it by endpoint.
class ProviderBilling {
public:
    virtual ~ProviderBilling() = default;
    virtual Task<Result<QList<BillingRecord>>> readBills(
        TimePoint from, TimePoint to, CallFor reason = CallFor::Watching)
        = 0;
};

/// Disks on the network that keep models between workers.
class ProviderVolumes {
public:
    virtual ~ProviderVolumes() = default;
    virtual Task<Result<QList<ProviderVolume>>> listVolumes() = 0;
    virtual Task<Result<ProviderVolume>> createVolume(QString name, int sizeGb, QString dataCenter) = 0;
    /// Volumes only grow.
    virtual Task<Result<ProviderVolume>> growVolume(VolumeId id, int sizeGb) = 0;
    /// 404 is success.
    virtual Task<Result<void>> deleteVolume(VolumeId id) = 0;
};

/// Earlier configurations of an endpoint.
class ProviderReleases {
public:
    virtual ~ProviderReleases() = default;
    virtual Task<Result<ReleaseHistory>> listReleases(EndpointId id) = 0;
    /// Brings back the configuration of an earlier release as a new one. Limits of workers stay. NotFound for an
    /// unknown version, InvalidRequest for what cannot be set back.
    virtual Task<Result<ProviderEndpoint>> rollBack(EndpointId id, int version) = 0;
};

/// The account's money. Nothing may depend on its success.
class ProviderBalance {
public:
    virtual ~ProviderBalance() = default;
    virtual Task<Result<AccountBalance>> readBalance() = 0;
};

/// Endpoints and their workers, and what they may be made from.
class Provisioning {
public:
    virtual ~Provisioning() = default;
    /// 200 on a harmless read: the key works. KeyRejected, KeyLacksPermission, NetworkUnreachable ...
    virtual Task<Result<void>> validateKey() = 0;
    /// Whether the key may create, without creating (an invalid body tells: 403 may not, 422 may).
    virtual Task<Result<void>> checkMayCreate() = 0;
    /// Whether there is anything that can run that model, as far as it is known before: PictureEngineMissing.
    virtual Task<Result<void>> checkRuns(QString modelId);
    virtual Task<Result<QList<GpuOffer>>> offers() = 0;
    virtual Task<Result<QList<DataCenter>>> dataCenters() = 0;
    virtual Task<Result<QList<ProviderEndpoint>>> listEndpoints(CallFor reason = CallFor::Watching) = 0;
    virtual Task<Result<ProviderEndpoint>> endpoint(EndpointId id) = 0;
    virtual Task<Result<ProviderEndpoint>> createEndpoint(EndpointSpec spec) = 0;
    /// PATCH of workers.min/max and idle time-out.
    virtual Task<Result<ProviderEndpoint>> scale(
        EndpointId id, int workersMin, int workersMax, std::chrono::seconds idleTimeout)
        = 0;
    /// 404 is success.
    virtual Task<Result<void>> deleteEndpoint(EndpointId id) = 0;
    virtual Task<Result<WorkerList>> workers(EndpointId id, CallFor reason = CallFor::Watching) = 0;
};

inline Task<Result<void>> Provisioning::checkRuns(QString)
{
    co_return Result<void>(); // a cloud's workers tell when they start
}

class JobQueue {
public:
    virtual ~JobQueue() = default;
    virtual Task<Result<ProviderJobId>> submitJob(
        EndpointId id, QJsonObject input, std::chrono::seconds executionTimeout)
        = 0;
    virtual Task<Result<ProviderJob>> job(EndpointId id, ProviderJobId job) = 0;
    virtual Task<Result<void>> cancelJob(EndpointId id, ProviderJobId job) = 0;
    virtual Task<Result<void>> retryJob(EndpointId id, ProviderJobId job) = 0;
    virtual Task<Result<void>> purgeQueue(EndpointId id) = 0;
    virtual Task<Result<QueueHealth>> health(EndpointId id) = 0;
};

/// How the engine talks to a GPU cloud. Lives on the engine thread; one object an account. Each call is one step that
/// may be cancelled by destroying the provider; errors carry the provider's status and request id. What a cloud lacks
/// is null, and the rest of the program does without.
class Provider : public Provisioning, public JobQueue {
public:
    [[nodiscard]] virtual ProviderLogs* logs() { return nullptr; }
    [[nodiscard]] virtual ProviderBilling* billing() { return nullptr; }
    [[nodiscard]] virtual ProviderVolumes* volumes() { return nullptr; }
    [[nodiscard]] virtual ProviderReleases* releases() { return nullptr; }
    [[nodiscard]] virtual ProviderBalance* balance() { return nullptr; }

    /// The provider's time as its last reply gave it.
    [[nodiscard]] virtual std::optional<TimePoint> serverTime() const { return std::nullopt; }
    /// What the account allows for ever, of its tightest limit; unset while no reply has told, or where there is none.
    [[nodiscard]] virtual std::optional<double> callsPerMinute() const = 0;
};

} // namespace visgate
