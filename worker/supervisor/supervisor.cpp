// SPDX-License-Identifier: GPL-3.0-or-later
#include "worker/supervisor/supervisor.h"

#include "core/foundation/json/json_read.h"
#include "core/foundation/json/json_value.h"
#include "core/foundation/redactor.h"
#include "core/foundation/worker_protocol/worker_code.h"
#include "worker/events/output.h"

namespace visgate::worker {
namespace {

using nlohmann::json;

double secondsBetween(MonotonicPoint from, MonotonicPoint to)
{
    return std::chrono::duration<double>(to - from).count();
}

json fault(WorkerCode code, const std::string& message)
{
    return {{"code", toString(code)}, {"message", message}};
}

std::string dump(const json& value)
{
    return visgate::json::dump(value);
}

} // namespace

Supervisor::Supervisor(Settings settings, JobSource& source, Runner& runner, EventStream& events, Log& log,
    Redactor& redactor, const Clock& clock)
    : m_settings(std::move(settings)), m_source(source), m_runner(runner), m_events(events), m_log(log),
      m_redactor(redactor), m_clock(clock), m_watchdog(clock, m_settings.limits)
{
}

Supervisor::~Supervisor() = default;

int Supervisor::run()
{
    m_log.write(LogLevel::Info, "--- Starting Serverless Worker |  Visgate " VISGATE_VERSION " ---");
    if (!m_settings.identity.gpu.empty()) {
        m_events.emit(GpuEvent{m_settings.identity.gpu, 0, {}, {}});
    }
    m_watchdog.loadStarted();
    std::thread loader([this] { load(); });
    std::thread watcher([this] { watch(); });
    m_source.start([this](const std::string& jobId) { stop(jobId, StopReason::Unwanted); });
    while (const auto job = m_source.take(m_taking)) {
        handle(*job);
    }
    loader.join();
    {
        const std::lock_guard lock(m_mutex);
        m_isOver = true;
        m_changed.notify_all();
    }
    watcher.join();
    m_events.emit(LeavingEvent{m_leavingReason});
    return m_exitCode;
}

void Supervisor::leave(const std::string& reason, int exitCode)
{
    {
        const std::lock_guard lock(m_mutex);
        if (m_isLeaving) {
            return;
        }
        m_isLeaving = true;
        m_leavingReason = reason;
        m_exitCode = exitCode;
        m_changed.notify_all();
    }
    m_taking.cancel();
}

void Supervisor::load()
{
    const auto began = m_clock.monotonic();
    const auto loaded = m_runner.load([this](const std::string& phase) {
        m_watchdog.loadMoved();
        m_events.emit(LoadEvent{phase});
    });
    const double seconds = secondsBetween(began, m_clock.monotonic());
    if (loaded) {
        m_watchdog.loaded();
        m_events.emit(ReadyEvent{seconds, m_runner.name(), m_settings.identity.gpu, 0});
    } else {
        m_events.emit(FailedEvent{toString(WorkerCode::Load), loaded.error().detail, {}});
        m_source.reportUnhealthy("model_load", m_redactor.redact(loaded.error().detail));
    }
    {
        const std::lock_guard lock(m_mutex);
        m_model = loaded ? ModelState::Loaded : ModelState::Failed;
        m_loadSeconds = seconds;
        m_changed.notify_all();
    }
    if (!loaded) {
        leave("the model did not load", 1);
    }
}

void Supervisor::watch()
{
    std::unique_lock lock(m_mutex);
    while (!m_changed.wait_for(lock, m_settings.checkInterval, [this] { return m_isOver; })) {
        lock.unlock();
        act(m_watchdog.check());
        lock.lock();
    }
}

void Supervisor::act(Watchdog::Verdict verdict)
{
    using Verdict = Watchdog::Verdict;
    if (verdict == Verdict::Idle) {
        leave("idle", 0);
        return;
    }
    if (verdict == Verdict::LoadTimedOut) {
        abandon(WorkerCode::LoadTimeout, "The model did not load in time.");
        return;
    }
    if (verdict == Verdict::Fine) {
        return;
    }
    std::shared_ptr<Current> current;
    {
        const std::lock_guard lock(m_mutex);
        current = m_current;
    }
    if (!current || current->reason != StopReason::None) {
        return;
    }
    m_source.setAlive(false);
    stop(current->id, verdict == Verdict::StepTimedOut ? StopReason::StepDeadline : StopReason::JobDeadline);
    std::unique_lock lock(m_mutex);
    const bool stopped = m_changed.wait_for(lock, m_settings.grace, [&] { return m_current != current; });
    lock.unlock();
    if (stopped) {
        m_source.setAlive(true);
    } else {
        abandon(WorkerCode::Timeout, "The runner did not stop when its time was over.");
    }
}

void Supervisor::abandon(WorkerCode code, const std::string& message)
{
    std::shared_ptr<Current> current;
    {
        const std::lock_guard lock(m_mutex);
        current = m_current;
    }
    m_events.emit(FailedEvent{toString(code), message, current ? current->id : std::string()});
    if (code == WorkerCode::LoadTimeout) {
        m_source.reportUnhealthy("model_load", message);
    }
    if (current) {
        m_source.finish(current->id, {true, dump(fault(code, message)), true});
    }
    m_events.emit(LeavingEvent{message});
    m_settings.abandon(1);
}

void Supervisor::stop(const std::string& jobId, StopReason reason)
{
    std::shared_ptr<Current> current;
    {
        const std::lock_guard lock(m_mutex);
        current = m_current;
        if (!current || current->id != jobId) {
            return; // it has ended, or was never ours
        }
        StopReason none = StopReason::None;
        current->reason.compare_exchange_strong(none, reason);
        m_changed.notify_all();
    }
    current->cancel.cancel();
}

void Supervisor::handle(const Job& job)
{
    const auto taken = m_clock.monotonic();
    const json document = visgate::json::parse(job.document).value_or(json());
    for (const auto& secret : secretsIn(document)) {
        m_redactor.addSecret(secret);
    }
    const auto current = std::make_shared<Current>();
    current->id = job.id;
    {
        const std::lock_guard lock(m_mutex);
        m_current = current;
    }
    m_log.write(LogLevel::Info, "Started.", job.id);
    const JobInput input = readJobInput(document, m_runner.limits(), m_settings.randomSeed);
    if (!input.bad.empty()) {
        refuse(job.id, inputError(input.bad));
    } else if (input.isDebug) {
        noteDelivery(job.id, m_source.finish(job.id, {false, dump(debugOutput()), false}));
    } else if (waitForModel(*current)) {
        generate(current, input, taken);
    } else if (current->reason == StopReason::Unwanted) {
        m_source.drop(job.id);
    } else {
        failJob(job.id, WorkerCode::Load, "The model did not load.");
    }
    const std::lock_guard lock(m_mutex);
    m_current.reset();
    m_changed.notify_all();
}

bool Supervisor::waitForModel(const Current& current)
{
    std::unique_lock lock(m_mutex);
    m_changed.wait(lock, [&] { return m_model != ModelState::Loading || current.reason.load() != StopReason::None; });
    return m_model == ModelState::Loaded && current.reason == StopReason::None;
}

void Supervisor::generate(const std::shared_ptr<Current>& current, const JobInput& input, MonotonicPoint taken)
{
    const std::string& jobId = current->id;
    const auto began = m_clock.monotonic();
    m_watchdog.jobStarted(input.deadline);
    MonotonicPoint firstStep = began;
    auto made = m_runner.generate(
        input.generation,
        [&](int step, int count) {
            if (step == 1) {
                firstStep = m_clock.monotonic();
            }
            m_watchdog.stepDone();
            reportStep(jobId, step, count, began);
        },
        current->cancel);
    const auto generated = m_clock.monotonic();
    if (current->reason == StopReason::Unwanted) {
        m_source.drop(jobId);
        m_watchdog.jobEnded(Watchdog::Outcome::Stopped);
        m_log.write(LogLevel::Info, "Stopped: the job is no longer wanted.", jobId);
        return;
    }
    if (current->reason != StopReason::None) {
        failJob(jobId, WorkerCode::Timeout,
            current->reason == StopReason::StepDeadline ? "A step took too long." : "The job took too long.");
        return;
    }
    auto output = made ? pictureResult(m_settings.identity, input.generation, *made) : fail(made.error());
    if (!output) {
        failJob(jobId, WorkerCode::Runtime, output.error().detail);
        return;
    }
    const auto encoded = m_clock.monotonic();
    if (!input.uploadAddresses.empty() && m_settings.upload) {
        m_settings.upload(*output, input.uploadAddresses, current->cancel);
    }
    const auto uploaded = m_clock.monotonic();
    (*output)["timings"] = {{"queue", secondsBetween(taken, began)}, {"load", m_loadSeconds},
        {"first_step", secondsBetween(began, firstStep)}, {"steps", secondsBetween(began, generated)},
        {"encode", secondsBetween(generated, encoded)}, {"upload", secondsBetween(encoded, uploaded)}};
    if (!input.ignored.empty()) {
        (*output)["ignored_fields"] = input.ignored;
    }
    succeed(jobId, *output, secondsBetween(began, encoded));
}

void Supervisor::reportStep(const std::string& jobId, int step, int count, MonotonicPoint began)
{
    const double perStep = secondsBetween(began, m_clock.monotonic()) / step;
    const double eta = perStep * (count - step);
    m_events.emit(StepEvent{jobId, step, count, eta});
    m_source.progress(jobId,
        R"({"step":)" + std::to_string(step) + R"(,"steps":)" + std::to_string(count) + R"(,"eta_s":)"
            + json(eta).dump() + R"(,"events":)" + m_events.window() + "}");
}

void Supervisor::succeed(const std::string& jobId, const json& output, double seconds)
{
    const auto delivery = m_source.finish(jobId, {false, dump(output), false});
    m_watchdog.jobEnded(Watchdog::Outcome::Success);
    if (delivery == Delivery::Delivered) {
        m_events.emit(ResultEvent{jobId, seconds, static_cast<int>(output["artifacts"].size())});
    }
    noteDelivery(jobId, delivery);
}

void Supervisor::refuse(const std::string& jobId, const json& error)
{
    m_events.emit(FailedEvent{error["code"], error["message"], jobId});
    noteDelivery(jobId, m_source.finish(jobId, {true, dump(error), false}));
}

void Supervisor::failJob(const std::string& jobId, WorkerCode code, const std::string& message)
{
    const std::string masked = m_redactor.redact(message);
    m_events.emit(FailedEvent{toString(code), masked, jobId});
    const bool isLast = m_watchdog.wouldLeaveAfterFailure();
    noteDelivery(jobId, m_source.finish(jobId, {true, dump(fault(code, masked)), isLast}));
    if (m_watchdog.jobEnded(Watchdog::Outcome::Failure)) {
        leave("too many failures in a row", 1);
    }
}

void Supervisor::noteDelivery(const std::string& jobId, Delivery delivery)
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

json Supervisor::debugOutput() const
{
    const auto limits = m_runner.limits();
    const auto& identity = m_settings.identity;
    const std::lock_guard lock(m_mutex);
    constexpr std::array states{"loading", "loaded", "failed"};
    return {{"debug", true}, {"version", VISGATE_VERSION}, {"runner", m_runner.name()}, {"model_id", identity.modelId},
        {"label", identity.label()}, {"demo", identity.isDemo},
        {"revision", identity.revision.empty() ? json() : json(identity.revision)},
        {"gpu", identity.gpu.empty() ? json() : json(identity.gpu)},
        {"state", states.at(static_cast<std::size_t>(m_model))}, {"loaded", m_model == ModelState::Loaded},
        {"load_s", m_loadSeconds},
        {"limits",
            {{"width", {limits.sidePixels, limits.sidePixels}}, {"height", {limits.sidePixels, limits.sidePixels}},
                {"num_inference_steps", {limits.stepsLeast, limits.stepsMost}},
                {"guidance_scale", {limits.guidanceLeast, limits.guidanceMost}},
                {"num_images", {1, limits.picturesMost}}}},
        {"defaults", {{"num_inference_steps", limits.stepsDefault}, {"guidance_scale", limits.guidanceDefault}}}};
}

} // namespace visgate::worker
