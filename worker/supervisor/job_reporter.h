// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/foundation/worker_protocol/worker_code.h"
#include "worker/queue/job_source.h"

#include <nlohmann/json_fwd.hpp>
#include <string>

namespace visgate {
class Redactor;
}

namespace visgate::worker {

class EventStream;
class Log;

/// `{"code":"E_TIMEOUT","message":..}`
[[nodiscard]] std::string faultText(WorkerCode code, const std::string& message);

/// What is said of a job: to whoever sent it, in the events, and in the log. Each call but step() is its last word.
class JobReporter {
public:
    JobReporter(JobSource& source, EventStream& events, Log& log, const Redactor& redactor);

    void step(const std::string& jobId, int step, int count, double secondsLeft);
    void made(const std::string& jobId, const nlohmann::json& output, double seconds);
    void answered(const std::string& jobId, const nlohmann::json& output); ///< nothing was drawn
    void refused(const std::string& jobId, const nlohmann::json& error);
    void failed(const std::string& jobId, WorkerCode code, const std::string& message, bool stopsWorker);

private:
    void note(const std::string& jobId, Delivery delivery);

    JobSource& m_source;
    EventStream& m_events;
    Log& m_log;
    const Redactor& m_redactor;
};

} // namespace visgate::worker
