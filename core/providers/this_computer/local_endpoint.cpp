// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/providers/this_computer/local_endpoint.h"

#include "core/base/json.h"
#include "core/base/masked.h"
#include "core/foundation/redactor.h"
#include "core/foundation/worker_protocol/worker_event.h"
#include "core/providers/queue/queue_json.h"

#include <QJsonDocument>

#include <algorithm>
#include <utility>
#include <variant>

namespace visgate {

using namespace Qt::Literals::StringLiterals;
using namespace std::chrono_literals;
using std::chrono::milliseconds;

namespace {

constexpr auto kLookAgain = 150ms;
constexpr auto kStopGrace = 10s;  ///< between telling a worker to stop its job and ending it
constexpr auto kAnswerTime = 20s; ///< of a worker that is asked how a job goes
constexpr int kMostSilences = 3;
constexpr int kMostFruitless = 3;
constexpr auto kFirstPause = 2s; ///< after a start that came to nothing; doubles
constexpr std::size_t kWorkerIdBytes = 4;
constexpr std::size_t kKeyBytes = 32;
constexpr qint64 kMostReplyBytes = 256LL * 1024 * 1024; ///< a film inline

QString text(const std::string& value)
{
    return QString::fromStdString(value);
}

/// In the form in which a worker fails a job.
QString fault(const QString& code, const QString& message)
{
    return text(json::compact(QJsonObject{{u"code"_s, code}, {u"message"_s, message}}).toStdString());
}

Error unknownJob()
{
    return Error{ErrorCode::ResultExpired, {}, 404, {}, {}};
}

} // namespace

LocalEndpoint::LocalEndpoint(ProviderEndpoint endpoint, Surroundings surroundings)
    : m_endpoint(std::move(endpoint)), m_around(std::move(surroundings)), m_jobs(m_around.clock),
      m_logs(m_endpoint.id, m_around.folder)
{
    for (QTimer* const timer : {&m_look, &m_idle, &m_again})
        timer->setSingleShot(true);
    QObject::connect(&m_look, &QTimer::timeout, &m_look, [this] { look(); });
    QObject::connect(&m_again, &QTimer::timeout, &m_again, [this] { advance(); });
    QObject::connect(&m_idle, &QTimer::timeout, &m_idle, [this] {
        if (m_run && !m_inHand)
            m_run->process->leave();
    });
}

LocalEndpoint::~LocalEndpoint() = default;

void LocalEndpoint::scale(int workersMin, int workersMax, std::chrono::seconds idleTimeout)
{
    m_endpoint.workersMin = workersMin;
    m_endpoint.workersMax = workersMax;
    m_endpoint.idleTimeout = idleTimeout;
    m_idle.stop();
    m_again.stop();
    m_fruitless = 0;
    advance();
}

void LocalEndpoint::leave()
{
    if (m_run)
        m_run->process->leave();
}

QFuture<Result<void>> LocalEndpoint::end()
{
    if (m_ending)
        return m_ending->future();
    m_ending = std::make_unique<Answer<void>>();
    m_endpoint.workersMin = 0;
    m_endpoint.workersMax = 0;
    m_jobs.endWaiting(JobStatus::Cancelled);
    advance();
    return m_ending->future();
}

/// Brings the worker to where the jobs and the limits want it.
void LocalEndpoint::advance()
{
    const bool isStopped = m_endpoint.workersMax == 0;
    if (!m_run) {
        if (m_ending)
            m_ending->give({});
        else if (!isStopped && !m_again.isActive() && (m_jobs.next() || m_endpoint.workersMin > 0))
            startWorker();
        return;
    }
    if (isStopped) {
        m_again.stop();
        m_run->process->leave();
        return;
    }
    if (m_run->base.isEmpty() || m_run->process->isLeaving() || m_inHand)
        return;
    if (LocalJobs::Entry* const next = m_jobs.next()) {
        m_idle.stop();
        m_inHand = InHand{next->job.id, {}, {}};
        m_run->hadJob = true;
        next->isHandedOut = true;
        give(next->job.id);
    } else if (m_endpoint.workersMin == 0 && !m_idle.isActive()) {
        const auto left = std::chrono::ceil<milliseconds>(m_endpoint.idleTimeout - (now() - m_idleSince));
        m_idle.start(std::max(left, 0ms));
    }
}

void LocalEndpoint::startWorker()
{
    m_logs.makeRoom();
    m_run = std::make_unique<Run>();
    m_run->id = WorkerId(m_endpoint.id.value() + '-' + randomHex(kWorkerIdBytes));
    m_run->startedAt = now();
    m_run->key = std::make_shared<const Secret>(randomHex(kKeyBytes));
    m_around.redactor->addSecret(m_run->key->reveal());
    QProcessEnvironment environment = m_around.environment(m_endpoint);
    const std::string_view key = m_run->key->reveal();
    environment.insert(u"VISGATE_HTTP_KEY"_s, QString::fromUtf8(key.data(), static_cast<qsizetype>(key.size())));
    m_run->process = std::make_unique<WorkerProcess>(
        WorkerProcess::Start{m_around.worker, std::move(environment), m_around.folder},
        WorkerProcess::Heard{[this](const QString& line) { onLine(line); },
            [this](std::uint16_t port) { onListening(port); }, [this](const QString& how) { onEnded(how); }});
    note(u"worker started on this computer"_s);
    m_run->process->start();
}

void LocalEndpoint::onListening(std::uint16_t port)
{
    m_run->base = QUrl(u"http://127.0.0.1:%1"_s.arg(port));
    m_idleSince = now();
    advance();
}

void LocalEndpoint::onLine(const QString& line)
{
    std::string masked = m_around.redactor->redact(line.toStdString());
    // Who reads it knows the job by our name for it.
    if (const auto at = m_inHand && !m_inHand->workersId.empty() ? masked.find(m_inHand->workersId) : std::string::npos;
        at != std::string::npos)
        masked.replace(at, m_inHand->workersId.size(), m_inHand->id.value());
    if (const auto event = parseWorkerEvent(masked)) {
        if (const auto* const failed = std::get_if<FailedEvent>(&event->body); failed && failed->job.empty())
            m_run->lastWords = fault(text(failed->code), text(failed->message));
    }
    m_logs.of(m_run->id).append(text(formatUtc(m_around.clock->now())), u"container"_s, text(masked));
}

void LocalEndpoint::note(const QString& line)
{
    m_logs.of(m_run->id).append(text(formatUtc(m_around.clock->now())), u"system"_s, line);
}

/// The process is gone, whoever wanted it.
void LocalEndpoint::onEnded(const QString& how)
{
    m_look.stop();
    m_idle.stop();
    note(u"worker %1"_s.arg(how));
    m_logs.of(m_run->id).end();
    m_last = std::move(m_run); // it is one of its callbacks that is under way
    const bool wasAsked = m_last->process->isLeaving();
    if (const auto inHand = std::exchange(m_inHand, std::nullopt)) {
        LocalJobs::Entry* const entry = m_jobs.find(inHand->id);
        if (entry && !isFinished(entry->job.status))
            loseJob(*entry, how);
    }
    m_fruitless = m_last->hadJob || wasAsked ? 0 : m_fruitless + 1;
    if (m_fruitless > 0) {
        const bool cameUp = !m_last->base.isEmpty();
        if (!cameUp || m_fruitless >= kMostFruitless) {
            m_jobs.endWaiting(JobStatus::Failed,
                m_last->lastWords.isEmpty() ? u"the worker did not start: it "_s + how : m_last->lastWords);
        }
        m_again.start(kFirstPause * (1 << std::min(m_fruitless - 1, 6)));
    }
    advance();
}

/// The job that the worker had in hand when it ended.
void LocalEndpoint::loseJob(LocalJobs::Entry& entry, const QString& how)
{
    if (m_ending) {
        m_jobs.end(entry, JobStatus::Cancelled);
    } else if (m_last->process->isLeaving()) {
        m_jobs.putBack(entry);
    } else if (!m_last->lastWords.isEmpty()) {
        m_jobs.end(entry, JobStatus::Failed, {}, m_last->lastWords); // it said why it leaves
    } else {
        m_jobs.end(entry, JobStatus::Failed, {}, u"the worker "_s + how);
        entry.job.workerLost = true;
    }
}

Task<void> LocalEndpoint::give(ProviderJobId id)
{
    const std::weak_ptr<const bool> alive = m_alive;
    const WorkerId worker = m_run->id;
    const LocalJobs::Entry* const entry = m_jobs.find(id);
    HttpRequest request = call("POST", u"/run"_s);
    request.body = queue::jobBody(entry->input, entry->limit);
    auto reply = co_await m_around.http->send(std::move(request));
    if (alive.expired() || !m_run || m_run->id != worker || !m_inHand || m_inHand->id != id)
        co_return;
    const auto taken = reply && reply->isSuccess() ? queue::readSubmitted(reply->body)
                                                   : Result<ProviderJobId>(fail(ErrorCode::UnexpectedReply));
    if (taken) {
        m_inHand->workersId = taken->value();
        m_silences = 0;
        if (m_inHand->stoppedAt)
            tellToStop();
        m_look.start(kLookAgain);
        co_return;
    }
    note(u"worker did not take a job: "_s
        + (reply ? u"status %1"_s.arg(reply->status) : text(std::string(toString(reply.error().code)))));
    m_run->process->kill(); // it is of no use; its end ends the job
}

Task<void> LocalEndpoint::look()
{
    const std::weak_ptr<const bool> alive = m_alive;
    const WorkerId worker = m_run->id;
    HttpRequest request = call("GET", u"/status/"_s + text(m_inHand->workersId));
    auto reply = co_await m_around.http->send(std::move(request));
    if (alive.expired() || !m_run || m_run->id != worker || !m_inHand)
        co_return;
    auto answer = reply && reply->isSuccess() ? queue::readJob(reply->body)
                                              : Result<ProviderJob>(fail(ErrorCode::UnexpectedReply));
    if (answer) {
        m_silences = 0;
        answer->error = masked(answer->error, *m_around.redactor);
        answer->output = masked(answer->output, *m_around.redactor);
        take(*answer);
        co_return;
    }
    if (++m_silences >= kMostSilences) {
        note(u"worker does not answer"_s);
        m_run->process->kill();
        co_return;
    }
    m_look.start(kLookAgain);
}

/// What the worker says of the job in hand.
void LocalEndpoint::take(const ProviderJob& answer)
{
    if (m_run->process->isLeaving() && answer.status != JobStatus::Completed) {
        m_look.start(kLookAgain); // what it could not finish is given to the next worker
        return;
    }
    LocalJobs::Entry* const entry = m_jobs.find(m_inHand->id);
    const bool isWanted = entry && !isFinished(entry->job.status);
    if (isWanted && entry->job.status == JobStatus::InQueue && answer.status != JobStatus::InQueue)
        m_jobs.begin(*entry, m_run->id);
    if (isFinished(answer.status)) {
        if (isWanted) {
            m_jobs.end(*entry, answer.status, answer.output, answer.error);
            entry->job.hasOutput = answer.hasOutput;
            if (answer.executionTime) // it knows better than what was seen from here
                entry->job.executionTime = answer.executionTime;
        }
        m_inHand.reset();
        m_idleSince = now();
        advance();
        return;
    }
    if (isWanted) {
        entry->job.output = answer.output;
        entry->job.hasOutput = answer.hasOutput;
        if (entry->job.status == JobStatus::InProgress && now() - entry->beganAt > entry->limit)
            giveUp(JobStatus::TimedOut);
    }
    if (m_inHand->stoppedAt && now() - *m_inHand->stoppedAt > kStopGrace) {
        note(u"worker does not stop its job"_s);
        m_run->process->kill();
        return;
    }
    m_look.start(kLookAgain);
}

void LocalEndpoint::giveUp(JobStatus status)
{
    if (LocalJobs::Entry* const entry = m_jobs.find(m_inHand->id); entry && !isFinished(entry->job.status))
        m_jobs.end(*entry, status);
    if (std::exchange(m_inHand->stoppedAt, now()))
        return;
    if (!m_inHand->workersId.empty())
        tellToStop();
}

Task<void> LocalEndpoint::tellToStop()
{
    HttpRequest request = call("POST", u"/cancel/"_s + text(m_inHand->workersId));
    request.body = "{}";
    // What comes of it is seen by looking at the job.
    [[maybe_unused]] auto reply = co_await m_around.http->send(std::move(request));
}

HttpRequest LocalEndpoint::call(const char* method, const QString& path) const
{
    HttpRequest request;
    request.method = method;
    request.url = m_run->base;
    request.url.setPath(path);
    request.bearer = m_run->key;
    request.timeout = kAnswerTime;
    request.maxReplyBytes = kMostReplyBytes;
    return request;
}

WorkerList LocalEndpoint::workers() const
{
    WorkerList list;
    const bool willStart = !m_run && m_last && m_again.isActive() && m_endpoint.workersMax > 0
        && (m_endpoint.workersMin > 0 || m_jobs.counts().inQueue > 0);
    if (!m_run && !willStart)
        return list;
    ProviderWorker worker;
    worker.gpuTypeId = m_around.gpuTypeId;
    if (willStart) {
        worker.id = m_last->id;
        worker.status = WorkerStatus::Unhealthy;
        list.counts.unhealthy = 1;
    } else {
        worker.id = m_run->id;
        worker.uptime = std::chrono::duration_cast<std::chrono::seconds>(now() - m_run->startedAt);
        if (isJobRunning()) {
            worker.status = WorkerStatus::Running;
            list.counts.running = 1;
        } else if (m_run->base.isEmpty() || m_inHand) {
            worker.status = WorkerStatus::Initializing;
            list.counts.initializing = 1;
        } else {
            worker.status = WorkerStatus::Idle;
            list.counts.idle = 1;
        }
    }
    list.workers.append(worker);
    return list;
}

Result<ProviderJobId> LocalEndpoint::submit(QJsonObject input, std::chrono::seconds limit)
{
    if (m_endpoint.workersMax == 0)
        return fail(Error{ErrorCode::Conflict, "paused", 409, {}, {}});
    const ProviderJobId id = m_jobs.add(std::move(input), limit);
    m_again.stop(); // somebody asks: no use in waiting longer
    advance();
    return id;
}

Result<ProviderJob> LocalEndpoint::job(const ProviderJobId& id)
{
    if (const LocalJobs::Entry* const entry = m_jobs.find(id))
        return entry->job;
    if (!m_jobs.isOfEarlierRun(id))
        return fail(unknownJob());
    ProviderJob lost;
    lost.id = id;
    lost.status = JobStatus::Failed;
    lost.error = u"the program that ran the worker has ended"_s;
    lost.workerLost = true;
    return lost;
}

Result<void> LocalEndpoint::cancel(const ProviderJobId& id)
{
    LocalJobs::Entry* const entry = m_jobs.find(id);
    if (!entry)
        return fail(unknownJob());
    if (m_inHand && m_inHand->id == id)
        giveUp(JobStatus::Cancelled);
    else if (!isFinished(entry->job.status))
        m_jobs.end(*entry, JobStatus::Cancelled);
    return {};
}

Result<void> LocalEndpoint::retry(const ProviderJobId& id)
{
    LocalJobs::Entry* const entry = m_jobs.find(id);
    if (!entry)
        return fail(unknownJob());
    if (isFinished(entry->job.status) && !(m_inHand && m_inHand->id == id))
        m_jobs.putBack(*entry);
    advance();
    return {};
}

void LocalEndpoint::purge()
{
    m_jobs.endWaiting(JobStatus::Cancelled);
    if (m_inHand && !isJobRunning())
        giveUp(JobStatus::Cancelled); // the worker keeps it until its model is there
}

bool LocalEndpoint::isJobRunning() const
{
    const LocalJobs::Entry* const entry = m_inHand ? m_jobs.find(m_inHand->id) : nullptr;
    return entry && entry->job.status == JobStatus::InProgress;
}

QueueHealth LocalEndpoint::health() const
{
    QueueHealth health = m_jobs.counts();
    const WorkerCounts counts = workers().counts;
    health.workersReady = counts.idle + counts.running;
    health.workersIdle = counts.idle;
    health.workersRunning = counts.running;
    health.workersInitializing = counts.initializing;
    health.workersUnhealthy = counts.unhealthy;
    return health;
}

} // namespace visgate
