// SPDX-License-Identifier: GPL-3.0-or-later
// One job's way through the provider's queue: each step does one external thing and writes the result.
#include "core/base/json.h"
#include "core/engine/context/error_kinds.h"
#include "core/engine/context/publisher.h"
#include "core/engine/jobs/job_entry.h"
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

Task<Pause> JobRunner::step(std::shared_ptr<Entry> entry)
{
    Job& job = entry->job;
    if (isFinished(job.status))
        co_return Pause();
    if (entry->ended) {
        const auto reason = *entry->ended;
        co_return finish(*entry, reason ? JobStatus::Failed : JobStatus::Cancelled, reason);
    }
    if (entry->cancelWanted && job.providerJob.isEmpty() && !entry->suspect)
        co_return finish(*entry, JobStatus::Cancelled, std::nullopt);
    const EndpointId endpoint = m_owners->endpointOf(job.deployment);
    if (endpoint.isEmpty() || !isOpen(*entry))
        co_return endpoint.isEmpty() ? kUntilWoken : m_context.pace(entry->target).retryHigh;
    Pause pause;
    if (!job.providerJob.isEmpty())
        pause = co_await poll(entry, endpoint);
    else if (entry->suspect)
        pause = co_await settleSuspicion(entry, endpoint);
    else
        pause = co_await send(entry, endpoint);
    co_return pause;
}

Task<Pause> JobRunner::send(std::shared_ptr<Entry> entry, EndpointId endpoint)
{
    Job& job = entry->job;
    auto input = co_await workerInput(entry);
    if (m_context.stopping || !isOpen(*entry))
        co_return kAtOnce;
    if (!input)
        co_return retryLater(*entry, input.error());
    const std::chrono::seconds limit = m_owners->executionTimeoutOf(job.deployment);
    auto sent = co_await provider(*entry)->submitJob(endpoint, std::move(*input), limit);
    if (sent) {
        entry->failures = 0;
        job.providerJob = *sent;
        job.sentAt = m_context.now();
        job.limit = limit;
        job.status = JobStatus::InQueue;
        save(*entry);
        m_context.at("job_sent.committed");
        publish(*entry);
        co_return m_context.pace(entry->target).job;
    }
    if (m_context.stopping)
        co_return kAtOnce;
    co_return retryLater(*entry, sent.error());
}

/// The queue cannot be searched for a job whose id never arrived. It can be counted: with nothing there that we do not
/// know, the call was lost on its way out and may be repeated. Otherwise what waits unknown is taken out first, so that
/// at most one picture too many is made.
Task<Pause> JobRunner::settleSuspicion(std::shared_ptr<Entry> entry, EndpointId endpoint)
{
    const DeploymentId deployment = entry->job.deployment;
    auto health = co_await provider(*entry)->health(endpoint);
    if (m_context.stopping)
        co_return kAtOnce;
    if (!health)
        co_return retryLater(*entry, health.error());
    const int present = health->inQueue + health->inProgress + health->completed + health->failed;
    if (present > knownAt(deployment) && health->inQueue > 0 && isOpen(*entry)) {
        const bool alone = std::none_of(m_entries.begin(), m_entries.end(), [&](const auto& other) {
            return other.second->job.deployment == deployment && other.second->job.status == JobStatus::InQueue;
        });
        if (alone) {
            auto purged = co_await provider(*entry)->purgeQueue(endpoint);
            if (m_context.stopping)
                co_return kAtOnce;
            if (!purged)
                co_return retryLater(*entry, purged.error());
        }
    }
    entry->suspect = false;
    co_return kAtOnce;
}

bool JobRunner::isOpen(const Entry& entry) const
{
    return m_owners->isReachable(entry.job.deployment);
}

Provider* JobRunner::provider(const Entry& entry) const
{
    return m_context.accounts.provider(m_owners->accountOf(entry.job.deployment));
}

int JobRunner::knownAt(const DeploymentId& deployment)
{
    const auto jobs = m_context.jobs.list(deployment);
    if (!jobs)
        return 0;
    const auto sent
        = std::count_if(jobs->begin(), jobs->end(), [](const Job& job) { return !job.providerJob.isEmpty(); });
    return static_cast<int>(sent) + m_owners->extraJobsOf(deployment);
}

Task<Pause> JobRunner::poll(std::shared_ptr<Entry> entry, EndpointId endpoint)
{
    Job& job = entry->job;
    if (entry->cancelWanted) {
        auto cancelled = co_await provider(*entry)->cancelJob(endpoint, job.providerJob);
        if (m_context.stopping)
            co_return kAtOnce;
        if (!cancelled && cancelled.error().providerStatus != 404)
            co_return retryLater(*entry, cancelled.error());
        entry->cancelWanted = false;
        if (!isOpen(*entry))
            co_return kAtOnce;
    }
    auto answer = co_await provider(*entry)->job(endpoint, job.providerJob);
    if (m_context.stopping)
        co_return kAtOnce;
    if (!answer && isGone(answer.error()))
        co_return onDenied(*entry, answer.error());
    if (!answer)
        co_return retryLater(*entry, answer.error());
    entry->failures = 0;
    entry->denials = 0;
    entry->heardAt = m_context.now();
    job.workerId = QString::fromStdString(answer->worker.value());
    job.queued = answer->delayTime;
    job.ran = answer->executionTime;
    switch (answer->status) {
    case JobStatus::Completed: {
        auto fetched = co_await fetchUploads(entry, answer->output);
        if (m_context.stopping)
            co_return kAtOnce;
        if (!fetched)
            co_return retryLater(*entry, fetched.error());
        co_return complete(*entry, *answer, *fetched);
    }
    case JobStatus::Failed:
        co_return finish(*entry, JobStatus::Failed, workerError(*answer));
    case JobStatus::TimedOut:
        co_return finish(*entry, JobStatus::TimedOut, Error{ErrorCode::JobTimedOut, {}, 0, {}, limitOf(job)});
    case JobStatus::Cancelled:
        co_return finish(*entry, JobStatus::Cancelled, std::nullopt);
    default:
        break;
    }
    const JobStatus before = job.status;
    if (answer->status != JobStatus::Unknown)
        job.status = answer->status;
    takeProgress(*entry, *answer);
    if (isPastItsEnd(*entry)) {
        const Pause ended = co_await endOverdue(entry, endpoint);
        co_return ended;
    }
    if (job.status != before) {
        save(*entry);
        publish(*entry);
    }
    co_return m_context.pace(entry->target).job;
}

