// SPDX-License-Identifier: GPL-3.0-or-later
#include "worker/supervisor/supervisor.h"

#include "core/foundation/redactor.h"
#include "core/foundation/worker_protocol/worker_code.h"
#include "worker/events/output.h"

namespace visgate::worker {
namespace {

constexpr const char* tooLateToLeave = "The worker had to leave before the job was done.";

/// What the panel knows a sentence for.
WorkerCode loadCode(ErrorCode code)
{
    for (const WorkerCode known :
        {WorkerCode::NoRuntime, WorkerCode::OutOfMemory, WorkerCode::Disk, WorkerCode::Gated, WorkerCode::Token,
            WorkerCode::ModelNotFound, WorkerCode::Weights, WorkerCode::Download, WorkerCode::Task}) {
        if (meaningOf(known) == code) {
            return known;
        }
    }
    return WorkerCode::Load;
}

} // namespace

Supervisor::Supervisor(Settings settings, JobSource& source, Runner& runner, EventStream& events, Log& log,
    Redactor& redactor, const Clock& clock)
    : m_settings(std::move(settings)), m_source(source), m_runner(runner), m_events(events), m_log(log),
      m_redactor(redactor), m_clock(clock), m_watchdog(clock, m_settings.limits),
      m_reporter(source, events, log, redactor), m_secrets(redactor),
      m_loader(runner, m_watchdog, events, m_settings.fetch), m_pictures(m_settings.pictures),
      m_identity(m_settings.identity), m_encoder(m_settings.identity, m_settings.ffmpeg)
{
}

Supervisor::~Supervisor() = default;

int Supervisor::run()
{
    m_log.write(LogLevel::Info, "--- Starting Serverless Worker |  Visgate " VISGATE_VERSION " ---");
    if (!m_settings.identity.gpu.empty()) {
        m_events.emit(GpuEvent{m_settings.identity.gpu, 0, {}, {}});
    }
    std::thread watcher([this] { watch(); });
    m_source.start([this](const std::string& jobId) { stop(jobId, StopReason::Unwanted); });
    while (makeReady()) {
        const auto job = m_source.take(m_taking);
        if (!job) {
            break;
        }
        m_runner.checkAlive(); // what died with nothing to do costs a load, and no job
        if (!makeReady()) {
            break;
        }
        handle(*job);
    }
    m_source.close(m_isHurried ? std::chrono::seconds(0) : m_settings.resultPatience);
    {
        const std::lock_guard lock(m_mutex);
        m_isOver = true;
        m_changed.notify_all();
    }
    watcher.join();
    if (!m_isAbandoned) {
        m_events.emit(LeavingEvent{m_leavingReason});
    }
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
        m_leftAt = m_clock.monotonic();
        m_leavingReason = reason;
        m_exitCode = exitCode;
        m_changed.notify_all();
    }
    m_source.stopTaking();
    m_taking.cancel();
    m_loading.cancel();
}

void Supervisor::leaveNow(const std::string& reason, int exitCode)
{
    m_isHurried = true; // a job that comes into hand from here on is stopped there
    std::shared_ptr<Current> current;
    {
        const std::lock_guard lock(m_mutex);
        current = m_current;
    }
    leave(reason, exitCode);
    if (current) {
        stop(current->id, StopReason::Unwanted);
    }
}

bool Supervisor::isDrainOver() const
{
    const std::lock_guard lock(m_mutex);
    return m_isLeaving && m_clock.monotonic() - m_leftAt > m_settings.drain;
}

void Supervisor::setModel(ModelState state)
{
    {
        const std::lock_guard lock(m_mutex);
        m_model = state;
        m_changed.notify_all();
    }
    m_source.modelIs(state);
}

bool Supervisor::makeReady()
{
    {
        const std::lock_guard lock(m_mutex);
        // Jobs in hand are done before it leaves, unless it leaves because it cannot do them: nothing is said of those,
        // and the provider gives them to another worker.
        if (m_isLeaving || m_runner.isLoaded()) {
            return m_runner.isLoaded() && m_exitCode == 0;
        }
    }
    setModel(ModelState::Loading);
    const auto began = m_clock.monotonic();
    const auto loaded = m_loader.run(m_loading);
    const double seconds = std::chrono::duration<double>(m_clock.monotonic() - began).count();
    setModel(loaded ? ModelState::Loaded : ModelState::Failed);
    std::string overdue;
    {
        const std::lock_guard lock(m_mutex);
        m_loadSeconds = seconds;
        overdue = m_loadOverdue;
        if (!m_loader.revision().empty()) {
            m_identity.revision = m_loader.revision();
            m_encoder.setRevision(m_loader.revision());
        }
        if (m_isLeaving || m_isAbandoned) {
            return false; // whatever came of it, nobody waits for it
        }
    }
    if (loaded && overdue.empty()) {
        m_watchdog.loaded();
        m_events.emit(ReadyEvent{seconds, m_runner.name(), m_settings.identity.gpu, 0});
        return true;
    }
    const std::string why = overdue.empty() ? m_redactor.redact(loaded.error().detail) : overdue;
    const WorkerCode code = overdue.empty() ? loadCode(loaded.error().code) : WorkerCode::LoadTimeout;
    m_events.emit(FailedEvent{toString(code), why, {}});
    m_source.reportUnhealthy("model_load", why);
    leave("the model did not load", 1);
    return false;
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
    std::shared_ptr<Current> current;
    {
        const std::lock_guard lock(m_mutex);
        if (m_isAbandoned) {
            return;
        }
        const bool isLate = verdict == Verdict::FetchTimedOut || verdict == Verdict::LoadTimedOut;
        if (m_model == ModelState::Loading && (m_isLeaving || isLate)) {
            m_loadOverdue = m_isLeaving ? std::string() : Watchdog::complaint(verdict, Watchdog::Phase::Step);
        } else if (!m_current || m_current->isEnding) {
            return;
        }
        current = m_current;
    }
    if (current) {
        endOverdue(current, verdict);
    } else {
        endLoading();
    }
}

