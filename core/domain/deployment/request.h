// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/domain/deployment/account_endpoint.h"
#include "core/domain/deployment/deployment.h"
#include "core/domain/jobs/job.h"
#include "core/foundation/error.h"
#include "core/foundation/secret.h"

#include <QList>
#include <QString>

#include <chrono>
#include <memory>
#include <optional>

// What is asked of the service and answered by it, beyond deployments and jobs themselves. Plain values: window,
// command line, API and engine share them.
namespace visgate {

/// What the user asks to deploy. Unset values are derived from the model.
struct CreateRequest {
    QString modelId;      ///< "org/name", or a hub link
    QString modelName;    ///< the short name of the API contract, instead of modelId
    QString providerName; ///< narrows modelName
    AccountId target = AccountId::runpod();
    std::optional<GenerationTask> task;
    QString revision;
    QString gpuTier;
    std::optional<JobInput> firstInput; ///< queued at once; its result is the ready signal
    EndpointLimits limits;
    double practiceSpeed = 0.0; ///< practice's time factor; 0 keeps what it has
    bool force = false;         ///< create even where a warm endpoint exists
    int diskGb = 0;             ///< the worker's disk; 0: what the model needs
    QString region = {};        ///< a data center, or a region such as "EUROPE"; empty: placement decides
    QString idempotencyKey;     ///< a repeat within a day is answered with the first one's deployment; empty: none
    QString bodyDigest;         ///< of what came with the key: the same key for something else is a Conflict
    PoolPolicy pool;
    /// USD a month that the user has agreed to; always on, and minimum workers, are refused below their price.
    std::optional<double> acceptedUsdPerMonth;
    /// USD an hour of the dearest GPU that the user has seen and agreed to; anything dearer asks first. Unset: nobody
    /// was shown a price.
    std::optional<double> acceptedUsdPerHour = {};
    /// Pools of the plan that the user has seen and agreed to; others ask first as well. Empty: nobody was shown a
    /// plan.
    QStringList acceptedPools = {};
    std::shared_ptr<const Secret> providerKey; ///< instead of the stored one; kept in memory only
    std::shared_ptr<const Secret> hubToken;    ///< the same for the hub's
};

/// New limits for the workers of a deployment; unset ones stay.
struct ScaleRequest {
    std::optional<int> workersMin;
    std::optional<int> workersMax;
    std::optional<std::chrono::seconds> idleTimeout;
    /// USD a month that the user has agreed to; more minimum workers than before are refused below their price.
    std::optional<double> acceptedUsdPerMonth = {};
    bool operator==(const ScaleRequest&) const = default;
};

struct DeploymentPage {
    QList<Deployment> deployments; ///< newest first
    int total = 0;
    QString nextCursor;
    bool operator==(const DeploymentPage&) const = default;
};

/// Which key is meant: the provider's or the hub's.
enum class KeyKind { Runpod, HuggingFace };

[[nodiscard]] QString toString(KeyKind kind); ///< "runpod", "hf"
[[nodiscard]] std::optional<KeyKind> keyKindFromString(const QString& text);

/// What a key may do, as its service says.
struct KeyVerdict {
    bool valid = false;
    QString scope;              ///< "create", "read"; empty when it is not valid
    std::optional<Error> error; ///< why it is not, or may not create
    bool operator==(const KeyVerdict&) const = default;
};

struct KeyState {
    KeyKind kind = KeyKind::Runpod;
    bool present = false;
    bool sessionOnly = false;           ///< forgotten when the program ends
    QString backend;                    ///< "Secret Service", "session only" ...
    std::optional<Error> problem{};     ///< why it is not known whether there is one
    std::optional<AccountId> account{}; ///< whose it is; unset: the hub's
    bool operator==(const KeyState&) const = default;
};

struct CleanupItem {
    AccountId target = AccountId::practice();
    EndpointId endpoint;
    QString endpointName;
    DeploymentId deployment; ///< one that lives on it; empty when none of this data folder does
    EndpointOwner owner = EndpointOwner::NotOurs;
    bool taken = false;             ///< it is to be deleted, or would be
    std::optional<Error> problem{}; ///< no endpoint, but why the target could not be asked
    bool operator==(const CleanupItem&) const = default;
};

/// What is to be cleaned up. What this data folder did not record may belong to a colleague or to another computer.
struct CleanupRequest {
    bool all = false;    ///< those in use here as well
    bool others = false; ///< those that only bear our name as well: the user has said yes to it
    bool apply = false;  ///< else it is only told what would happen
    bool operator==(const CleanupRequest&) const = default;
};

/// The store and the secret backend as they are, for Settings, `doctor` and /readiness.
struct EngineHealth {
    QString secretBackend; ///< "Secret Service", "session only" ...
    bool secretsSessionOnly = false;
    std::optional<Error> secretsProblem; ///< why the keychain cannot be used now
    std::optional<Error> storeProblem;   ///< the last failed write
    bool operator==(const EngineHealth&) const = default;
};

} // namespace visgate
