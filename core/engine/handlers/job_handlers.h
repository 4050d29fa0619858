// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/async.h"
#include "core/domain/jobs/job.h"
#include "core/domain/jobs/job_input.h"
#include "core/foundation/ids.h"
#include "core/foundation/result.h"
#include "core/operations/jobs.h"

#include <QList>

namespace visgate {

class DeploymentTable;
class Handlers;
class JobRunner;
class SpendLimits;

/// Pictures asked for. Engine thread only.
class JobHandlers {
public:
    JobHandlers(const DeploymentTable& table, JobRunner& jobs, SpendLimits& limits)
        : m_table(table), m_jobs(jobs), m_limits(limits)
    {
    }

    void addTo(Handlers& handlers);

private:
    Task<Result<Job>> submit(DeploymentId id, JobInput input);
    Task<Result<Job>> job(JobId id);
    Task<Result<QList<Job>>> jobs(ListJobs asked);
    Task<Result<void>> cancel(JobId id);
    Task<Result<Job>> retry(JobId id);

    const DeploymentTable& m_table;
    JobRunner& m_jobs;
    SpendLimits& m_limits;
};

} // namespace visgate
