// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/foundation/ids.h"
#include "core/practice/fleet/fleet.h"
#include "core/practice/queue/job_queue.h"
#include "core/practice/wire/endpoint_rules.h"
#include "core/practice/wire/replies.h"
#include "core/practice/wire/routes.h"
#include "core/practice/world/records_json.h"
#include "core/practice/world/world.h"

#include <algorithm>
#include <charconv>

namespace visgate::practice {

using nlohmann::json;

namespace {

constexpr const char* noEndpoint = "endpoint not found";
constexpr const char* noCapacity = "There are no longer any instances available with the requested specifications. "
                                   "Please refresh and try again.";
constexpr int mostTail = 5000;

json requestUrls(const World& world, const Endpoint& endpoint)
{
    const std::string base = world.queueBase() + '/' + endpoint.id;
    if (endpoint.config.loadBalancer) {
        const auto& env = endpoint.config.container.env;
        const auto path = env.find("HEALTH_CHECK_PATH");
        return {{"base", base}, {"health", base + (path == env.end() ? "/ping" : path->second)}};
    }
    return {{"run", base + "/run"}, {"runSync", base + "/runsync"}, {"status", base + "/status/{job_id}"},
        {"stream", base + "/stream/{job_id}"}, {"cancel", base + "/cancel/{job_id}"},
        {"retry", base + "/retry/{job_id}"}, {"purgeQueue", base + "/purge-queue"}, {"health", base + "/health"}};
}

json describe(const World& world, const Endpoint& endpoint)
{
    json value = configToJson(endpoint.config);
    if (!endpoint.config.gpu) {
        for (json& choice : value["cpu"]) {
            const CpuType* const type = world.catalog.cpu(choice.value("id", std::string()));
            choice["memory"] = static_cast<int>((type ? type->ramGbPerVcpu : 2) * choice.value("vcpuCount", 0));
        }
        value.erase("gpu");
    }
    value["id"] = endpoint.id;
    value["requestUrls"] = requestUrls(world, endpoint);
    value["createdAt"] = formatUtc(endpoint.createdAt);
    return value;
}

RuleContext rulesFor(World& world, const std::string& exceptEndpoint)
{
    int others = 0;
    for (const auto& [id, endpoint] : world.account.endpoints)
        others += id == exceptEndpoint ? 0 : endpoint.config.workersMax;
    return {world.catalog, [&world](const std::string& image) { return world.hasImage(image); },
        [&world](const std::string& id) {
            const auto found = world.account.volumes.find(id);
            return found == world.account.volumes.end() ? nullptr : &found->second;
        },
        [&world](const std::string& id) {
            const auto found = world.account.templates.find(id);
            return found == world.account.templates.end() ? nullptr : &found->second;
        },
        [&world](const std::string& id) { return world.account.registries.contains(id); },
        world.account.quota(world.now()), others};
}

Reply listEndpoints(const World& world)
{
    json list = json::array();
    for (const auto& [id, endpoint] : world.account.endpoints)
        list.push_back(describe(world, endpoint));
    return jsonReply(200, {{"endpoints", std::move(list)}});
}

Reply createEndpoint(World& world, const Visit& visit)
{
    const json body = parseBody(visit.request());
    if (body.is_discarded())
        return problemReply(400, "request body is not valid JSON");
    Endpoint endpoint;
    if (auto problem = checkCreate(body, rulesFor(world, {}), endpoint.config))
        return problemReply(*problem);
    if (world.holdsFor(Condition::Kind::NoCapacity, endpoint.config.name))
        return problemReply(400, noCapacity);
    const TimePoint now = world.now();
    if (world.account.creditUsd - world.account.spentUsd(now) <= 0)
        return problemReply(400, "insufficient balance: add credit to your account to create an endpoint");
    endpoint.id = newProviderId();
    endpoint.createdAt = endpoint.lastRequestAt = now;
    endpoint.workerKey = "rpw_practice_" + randomHex(16);
    endpoint.releases.push_back({"rel_" + newProviderId(), 1, now, {}});
    world.account.save(endpoint);
    json reply = describe(world, endpoint);
    world.account.endpoints.emplace(endpoint.id, std::move(endpoint));
    return jsonReply(201, reply);
}

/// The names that release diffs give to changed settings (facts 1.4; those not seen there keep their REST name).
std::string releaseField(const std::string& field)
{
    if (field == "image")
        return "template.imageName";
    if (field == "gpu")
        return "gpuIds";
    const bool ofTemplate = field == "args" || field == "disk" || field == "env" || field == "ports";
    return ofTemplate ? "template." + field : field;
}

/// A change of the container or its machine makes a release that rolls out; scaling does not.
void releaseChanges(World& world, Endpoint& endpoint, const json& before, const json& after)
{
    std::vector<ReleaseChange> changes;
    for (const char* field : {"image", "args", "disk", "env", "ports", "registry", "gpu", "cpu"}) {
        const json was = before.value(field, json());
        const json is = after.value(field, json());
        if (was != is)
            changes.push_back({releaseField(field), was.dump(), is.dump()});
    }
    if (changes.empty())
        return;
    ++endpoint.version;
    endpoint.releases.insert(
        endpoint.releases.begin(), {"rel_" + newProviderId(), endpoint.version, world.now(), std::move(changes)});
}

Reply updateEndpoint(World& world, Endpoint& endpoint, const Visit& visit)
{
    const json body = parseBody(visit.request());
    if (body.is_discarded())
        return problemReply(400, "request body is not valid JSON");
    const json before = configToJson(endpoint.config);
    if (auto problem = checkUpdate(body, rulesFor(world, endpoint.id), endpoint.config))
        return problemReply(*problem);
    releaseChanges(world, endpoint, before, configToJson(endpoint.config));
    world.account.save(endpoint);
    return jsonReply(200, describe(world, endpoint));
}

Reply listWorkers(const World& world, const Endpoint& endpoint)
{
    json list = json::array();
    json summary = {{"running", 0}, {"idle", 0}, {"initializing", 0}, {"throttled", 0}, {"unhealthy", 0}};
    const auto text = [](const std::string& value) { return value.empty() ? json(nullptr) : json(value); };
    for (const Worker* worker : world.account.workersOf(endpoint.id)) {
        const std::string status(publicStatus(*worker));
        json entry = {{"id", worker->id}, {"status", status}, {"isStale", worker->version != endpoint.version},
            {"version", worker->version}, {"gpuCount", worker->gpuCount}, {"image", worker->image},
            {"gpuTypeId", text(worker->gpuTypeId)}, {"dataCenterId", text(worker->dataCenterId)},
            {"uptimeSeconds", nullptr}, {"startedAt", nullptr}};
        if (worker->startedAt) {
            entry["startedAt"] = formatUtc(*worker->startedAt);
            entry["uptimeSeconds"] = std::chrono::floor<std::chrono::seconds>(world.now() - *worker->startedAt).count();
        }
        list.push_back(std::move(entry));
        std::string key = status;
        std::transform(key.begin(), key.end(), key.begin(), [](char c) { return static_cast<char>(c | 0x20); });
        summary[key] = summary[key].get<int>() + 1;
    }
    summary["total"] = list.size();
    return jsonReply(200, {{"workers", std::move(list)}, {"summary", summary}, {"endpointVersion", endpoint.version}});
}

Reply listReleases(const World& world, const Endpoint& endpoint)
{
    std::map<int, int> byVersion;
    int total = 0;
    for (const Worker* worker : world.account.workersOf(endpoint.id)) {
        ++byVersion[worker->version];
        ++total;
    }
    json list = json::array();
    for (const Release& release : endpoint.releases) {
        json diff = json::array();
        for (const ReleaseChange& change : release.changes) {
            diff.push_back(
                {{"field", change.field}, {"old", json::parse(change.before)}, {"new", json::parse(change.after)}});
        }
        list.push_back({{"id", release.id}, {"version", release.version}, {"source", "MANUAL"}, {"buildId", nullptr},
            {"createdByUserId", "user_practice"}, {"workerCount", byVersion[release.version]},
            {"createdAt", formatUtc(release.createdAt)}, {"diff", std::move(diff)}});
    }
    const int latest = byVersion[endpoint.version];
    return jsonReply(200,
        {{"endpointVersion", endpoint.version},
            {"rollout",
                {{"inProgress", latest < total}, {"workersOnLatest", latest}, {"workersTotal", total},
                    {"percentOnLatest", total == 0 ? 0 : (100 * latest + total / 2) / total}}},
            {"releases", std::move(list)}});
}

Reply followLog(World& world, const Visit& visit)
{
    const auto worker = world.account.workers.find(visit.params[1]);
    if (worker == world.account.workers.end() || worker->second.endpointId != visit.params[0])
        return problemReply(404, "worker not found");
    const http::Request& request = visit.request();
    LogBook::Resume resume;
    if (request.hasQuery("source")) {
        const std::string source = request.query("source");
        if (source != "container" && source != "system")
            return problemReply(validationFailed({"query.source: value must be one of 'container', 'system'"}));
        resume.only = source == "container" ? LogBook::Source::Container : LogBook::Source::System;
    }
    if (request.hasQuery("tail")) {
        const std::string text = request.query("tail");
        int tail = -1;
        const auto parsed = std::from_chars(text.data(), text.data() + text.size(), tail);
        if (parsed.ptr != text.data() + text.size() || tail < 0 || tail > mostTail)
            return problemReply(validationFailed({"query.tail: must be an integer from 0 to 5000"}));
        resume.tail = static_cast<std::size_t>(tail);
    }
    if (request.hasQuery("since")) {
        TimePoint since;
        if (!parseUtc(request.query("since"), since))
            return problemReply(validationFailed({"query.since: must be an RFC 3339 date-time"}));
        resume.since = since;
    }
    if (request.headers.contains("Last-Event-ID"))
        resume.afterId = std::string(request.headers.get("Last-Event-ID"));
    world.logs.follow(worker->first, visit.exchange, resume);
    return std::nullopt;
}

/// Wraps a handler that needs the endpoint its first parameter names.
template <typename Handler> RouteHandler withEndpoint(World& world, Handler handler)
{
    return [&world, handler](const Visit& visit) -> Reply {
        const auto found = world.account.endpoints.find(visit.params[0]);
        if (found == world.account.endpoints.end())
            return problemReply(404, noEndpoint);
        return handler(found->second, visit);
    };
}

} // namespace

void addServerlessRoutes(Router& router, World& world, JobQueue& queue, Fleet& fleet)
{
    router.add("GET", "serverless", [&world](const Visit&) { return listEndpoints(world); });
    router.add("POST", "serverless", [&world](const Visit& visit) { return createEndpoint(world, visit); });
    router.add("GET", "serverless/{id}", withEndpoint(world, [&world](Endpoint& endpoint, const Visit&) {
        return Reply(jsonReply(200, describe(world, endpoint)));
    }));
    router.add("PATCH", "serverless/{id}", withEndpoint(world, [&world](Endpoint& endpoint, const Visit& visit) {
        return updateEndpoint(world, endpoint, visit);
    }));
    router.add("DELETE", "serverless/{id}", withEndpoint(world, [&](Endpoint& endpoint, const Visit&) {
        const std::string id = endpoint.id;
        queue.dropEndpoint(id);
        fleet.dropEndpoint(id);
        world.account.eraseEndpoint(id);
        return Reply(http::Response{204, {}, {}});
    }));
    router.add("GET", "serverless/{id}/workers",
        withEndpoint(world, [&world](Endpoint& endpoint, const Visit&) { return listWorkers(world, endpoint); }));
    router.add("GET", "serverless/{id}/releases",
        withEndpoint(world, [&world](Endpoint& endpoint, const Visit&) { return listReleases(world, endpoint); }));
    router.add("GET", "serverless/{id}/workers/{workerId}/logs",
        withEndpoint(world, [&world](Endpoint&, const Visit& visit) { return followLog(world, visit); }));
}

} // namespace visgate::practice
