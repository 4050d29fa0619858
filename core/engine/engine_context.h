// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/async.h"
#include "core/domain/deployment/deployment.h"
#include "core/domain/jobs/job.h"
#include "core/domain/storage/volume.h"
#include "core/engine/engine_config.h"
#include "core/store/fill_repository.h"
#include "core/store/placement_repository.h"
#include "core/store/repositories.h"

#include <QSet>
#include <QString>

#include <functional>
#include <string_view>

namespace visgate {

class AccountWatch;
class Accounts;
struct AccountRef;
class LogKeeper;
struct ProviderEndpoint;
class Settings;
class SpendKeeper;
class StartHistory;

/// What the engine's parts share. Engine thread only.
struct EngineContext {
    const EngineConfig& config;
    Settings& settings;
    Accounts& accounts;
    LogKeeper& logs;
    DeploymentRepository& deployments;
    IntentRepository& intents;
    JobRepository& jobs;
    PlacementRepository& placements;
    FillRepository& fills;
    MetaRepository& meta;
    TaskScope& scope;
    SpendKeeper* spend = nullptr;    ///< never null once the engine has started
    StartHistory* history = nullptr; ///< never null once the engine has started

    bool stopping = false;
    QSet<QString> namesBeingCreated{}; ///< endpoint names with a create call under way
    std::optional<CallbackAddress> callback{};
    std::optional<Error> storeProblem{}; ///< the last write failed; cleared by the next that succeeds

    /// The one watch of that account.
    std::function<AccountWatch&(const AccountRef& account)> watchOf{};
    std::function<void(const Deployment&)> publishDeployment{};
    std::function<void(const Job&)> publishJob{};
    /// The volumes that hold this model, whole.
    std::function<QList<ModelVolume>(Target target, const QString& modelId, const QString& revision)> volumesWith{};
    /// Whether a deployment other than `id` lives on this endpoint.
    std::function<bool(const EndpointId& endpoint, const DeploymentId& id)> isShared{};
    /// Whether one of those has an endpoint of this name.
    std::function<bool(const QString& name, const DeploymentId& id)> isNameInUse{};
    /// Whether one of those wants it to run: not paused, not put away.
    std::function<bool(const EndpointId& endpoint, const DeploymentId& id)> isUsedElsewhere{};
    /// Whether one of those is just now being paused or deleted, which puts the endpoint to sleep when it was the last.
    std::function<bool(const EndpointId& endpoint, const DeploymentId& id)> isBeingLeft{};
    /// Whether one of those has shown that the endpoint works.
    std::function<bool(const EndpointId& endpoint, const DeploymentId& id)> isReadyElsewhere{};

    /// Whether there is, or was, such a deployment here: an endpoint made for another belongs to another computer.
    std::function<bool(const QString& deployment)> isOurs{};
    /// What the others on this endpoint have it held at: minimum workers and idle time-out, 0 where they do not.
    struct PoolDemand {
        int workersMin = 0;
        std::chrono::seconds idleTimeout{0};
    };
    std::function<PoolDemand(const EndpointId& endpoint, const DeploymentId& id)> demandElsewhere{};
    /// The limits of an endpoint that a deployment here holds warm, as they are outside of that; empty: none does.
    std::function<std::optional<EndpointLimits>(const EndpointId& endpoint)> limitsAt{};
    /// Tells those that share the endpoint of `id` that it has these limits now.
    std::function<void(const EndpointId& endpoint, const DeploymentId& id, const EndpointLimits& limits)> shareLimits{};
    /// Tells them that `id` has changed it.
    std::function<void(const ProviderEndpoint& endpoint, const DeploymentId& id)> shareEndpoint{};
    /// `id` has taken the endpoint into use: those that were put away with it have nothing left to keep.
    std::function<void(const EndpointId& endpoint, const DeploymentId& id)> endKept{};

    [[nodiscard]] EnginePace pace(Target target) const;
    [[nodiscard]] TimePoint now() const { return config.clock->now(); }
    /// Tells the probe, if there is one.
    void at(std::string_view point) const;
    /// Keeps the last store failure for health(); passes the result through.
    Result<void> stored(Result<void> outcome);
};

} // namespace visgate
