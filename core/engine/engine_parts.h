// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/paths.h"
#include "core/base/settings.h"
#include "core/engine/accounts/account_changes.h"
#include "core/engine/accounts/account_contents.h"
#include "core/engine/context/account_book.h"
#include "core/engine/context/engine_context.h"
#include "core/engine/deployments/account_endpoints.h"
#include "core/engine/deployments/deployment_table.h"
#include "core/engine/deployments/warm_search.h"
#include "core/engine/engine_core.h"
#include "core/engine/handlers/account_handlers.h"
#include "core/engine/handlers/catalogue_handlers.h"
#include "core/engine/handlers/deployment_handlers.h"
#include "core/engine/handlers/job_handlers.h"
#include "core/engine/handlers/key_handlers.h"
#include "core/engine/handlers/lifecycle_handlers.h"
#include "core/engine/handlers/money_handlers.h"
#include "core/engine/handlers/picture_engine_handlers.h"
#include "core/engine/handlers/preflight_handlers.h"
#include "core/engine/handlers/spend_watch.h"
#include "core/engine/handlers/statistics_handlers.h"
#include "core/engine/handlers/stop_handlers.h"
#include "core/engine/handlers/storage_handlers.h"
#include "core/engine/handlers/volume_handlers.h"
#include "core/engine/handlers/worker_callbacks.h"
#include "core/engine/jobs/job_runner.h"
#include "core/engine/logs/deployment_logs.h"
#include "core/engine/metrics/worker_history.h"
#include "core/engine/money/bill_reader.h"
#include "core/engine/money/gpu_plans.h"
#include "core/engine/money/pending_stops.h"
#include "core/engine/money/spend_books.h"
#include "core/engine/money/spend_limits.h"
#include "core/engine/sessions/account_facts.h"
#include "core/engine/sessions/account_keys.h"
#include "core/engine/sessions/account_watches.h"
#include "core/engine/sessions/hub_tokens.h"
#include "core/engine/sessions/provider_access.h"
#include "core/engine/sessions/provider_sessions.h"
#include "core/engine/sessions/storage_access.h"
#include "core/engine/sessions/stored_keys.h"
#include "core/engine/starts/start_history.h"
#include "core/engine/volumes/cache_filler.h"
#include "core/engine/volumes/kept_models.h"
#include "core/engine/volumes/volume_changes.h"
#include "core/engine/volumes/volume_list.h"
#include "core/engine/volumes/volume_purchases.h"
#include "core/store/account_repository.h"
#include "core/store/database.h"
#include "core/store/idempotency_repository.h"
#include "core/store/metrics/metrics_repository.h"
#include "core/store/volume_intent_repository.h"

#include <memory>
#include <utility>

namespace visgate {

/// What lives from the opened store to the last step's end, in the order of who needs whom.
struct EngineCore::Parts {
    Parts(const EngineConfig& given, TaskScope& scope, Publisher& publisher, std::unique_ptr<Database> opened)
        : config(given),
          database(std::move(opened)), context{config, settings, book, storedKeys, accounts, facts, hubTokens, storage,
                                           logs, deployments, intents, jobRows, placements, fills, meta, latency,
                                           keptModels, plans, sharing, publisher, scope}
    {
        context.spend = &spend;
        context.bills = &bills;
        context.limits = &limits;
        context.history = &history;
        context.workers = &workerHistory;
        context.watches = &watches;
        deploymentHandlers.addTo(handlers);
        lifecycleHandlers.addTo(handlers);
        jobHandlers.addTo(handlers);
        catalogueHandlers.addTo(handlers);
        preflightHandlers.addTo(handlers);
        keyHandlers.addTo(handlers);
        accountHandlers.addTo(handlers);
        accountChanges.addTo(handlers);
        moneyHandlers.addTo(handlers);
        stopHandlers.addTo(handlers);
        volumeHandlers.addTo(handlers);
        storageHandlers.addTo(handlers);
        statisticsHandlers.addTo(handlers);
        pictureEngineHandlers.addTo(handlers);
    }

