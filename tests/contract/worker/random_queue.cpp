// SPDX-License-Identifier: GPL-3.0-or-later
#include "random_queue.h"

#include "core/foundation/json/json_value.h"

#include <algorithm>
#include <stdexcept>
#include <thread>

namespace visgate::worker {
namespace {

using nlohmann::json;
using Answer = QueuePlan::Answer;

constexpr std::chrono::seconds longestQuiet{120};

http::Response jsonReply(const std::string& body)
{
    return {200, {{"Content-Type", "application/json"}}, body};
}

void answer(http::Exchange& exchange, int status)
{
    if (status == QueuePlan::cut) {
        exchange.abort();
    } else {
        exchange.respond({status, {}, {}});
    }
}

int statusOf(Answer answer)
{
    switch (answer) {
    case Answer::NoJob:
        return 204;
    case Answer::BadRequest:
        return 400;
    case Answer::TooMany:
        return 429;
    case Answer::Cut:
        return QueuePlan::cut;
    default:
        return 500;
    }
}

} // namespace

RandomQueue::RandomQueue()
{
    auto server
        = http::Server::start({}, [this](const std::shared_ptr<http::Exchange>& exchange) { handle(exchange); });
    if (!server) {
        throw std::runtime_error(server.error().detail);
    }
    m_server = std::move(*server);
}

RandomQueue::~RandomQueue()
{
    m_server.reset(); // before what its thread uses
}

std::string RandomQueue::base() const
{
    return "http://127.0.0.1:" + std::to_string(m_server->port()) + "/v2/ep";
}

void RandomQueue::begin(QueuePlan plan, std::function<void()> onLeave)
{
    const std::lock_guard lock(m_mutex);
    m_plan = std::move(plan);
    m_nextTake = 0;
    m_isWaiting = false;
    m_fates.clear();
    m_stops.clear();
    m_openStops.clear();
    m_openTakes.clear();
    m_onLeave = std::move(onLeave);
    m_isLeaving = false;
}

void RandomQueue::note(Moment moment)
{
    const std::lock_guard lock(m_mutex);
    pass(moment);
}

void RandomQueue::pass(Moment moment)
{
    m_changed.notify_all();
    if (moment != m_plan.leaveAt || m_plan.leaveCount == 0 || --m_plan.leaveCount > 0) {
        return;
    }
    m_isLeaving = true;
    m_onLeave();
}

void RandomQueue::workerLeft()
{
    const std::lock_guard lock(m_mutex);
    m_isLeaving = true;
    m_changed.notify_all();
}

void RandomQueue::handle(const Exchange& exchange)
{
    const std::lock_guard lock(m_mutex);
    const auto segments = exchange->request().pathSegments();
    const std::string kind = segments.size() > 2 ? segments[2] : std::string();
    if (kind == "job-take") {
        take(exchange);
    } else if (kind == "job-stop") {
        m_openStops.push_back(exchange);
        serveStops();
    } else if (kind == "job-done") {
        done(exchange);
    } else {
        exchange->respond({200, {}, {}});
    }
    m_changed.notify_all();
}

void RandomQueue::take(const Exchange& exchange)
{
    for (auto& [id, fate] : m_fates) {
        fate.wasSurelyTaken = true; // it asks for more: what was sent has come
    }
    pass(Moment::Taking);
    if (m_nextTake == m_plan.takes.size()) {
        m_isWaiting = true;
        m_openTakes.push_back(exchange);
        return;
    }
    const QueuePlan::Take next = m_plan.takes[m_nextTake++];
    switch (next.answer) {
    case Answer::Jobs:
        give(next, exchange);
        break;
    case Answer::NoJson:
        exchange->respond({200, {{"Content-Type", "text/html"}}, "<html>"});
        break;
    case Answer::Broken:
        exchange->respond(jsonReply(R"({"id":"x","input":{)"));
        break;
    default:
        answer(*exchange, statusOf(next.answer));
        break;
    }
}

void RandomQueue::give(const QueuePlan::Take& take, const Exchange& exchange)
{
    json list = json::array();
    for (const std::size_t number : take.jobs) {
        const QueuePlan::Job& job = m_plan.jobs[number];
        list.push_back({{"id", job.id}, {"input", {{"prompt", job.prompt}, {"seed", 1}}}});
        m_fates[job.id].wasGiven = true;
    }
    exchange->respond(jsonReply((take.isList ? list : list.front()).dump()));
    for (const std::size_t number : take.jobs) {
        stopWhere(m_plan.jobs[number].id, Moment::HandedOut);
    }
    pass(Moment::HandedOut);
}

void RandomQueue::done(const Exchange& exchange)
{
    const std::string jobId = exchange->request().pathSegments().back();
    const std::string& body = exchange->request().body;
    QueuePlan::Job* const job = find(jobId);
    if (job == nullptr) {
        exchange->respond({404, {}, {}});
        return;
    }
    Fate& fate = m_fates[jobId];
    fate.wasBegun = true;
    for (auto& [id, other] : m_fates) {
        other.wasSurelyTaken = true; // nothing is asked for while a job is in hand: all were sent before
    }
    if (body.starts_with(R"({"status":"IN_PROGRESS")")) {
        fate.newsAfterEnd = fate.newsAfterEnd || fate.ends > 0;
        answer(*exchange, job->progressReply);
        stopWhere(jobId, Moment::Progress);
        pass(Moment::Progress);
        return;
    }
    ++fate.ends;
    fate.words.insert(body);
    int status = 200;
    if (!job->endReplies.empty()) {
        status = job->endReplies.front();
        job->endReplies.erase(job->endReplies.begin());
    }
    fate.accepted += status == 200 ? 1 : 0;
    answer(*exchange, status);
    stopWhere(jobId, Moment::Done);
    pass(Moment::Done);
}

QueuePlan::Job* RandomQueue::find(const std::string& jobId)
{
    const auto found = std::find_if(
        m_plan.jobs.begin(), m_plan.jobs.end(), [&jobId](const QueuePlan::Job& job) { return job.id == jobId; });
    return found == m_plan.jobs.end() ? nullptr : &*found;
}

void RandomQueue::stopWhere(const std::string& jobId, Moment moment)
{
    QueuePlan::Job* const job = find(jobId);
    if (job == nullptr || job->stopAt != moment) {
        return;
    }
    job->stopAt.reset();
    m_fates[jobId].wasStopped = m_fates[jobId].ends == 0;
    m_stops.push_back(jobId);
    serveStops();
}

void RandomQueue::serveStops()
{
    std::erase_if(m_openStops, [](const Exchange& exchange) { return exchange->isClosed(); });
    if (m_openStops.empty() || m_stops.empty()) {
        return;
    }
    m_openStops.front()->respond(jsonReply(json({{"jobsToStop", m_stops}}).dump()));
    m_openStops.pop_front();
    m_stops.clear();
}

bool RandomQueue::isQuiet() const
{
    return m_isLeaving || (m_isWaiting && std::all_of(m_fates.begin(), m_fates.end(), [](const auto& item) {
        const Fate& fate = item.second;
        return fate.ends > 0 || fate.wasStopped;
    }));
}

bool RandomQueue::waitUntilQuiet()
{
    std::unique_lock lock(m_mutex);
    const bool isQuietNow = m_changed.wait_for(lock, longestQuiet, [this] { return isQuiet(); });
    pass(Moment::Quiet);
    return isQuietNow;
}

RandomQueue::Fate RandomQueue::fate(const std::string& jobId) const
{
    const std::lock_guard lock(m_mutex);
    const auto found = m_fates.find(jobId);
    return found == m_fates.end() ? Fate() : found->second;
}

bool RandomQueue::waitUntilLeft() const
{
    const auto late = std::chrono::steady_clock::now() + longestQuiet;
    while (m_server->connectionCount() > 0) {
        if (std::chrono::steady_clock::now() > late) {
            return false;
        }
        std::this_thread::sleep_for(std::chrono::milliseconds(1));
    }
    return true;
}

} // namespace visgate::worker
