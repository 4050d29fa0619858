// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/foundation/hash.h"
#include "core/practice/fleet.h"
#include "core/practice/job_queue.h"
#include "core/practice/replies.h"
#include "core/practice/routes.h"
#include "core/practice/world.h"

#include <algorithm>
#include <charconv>

namespace visgate::practice {

using nlohmann::json;

namespace {

constexpr int mostBatch = 100;

Reply take(World& world, Worker& worker, const Visit& visit, bool batch)
{
    world.fleet->took(worker);
    int most = 1;
    const std::string size = visit.request().query("batch_size");
    if (batch)
        std::from_chars(size.data(), size.data() + size.size(), most);
    world.queue->take(worker, visit.exchange, std::clamp(most, 1, mostBatch), batch);
    return std::nullopt;
}

http::Response answerFor(JobQueue::Accepted accepted)
{
    switch (accepted) {
    case JobQueue::Accepted::Yes:
        return jsonReply(200, json::object());
    case JobQueue::Accepted::TooLarge:
        return jsonReply(400, {{"error", "output is too large"}});
    case JobQueue::Accepted::Unknown:
        return jsonReply(404, {{"error", "job not found"}});
    }
    return jsonReply(500, json::object());
}

/// The body is JSON whatever its content type says (facts 4.6).
Reply done(World& world, Worker& worker, const Visit& visit)
{
    const json body = parseBody(visit.request());
    if (body.is_discarded() || !body.is_object())
        return jsonReply(400, {{"error", "body is not a JSON object"}});
    const bool stream = visit.request().query("isStream") == "true";
    return answerFor(world.queue->done(worker, visit.params[2], body, visit.request().body.size(), stream));
}

Reply chunk(World& world, Worker& worker, const Visit& visit)
{
    const json body = parseBody(visit.request());
    if (body.is_discarded() || !body.is_object())
        return jsonReply(400, {{"error", "body is not a JSON object"}});
    return answerFor(world.queue->chunk(worker, visit.params[2], body));
}

Reply ping(World& world, Worker& worker, const Visit& visit)
{
    const http::Request& request = visit.request();
    world.queue->pinged(worker, queryList(request, "job_id"));
    if (request.query("status") == "unhealthy")
        world.fleet->reportedUnhealthy(worker, request.query("check"), request.query("reason"));
    return jsonReply(200, json::object());
}

/// The worker that the second parameter names, when the request carries its endpoint's worker key, raw.
template <typename Handler> RouteHandler withWorker(World& world, Handler handler)
{
    return [&world, handler](const Visit& visit) -> Reply {
        const auto endpoint = world.account.endpoints.find(visit.params[0]);
        if (endpoint == world.account.endpoints.end())
            return jsonReply(404, {{"error", "endpoint not found"}});
        if (!constantTimeEquals(visit.request().headers.get("Authorization"), endpoint->second.workerKey))
            return jsonReply(401, {{"error", "unauthorized"}});
        const auto worker = world.account.workers.find(visit.params[1]);
        if (worker == world.account.workers.end() || worker->second.endpointId != endpoint->first
            || worker->second.phase == WorkerPhase::Removed) {
            return jsonReply(404, {{"error", "worker not found"}});
        }
        return handler(worker->second, visit);
    };
}

} // namespace

void addWorkerRoutes(Router& router, World& world)
{
    router.add("GET", "{endpoint}/job-take/{worker}",
        withWorker(world, [&world](Worker& worker, const Visit& visit) { return take(world, worker, visit, false); }));
    router.add("GET", "{endpoint}/job-take-batch/{worker}",
        withWorker(world, [&world](Worker& worker, const Visit& visit) { return take(world, worker, visit, true); }));
    router.add("GET", "{endpoint}/job-stop/{worker}", withWorker(world, [&world](Worker& worker, const Visit& visit) {
        world.queue->pollStops(worker, visit.exchange);
        return Reply();
    }));
    router.add("POST", "{endpoint}/job-done/{worker}/{job}",
        withWorker(world, [&world](Worker& worker, const Visit& visit) { return done(world, worker, visit); }));
    router.add("POST", "{endpoint}/job-stream/{worker}/{job}",
        withWorker(world, [&world](Worker& worker, const Visit& visit) { return chunk(world, worker, visit); }));
    router.add("GET", "{endpoint}/ping/{worker}",
        withWorker(world, [&world](Worker& worker, const Visit& visit) { return ping(world, worker, visit); }));
}

} // namespace visgate::practice
