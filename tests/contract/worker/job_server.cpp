// SPDX-License-Identifier: GPL-3.0-or-later
#include "job_server.h"

#include <stdexcept>

namespace visgate::worker {
namespace {

using nlohmann::json;

constexpr std::chrono::seconds patience{300};

std::string kindOf(const http::Request& request)
{
    const auto segments = request.pathSegments();
    if (segments.size() > 2 && segments[0] == "v2") {
        const std::string& action = segments[2];
        return action.starts_with("job-") ? action.substr(4) : action;
    }
    return "callback";
}

bool isProgress(const json& message)
{
    return message.value("status", "") == "IN_PROGRESS";
}

} // namespace

JobServer::JobServer()
{
    http::ServerLimits limits;
    limits.bodyBytes = 32 * 1024 * 1024;
    auto server = http::Server::start(
        {}, [this](const std::shared_ptr<http::Exchange>& exchange) { handle(exchange); }, limits);
    if (!server) {
        throw std::runtime_error(server.error().detail);
    }
    m_server = std::move(*server);
}

JobServer::~JobServer()
{
    m_server.reset(); // before what its thread uses
}

std::string JobServer::base() const
{
    return "http://127.0.0.1:" + std::to_string(m_server->port());
}

Environment JobServer::environment() const
{
    return {{"RUNPOD_WEBHOOK_GET_JOB", base() + "/v2/ep/job-take/$ID?gpu=x"},
        {"RUNPOD_WEBHOOK_POST_OUTPUT", base() + "/v2/ep/job-done/$RUNPOD_POD_ID/$ID?gpu=x"},
        {"RUNPOD_WEBHOOK_PING", base() + "/v2/ep/ping/$RUNPOD_POD_ID?gpu=x"}, {"RUNPOD_PING_INTERVAL", "100"},
        {"RUNPOD_AI_API_KEY", "worker-key-0123456789"}, {"RUNPOD_POD_ID", "worker-1"},
        {"RUNPOD_GPU_TYPE_ID", "NVIDIA A40"}, {"HF_MODEL_ID", "stabilityai/sdxl-turbo"}, {"VISGATE_RUNNER", "builtin"}};
}

http::Response JobServer::jobReply(const json& job)
{
    return {200, {{"Content-Type", "application/json"}}, job.dump()};
}

void JobServer::answerTakes(std::vector<http::Response> replies)
{
    const std::lock_guard lock(m_mutex);
    m_takeReplies.insert(m_takeReplies.end(), replies.begin(), replies.end());
    serveWaiting();
}

void JobServer::give(const json& job)
{
    answerTakes({jobReply(job)});
}

void JobServer::answerDone(std::vector<int> statuses)
{
    const std::lock_guard lock(m_mutex);
    m_doneStatuses.assign(statuses.begin(), statuses.end());
}

void JobServer::stop(const std::string& jobId)
{
    const std::lock_guard lock(m_mutex);
    m_stops.push_back(jobId);
    serveWaiting();
}

void JobServer::serveWaiting()
{
    while (!m_waitingTakes.empty() && !m_takeReplies.empty()) {
        if (!m_waitingTakes.front()->isClosed()) {
            m_waitingTakes.front()->respond(m_takeReplies.front());
            m_takeReplies.pop_front();
        }
        m_waitingTakes.pop_front();
    }
    while (!m_waitingStops.empty() && !m_stops.empty()) {
        if (!m_waitingStops.front()->isClosed()) {
            m_waitingStops.front()->respond(jobReply({{"jobsToStop", m_stops}}));
            m_stops.clear();
        }
        m_waitingStops.pop_front();
    }
}

void JobServer::handle(const std::shared_ptr<http::Exchange>& exchange)
{
    const std::lock_guard lock(m_mutex);
    const auto& request = exchange->request();
    const std::string kind = kindOf(request);
    const json body = request.body.empty() ? json() : json::parse(request.body, nullptr, false);
    m_arrived.push_back({kind, request, body, std::chrono::steady_clock::now()});
    if (kind == "take") {
        m_waitingTakes.push_back(exchange);
        serveWaiting();
    } else if (kind == "stop") {
        m_waitingStops.push_back(exchange);
        serveWaiting();
    } else {
        int code = 200;
        if (kind == "done" && !isProgress(body) && !m_doneStatuses.empty()) {
            code = m_doneStatuses.front();
            m_doneStatuses.pop_front();
        }
        exchange->respond(status(code));
    }
    m_changed.notify_all();
}

std::vector<JobServer::Arrived> JobServer::arrived(const std::string& kind) const
{
    const std::lock_guard lock(m_mutex);
    std::vector<Arrived> found;
    for (const auto& item : m_arrived) {
        if (item.kind == kind) {
            found.push_back(item);
        }
    }
    return found;
}

std::vector<json> JobServer::messages(const std::string& jobId) const
{
    std::vector<json> found;
    for (const auto& item : arrived("done")) {
        if (item.request.pathSegments().back() == jobId) {
            found.push_back(item.body);
        }
    }
    return found;
}

std::vector<json> JobServer::terminal(const std::string& jobId) const
{
    auto found = messages(jobId);
    std::erase_if(found, isProgress);
    return found;
}

bool JobServer::waitUntil(const std::function<bool()>& condition) const
{
    const auto deadline = std::chrono::steady_clock::now() + patience;
    while (!condition()) {
        std::unique_lock lock(m_mutex);
        if (std::chrono::steady_clock::now() > deadline) {
            return false;
        }
        m_changed.wait_for(lock, std::chrono::milliseconds(10));
    }
    return true;
}

bool JobServer::waitForTerminal(const std::string& jobId) const
{
    return waitUntil([&] { return !terminal(jobId).empty(); });
}

json pictureJob(const std::string& id, const std::string& prompt)
{
    return {{"id", id}, {"input", {{"prompt", prompt}, {"seed", 3}}}};
}

} // namespace visgate::worker