void JobRunner::takeProgress(Entry& entry, const ProviderJob& answer)
{
    if (!answer.hasOutput || answer.status != JobStatus::InProgress)
        return;
    const auto tell = [&](const QJsonObject& object) {
        const auto event = parseWorkerEvent(json::compact(object).toStdString());
        if (const auto* const step = event ? std::get_if<StepEvent>(&event->body) : nullptr)
            onStep(entry.job.deployment, entry.job.providerJob, step->step, step->count);
    };
    tell(answer.output);
    for (const QJsonValue& object : answer.output["events"_L1].toArray())
        tell(object.toObject());
}

Pause JobRunner::complete(Entry& entry, const ProviderJob& answer, const FetchedArtifacts& fetched)
{
    if (!answer.output.value("error"_L1).isUndefined() && !answer.output.value("error"_L1).isNull())
        return finish(entry, JobStatus::Failed, workerError(answer));
    auto artifacts = m_files.keep(entry.job, answer.output, fetched);
    for (const FetchedArtifact& file : fetched)
        QFile::remove(file.path); // what was not taken
    if (!artifacts)
        return finish(entry, JobStatus::Failed, artifacts.error());
    m_context.at("artifacts.stored");
    entry.job.artifacts = std::move(*artifacts);
    entry.job.gpu = answer.output["gpu"_L1].toString();
    entry.job.runner = answer.output["runner"_L1].toString().left(kLongestRunnerName);
    const QJsonObject timings = answer.output["timings"_L1].toObject();
    for (const auto phase :
        {"queue"_L1, "load"_L1, "first_step"_L1, "step"_L1, "decode"_L1, "steps"_L1, "encode"_L1, "upload"_L1}) {
        if (const QJsonValue took = timings[phase]; took.isDouble() && took.toDouble() >= 0.0)
            entry.job.timings.insert(phase, took.toDouble());
    }
    entry.job.progress = 1.0;
    return finish(entry, JobStatus::Completed, std::nullopt);
}

Pause JobRunner::finish(Entry& entry, JobStatus status, std::optional<Error> error)
{
    Job& job = entry.job;
    job.status = status;
    job.error = std::move(error);
    job.finishedAt = m_context.now();
    if (job.ran)
        job.costUsd = job.costUsd.value_or(0.0)
            + std::chrono::duration<double, std::ratio<3600>>(*job.ran).count()
                * m_owners->usdPerHourOf(job.deployment);
    save(entry);
    m_context.at("job_ended.committed");
    publish(entry);
    return Pause();
}

Pause JobRunner::retryLater(Entry& entry, const Error& error)
{
    ++entry.failures;
    const EnginePace pace = m_context.pace(entry.target);
    const bool isNew = entry.job.providerJob.isEmpty();
    switch (error.code) {
    case ErrorCode::NetworkTimeout:
    case ErrorCode::NetworkUnreachable:
    case ErrorCode::ProviderFailed:
    case ErrorCode::UnexpectedReply:
        entry.suspect = entry.suspect || isNew; // the answer is lost, the job perhaps not
        break;
    case ErrorCode::Cancelled:
    case ErrorCode::RateLimited:
        break;
    case ErrorCode::KeyRejected:
    case ErrorCode::KeyLacksPermission:
        // The key may be mended while the provider works on the job; one that it never took has nothing to wait for.
        if (isNew)
            return finish(entry, JobStatus::Failed, error);
        break;
    default: {
        // Of a job that the provider has taken, only the provider's word is its end. A paused endpoint (409) and one
        // that the queue does not know yet (404) may pass.
        const bool mayPass = !isNew || error.providerStatus == 409 || error.providerStatus == 404;
        if (!mayPass || entry.failures > kMostFailures)
            return finish(entry, JobStatus::Failed, error);
        break;
    }
    }
    return std::min(pace.retryHigh, pace.retryLow * (1 << std::clamp(entry.failures - 1, 0, 10)));
}

void JobRunner::save(Entry& entry)
{
    // Should the disk be full, the job goes on in memory and the next change is written again.
    [[maybe_unused]] const auto saved = m_context.stored(m_context.jobs.save(entry.job));
}

void JobRunner::publish(const Entry& entry)
{
    m_owners->onJob(entry.job); // first: what it cost is known to whoever hears of its end
    m_context.publisher.publish(entry.job);
}

} // namespace visgate
