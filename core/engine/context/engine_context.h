// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/async.h"
#include "core/domain/deployment/deployment.h"
#include "core/domain/jobs/job.h"
#include "core/domain/storage/volume.h"
#include "core/engine/context/endpoint_sharing.h"
#include "core/engine/context/engine_config.h"
#include "core/store/fill_repository.h"
#include "core/store/latency_repository.h"
#include "core/store/placement_repository.h"
#include "core/store/repositories.h"

#include <QSet>
#include <QString>

#include <chrono>
#include <string_view>

namespace visgate {

class AccountBook;
class AccountFacts;
class AccountWatches;
class BillReader;
class HubTokens;
class ProviderSessions;
class StorageAccess;
class StoredKeys;
class KeptModels;
class DeploymentLogs;
class GpuPlans;
class Publisher;
class Settings;
class SpendBooks;
class SpendLimits;
class StartHistory;
class WorkerHistory;

/// What the engine's parts share. Engine thread only.
struct EngineContext {
    const EngineConfig& config;
    Settings& settings;
    AccountBook& book;
    StoredKeys& storedKeys;
    ProviderSessions& accounts;
    AccountFacts& facts;
    HubTokens& hubTokens;
    StorageAccess& storage;
    DeploymentLogs& logs;
    DeploymentRepository& deployments;
    IntentRepository& intents;
    JobRepository& jobs;
    PlacementRepository& placements;
    FillRepository& fills;
    MetaRepository& meta;
    LatencyRepository& latency;
    KeptModels& keptModels;
    GpuPlans& plans;
    EndpointSharing& sharing;
    Publisher& publisher;
    TaskScope& scope;
    AccountWatches* watches = nullptr; ///< never null once the engine has started
    SpendBooks* spend = nullptr;       ///< never null once the engine has started
    BillReader* bills = nullptr;       ///< never null once the engine has started
    SpendLimits* limits = nullptr;     ///< never null once the engine has started
    StartHistory* history = nullptr;   ///< never null once the engine has started
    WorkerHistory* workers = nullptr;  ///< never null once the engine has started

    bool stopping = false;
    QSet<QString> namesBeingCreated{}; ///< endpoint names with a create call under way
    std::optional<CallbackAddress> callback{};
    std::optional<Error> storeProblem{}; ///< the last write failed; cleared by the next that succeeds

    /// Whether there is, or was, such a deployment here: an endpoint made for another belongs to another computer.
    [[nodiscard]] bool isOurs(const QString& deployment) const;
    [[nodiscard]] EnginePace pace(AccountId target) const;
    [[nodiscard]] TimePoint now() const { return config.clock->now(); }
    /// What a timer has to be set to for so much of the clock's time.
    [[nodiscard]] std::chrono::milliseconds timer(std::chrono::nanoseconds span) const;
    /// Tells the probe, if there is one.
    void at(std::string_view point) const;
    /// Keeps the last store failure for health(); passes the result through.
    Result<void> stored(Result<void> outcome);
};

} // namespace visgate
