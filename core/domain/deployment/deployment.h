// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/domain/deployment/model_download.h"
#include "core/domain/deployment/question.h"
#include "core/domain/provider/account_id.h"
#include "core/domain/warm/schedule.h"
#include "core/foundation/clock.h"
#include "core/foundation/error.h"
#include "core/foundation/ids.h"

#include <QList>
#include <QMap>
#include <QString>
#include <QStringList>

#include <chrono>
#include <optional>

namespace visgate {

/// The states of the API contract. The words on the screen come from (status, waitingFor).
enum class DeploymentStatus {
    Validating,
    SelectingGpu,
    CreatingEndpoint,
    DownloadingModel,
    LoadingModel,
    Ready,
    WebhookFailed,
    Paused,
    Parked,
    Failed,
    Deleting,
    Deleted,
};

[[nodiscard]] QString toString(DeploymentStatus status); ///< "selecting_gpu"
[[nodiscard]] std::optional<DeploymentStatus> deploymentStatusFromString(const QString& text);

/// The one transition table of the API contract. Staying in a state is not a transition.
[[nodiscard]] bool mayFollow(DeploymentStatus from, DeploymentStatus to);
/// Nothing runs and nothing will happen by itself any more: Failed or Deleted.
[[nodiscard]] bool isSettled(DeploymentStatus status);

enum class GenerationTask { TextToImage, ImageToImage, TextToVideo, ImageToVideo, VideoToVideo };

[[nodiscard]] QString toString(GenerationTask task); ///< "text_to_image"
/// Takes the aliases of the API contract too: text2img, IMG2IMG, text-to-image ...
[[nodiscard]] std::optional<GenerationTask> generationTaskFromString(const QString& text);

/// Live workers by state, as the provider's worker list names them.
struct WorkerCounts {
    int min = 0;
    int max = 0;
    int running = 0;
    int idle = 0;
    int initializing = 0;
    int throttled = 0;
    int unhealthy = 0;
    [[nodiscard]] int total() const { return running + idle + initializing + throttled + unhealthy; }
    bool operator==(const WorkerCounts&) const = default;
};

/// What the endpoint itself enforces (ring 1), always sent.
struct EndpointLimits {
    std::chrono::seconds idleTimeout{5};
    std::chrono::seconds executionTimeout{600};
    std::chrono::seconds initTimeout{420};
    std::chrono::seconds workerIdleTimeout{3900}; ///< the watchdog inside the worker
    int failureThreshold = 3;
    int workersMin = 0;
    int workersMax = 1;
    bool operator==(const EndpointLimits&) const = default;
};

/// Money in USD. An estimate says so; "billed" comes from the provider.
struct DeploymentCost {
    double estimatedUsd = 0.0;
    std::optional<double> billedUsd;
    double usdPerHourNow = 0.0; ///< what runs at this moment
    double countedUsd = 0.0;    ///< so far: settled bills, else the dearer of estimate and bill. What limits go by
    bool operator==(const DeploymentCost&) const = default;
};

/// Under so many own samples a range says "no history yet".
inline constexpr int kEnoughSamples = 5;

/// How long something will still take. Four of five such times end within it.
struct TimeRange {
    std::chrono::seconds low{0};
    std::chrono::seconds likely{0};
    std::chrono::seconds high{0};
    int ownSamples = 0;   ///< of the stage that has the fewest
    bool overdue = false; ///< it takes longer than was promised first; all zero: longer than any start is known to
    [[nodiscard]] bool hasHistory() const { return ownSamples >= kEnoughSamples; }
    bool operator==(const TimeRange&) const = default;
};

/// One line of the orchestration log (`logs[]` of the API).
struct OrchestrationLine {
    TimePoint at;
    QString level; ///< "info", "warning", "error"
    QString message;
    bool operator==(const OrchestrationLine&) const = default;
};

/// A setting of the endpoint that was changed, and not by us.
struct EndpointChange {
    QString field; ///< "workers_max", "image", ...
    QString before;
    QString after;
    TimePoint at; ///< when it was noticed
    bool operator==(const EndpointChange&) const = default;
};

/// A deployment as everybody sees it: window, command line, API. A plain value that crosses threads.
struct Deployment {
    DeploymentId id;
    DeploymentStatus status = DeploymentStatus::Validating;
    QString path; ///< "accepted_cold", "warm_ready" or "adopted"
    AccountId target = AccountId::practice();
    QString modelId;
    QString revision;
    GenerationTask task = GenerationTask::TextToImage;
    EndpointId endpointId;
    QString endpointName;
    QString endpointUrl;
    QString userHash;                           ///< SHA-256 of the provider key that owns it
    QString gpuTier;                            ///< the one GPU or pool that the user wants; empty: whatever fits
    QStringList gpuPlanned;                     ///< pool ids, best first
    QString gpuAllocated;                       ///< the type really obtained; empty until known
    QString region;                             ///< data center of the worker; empty until known
    QString regionReason;                       ///< why it runs there, in the user's language
    std::optional<bool> loadedFromCache;        ///< the worker found the model in a volume; unset until it loads
    std::optional<DeploymentQuestion> question; ///< it waits for the user's answer
    double modelVramGb = 0.0;
    WorkerCounts workers;
    std::optional<TimePoint> workersSeenAt; ///< how old the counts are: the moment they were so; unset while unknown
    EndpointLimits limits;
    QList<EndpointChange> changedElsewhere; ///< newest last, the last 20
    QList<OrchestrationLine> logs;          ///< the last 200
    std::optional<Error> error;
    /// "gpu" while throttled, "image" while it is pulled, "key" while its key is not here, else empty.
    QString waitingFor;
    std::optional<std::chrono::seconds> estimatedRemaining; ///< until it is ready
    std::optional<TimeRange> estimatedRange;                ///< the same with its width
    std::optional<ModelDownload>
        download;                       ///< while the model is fetched and its worker tells how far it is; not stored
    QMap<QString, double> phaseSeconds; ///< status name -> seconds spent, the running phase included
    DeploymentCost cost;
    bool demoModel = false; ///< the worker draws with the demo model, standing in for modelId
    JobId firstJob;         ///< the job that was queued as ready signal; empty if none
    TimePoint createdAt;
    std::optional<TimePoint> readyAt;
    std::optional<TimePoint> deletedAt;
    std::optional<TimePoint> deleteAt; ///< removed, but kept at max 0 until then
    PoolPolicy pool;
    bool warm = false;                       ///< held warm now by the pool policy, as the provider has confirmed
    std::optional<TimePoint> warmNextChange; ///< when that changes
    QStringList unconfirmed;     ///< asked for, not yet confirmed by the provider: "warm", "limits", "pause", "resume",
                                 ///< "roll_back"
    bool keyFromRequest = false; ///< its provider key came with the request and is kept in memory only
    bool operator==(const Deployment&) const = default;
};

/// Nothing runs and nothing is under way: nobody has to watch it.
[[nodiscard]] bool isAtRest(const Deployment& deployment);

} // namespace visgate
