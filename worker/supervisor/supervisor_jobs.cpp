// SPDX-License-Identifier: GPL-3.0-or-later
// One job of the supervisor's, from its input to its last word.
#include "core/foundation/json/json_read.h"
#include "worker/events/output.h"
#include "worker/supervisor/debug_answer.h"
#include "worker/supervisor/scratch.h"
#include "worker/supervisor/supervisor.h"

#include <algorithm>
#include <array>

namespace visgate::worker {
namespace {

using nlohmann::json;

double secondsBetween(MonotonicPoint from, MonotonicPoint to)
{
    return std::chrono::duration<double>(to - from).count();
}

Watchdog::Phase phaseOf(RunnerPhase phase)
{
    switch (phase) {
    case RunnerPhase::EncodeText:
        return Watchdog::Phase::EncodeText;
    case RunnerPhase::Decode:
        return Watchdog::Phase::Decode;
    case RunnerPhase::Step:
        break;
    }
    return Watchdog::Phase::Step;
}

WorkerCode faultOf(ErrorCode code)
{
    switch (code) {
    case ErrorCode::OutOfGpuMemory:
        return WorkerCode::OutOfMemory;
    case ErrorCode::OutputTooLarge:
        return WorkerCode::OutputTooLarge;
    default:
        return WorkerCode::Runtime;
    }
}

} // namespace

void Supervisor::handle(const Job& job)
{
    const auto taken = m_clock.monotonic();
    const json document = visgate::json::parse(job.document).value_or(json());
    m_secrets.add(secretsIn(document));
    const auto current = std::make_shared<Current>();
    current->id = job.id;
    {
        const std::lock_guard lock(m_mutex);
        m_current = current;
    }
    if (m_isHurried || !m_source.isWanted(job.id)) {
        stop(job.id, StopReason::Unwanted); // it was said before anybody could listen
    }
    m_log.write(LogLevel::Info, "Started.", job.id);
    JobInput input = readJobInput(document, m_runner.capabilities(), m_settings.randomSeed);
    input.upload.jobId = job.id;
    if (input.bad.empty() && !input.isDebug) {
        generate(current, std::move(input), taken);
    } else if (beginEnd(*current) && input.isDebug) {
        m_reporter.answered(job.id, debugOutput());
    } else if (current->isEnding) {
        m_reporter.refused(job.id, inputError(input.bad));
    }
    const std::lock_guard lock(m_mutex);
    m_current.reset();
    m_changed.notify_all();
}

Result<Generated> Supervisor::draw(const std::shared_ptr<Current>& current, JobInput& input,
    const std::filesystem::path& folder, MonotonicPoint began, StepTimes& steps)
{
    if (auto staged = stage(input, folder); !staged) {
        return fail(staged.error());
    }
    Progress progress;
    progress.onPhase = [this](RunnerPhase phase) { m_watchdog.enter(phaseOf(phase)); };
    progress.onStep = [&, this](int step, int count) {
        steps.last = m_clock.monotonic();
        if (step == 1) {
            steps.first = steps.last;
        }
        steps.done = step;
        m_watchdog.stepDone();
        if (step == count) {
            m_watchdog.enter(Watchdog::Phase::Decode);
        }
        m_reporter.step(current->id, step, count, secondsBetween(began, m_clock.monotonic()) / step * (count - step));
    };
    return m_runner.generate(input.generation, folder, progress, current->cancel);
}

/// Fetches what the job names by address. False: it could not be had, and the job is over.
bool Supervisor::havePictures(const std::shared_ptr<Current>& current, JobInput& input)
{
    const auto bad = m_pictures.fetch(input, current->cancel);
    m_watchdog.enter(Watchdog::Phase::Step);
    if (bad.empty()) {
        return true;
    }
    if (!beginEnd(*current)) {
        m_watchdog.jobEnded(Watchdog::Outcome::Stopped);
    } else if (current->reason != StopReason::None) {
        failJob(current->id, WorkerCode::Timeout, current->overdue, Watchdog::Outcome::BadInput);
    } else {
        m_reporter.refused(current->id, inputError(bad));
        m_watchdog.jobEnded(Watchdog::Outcome::BadInput);
    }
    return false;
}

void Supervisor::generate(const std::shared_ptr<Current>& current, JobInput input, MonotonicPoint taken)
{
    const std::string& jobId = current->id;
    const auto began = m_clock.monotonic();
    m_watchdog.jobStarted(input.deadline);
    if (!havePictures(current, input)) {
        return;
    }
    StepTimes steps{began, began, 0};
    const auto scratch = Scratch::make();
    const auto made = scratch ? draw(current, input, scratch->folder(), began, steps) : fail(scratch.error());
    const bool isLost = !m_runner.isLoaded();
    const auto generated = m_clock.monotonic();
    auto encoded = generated;
    std::string uploadError;
    const auto delivered = made ? deliver(current, input, *made, encoded, uploadError) : fail(made.error());
    const auto uploaded = m_clock.monotonic();
    if (!beginEnd(*current)) {
        m_watchdog.jobEnded(Watchdog::Outcome::Stopped);
    } else if (current->reason != StopReason::None) {
        failJob(jobId, WorkerCode::Timeout, current->overdue);
    } else if (!delivered) {
        const bool isTooLarge = delivered.error().code == ErrorCode::OutputTooLarge;
        failJob(jobId, faultOf(delivered.error().code), delivered.error().detail,
            isTooLarge   ? Watchdog::Outcome::BadInput
                : isLost ? Watchdog::Outcome::Crash
                         : Watchdog::Outcome::Failure);
    } else {
        json output = pictureResult(m_identity, input.generation, *made, delivered->files);
        const bool isUploaded = std::any_of(delivered->files.begin(), delivered->files.end(),
            [](const PictureFile& file) { return !file.url.empty(); });
        output["timings"] = {{"queue", secondsBetween(taken, began)}, {"load", m_loadSeconds},
            {"first_step", secondsBetween(began, steps.first)}, {"steps", secondsBetween(began, generated)},
            {"encode", secondsBetween(generated, encoded)},
            {"upload", isUploaded ? secondsBetween(encoded, uploaded) : 0.0}};
        if (steps.done > 0) {
            output["timings"]["decode"] = secondsBetween(steps.last, generated);
        }
        if (steps.done > 1) {
            output["timings"]["step"] = secondsBetween(steps.first, steps.last) / (steps.done - 1);
        }
        if (!uploadError.empty()) {
            output["upload_error"] = uploadError;
        }
        if (!delivered->notes.empty()) {
            output["notes"] = delivered->notes;
        }
        if (!input.ignored.empty()) {
            output["ignored_fields"] = input.ignored;
        }
        m_reporter.made(jobId, output, secondsBetween(began, encoded));
        m_watchdog.jobEnded(Watchdog::Outcome::Success);
    }
}

/// Files of what was made, at the job's addresses or small enough for its result.
Result<Encoded> Supervisor::deliver(const std::shared_ptr<Current>& current, const JobInput& input,
    const Generated& made, MonotonicPoint& encodedAt, std::string& uploadError)
{
    m_watchdog.enter(Watchdog::Phase::EncodeFile);
    auto encoded = m_encoder.encode(input.generation, made, input.format, current->cancel);
    encodedAt = m_clock.monotonic();
    if (!encoded) {
        return encoded;
    }
    if (m_settings.upload && current->reason == StopReason::None) {
        m_watchdog.enter(Watchdog::Phase::Upload);
        uploadError = m_settings.upload(encoded->files, input.upload, current->upload);
        m_watchdog.enter(Watchdog::Phase::EncodeFile);
    }
    const auto fitted
        = m_encoder.fit(*encoded, input.generation, made, input.format, m_source.mostOutputBytes(), current->cancel);
    for (const std::string& note : encoded->notes) {
        m_log.write(LogLevel::Warning, note, current->id);
    }
    const std::size_t bytes = inlineBytes(encoded->files);
    const bool isOnDisk = std::any_of(encoded->files.begin(), encoded->files.end(),
        [](const PictureFile& file) { return file.url.empty() && !file.file.empty(); });
    if (fitted && isOnDisk) { // no result carries so much: it need not be read to be refused
        return fail(ErrorCode::OutputTooLarge,
            "The result would have " + std::to_string(bytes) + " bytes"
                + (uploadError.empty() ? ", and there is nowhere to put it."
                                       : ", and the upload failed: " + uploadError));
    }
    return fitted ? std::move(encoded) : fail(fitted.error());
}

void Supervisor::failJob(
    const std::string& jobId, WorkerCode code, const std::string& message, Watchdog::Outcome outcome)
{
    m_reporter.failed(jobId, code, message, m_watchdog.wouldLeaveAfter(outcome));
    if (m_watchdog.jobEnded(outcome)) {
        leave("too many failures in a row", 1);
    }
}

json Supervisor::debugOutput() const
{
    const std::lock_guard lock(m_mutex);
    constexpr std::array states{"loading", "loaded", "failed"};
    json output = describe(m_identity, m_runner.capabilities());
    output["state"] = states.at(static_cast<std::size_t>(m_model));
    output["loaded"] = m_model == ModelState::Loaded;
    output["load_s"] = m_loadSeconds;
    return output;
}

} // namespace visgate::worker