/// The model is not wanted any more, or it took too long. What does not let go of it is left behind with the process.
void Supervisor::endLoading()
{
    m_loading.cancel();
    std::unique_lock lock(m_mutex);
    if (m_changed.wait_for(lock, m_settings.loadGrace, [this] { return m_model != ModelState::Loading; })) {
        return;
    }
    if (const std::string overdue = m_loadOverdue; !overdue.empty()) {
        lock.unlock();
        abandon(WorkerCode::LoadTimeout, overdue);
        return;
    }
    m_isAbandoned = true;
    const int exitCode = m_exitCode;
    lock.unlock();
    m_events.emit(LeavingEvent{m_leavingReason});
    m_settings.abandon(exitCode);
}

/// Whether time is up or the user has cancelled: the runner is asked to stop, and has so long to do it.
void Supervisor::endOverdue(const std::shared_ptr<Current>& current, Watchdog::Verdict verdict)
{
    using Verdict = Watchdog::Verdict;
    if (current->reason == StopReason::None) {
        const bool isDrainPast = isDrainOver();
        if (!isDrainPast && verdict != Verdict::PhaseTimedOut && verdict != Verdict::JobTimedOut) {
            return;
        }
        const auto phase = m_watchdog.phase();
        if (!isDrainPast && verdict == Verdict::PhaseTimedOut && phase == Watchdog::Phase::Upload) {
            current->upload.cancel(); // the pictures are there, and go with the result
            return;
        }
        m_source.setAlive(false);
        stop(current->id, StopReason::Deadline, isDrainPast ? tooLateToLeave : Watchdog::complaint(verdict, phase));
    }
    std::unique_lock lock(m_mutex);
    const bool stopped
        = m_changed.wait_for(lock, m_settings.grace, [&] { return m_current != current || current->isEnding; });
    lock.unlock();
    if (stopped) {
        m_source.setAlive(true);
    } else {
        abandon(WorkerCode::Timeout, "The runner did not stop when it was asked to.");
    }
}

void Supervisor::abandon(WorkerCode code, const std::string& message)
{
    std::shared_ptr<Current> current;
    {
        const std::lock_guard lock(m_mutex);
        m_isAbandoned = true;
        current = m_current;
    }
    m_events.emit(FailedEvent{toString(code), message, current ? current->id : std::string()});
    if (code == WorkerCode::LoadTimeout) {
        m_source.reportUnhealthy("model_load", message);
    }
    if (current && current->reason == StopReason::Unwanted) {
        m_source.drop(current->id);
    } else if (current) {
        m_source.finish(current->id, {true, faultText(code, message), true});
    }
    m_events.emit(LeavingEvent{message});
    m_settings.abandon(1);
}

void Supervisor::stop(const std::string& jobId, StopReason reason, const std::string& overdue)
{
    std::shared_ptr<Current> current;
    {
        const std::lock_guard lock(m_mutex);
        current = m_current;
        if (!current || current->id != jobId || current->isEnding || current->reason != StopReason::None) {
            return; // it has ended, was never ours, or is stopped already
        }
        current->reason = reason;
        current->overdue = overdue;
        m_changed.notify_all();
    }
    current->cancel.cancel();
    current->upload.cancel();
}

/// From here on the job's last word is on its way, and nothing stops it. False if it was stopped before: then there is
/// none.
bool Supervisor::beginEnd(Current& current)
{
    {
        const std::lock_guard lock(m_mutex);
        if (current.reason != StopReason::Unwanted) {
            current.isEnding = true;
            m_watchdog.enter(Watchdog::Phase::Deliver);
            m_changed.notify_all();
            return true;
        }
    }
    m_source.drop(current.id);
    m_log.write(LogLevel::Info, "Stopped: the job is no longer wanted.", current.id);
    return false;
}

} // namespace visgate::worker
