// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/async.h"
#include "core/domain/deployment/deployment.h"
#include "core/domain/deployment/request.h"
#include "core/engine/context/engine_context.h"
#include "core/foundation/logs/log_line.h"
#include "core/operations/deployments.h"
#include "core/store/idempotency_repository.h"

#include <QList>

#include <optional>

namespace visgate {

class DeploymentTable;
class Handlers;
class JobRunner;
class SpendLimits;
class WarmSearch;

/// How deployments come to be, are looked at and end. Engine thread only.
class DeploymentHandlers {
public:
    DeploymentHandlers(EngineContext& context, DeploymentTable& table, JobRunner& jobs, SpendLimits& limits,
        IdempotencyRepository& keptAnswers, WarmSearch& warm)
        : m_context(context), m_table(table), m_jobs(jobs), m_limits(limits), m_keptAnswers(keptAnswers), m_warm(warm)
    {
    }

    void addTo(Handlers& handlers);

private:
    Task<Result<Deployment>> create(CreateRequest request);
    /// The deployment that an earlier call with the same idempotency key made; Conflict when that was for another body.
    [[nodiscard]] Result<std::optional<Deployment>> earlierAnswer(const CreateRequest& request);
    Task<Result<DeploymentPage>> list(ListDeployments op);
    Task<Result<Deployment>> deployment(DeploymentId id);
    Task<Result<Deployment>> answer(AnswerQuestion op);
    Task<Result<void>> watchWorkers(DeploymentId id);
    Task<Result<QList<LogLine>>> logs(ReadLogs op);

    EngineContext& m_context;
    DeploymentTable& m_table;
    JobRunner& m_jobs;
    SpendLimits& m_limits;
    IdempotencyRepository& m_keptAnswers;
    WarmSearch& m_warm;
};

} // namespace visgate
