// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/foundation/http/server.h"
#include "core/practice/queue/job_queue.h"

namespace visgate::practice {

/// Who waits for what: a worker for a job, a worker for a cancellation, a client for a job's progress.

struct JobQueue::Taker {
    std::string workerId;
    std::string endpointId;
    std::shared_ptr<http::Exchange> exchange;
    int most = 1;
    bool batch = false;
    TimePoint deadline;
};

struct JobQueue::StopPoll {
    std::string workerId;
    std::shared_ptr<http::Exchange> exchange;
    TimePoint deadline;
};

struct JobQueue::Watcher {
    std::string jobId;
    TimePoint deadline;
    std::shared_ptr<http::Exchange> exchange;
    std::function<bool(const Job&)> isDone;
    std::function<void(Job*)> answer;
};

} // namespace visgate::practice
