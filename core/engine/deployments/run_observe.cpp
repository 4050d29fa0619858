// SPDX-License-Identifier: GPL-3.0-or-later
// While the endpoint exists: what its workers do, whether it is ready, what it costs.
#include "core/engine/context/error_kinds.h"
#include "core/engine/deployments/deployment_run.h"
#include "core/engine/jobs/job_runner.h"
#include "core/engine/money/pricing.h"
#include "core/engine/money/spend_keeper.h"
#include "core/engine/preflight/endpoint_env.h"
#include "core/engine/run/endpoint_facts.h"
#include "core/engine/sessions/accounts.h"
#include "core/foundation/worker_protocol/worker_event.h"

#include <algorithm>
#include <utility>
#include <variant>

namespace visgate {

using namespace Qt::Literals::StringLiterals;
using std::chrono::milliseconds;

namespace {

constexpr int kBelievedAbsences = 3; ///< "no such endpoint" in a row, by two addresses each time

QJsonObject debugInput()
{
    return {{u"debug"_s, true}};
}

} // namespace

Task<Pause> DeploymentRun::observe()
{
    using enum DeploymentStatus;
    Deployment& d = m_record.deployment;
    const Deployment before = d;
    follow(WatchNeed::Deploying);
    if (!std::exchange(m_twinsChecked, true)) {
        co_await removeTwins();
        if (m_state.isInterrupted())
            co_return kAtOnce;
    }
    m_jobs.onEndpointChanged(d.id);
    if (!std::exchange(m_timed, true))
        m_times.begin(startSetting());
    if (needsWarmUp()) {
        auto warmed = co_await warmUp();
        if (m_state.isInterrupted())
            co_return kAtOnce;
        if (!warmed)
            co_return m_state.retryOrFail(warmed.error());
        m_state.clearTrouble();
    }
    if (std::exchange(m_mustCheck, false)) {
        const Pause pause = co_await checkEndpoint();
        if (m_state.isInterrupted() || !pause || m_state.is(Failed))
            co_return pause;
    }
    judge();
    if (m_state.is(Failed))
        co_return kAtOnce;
    if (m_state.status() != before.status) {
        [[maybe_unused]] const auto saved = m_state.save();
        m_context.at("observed.committed");
    }
    m_state.publish();
    co_return m_state.is(Ready) ? kAtOnce : m_context.pace(d.target).observe;
}

void DeploymentRun::judge()
{
    using enum DeploymentStatus;
    const WorkerCounts& workers = m_record.deployment.workers;
    if (m_state.is(Ready))
        return; // told by the worker while the step was under way
    if (!m_state.readyEvidence().isEmpty()) {
        m_start.onReady();
        if (m_record.endpointShared && workers.running + workers.idle > 0)
            m_record.deployment.path = u"warm_ready"_s;
        m_state.note(u"info"_s, u"Ready: %1"_s.arg(m_state.readyEvidence()));
        m_state.moveTo(Ready);
        return;
    }
    if (auto verdict = m_start.verdict(m_record.deployment.limits, m_lookedAt)) {
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

/// What happens to a worker later is no part of a start, and must not end the next one.
void DeploymentRun::onStartLine(const QString& worker, const QString& line, bool isSystem)
{
    if (presentNeed() != WatchNeed::Deploying)
        return;
    m_start.onLine(worker, line, isSystem);
    if (!isSystem)
        return;
    m_times.onSystemLine(worker, line);
    m_state.wake();
}

/// The image is not the model, and comes before it.
void DeploymentRun::showImagePull()
{
    QString& waitingFor = m_record.deployment.waitingFor;
    const bool isPulling = presentNeed() == WatchNeed::Deploying && m_times.isPullingImage();
    if (isPulling && waitingFor.isEmpty())
        waitingFor = u"image"_s;
    else if (!isPulling && waitingFor == "image"_L1)
        waitingFor.clear();
}

StageSetting DeploymentRun::startSetting() const
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

/// A start that outlasts nearly all others is shown as such while it goes on; the limits of the endpoint end it.
void DeploymentRun::showStuck()
{
    auto stuck = m_times.stuck(m_record.deployment.limits, m_start.suspicion());
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

/// Two endpoints of one name can only come from a create call that was repeated after its answer was lost; the one that
/// is not in the record goes.
Task<void> DeploymentRun::removeTwins()
{
    const Deployment& d = m_record.deployment;
    if (m_record.endpointForeign)
        co_return; // others may call several of theirs alike
    const EndpointId own = d.endpointId;
    const QString name = d.endpointName;
    auto list = co_await m_account.list();
    if (!list || m_state.isInterrupted())
        co_return;
    for (const ProviderEndpoint& endpoint : *list) {
        if (endpoint.name != name || endpoint.id == own
            || m_context.sharing.isShared(endpoint.id, m_record.deployment.id))
            continue;
        m_state.note(u"warning"_s, u"removing a second endpoint of the same name"_s);
        [[maybe_unused]] auto removed = co_await m_account.provider()->deleteEndpoint(endpoint.id);
        if (m_state.isInterrupted())
            co_return;
    }
}

/// Whether nothing that is under way will show that it works. A first picture that was finished just before the last
/// run of the program ended shows it, too.
bool DeploymentRun::needsWarmUp()
{
    const Deployment& d = m_record.deployment;
    if (!m_state.readyEvidence().isEmpty() || m_jobs.hasUnfinished(d.id))
        return false;
    const auto first = m_jobs.job(d.firstJob);
    if (first && first->status == JobStatus::Completed) {
        m_state.noteReady(u"its first picture was made"_s);
        return false;
    }
    return true;
}

/// Without a first picture nothing would ever wake a worker: a debug job does, and its answer proves that it loads.
Task<Result<void>> DeploymentRun::warmUp()
{
    const Deployment& d = m_record.deployment;
    const EndpointId endpoint = d.endpointId;
    if (m_record.warmUpJob.isEmpty()) {
        auto job = co_await m_account.provider()->submitJob(endpoint, debugInput(), d.limits.executionTimeout);
        if (!job)
            co_return fail(std::move(job.error()));
        m_record.warmUpJob = *job;
        [[maybe_unused]] const auto saved = m_state.save();
        m_context.at("warm_up.committed");
        co_return Result<void>();
    }
    auto job = co_await m_account.provider()->job(endpoint, m_record.warmUpJob);
    if (!job && isGone(job.error())) {
        // Said again and again it is expired or purged, and asked once more; said once it is nothing.
        if (++m_warmUpDenials < kBelievedDenials)
            co_return Result<void>();
        m_warmUpDenials = 0;
        m_record.warmUpJob = ProviderJobId();
        co_return Result<void>();
    }
    m_warmUpDenials = 0;
    if (!job)
        co_return fail(std::move(job.error()));
    if (job->status == JobStatus::Completed)
        m_state.noteReady(u"the worker answered a debug job"_s);
    else if (isFinished(job->status))
        m_record.warmUpJob = ProviderJobId();
    co_return Result<void>();
}

/// Nothing is to be done until the account's watch, a job or the user brings something new.
Task<Pause> DeploymentRun::watch()
{
    follow(presentNeed());
    if (!std::exchange(m_mustCheck, false))
        co_return kUntilWoken;
    const Pause pause = co_await checkEndpoint();
    co_return pause;
}

/// What the provider has booked so far. A key that may not read bills changes nothing: the estimate stands.
Task<void> DeploymentRun::readBilling()
{
    [[maybe_unused]] auto read = co_await m_context.spend->readBills(m_record.deployment.target, CallFor::Deployment);
    if (!m_context.stopping)
        m_context.spend->refresh(m_record);
}

/// The list may be older than the endpoint or than our own last change of it: its own address decides. But a service
/// that says "not found" of what it lists is only confused, and what it lists may run and cost.
Task<Pause> DeploymentRun::checkEndpoint()
{
    using enum DeploymentStatus;
    Deployment& d = m_record.deployment;
    auto endpoint = co_await m_account.provider()->endpoint(d.endpointId);
    if (m_state.isInterrupted())
        co_return kAtOnce;
    const bool seemsGone = !endpoint && isGone(endpoint.error());
    if (seemsGone) {
        auto listed = co_await m_account.isListed();
        if (m_state.isInterrupted())
            co_return kAtOnce;
        if (!listed || *listed) {
            m_mustCheck = true;
            co_return m_state.retryOrFail(listed ? endpoint.error() : listed.error());
        }
    }
    if (seemsGone && ++m_absences < kBelievedAbsences) {
        m_mustCheck = true;
        co_return m_context.pace(d.target).confirm;
    }
    m_absences = 0;
    if (seemsGone) {
        if (m_state.is(Paused, Parked)) {
            // The table lets these only go on to deleting; there is nothing left to keep.
            m_state.note(u"warning"_s, u"the provider no longer has this endpoint"_s);
            m_record.wish = Wish::Delete;
            [[maybe_unused]] const auto saved = m_state.save();
            co_return kAtOnce;
        }
        co_return m_state.failWith(Error{ErrorCode::EndpointVanished, {}, 404, {}, {}}, RunState::Remains::Nothing);
    }
    if (!endpoint) {
        m_mustCheck = true;
        co_return m_state.retryOrFail(endpoint.error());
    }
    m_state.clearTrouble();
    d.workers.min = endpoint->workersMin;
    d.workers.max = endpoint->workersMax;
    if (m_state.is(Ready) && endpoint->workersMax == 0) {
        m_state.note(u"warning"_s, u"the provider set the maximum of workers to 0"_s);
        m_state.moveTo(Parked);
    } else if (m_state.is(Parked) && endpoint->workersMax > 0) {
        m_state.moveTo(Ready);
    } else if (m_state.is(Paused) && m_record.wish == Wish::Pause && endpoint->workersMax > 0
        && !m_context.sharing.isBeingLeft(d.endpointId, d.id)) {
        m_state.note(u"warning"_s, u"resumed elsewhere: the maximum of workers is %1"_s.arg(endpoint->workersMax));
        m_record.wish = Wish::Run;
        m_state.moveTo(Ready);
    }
    noteFacts(factsOf(*endpoint));
    [[maybe_unused]] const auto saved = m_state.save();
    m_state.publish();
    co_return kAtOnce;
}

void DeploymentRun::onJob(const Job& job)
{
    if (isFinished(job.status)) {
        m_context.spend->onJob(m_record, job);
        m_state.publish(); // whoever hears of the picture next hears what it cost
    }
    if (!isFinished(job.status) && m_state.hasEndpoint())
        m_times.begin(startSetting());
    if (job.status == JobStatus::Completed) {
        if (job.ran)
            m_times.onPicture(*job.ran, std::max(1, job.input.count));
        if (!job.runner.isEmpty())
            m_times.onRunner(job.runner);
        keepLatency(job);
        m_state.noteReady(u"a job was completed"_s);
        for (const Artifact& artifact : job.artifacts)
            m_record.deployment.demoModel = m_record.deployment.demoModel || !artifact.label.isEmpty();
        m_state.wake();
    }
    if (isWatched())
        follow(presentNeed());
}

void DeploymentRun::keepLatency(const Job& job)
{
    if (!m_workersThatDrew) {
        // Once: a deployment may have thousands of jobs.
        m_workersThatDrew.emplace();
        const QList<Job> others = m_context.jobs.list(job.deployment).value_or(QList<Job>());
        for (const Job& other : others) {
            if (other.id != job.id && other.status == JobStatus::Completed)
                m_workersThatDrew->insert(other.workerId);
        }
    }
    // A worker's first picture waited for its start.
    const bool isFirst = !m_workersThatDrew->contains(job.workerId);
    m_workersThatDrew->insert(job.workerId);
    const Deployment& deployment = m_record.deployment;
    const LatencySetting setting{deployment.target, m_context.accounts.registry().familyOf(deployment.modelId),
        deployment.gpuAllocated, {}};
    const QList<LatencySample> samples = latencyOf(job, setting, isFirst);
    [[maybe_unused]] const auto kept = m_context.stored(m_context.latency.add(samples));
}

void DeploymentRun::onWorkerEvent(const WorkerEvent& event, const QString& worker)
{
    const MonotonicPoint now = m_context.config.clock->monotonic();
    m_times.onEvent(event, worker);
    m_state.noteHeard(worker); // whatever speaks has a container, and a container may cost
    if (std::holds_alternative<ReadyEvent>(event.body)) {
        m_state.noteReady(u"worker %1 says so"_s.arg(worker));
    } else if (const auto* const failed = std::get_if<FailedEvent>(&event.body)) {
        // A job's failure is the job's; the worker goes on.
        if (failed->job.empty())
            m_start.onFailed(
                CrashWitness::WorkerLog, QString::fromStdString(failed->code), QString::fromStdString(failed->message));
    } else if (std::holds_alternative<DownloadEvent>(event.body)) {
        m_start.onProgress(now);
        showPhase(DeploymentStatus::DownloadingModel);
    } else if (const auto* const load = std::get_if<LoadEvent>(&event.body)) {
        m_start.onProgress(now);
        // The worker says where the model comes from; the first one decides.
        if (load->phase == "volume" || !m_record.deployment.loadedFromCache)
            m_record.deployment.loadedFromCache = load->phase == "volume";
        showPhase(DeploymentStatus::LoadingModel);
    } else if (const auto* const step = std::get_if<StepEvent>(&event.body)) {
        m_jobs.onStep(m_record.deployment.id, ProviderJobId(step->job), step->step, step->count);
        return;
    } else if (const auto* const made = std::get_if<ResultEvent>(&event.body)) {
        m_jobs.onMade(m_record.deployment.id, ProviderJobId(made->job));
        return;
    } else {
        return;
    }
    m_state.wake();
}

/// Moves forward only: a second worker's download does not take a loading deployment back.
void DeploymentRun::showPhase(DeploymentStatus phase)
{
    using enum DeploymentStatus;
    const bool isLater = m_state.is(CreatingEndpoint) || (m_state.is(DownloadingModel) && phase == LoadingModel);
    if (!isLater || !m_state.hasEndpoint() || !m_state.moveTo(phase))
        return;
    [[maybe_unused]] const auto saved = m_state.save();
    m_state.publish();
}

void DeploymentRun::onReported(DeploymentStatus reported, const QString& message)
{
    using enum DeploymentStatus;
    const MonotonicPoint now = m_context.config.clock->monotonic();
    if (reported == Ready) {
        m_state.noteReady(u"the worker reported it"_s);
    } else if (reported == Failed) {
        m_start.onFailed(CrashWitness::Callback, {}, message);
    } else if (reported == LoadingModel || reported == DownloadingModel) {
        m_start.onProgress(now);
        showPhase(reported);
    }
    // At once, so that the reply to the worker tells what its report has changed.
    const bool isStarting = m_state.is(CreatingEndpoint, DownloadingModel, LoadingModel);
    if (reported == Ready && isStarting && m_state.hasEndpoint() && m_record.wish == Wish::Run) {
        judge();
        [[maybe_unused]] const auto saved = m_state.save();
        m_state.publish();
    }
    m_state.wake();
}

} // namespace visgate
