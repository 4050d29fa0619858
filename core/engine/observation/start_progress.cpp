// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/engine/observation/start_progress.h"

#include "core/engine/jobs/job_runner.h"
#include "core/engine/money/pricing.h"
#include "core/engine/preflight/endpoint_env.h"
#include "core/foundation/worker_protocol/worker_event.h"

#include <algorithm>
#include <utility>
#include <variant>

namespace visgate {

using namespace Qt::Literals::StringLiterals;

StartProgress::StartProgress(RunState& state)
    : m_state(state), m_context(state.context()), m_record(state.record()),
      m_times(state.context(), *state.context().history)
{
}

void StartProgress::begin()
{
    m_times.begin(setting());
}

void StartProgress::beginOnce()
{
    if (!std::exchange(m_hasBegun, true))
        begin();
}

StageSetting StartProgress::setting() const
{
    const Deployment& d = m_record.deployment;
    StageSetting setting;
    setting.target = d.target;
    setting.modelId = d.modelId;
    setting.runner = workerImage(m_context, d.target);
    setting.stock = m_record.planStock;
    setting.downloadBytes = m_record.downloadBytes;
    return practising(setting, m_context.accounts.practiceSpeed());
}

void StartProgress::onWorkers(const WorkerList& list, MonotonicPoint at)
{
    m_lookedAt = at;
    if (m_state.isStarting())
        m_watch.onWorkers(list, at);
    m_times.onWorkers(list);
    m_downloads.onWorkers(list);
    showImagePull();
}

/// What happens to a worker later is no part of a start, and must not end the next one.
void StartProgress::onLine(const QString& worker, const QString& line, bool isSystem)
{
    if (!m_state.isStarting())
        return;
    m_watch.onLine(worker, line, isSystem);
    if (!isSystem)
        return;
    m_times.onSystemLine(worker, line);
    m_state.wake();
}

void StartProgress::onEvent(const WorkerEvent& event, const QString& worker)
{
    const MonotonicPoint now = m_context.config.clock->monotonic();
    m_times.onEvent(event, worker);
    m_state.noteHeard(worker); // whatever speaks has a container, and a container may cost
    if (std::holds_alternative<ReadyEvent>(event.body)) {
        m_state.noteReady(u"worker %1 says so"_s.arg(worker));
    } else if (const auto* const failed = std::get_if<FailedEvent>(&event.body)) {
        // A job's failure is the job's; the worker goes on.
        if (failed->job.empty())
            m_watch.onFailed(
                CrashWitness::WorkerLog, QString::fromStdString(failed->code), QString::fromStdString(failed->message));
    } else if (const auto* const download = std::get_if<DownloadEvent>(&event.body)) {
        m_watch.onProgress(now);
        m_downloads.onEvent(*download, worker, now);
        showPhase(DeploymentStatus::DownloadingModel);
    } else if (const auto* const load = std::get_if<LoadEvent>(&event.body)) {
        m_watch.onProgress(now);
        // The worker says where the model comes from; the first one decides.
        if (load->phase == "volume" || !m_record.deployment.loadedFromCache)
            m_record.deployment.loadedFromCache = load->phase == "volume";
        showPhase(DeploymentStatus::LoadingModel);
    } else if (const auto* const step = std::get_if<StepEvent>(&event.body)) {
        m_state.jobs().onStep(m_record.deployment.id, ProviderJobId(step->job), step->step, step->count);
        return;
    } else if (const auto* const made = std::get_if<ResultEvent>(&event.body)) {
        m_state.jobs().onMade(m_record.deployment.id, ProviderJobId(made->job));
        return;
    } else {
        return;
    }
    m_state.wake();
}

void StartProgress::onReported(DeploymentStatus reported, const QString& message)
{
    using enum DeploymentStatus;
    const MonotonicPoint now = m_context.config.clock->monotonic();
    if (reported == Ready) {
        m_state.noteReady(u"the worker reported it"_s);
    } else if (reported == Failed) {
        m_watch.onFailed(CrashWitness::Callback, {}, message);
    } else if (reported == LoadingModel || reported == DownloadingModel) {
        m_watch.onProgress(now);
        showPhase(reported);
    }
    // At once, so that the reply to the worker tells what its report has changed.
    if (reported == Ready && m_state.isStarting() && m_state.hasEndpoint() && m_record.desired == DesiredState::Run) {
        judge();
        [[maybe_unused]] const auto saved = m_state.save();
        m_state.publish();
    }
    m_state.wake();
}

void StartProgress::onPicture(const Job& job)
{
    if (job.ran)
        m_times.onPicture(*job.ran, std::max(1, job.input.count));
    if (!job.runner.isEmpty())
        m_times.onRunner(job.runner);
}

void StartProgress::judge()
{
    using enum DeploymentStatus;
    const WorkerCounts& workers = m_record.deployment.workers;
    if (m_state.is(Ready))
        return; // told by the worker while the step was under way
    if (!m_state.readyEvidence().isEmpty()) {
        m_watch.onReady();
        m_downloads.clear();
        if (m_record.endpointShared && workers.running + workers.idle > 0)
            m_record.deployment.path = u"warm_ready"_s;
        m_state.note(u"info"_s, u"Ready: %1"_s.arg(m_state.readyEvidence()));
        m_state.moveTo(Ready);
        return;
    }
    if (auto verdict = m_watch.verdict(m_record.deployment.limits, m_lookedAt)) {
        m_state.failWith(std::move(*verdict));
        return;
    }
    showStuck();
    if (workers.running + workers.idle > 0) {
        if (!m_state.is(LoadingModel))
            m_state.moveTo(LoadingModel);
    } else if (workers.initializing > 0 && m_state.is(CreatingEndpoint)) {
        m_state.moveTo(DownloadingModel);
    }
    showImagePull();
}

void StartProgress::describe(Deployment& shown)
{
    using enum DeploymentStatus;
    if (!m_state.hasEndpoint() || m_state.is(Ready, Paused) || isSettled(m_state.status()))
        return;
    if (!shown.error)
        shown.error = m_stuck;
    if (m_state.is(DownloadingModel))
        shown.download = m_downloads.furthest(m_context.config.clock->monotonic());
    shown.estimatedRange = m_times.remaining();
    if (shown.estimatedRange && shown.estimatedRange->high.count() > 0)
        shown.estimatedRemaining = shown.estimatedRange->likely;
}

/// A start that outlasts nearly all others is shown as such while it goes on; the limits of the endpoint end it.
void StartProgress::showStuck()
{
    auto stuck = m_times.stuck(m_record.deployment.limits, m_watch.suspicion());
    const bool isNews = stuck && (!m_stuck || m_stuck->code != stuck->code);
    m_stuck = std::move(stuck);
    if (!isNews)
        return;
    const QString code = QString::fromUtf8(toString(m_stuck->code).data());
    if (m_stuck->arguments.empty()) {
        m_state.note(u"warning"_s, code + u": "_s + QString::fromStdString(m_stuck->detail));
        return;
    }
    m_state.note(u"warning"_s,
        u"%1: longer than usual (%2 minutes)"_s.arg(code, QString::fromStdString(m_stuck->arguments.front())));
}

/// The image is not the model, and comes before it.
void StartProgress::showImagePull()
{
    QString& waitingFor = m_record.deployment.waitingFor;
    const bool isPulling = m_state.isStarting() && m_times.isPullingImage();
    if (isPulling && waitingFor.isEmpty())
        waitingFor = u"image"_s;
    else if (!isPulling && waitingFor == "image"_L1)
        waitingFor.clear();
}

/// Moves forward only: a second worker's download does not take a loading deployment back.
void StartProgress::showPhase(DeploymentStatus phase)
{
    using enum DeploymentStatus;
    const bool isLater = m_state.is(CreatingEndpoint) || (m_state.is(DownloadingModel) && phase == LoadingModel);
    if (!isLater || !m_state.hasEndpoint() || !m_state.moveTo(phase))
        return;
    [[maybe_unused]] const auto saved = m_state.save();
    m_state.publish();
}

} // namespace visgate
