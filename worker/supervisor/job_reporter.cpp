// SPDX-License-Identifier: GPL-3.0-or-later
#include "worker/supervisor/job_reporter.h"

#include "core/foundation/json/json_read.h"
#include "core/foundation/redactor.h"
#include "worker/events/output.h"

namespace visgate::worker {

using nlohmann::json;

std::string faultText(WorkerCode code, const std::string& message)
{
    return visgate::json::dump({{"code", toString(code)}, {"message", message}});
}

JobReporter::JobReporter(JobSource& source, EventStream& events, Log& log, const Redactor& redactor)
    : m_source(source), m_events(events), m_log(log), m_redactor(redactor)
{
}

void JobReporter::step(const std::string& jobId, int step, int count, double secondsLeft)
{
    m_events.emit(StepEvent{jobId, step, count, secondsLeft});
    m_source.progress(jobId,
        R"({"step":)" + std::to_string(step) + R"(,"steps":)" + std::to_string(count) + R"(,"eta_s":)"
            + json(secondsLeft).dump() + R"(,"events":)" + m_events.window() + "}");
}

void JobReporter::made(const std::string& jobId, const json& output, double seconds)
{
    const auto delivery = m_source.finish(jobId, {false, visgate::json::dump(output), false});
    if (delivery == Delivery::Delivered) {
        m_events.emit(ResultEvent{jobId, seconds, static_cast<int>(output["artifacts"].size())});
    }
    note(jobId, delivery);
}

void JobReporter::answered(const std::string& jobId, const json& output)
{
    note(jobId, m_source.finish(jobId, {false, visgate::json::dump(output), false}));
}

void JobReporter::refused(const std::string& jobId, const json& error)
{
    m_events.emit(FailedEvent{error["code"], error["message"], jobId});
    note(jobId, m_source.finish(jobId, {true, visgate::json::dump(error), false}));
}

void JobReporter::failed(const std::string& jobId, WorkerCode code, const std::string& message, bool stopsWorker)
{
    const std::string masked = m_redactor.redact(message);
    m_events.emit(FailedEvent{toString(code), masked, jobId});
    note(jobId, m_source.finish(jobId, {true, faultText(code, masked), stopsWorker}));
}

void JobReporter::note(const std::string& jobId, Delivery delivery)
{
    switch (delivery) {
    case Delivery::Delivered:
        m_log.write(LogLevel::Info, "Finished.", jobId);
        break;
    case Delivery::TooLarge:
        m_events.emit(FailedEvent{
            toString(WorkerCode::OutputTooLarge), "The result is too large to be returned directly.", jobId});
        break;
    case Delivery::Lost:
        m_events.emit(FailedEvent{toString(WorkerCode::Delivery), "The result could not be returned.", jobId});
        break;
    case Delivery::Repeated:
        break;
    }
}

} // namespace visgate::worker
