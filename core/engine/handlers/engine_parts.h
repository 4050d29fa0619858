// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/paths.h"
#include "core/base/settings.h"
#include "core/engine/context/engine_context.h"
#include "core/engine/deployments/account_endpoints.h"
#include "core/engine/deployments/deployment_table.h"
#include "core/engine/handlers/account_handlers.h"
#include "core/engine/handlers/catalogue_handlers.h"
#include "core/engine/handlers/engine_core.h"
#include "core/engine/handlers/key_handlers.h"
#include "core/engine/handlers/money_handlers.h"
#include "core/engine/handlers/preflight_handlers.h"
#include "core/engine/handlers/spend_watch.h"
#include "core/engine/handlers/statistics_handlers.h"
#include "core/engine/handlers/stop_handlers.h"
#include "core/engine/handlers/storage_handlers.h"
#include "core/engine/handlers/volume_handlers.h"
#include "core/engine/jobs/job_runner.h"
#include "core/engine/logs/log_keeper.h"
#include "core/engine/money/spend_keeper.h"
#include "core/engine/sessions/account_watches.h"
#include "core/engine/sessions/accounts.h"
#include "core/engine/sessions/provider_access.h"
#include "core/engine/starts/start_history.h"
#include "core/engine/volumes/cache_filler.h"
#include "core/engine/volumes/kept_models.h"
#include "core/engine/volumes/volume_changes.h"
#include "core/engine/volumes/volume_list.h"
#include "core/engine/volumes/volume_purchases.h"
#include "core/store/database.h"
#include "core/store/idempotency_repository.h"
#include "core/store/volume_intent_repository.h"

#include <map>
#include <memory>
#include <utility>

namespace visgate {

/// What lives from the opened store to the last step's end, in the order of who needs whom.
struct EngineCore::Parts {
    Parts(const EngineConfig& config, TaskScope& scope, Publisher& publisher, std::unique_ptr<Database> opened)
        : database(std::move(opened)), settings(Paths{config.dataFolder, {}, {}}.settings()), deployments(*database),
          intents(*database), jobRows(*database), placements(*database), fills(*database), volumeIntents(*database),
          meta(*database), spendRows(*database), historyRows(*database), keptAnswers(*database), latency(*database),
          keptModels(fills, volumeIntents), accounts(config, settings),
          logs(Paths{config.dataFolder, {}, {}}.logs(), config.redactor), context{config, settings, accounts, logs,
                                                                              deployments, intents, jobRows, placements,
                                                                              fills, meta, latency, keptModels, sharing,
                                                                              publisher, scope},
          spend(context, spendRows), history(context, historyRows), watches(context),
          jobs(context, ArtifactFiles(Paths{config.dataFolder, {}, {}}.pictures())), filler(context), table(context, jobs), providers(context),
          volumes(context, providers), volumePurchases(context, volumes, volumeIntents, filler),
          volumeChanges(context, providers, volumes, volumeIntents, filler),
          endpoints(context, table), accountHandlers(context, table, endpoints, providers),
          stopHandlers(context, table, endpoints, spend), spendWatch(context, table, endpoints, spend, stopHandlers),
          moneyHandlers(context, table, endpoints, spend, volumes),
          catalogueHandlers(context), preflightHandlers(context), keyHandlers(context, table, spendWatch),
          storageHandlers(config, accounts), statisticsHandlers(latency),
          volumeHandlers(context, volumes, volumePurchases, volumeChanges, filler)
    {
        context.spend = &spend;
        context.history = &history;
        context.watches = &watches;
    }

    std::unique_ptr<Database> database;
    Settings settings;
    DeploymentRepository deployments;
    IntentRepository intents;
    JobRepository jobRows;
    PlacementRepository placements;
    FillRepository fills;
    VolumeIntentRepository volumeIntents;
    MetaRepository meta;
    SpendRepository spendRows;
    HistoryRepository historyRows;
    IdempotencyRepository keptAnswers;
    LatencyRepository latency;
    KeptModels keptModels;
    EndpointSharing sharing;
    Accounts accounts;
    LogKeeper logs;
    EngineContext context;
    SpendKeeper spend;
    StartHistory history;
    AccountWatches watches;
    JobRunner jobs;
    CacheFiller filler;
    DeploymentTable table;
    ProviderAccess providers;
    VolumeList volumes;
    VolumePurchases volumePurchases;
    VolumeChanges volumeChanges;
    AccountEndpoints endpoints;
    AccountHandlers accountHandlers;
    StopHandlers stopHandlers;
    SpendWatch spendWatch;
    MoneyHandlers moneyHandlers;
    CatalogueHandlers catalogueHandlers;
    PreflightHandlers preflightHandlers;
    KeyHandlers keyHandlers;
    StorageHandlers storageHandlers;
    StatisticsHandlers statisticsHandlers;
    VolumeHandlers volumeHandlers;
};

} // namespace visgate
