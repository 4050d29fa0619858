// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/domain/jobs/job.h"
#include "core/operations/operation.h"

#include <QList>

// Pictures asked for.
namespace visgate {

struct SubmitJob {
    using Reply = Job;
    static constexpr OperationInfo kInfo{"submit_job", Effect::Once};
    DeploymentId deployment;
    JobInput input;
};

struct GetJob {
    using Reply = Job;
    static constexpr OperationInfo kInfo{"get_job", Effect::Reads};
    JobId id;
};

/// Newest first; empty id: of all deployments. A page at a time: `limit` of them (at most kMostJobs), of those that
/// were asked for before the job `olderThan`; empty: from the newest one on.
struct ListJobs {
    using Reply = QList<Job>;
    static constexpr OperationInfo kInfo{"list_jobs", Effect::Reads};
    static constexpr int kMostJobs = 1000;
    DeploymentId deployment;
    int limit = kMostJobs;
    JobId olderThan = {};
};

struct CancelJob {
    using Reply = void;
    static constexpr OperationInfo kInfo{"cancel_job", Effect::Once};
    JobId id;
};

/// From the beginning, as the same job; Conflict unless it failed or timed out.
struct RetryJob {
    using Reply = Job;
    static constexpr OperationInfo kInfo{"retry_job", Effect::Once};
    JobId id;
};

} // namespace visgate
