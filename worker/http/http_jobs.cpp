// SPDX-License-Identifier: GPL-3.0-or-later
#include "worker/http/http_jobs.h"

#include "core/foundation/json/json_read.h"
#include "core/foundation/worker_protocol/worker_code.h"
#include "worker/queue/output_limit.h"
#include "worker/queue/pause.h"

#include <utility>

namespace visgate::worker {
namespace {

/// For an answer to be on its way once it was given, and for a client to take it.
constexpr std::chrono::milliseconds lastAnswers{2'000};
constexpr std::chrono::milliseconds betweenLooks{10};

std::string fault(WorkerCode code, const std::string& message)
{
    return json::dump({{"code", toString(code)}, {"message", message}});
}

} // namespace

Result<std::unique_ptr<HttpJobs>> HttpJobs::open(Options options, const Clock& clock)
{
    std::unique_ptr<HttpJobs> jobs(new HttpJobs(std::move(options), clock));
    if (const auto listening = jobs->listen(); !listening) {
        return fail(listening.error());
    }
    return jobs;
}

HttpJobs::HttpJobs(Options options, const Clock& clock)
    : m_listen(std::move(options.listen)), m_maxResultBytes(options.maxResultBytes),
      m_portrait(std::move(options.portrait)), m_board(clock, options.limits, std::move(options.workerId)),
      m_waiters(m_board), m_routes(
                              std::move(options.routes), m_board, m_waiters, clock, [this] { return portrait(); },
                              [this](const std::string& jobId) { stop(jobId); })
{
}

HttpJobs::~HttpJobs()
{
    m_server.reset();
}

Result<void> HttpJobs::listen()
{
    http::ServerLimits limits;
    limits.bodyBytes = Routes::mostJobBytes;
    limits.bodyBytesFor = [this](const http::Request& head) { return m_routes.bodyBytesFor(head); };
    auto server = http::Server::start(
        m_listen, [this](const std::shared_ptr<http::Exchange>& exchange) { m_routes.handle(exchange); }, limits);
    if (!server) {
        return fail(server.error());
    }
    m_server = std::move(*server);
    return {};
}

Portrait HttpJobs::portrait() const
{
    const bool isLeaving = m_board.isLeaving();
    const std::lock_guard lock(m_portraitMutex);
    Portrait now = m_portrait;
    now.isLeaving = isLeaving;
    return now;
}

void HttpJobs::stop(const std::string& jobId)
{
    const std::lock_guard lock(m_stopMutex);
    if (m_onStop) { // else no job was begun yet, or none will be
        m_onStop(jobId);
    }
}

void HttpJobs::start(std::function<void(const std::string&)> onStop)
{
    const std::lock_guard lock(m_stopMutex);
    m_onStop = std::move(onStop);
}

std::optional<Job> HttpJobs::take(const http::CancelToken& cancel)
{
    return m_board.take(cancel);
}

void HttpJobs::progress(const std::string& jobId, std::string json)
{
    m_board.progress(jobId, std::move(json));
}

Delivery HttpJobs::finish(const std::string& jobId, const JobEnd& end)
{
    const bool isTooLarge = end.json.size() > m_maxResultBytes;
    const bool isOurs = isTooLarge ? m_board.finish(jobId, true, outputTooLarge(end.json.size(), m_maxResultBytes))
                                   : m_board.finish(jobId, end.isError, end.json);
    if (!isOurs) {
        return Delivery::Repeated;
    }
    return isTooLarge ? Delivery::TooLarge : Delivery::Delivered;
}

void HttpJobs::drop(const std::string& jobId)
{
    m_board.drop(jobId);
}

/// The worker leaves because of it, and those who wait for a job hear why.
void HttpJobs::reportUnhealthy(const std::string& check, const std::string& reason)
{
    {
        const std::lock_guard lock(m_portraitMutex);
        m_portrait.model = ModelState::Failed;
        m_portrait.failure = reason;
    }
    m_board.refuseAll(fault(check == "model_load" ? WorkerCode::Load : WorkerCode::Runtime, reason));
}

void HttpJobs::setAlive(bool /*isAlive*/) { }

bool HttpJobs::isWanted(const std::string& jobId)
{
    return m_board.stateOf(jobId) == JobBoard::State::InHand;
}

void HttpJobs::modelIs(ModelState state)
{
    const std::lock_guard lock(m_portraitMutex);
    m_portrait.model = state;
}

void HttpJobs::stopTaking()
{
    m_board.refuseAll(fault(WorkerCode::Runtime, "The worker left before the job was begun."));
}

void HttpJobs::close(std::chrono::milliseconds patience)
{
    m_board.waitUntilRead(patience);
    const auto until = std::chrono::steady_clock::now() + std::min(patience, lastAnswers);
    while (m_server->connectionCount() > 0 && std::chrono::steady_clock::now() < until) {
        pauseFor(betweenLooks, {});
    }
    start({});
}

} // namespace visgate::worker
