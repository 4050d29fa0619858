// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/foundation/hash.h"
#include "core/practice/fleet/fleet.h"
#include "core/practice/queue/job_queue.h"
#include "core/practice/wire/replies.h"
#include "core/practice/wire/routes.h"
#include "core/practice/world/world.h"

#include <algorithm>
#include <charconv>

namespace visgate::practice {

using nlohmann::json;

namespace {

constexpr int mostBatch = 100;

Reply take(JobQueue& queue, Fleet& fleet, Worker& worker, const Visit& visit, bool batch)
{
    fleet.took(worker);
    int most = 1;
    const std::string size = visit.request().query("batch_size");
    if (batch)
        std::from_chars(size.data(), size.data() + size.size(), most);
    queue.take(worker, visit.exchange, std::clamp(most, 1, mostBatch), batch);
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
Reply done(JobQueue& queue, Worker& worker, const Visit& visit)
{
    const json body = parseBody(visit.request());
    if (body.is_discarded() || !body.is_object())
        return jsonReply(400, {{"error", "body is not a JSON object"}});
    const bool stream = visit.request().query("isStream") == "true";
    return answerFor(queue.done(worker, visit.params[2], body, visit.request().body.size(), stream));
}

Reply chunk(JobQueue& queue, Worker& worker, const Visit& visit)
{
    const json body = parseBody(visit.request());
    if (body.is_discarded() || !body.is_object())
        return jsonReply(400, {{"error", "body is not a JSON object"}});
    return answerFor(queue.chunk(worker, visit.params[2], body));
}

Reply ping(JobQueue& queue, Fleet& fleet, Worker& worker, const Visit& visit)
{
    const http::Request& request = visit.request();
    queue.pinged(worker, queryList(request, "job_id"));
    if (request.query("status") == "unhealthy")
        fleet.reportedUnhealthy(worker, request.query("check"), request.query("reason"));
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

void addWorkerRoutes(Router& router, World& world, JobQueue& queue, Fleet& fleet)
{
    router.add("GET", "{endpoint}/job-take/{worker}",
        withWorker(world,
            [&queue, &fleet](Worker& worker, const Visit& visit) { return take(queue, fleet, worker, visit, false); }));
    router.add("GET", "{endpoint}/job-take-batch/{worker}",
        withWorker(world,
            [&queue, &fleet](Worker& worker, const Visit& visit) { return take(queue, fleet, worker, visit, true); }));
    router.add("GET", "{endpoint}/job-stop/{worker}", withWorker(world, [&queue](Worker& worker, const Visit& visit) {
        queue.pollStops(worker, visit.exchange);
        return Reply();
    }));
    router.add("POST", "{endpoint}/job-done/{worker}/{job}",
        withWorker(world, [&queue](Worker& worker, const Visit& visit) { return done(queue, worker, visit); }));
    router.add("POST", "{endpoint}/job-stream/{worker}/{job}",
        withWorker(world, [&queue](Worker& worker, const Visit& visit) { return chunk(queue, worker, visit); }));
    router.add("GET", "{endpoint}/ping/{worker}",
        withWorker(
            world, [&queue, &fleet](Worker& worker, const Visit& visit) { return ping(queue, fleet, worker, visit); }));
}

} // namespace visgate::practice
