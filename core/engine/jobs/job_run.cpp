// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/engine/jobs/job_run.h"

#include "core/base/json.h"
#include "core/engine/context/error_kinds.h"
#include "core/engine/context/publisher.h"
#include "core/engine/logs/deployment_logs.h"
#include "core/engine/sessions/provider_sessions.h"
#include "core/engine/starts/start_watch.h"
#include "core/foundation/worker_protocol/job_output.h"
#include "core/foundation/worker_protocol/worker_event.h"

#include <QFile>
#include <QJsonArray>

#include <algorithm>
#include <utility>

namespace visgate {

using namespace Qt::Literals::StringLiterals;
using std::chrono::milliseconds;

namespace {

constexpr int kMostFailures = 12; ///< in a row, for refusals that may pass (paused endpoint, unknown yet)

Error workerError(const ProviderJob& answer)
{
    std::string text = answer.error.toStdString();
    if (text.empty() && answer.output.contains("error"_L1))
        text = json::compact(answer.output).toStdString();
    if (answer.workerLost)
        return Error{ErrorCode::WorkerLost, text, 0, {}, {}};
    const queue::JobFault fault = queue::parseJobFault(text);
    std::string detail = fault.fields.empty() ? fault.message : std::string();
    for (const queue::JobFault::Field& field : fault.fields)
        detail += (detail.empty() ? "" : "; ") + field.name + ": " + field.message;
    return Error{errorCodeOfWorker(QString::fromStdString(fault.code)), detail, 0, {}, {}};
}

/// The time limit that it was sent with, in minutes, as a sentence's argument.
std::vector<std::string> limitOf(const Job& job)
{
    if (!job.limit)
        return {};
    return {std::to_string(std::max<std::int64_t>(1, (job.limit->count() + 30) / 60))};
}

} // namespace

QJsonObject toWorkerInput(const JobInput& input)
{
    QJsonObject object{{u"prompt"_s, input.prompt}, {u"num_images"_s, input.count}};
    if (!input.negativePrompt.isEmpty())
        object[u"negative_prompt"_s] = input.negativePrompt;
    if (input.width)
        object[u"width"_s] = *input.width;
    if (input.height)
        object[u"height"_s] = *input.height;
    if (input.steps)
        object[u"num_inference_steps"_s] = *input.steps;
    if (input.guidance)
        object[u"guidance_scale"_s] = *input.guidance;
    if (input.seed)
        object[u"seed"_s] = *input.seed;
    return object;
}

JobRun::JobRun(JobSurroundings& around, Job job, AccountId target, bool suspect)
    : m_around(around), m_context(around.context), m_job(std::move(job)), m_target(std::move(target)),
      m_isSuspect(suspect && m_job.providerJob.isEmpty())
{
}

void JobRun::cancel()
{
    m_isCancelWanted = true;
    m_waker.wake();
}

void JobRun::onDeploymentEnded(const std::optional<Error>& error)
{
    m_ended = error;
    m_waker.wake();
}

void JobRun::onEndpointChanged()
{
    if (m_job.providerJob.isEmpty() && m_failures == 0)
        m_waker.wake();
}

bool JobRun::onStep(int step, int count)
{
    if (count <= 0 || step <= m_job.step)
        return false;
    m_job.step = std::min(step, count);
    m_job.stepCount = count;
    m_job.progress = static_cast<double>(m_job.step) / count;
    if (m_job.status == JobStatus::InQueue)
        m_job.status = JobStatus::InProgress;
    publish();
    return true;
}

Task<void> JobRun::wait(Pause::value_type pause)
{
    co_await m_waker.pause(pause);
}

Task<Pause> JobRun::step()
{
    if (isFinished(m_job.status))
        co_return Pause();
    if (m_ended) {
        const auto reason = *m_ended;
        co_return finish(reason ? JobStatus::Failed : JobStatus::Cancelled, reason);
    }
    if (m_isCancelWanted && m_job.providerJob.isEmpty() && !m_isSuspect)
        co_return finish(JobStatus::Cancelled, std::nullopt);
    const EndpointId endpoint = m_around.owners->endpointOf(m_job.deployment);
    if (endpoint.isEmpty() || !isOpen())
        co_return endpoint.isEmpty() ? kUntilWoken : m_context.pace(m_target).retryHigh;
    Pause pause;
    if (!m_job.providerJob.isEmpty())
        pause = co_await poll(endpoint);
    else if (m_isSuspect)
        pause = co_await settleSuspicion(endpoint);
    else
        pause = co_await send(endpoint);
    co_return pause;
}

Task<Pause> JobRun::send(EndpointId endpoint)
{
    const std::chrono::seconds most = m_around.owners->executionTimeoutOf(m_job.deployment);
    auto addresses = co_await m_around.uploads.addressesFor(m_job, m_target, most);
    if (m_context.stopping || !isOpen())
        co_return kAtOnce;
    if (!addresses)
        co_return retryLater(addresses.error());
    QJsonObject input = toWorkerInput(m_job.input);
    if (!addresses->isEmpty())
        input[u"upload_urls"_s] = *addresses;
    auto sent = co_await provider()->submitJob(endpoint, std::move(input), most);
    if (sent) {
        m_failures = 0;
        m_job.providerJob = *sent;
        m_job.sentAt = m_context.now();
        m_job.limit = most;
        m_job.status = JobStatus::InQueue;
        save();
        m_context.at("job_sent.committed");
        publish();
        co_return m_context.pace(m_target).job;
    }
    if (m_context.stopping)
        co_return kAtOnce;
    co_return retryLater(sent.error());
}

/// The queue cannot be searched for a job whose id never arrived. It can be counted: with nothing there that we do not
/// know, the call was lost on its way out and may be repeated. Otherwise what waits unknown is taken out first, so that
/// at most one picture too many is made.
Task<Pause> JobRun::settleSuspicion(EndpointId endpoint)
{
    auto health = co_await provider()->health(endpoint);
    if (m_context.stopping)
        co_return kAtOnce;
    if (!health)
        co_return retryLater(health.error());
    const int present = health->inQueue + health->inProgress + health->completed + health->failed;
    const bool isUnknownInQueue = present > knownAtTheProvider() && health->inQueue > 0;
    if (isUnknownInQueue && isOpen() && !m_around.neighbours.hasQueued(m_job.deployment)) {
        auto purged = co_await provider()->purgeQueue(endpoint);
        if (m_context.stopping)
            co_return kAtOnce;
        if (!purged)
            co_return retryLater(purged.error());
    }
    m_isSuspect = false;
    co_return kAtOnce;
}

bool JobRun::isOpen() const
{
    return m_around.owners->isReachable(m_job.deployment);
}

Provider* JobRun::provider() const
{
    return m_context.accounts.provider(m_around.owners->accountOf(m_job.deployment));
}

int JobRun::knownAtTheProvider() const
{
    const auto jobs = m_context.jobs.list(m_job.deployment);
    if (!jobs)
        return 0;
    const auto sent
        = std::count_if(jobs->begin(), jobs->end(), [](const Job& job) { return !job.providerJob.isEmpty(); });
    return static_cast<int>(sent) + m_around.owners->extraJobsOf(m_job.deployment);
}

std::chrono::seconds JobRun::limit() const
{
    return m_job.limit.value_or(m_around.owners->executionTimeoutOf(m_job.deployment));
}

JobVerdicts::Moment JobRun::moment() const
{
    return {m_context.now(), m_context.config.clock->monotonic(), limit()};
}

Task<Pause> JobRun::poll(EndpointId endpoint)
{
    if (m_isCancelWanted) {
        auto cancelled = co_await provider()->cancelJob(endpoint, m_job.providerJob);
        if (m_context.stopping)
            co_return kAtOnce;
        if (!cancelled && cancelled.error().providerStatus != 404)
            co_return retryLater(cancelled.error());
        m_isCancelWanted = false;
        if (!isOpen())
            co_return kAtOnce;
    }
    auto answer = co_await provider()->job(endpoint, m_job.providerJob);
    if (m_context.stopping)
        co_return kAtOnce;
    if (!answer && isGone(answer.error()))
        co_return onDenied(answer.error());
    if (!answer)
        co_return retryLater(answer.error());
    m_failures = 0;
    m_verdicts.onHeard(m_context.now());
    m_job.workerId = QString::fromStdString(answer->worker.value());
    m_job.queued = answer->delayTime;
    m_job.ran = answer->executionTime;
    switch (answer->status) {
    case JobStatus::Completed: {
        auto fetched = co_await m_around.uploads.fetch(m_job, m_target, answer->output);
        if (m_context.stopping)
            co_return kAtOnce;
        if (!fetched)
            co_return retryLater(fetched.error());
        co_return complete(*answer, *fetched);
    }
    case JobStatus::Failed:
        co_return finish(JobStatus::Failed, workerError(*answer));
    case JobStatus::TimedOut:
        co_return finish(JobStatus::TimedOut, Error{ErrorCode::JobTimedOut, {}, 0, {}, limitOf(m_job)});
    case JobStatus::Cancelled:
        co_return finish(JobStatus::Cancelled, std::nullopt);
    default:
        break;
    }
    const JobStatus before = m_job.status;
    if (answer->status != JobStatus::Unknown)
        m_job.status = answer->status;
    takeProgress(*answer);
    if (m_verdicts.isPastItsEnd(m_job, moment())) {
        const Pause ended = co_await endOverdue(endpoint);
        co_return ended;
    }
    if (m_job.status != before) {
        save();
        publish();
    }
    co_return m_context.pace(m_target).job;
}

/// Ends it here and, as far as the provider listens, there. What the worker's log says of it is the reason given.
Task<Pause> JobRun::endOverdue(EndpointId endpoint)
{
    [[maybe_unused]] auto cancelled = co_await provider()->cancelJob(endpoint, m_job.providerJob);
    if (m_context.stopping)
        co_return kAtOnce;
    const auto last = m_context.logs.lastLineOf(m_job.deployment, m_job.providerJob);
    co_return finish(JobStatus::TimedOut, m_verdicts.overdue(limit(), last ? last->text : std::string()));
}

void JobRun::takeProgress(const ProviderJob& answer)
{
    if (!answer.hasOutput || answer.status != JobStatus::InProgress)
        return;
    const auto tell = [&](const QJsonObject& object) {
        const auto event = parseWorkerEvent(json::compact(object).toStdString());
        if (const auto* const step = event ? std::get_if<StepEvent>(&event->body) : nullptr)
            onStep(step->step, step->count);
    };
    tell(answer.output);
    for (const QJsonValue& object : answer.output["events"_L1].toArray())
        tell(object.toObject());
}

Pause JobRun::complete(const ProviderJob& answer, const FetchedArtifacts& fetched)
{
    if (!answer.output.value("error"_L1).isUndefined() && !answer.output.value("error"_L1).isNull())
        return finish(JobStatus::Failed, workerError(answer));
    auto artifacts = m_around.files.keep(m_job, answer.output, fetched);
    for (const FetchedArtifact& file : fetched)
        QFile::remove(file.path); // what was not taken
    if (!artifacts)
        return finish(JobStatus::Failed, artifacts.error());
    m_context.at("artifacts.stored");
    m_job.artifacts = std::move(*artifacts);
    m_job.gpu = answer.output["gpu"_L1].toString();
    m_job.runner = answer.output["runner"_L1].toString().left(kLongestRunnerName);
    const QJsonObject timings = answer.output["timings"_L1].toObject();
    for (const auto phase :
        {"queue"_L1, "load"_L1, "first_step"_L1, "step"_L1, "decode"_L1, "steps"_L1, "encode"_L1, "upload"_L1}) {
        if (const QJsonValue took = timings[phase]; took.isDouble() && took.toDouble() >= 0.0)
            m_job.timings.insert(phase, took.toDouble());
    }
    m_job.progress = 1.0;
    return finish(JobStatus::Completed, std::nullopt);
}

Pause JobRun::finish(JobStatus status, std::optional<Error> error)
{
    m_job.status = status;
    m_job.error = std::move(error);
    m_job.finishedAt = m_context.now();
    if (m_job.ran)
        m_job.costUsd = m_job.costUsd.value_or(0.0)
            + std::chrono::duration<double, std::ratio<3600>>(*m_job.ran).count()
                * m_around.owners->usdPerHourOf(m_job.deployment);
    save();
    m_context.at("job_ended.committed");
    publish();
    return Pause();
}

Pause JobRun::onDenied(const Error& answer)
{
    auto verdict = m_verdicts.onDenied(m_job, moment(), m_context.pace(m_target).denied, answer);
    if (!verdict)
        return backOff(m_verdicts.denials());
    return finish(verdict->status, std::move(verdict->error));
}

Pause JobRun::retryLater(const Error& error)
{
    ++m_failures;
    const bool isNew = m_job.providerJob.isEmpty();
    switch (error.code) {
    case ErrorCode::NetworkTimeout:
    case ErrorCode::NetworkUnreachable:
    case ErrorCode::ProviderFailed:
    case ErrorCode::UnexpectedReply:
        m_isSuspect = m_isSuspect || isNew; // the answer is lost, the job perhaps not
        break;
    case ErrorCode::Cancelled:
    case ErrorCode::RateLimited:
        break;
    case ErrorCode::KeyRejected:
    case ErrorCode::KeyLacksPermission:
        // The key may be mended while the provider works on the job; one that it never took has nothing to wait for.
        if (isNew)
            return finish(JobStatus::Failed, error);
        break;
    default: {
        // Of a job that the provider has taken, only the provider's word is its end. A paused endpoint (409) and one
        // that the queue does not know yet (404) may pass.
        const bool mayPass = !isNew || error.providerStatus == 409 || error.providerStatus == 404;
        if (!mayPass || m_failures > kMostFailures)
            return finish(JobStatus::Failed, error);
        break;
    }
    }
    return backOff(m_failures);
}

std::chrono::milliseconds JobRun::backOff(int times) const
{
    const EnginePace pace = m_context.pace(m_target);
    return std::min(pace.retryHigh, pace.retryLow * (1 << std::clamp(times - 1, 0, 10)));
}

void JobRun::save()
{
    // Should the disk be full, the job goes on in memory and the next change is written again.
    [[maybe_unused]] const auto saved = m_context.stored(m_context.jobs.save(m_job));
}

void JobRun::publish()
{
    m_around.owners->onJob(m_job); // first: what it cost is known to whoever hears of its end
    m_context.publisher.publish(m_job);
}

} // namespace visgate