    /// The engine goes down: whoever waits ends, and nothing new begins.
    void stop()
    {
        context.stopping = true;
        table.stopAll();
        preflightHandlers.stop();
        pictureEngine.stop();
        jobs.stop();
        filler.stop();
        watches.stopAll();
        accounts.stop();
        keys.stop();
        storedKeys.stop();
        spend.flush();
        workerHistory.flush();
        spendWatch.wake();
        volumePurchases.stop();
        volumeChanges.stop();
    }

    const EngineConfig& config;
    const Paths paths{config.dataFolder, {}, {}};

    std::unique_ptr<Database> database;
    Settings settings{paths.settings()};
    DeploymentRepository deployments{*database};
    IntentRepository intents{*database};
    JobRepository jobRows{*database};
    PlacementRepository placements{*database};
    FillRepository fills{*database};
    VolumeIntentRepository volumeIntents{*database};
    MetaRepository meta{*database};
    AccountRepository accountRows{*database};
    SpendRepository spendRows{*database};
    HistoryRepository historyRows{*database};
    IdempotencyRepository keptAnswers{*database};
    LatencyRepository latency{*database};
    MetricsRepository metrics{*database};

    KeptModels keptModels{fills, volumeIntents};
    GpuPlans plans;
    EndpointSharing sharing;
    AccountBook book{config.providers, accountRows, meta, *config.clock};
    StoredKeys storedKeys{config};
    ProviderSessions accounts{config, settings, book, storedKeys};
    AccountKeys keys{config, book, storedKeys, accounts, meta};
    HubTokens hubTokens{storedKeys, accounts.registry()};
    StorageAccess storage{config, settings, storedKeys, accounts};
    AccountFacts facts{config, accounts};
    DeploymentLogs logs{paths.logs(), config.redactor};
    EngineContext context;
    SpendBooks spend{context, spendRows};
    BillReader bills{context, spendRows, spend};
    PendingStops pendingStops{context, spendRows};
    SpendLimits limits{context, spendRows, spend, pendingStops};
    StartHistory history{context, historyRows};
    WorkerHistory workerHistory{context, metrics};
    AccountWatches watches{context};
    JobRunner jobs{context, ArtifactFiles(paths.pictures())};
    DeploymentTable table{context, jobs};
    AccountEndpoints endpoints{context, table};
    WarmSearch warm{context};
    ProviderAccess providers{context};
    CacheFiller filler{context};
    VolumeList volumes{context, providers};
    VolumePurchases volumePurchases{context, volumes, volumeIntents, filler};
    VolumeChanges volumeChanges{context, providers, volumes, volumeIntents, filler};

    Handlers handlers;
    DeploymentHandlers deploymentHandlers{context, table, jobs, limits, keptAnswers, warm};
    LifecycleHandlers lifecycleHandlers{context, table, warm};
    JobHandlers jobHandlers{table, jobs, limits};
    CatalogueHandlers catalogueHandlers{context};
    PreflightHandlers preflightHandlers{context};
    AccountHandlers accountHandlers{context, table, endpoints, providers};
    StopHandlers stopHandlers{context, table, endpoints, pendingStops};
    SpendWatch spendWatch{context, table, endpoints, spend, limits, bills, stopHandlers};
    KeyHandlers keyHandlers{context, keys, storedKeys, table, spendWatch};
    AccountContents contents{context, table, endpoints, providers, volumes};
    AccountChanges accountChanges{context, keys, pendingStops, contents};
    MoneyHandlers moneyHandlers{context, table, endpoints, spend, bills, limits, volumes};
    VolumeHandlers volumeHandlers{context, volumes, volumePurchases, volumeChanges, filler};
    StorageHandlers storageHandlers{config, storage};
    StatisticsHandlers statisticsHandlers{context, table, latency, workerHistory, metrics};
    EngineInstaller pictureEngine{config.dataFolder, config.pictureEngineLock, config.redactor, context.scope};
    PictureEngineHandlers pictureEngineHandlers{pictureEngine};
    WorkerCallbacks callbacks{context, table};
};

} // namespace visgate
