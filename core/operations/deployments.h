// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/domain/deployment/deployment.h"
#include "core/domain/deployment/release.h"
#include "core/domain/deployment/request.h"
#include "core/domain/warm/schedule.h"
#include "core/foundation/logs/log_line.h"
#include "core/operations/operation.h"

#include <QList>
#include <QString>

#include <chrono>
#include <optional>

// Deployments: made, looked at, changed, ended.
namespace visgate {

/// May be sent again under its idempotency key.
struct CreateDeployment {
    using Reply = Deployment;
    static constexpr OperationInfo kInfo{"create_deployment", Effect::Repeatable};
    CreateRequest request;
    /// Gives it a key where it has none.
    void identify();
};

/// Newest first, those in `status` if it is set.
struct ListDeployments {
    using Reply = DeploymentPage;
    static constexpr OperationInfo kInfo{"list_deployments", Effect::Reads};
    int limit = 0;
    QString cursor;
    std::optional<DeploymentStatus> status = {};
};

struct GetDeployment {
    using Reply = Deployment;
    static constexpr OperationInfo kInfo{"get_deployment", Effect::Reads};
    DeploymentId id;
};

/// Done once the wish is durable; the status tells when the provider confirmed.
struct DeleteDeployment {
    using Reply = void;
    static constexpr OperationInfo kInfo{"delete_deployment", Effect::Repeatable};
    DeploymentId id;
};

/// Done once reading the workers back showed none running.
struct PauseDeployment {
    using Reply = void;
    static constexpr OperationInfo kInfo{"pause_deployment", Effect::Once};
    DeploymentId id;
};

struct ResumeDeployment {
    using Reply = void;
    static constexpr OperationInfo kInfo{"resume_deployment", Effect::Once};
    DeploymentId id;
};

/// Done once the provider's own figures show the new limits. InvalidRequest naming the field, Conflict without an
/// endpoint, the provider's refusal (such as a full quota): then everything is as before.
struct ScaleDeployment {
    using Reply = Deployment;
    static constexpr OperationInfo kInfo{"scale_deployment", Effect::Once};
    DeploymentId id;
    ScaleRequest request;
};

/// Puts it away instead of deleting it: max 0 now, `deleteAt` set, deleted then even if the program was off
/// meanwhile. Done once the wish is durable. What has nothing to keep is deleted at once.
struct KeepDeployment {
    using Reply = void;
    static constexpr OperationInfo kInfo{"keep_deployment", Effect::Repeatable};
    DeploymentId id;
    std::chrono::seconds time{0};
};

/// How long *Remove* keeps a deployment.
inline constexpr std::chrono::seconds kKeepTime = std::chrono::hours(24);

/// Brings back what was put away; Conflict for anything else.
struct RestoreDeployment {
    using Reply = Deployment;
    static constexpr OperationInfo kInfo{"restore_deployment", Effect::Once};
    DeploymentId id;
};

struct ListReleases {
    using Reply = ReleaseHistory;
    static constexpr OperationInfo kInfo{"list_releases", Effect::Reads};
    DeploymentId id;
};

/// Brings back the configuration of an earlier release as a new one; the history as it is then.
struct RollBack {
    using Reply = ReleaseHistory;
    static constexpr OperationInfo kInfo{"roll_back", Effect::Once};
    DeploymentId id;
    int version = 0;
};

/// What the policy would cost: warm-up jobs, jobs that hold and the idle time after the end counted in.
struct GetWarmPrice {
    using Reply = WarmPrice;
    static constexpr OperationInfo kInfo{"get_warm_price", Effect::Reads};
    DeploymentId id;
    PoolPolicy policy;
};

/// Done once it is durable; it holds as soon as the deployment is ready, over restarts. ConfirmationNeeded (with the
/// price as its argument) for always on unless `acceptedUsdPerMonth` covers it.
struct SetPool {
    using Reply = Deployment;
    static constexpr OperationInfo kInfo{"set_pool", Effect::Once};
    DeploymentId id;
    PoolPolicy policy;
    std::optional<double> acceptedUsdPerMonth = {};
};

/// Whether the deployment may use the dearer GPU plan that its `question` names. Conflict if it asks for nothing.
struct AnswerQuestion {
    using Reply = Deployment;
    static constexpr OperationInfo kInfo{"answer_question", Effect::Once};
    DeploymentId id;
    bool accepted = false;
};

/// Somebody looks at this deployment now: for a minute its workers are read more often.
struct WatchWorkers {
    using Reply = void;
    static constexpr OperationInfo kInfo{"watch_workers", Effect::Repeatable, Audience::User};
    DeploymentId id;
};

/// The last `limit` stored lines, oldest first, from line `since` on (the default: from the first), and only those
/// before line `before` where it is set.
struct ReadLogs {
    using Reply = QList<LogLine>;
    static constexpr OperationInfo kInfo{"read_logs", Effect::Reads};
    DeploymentId id;
    LineNo since = {};
    int limit = 0;
    std::optional<LineNo> before = {};
};

} // namespace visgate
