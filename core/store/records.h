// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/domain/deployment/deployment.h"
#include "core/domain/deployment/request.h"
#include "core/domain/gpu/gpu.h"
#include "core/domain/jobs/job.h"

#include <QJsonObject>
#include <QMap>
#include <QString>
#include <QStringList>

#include <optional>

namespace visgate {

/// What the user wants of a deployment; the engine works until it is so.
enum class DesiredState { Run, Pause, Delete };

[[nodiscard]] QString toString(DesiredState desired);
[[nodiscard]] std::optional<DesiredState> desiredStateFromString(const QString& text);

/// An endpoint's settings as we last set or accepted them, to notice what is changed elsewhere. Text, as it is shown.
using EndpointFacts = QMap<QString, QString>;

/// An earlier configuration is to come back.
struct RollBackRequest {
    int version = 0;
    int from = 0; ///< the present release when it was asked for: a newer one of the wanted content is the answer
    bool operator==(const RollBackRequest&) const = default;
};

/// A deployment as the store keeps it: what everybody sees, and what the next start needs to go on. `deployment.logs`
/// is not part of it (see events).
struct DeploymentRecord {
    Deployment deployment;
    DesiredState desired = DesiredState::Run;
    CreateRequest request;
    QString callbackSecretHash; ///< SHA-256 of the secret that the worker got; empty without callbacks
    TimePoint statusSince;
    int diskGb = 20;
    bool gated = false;                      ///< the worker needs the hub token
    QStringList gpuExcluded;                 ///< types of the planned pools that the user's tier leaves out
    double usdPerHourCeiling = 0.0;          ///< dearest GPU of the plan
    double gpuUsdPerHour = 0.0;              ///< of the GPU that it got, as last known
    qint64 downloadBytes = 0;                ///< of the model, as the hub told
    Stock planStock = Stock::Unknown;        ///< the best of the plan's pools when it was made
    ProviderJobId warmUpJob;                 ///< wakes a worker where no first input does
    QStringList unreadLogs;                  ///< workers whose log may not have been read to its end
    bool containWhenFailed = false;          ///< something was created and must be stopped before Failed is the end
    bool endpointShared = false;             ///< adopted: another deployment uses the endpoint too
    QStringList dataCenters;                 ///< where it may run, best first; empty: the provider decides
    QStringList volumes;                     ///< ids of the volumes to mount
    bool anywhere = false;                   ///< no machine was free in the places placement had chosen
    QStringList refusedPools;                ///< had no machine free when they were asked for
    bool mayCostMore = false;                ///< the user agreed to a dearer plan
    EndpointFacts endpointFacts;             ///< empty until the endpoint was seen
    bool endpointForeign = false;            ///< another computer or program made it: not ours to delete
    std::optional<EndpointLimits> newLimits; ///< asked for, not yet confirmed by the provider
    // A wish, what was sent for it and what the provider has confirmed are three facts. The wish is deployment.pool.
    std::chrono::seconds warmIdle{0}; ///< the idle time-out that was sent for a warm time; 0: none, or given back
    bool warmConfirmed = false;       ///< the provider's own figures showed it
    bool alwaysOnSent = false;        ///< the endpoint may have minimum workers by the pool policy
    bool alwaysOnConfirmed = false;   ///< the provider's own figures showed them
    double acceptedUsdPerMonth = 0.0; ///< what the user has agreed to for always on
    bool wakesParked = false;         ///< the user wants back what the provider has parked
    std::optional<RollBackRequest> rollBack; ///< asked for, not yet confirmed by the provider
    EndpointId waking;     ///< found asleep and being woken, not adopted yet: goes back to sleep if left
    bool distinct = false; ///< another endpoint has its name already, with settings of its own
    ProviderJobId holdJob; ///< the last small job that opened or held a warm time
    int holdJobs = 0;      ///< how many were sent so far
};

/// The promise to create one endpoint, committed before the call, so that a lost reply is found again by name.
struct Intent {
    qint64 id = 0;
    DeploymentId deployment;
    QString endpointName;
    QString digest; ///< SHA-256 over what is asked for
    enum class State { Open, Done, Abandoned } state = State::Open;
    EndpointId endpoint;
    TimePoint createdAt;
};

[[nodiscard]] QJsonObject toRow(const DeploymentRecord& record);
[[nodiscard]] DeploymentRecord deploymentRecordFromRow(const QJsonObject& object);
[[nodiscard]] QJsonObject toRow(const Job& job);
[[nodiscard]] Job jobFromRow(const QJsonObject& object);
[[nodiscard]] QJsonObject toRow(const Artifact& artifact);
[[nodiscard]] Artifact artifactFromRow(const QJsonObject& object);

[[nodiscard]] qint64 toMicroseconds(TimePoint time);
[[nodiscard]] TimePoint fromMicroseconds(qint64 value);

} // namespace visgate
