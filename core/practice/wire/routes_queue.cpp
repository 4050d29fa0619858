// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/practice/queue/job_queue.h"
#include "core/practice/wire/replies.h"
#include "core/practice/wire/routes.h"
#include "core/practice/world/records_json.h"
#include "core/practice/world/world.h"

#include <algorithm>
#include <charconv>

namespace visgate::practice {

using nlohmann::json;
using namespace std::chrono_literals;

namespace {

constexpr std::size_t mostRunBytes = 10 * 1024 * 1024;
constexpr std::size_t mostSyncBytes = 20 * 1024 * 1024;
constexpr std::size_t mostSyncWaiters = 400;

http::Response refusal(int status, const std::string& text)
{
    return jsonReply(status, {{"error", text}});
}

/// A span in milliseconds from the query, held inside its limits.
std::chrono::milliseconds waitOf(const http::Request& request, long least, long most, long standard)
{
    const std::string text = request.query("wait");
    long value = standard;
    std::from_chars(text.data(), text.data() + text.size(), value);
    return std::chrono::milliseconds(std::clamp(value, least, most));
}

/// What is wrong with a job object; empty if nothing is.
std::string jobProblem(const json& body)
{
    if (body.is_discarded() || !body.is_object())
        return "request body must be a JSON object";
    if (!body.contains("input") || !body["input"].is_object())
        return "input is required and must be an object";
    if (body.contains("webhook") && !body["webhook"].is_string())
        return "webhook must be a URL";
    if (!body.contains("policy"))
        return {};
    const json& policy = body["policy"];
    if (!policy.is_object())
        return "policy must be an object";
    const auto outside = [&policy](const char* name, std::int64_t least, std::int64_t most) {
        if (!policy.contains(name))
            return false;
        const json& value = policy[name];
        return !value.is_number_integer() || value < least || value > most;
    };
    if (outside("executionTimeout", 5000, 604'800'000))
        return "policy.executionTimeout must be from 5000 to 604800000 milliseconds";
    if (outside("ttl", 10'000, 604'800'000))
        return "policy.ttl must be from 10000 to 604800000 milliseconds";
    if (policy.contains("lowPriority") && !policy["lowPriority"].is_boolean())
        return "policy.lowPriority must be a boolean";
    return {};
}

Reply run(JobQueue& queue, Endpoint& endpoint, const Visit& visit)
{
    if (visit.request().body.size() > mostRunBytes)
        return refusal(400, "request body is larger than 10 MB");
    if (endpoint.config.workersMax == 0)
        return refusal(409, "ENDPOINT_PAUSED");
    const json body = parseBody(visit.request());
    if (const std::string problem = jobProblem(body); !problem.empty())
        return refusal(400, problem);
    const Job& job = queue.submit(endpoint, body, false);
    return jsonReply(200, {{"id", job.id}, {"status", "IN_QUEUE"}});
}

Reply runSync(const World& world, JobQueue& queue, Endpoint& endpoint, const Visit& visit)
{
    if (visit.request().body.size() > mostSyncBytes)
        return refusal(400, "request body is larger than 20 MB");
    if (endpoint.config.workersMax == 0)
        return refusal(409, "ENDPOINT_PAUSED");
    if (queue.waitersOf(endpoint.id) >= mostSyncWaiters)
        return refusal(429, "too many concurrent requests");
    const json body = parseBody(visit.request());
    if (const std::string problem = jobProblem(body); !problem.empty())
        return refusal(400, problem);
    const Job& job = queue.submit(endpoint, body, true);
    const auto exchange = visit.exchange;
    queue.waitFor(
        job.id, world.now() + waitOf(visit.request(), 1000, 300'000, 90'000), exchange,
        [](const Job& now) { return now.isFinished(); },
        [exchange](Job* done) {
            exchange->respond(done ? jsonReply(200, JobQueue::describe(*done)) : refusal(404, "job not found"));
        });
    return std::nullopt;
}

/// The chunks not read yet, marked as read.
json takeChunks(Job& job)
{
    json stream = json::array();
    for (; job.chunksRead < job.chunks.size(); ++job.chunksRead)
        stream.push_back({{"output", json::parse(job.chunks[job.chunksRead])}});
    return {{"status", toString(job.status)}, {"stream", std::move(stream)}};
}

Reply stream(const World& world, JobQueue& queue, Job& job, const Visit& visit)
{
    const auto exchange = visit.exchange;
    const auto hasNews = [](const Job& now) { return now.chunksRead < now.chunks.size() || now.isFinished(); };
    queue.waitFor(
        job.id, world.now() + waitOf(visit.request(), 0, 300'000, 10'000), exchange, hasNews, [exchange](Job* now) {
            exchange->respond(now ? jsonReply(200, takeChunks(*now)) : refusal(404, "job not found"));
        });
    return std::nullopt;
}

Reply health(const World& world, const JobQueue& queue, const Endpoint& endpoint)
{
    const auto counts = queue.counts(endpoint.id);
    json workers = {{"idle", 0}, {"initializing", 0}, {"running", 0}, {"throttled", 0}, {"unhealthy", 0}};
    for (const Worker* worker : world.account.workersOf(endpoint.id)) {
        std::string key(publicStatus(*worker));
        std::transform(key.begin(), key.end(), key.begin(), [](char c) { return static_cast<char>(c | 0x20); });
        workers[key] = workers[key].get<int>() + 1;
    }
    workers["ready"] = workers["idle"];
    return jsonReply(200,
        {{"jobs",
             {{"completed", endpoint.completed}, {"failed", endpoint.failed}, {"inProgress", counts.running},
                 {"inQueue", counts.queued + counts.lowPriority}, {"retried", endpoint.retried}}},
            {"workers", std::move(workers)}});
}

/// The shape of this route is not documented (facts 9): status objects, newest first.
Reply requests(const World& world, const Endpoint& endpoint)
{
    std::vector<const Job*> jobs;
    for (const auto& [id, job] : world.account.jobs) {
        if (job.endpointId == endpoint.id)
            jobs.push_back(&job);
    }
    std::sort(jobs.begin(), jobs.end(), [](const Job* a, const Job* b) { return a->submittedAt > b->submittedAt; });
    json list = json::array();
    for (const Job* job : jobs)
        list.push_back(JobQueue::describe(*job));
    return jsonReply(200, {{"requests", std::move(list)}});
}

Reply retry(JobQueue& queue, Job& job)
{
    if (job.status != JobStatus::Failed && job.status != JobStatus::TimedOut)
        return refusal(400, "only failed or timed out jobs can be retried");
    queue.retry(job);
    return jsonReply(200, {{"id", job.id}, {"status", "IN_QUEUE"}});
}

Reply cancel(JobQueue& queue, Job& job)
{
    queue.cancel(job);
    return jsonReply(200, {{"id", job.id}, {"status", toString(job.status)}});
}

} // namespace

void addQueueRoutes(Router& router, World& world, JobQueue& queue, ApiState& api)
{
    const auto guarded = [&world, &api](const char* operation, auto handler) -> RouteHandler {
        return [&world, &api, operation, handler](const Visit& visit) -> Reply {
            const auto found = world.account.endpoints.find(visit.params[0]);
            if (found == world.account.endpoints.end() || found->second.config.loadBalancer)
                return refusal(404, "endpoint not found");
            if (!api.queueLimits.admit(found->first, operation, world.now()))
                return refusal(429, std::string("rate limit exceeded for ") + operation);
            return handler(found->second, visit);
        };
    };
    const auto withJob = [&queue](auto handler) {
        return [&queue, handler](Endpoint& endpoint, const Visit& visit) -> Reply {
            Job* const job = queue.find(endpoint.id, visit.params[1]);
            if (!job)
                return refusal(404, "job not found");
            return handler(*job, visit);
        };
    };
    router.add("POST", "{endpoint}/run",
        guarded("run", [&queue](Endpoint& endpoint, const Visit& visit) { return run(queue, endpoint, visit); }));
    router.add(
        "POST", "{endpoint}/runsync", guarded("runsync", [&world, &queue](Endpoint& endpoint, const Visit& visit) {
            return runSync(world, queue, endpoint, visit);
        }));
    router.add("GET", "{endpoint}/status/{job}", guarded("status", withJob([](Job& job, const Visit&) {
        return Reply(jsonReply(200, JobQueue::describe(job)));
    })));
    router.add("GET", "{endpoint}/stream/{job}",
        guarded("stream",
            withJob([&world, &queue](Job& job, const Visit& visit) { return stream(world, queue, job, visit); })));
    router.add("POST", "{endpoint}/cancel/{job}",
        guarded("cancel", withJob([&queue](Job& job, const Visit&) { return cancel(queue, job); })));
    router.add("POST", "{endpoint}/retry/{job}",
        guarded("retry", withJob([&queue](Job& job, const Visit&) { return retry(queue, job); })));
    router.add("POST", "{endpoint}/purge-queue", guarded("purge-queue", [&queue](Endpoint& endpoint, const Visit&) {
        return Reply(jsonReply(200, {{"removed", queue.purge(endpoint.id)}, {"status", "completed"}}));
    }));
    router.add("GET", "{endpoint}/health", guarded("health", [&world, &queue](Endpoint& endpoint, const Visit&) {
        return health(world, queue, endpoint);
    }));
    router.add("GET", "{endpoint}/requests",
        guarded("requests", [&world](Endpoint& endpoint, const Visit&) { return requests(world, endpoint); }));
}

} // namespace visgate::practice
