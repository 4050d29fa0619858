// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/practice/fleet/fleet.h"
#include "core/practice/fleet/worker_env.h"
#include "core/practice/queue/job_queue.h"
#include "core/practice/wire/replies.h"
#include "core/practice/wire/routes.h"
#include "core/practice/world/records_json.h"
#include "core/practice/world/world.h"

#include <algorithm>

namespace visgate::practice {

using nlohmann::json;

namespace {

http::Response refusal(const std::string& text)
{
    return jsonReply(400, {{"error", text}});
}

Env shown(const World& world, const Env& env)
{
    return world.settings.tellsSecrets ? env : shownEnv(env);
}

/// A text as one may show it: prompts, pictures and addresses are the user's own.
json withoutTexts(json value)
{
    if (value.is_string())
        return "[" + std::to_string(value.get_ref<const std::string&>().size()) + " bytes]";
    if (value.is_structured()) {
        for (json& inner : value)
            inner = withoutTexts(std::move(inner));
    }
    return value;
}

json describe(World& world, const Fleet& fleet, const Worker& worker)
{
    json value = {{"id", worker.id}, {"endpointId", worker.endpointId}, {"status", publicStatus(worker)},
        {"removed", worker.phase == WorkerPhase::Removed}, {"version", worker.version}, {"gpuTypeId", worker.gpuTypeId},
        {"dataCenterId", worker.dataCenterId}, {"usdPerSecond", worker.usdPerSecond}, {"crashes", worker.crashes},
        {"jobs", worker.jobs}, {"failedCheck", worker.failedCheck}, {"log", world.logs.lines(worker.id)}};
    if (worker.phase != WorkerPhase::Removed)
        value["env"] = shown(world, fleet.environmentFor(worker));
    return value;
}

Reply state(World& world, const Fleet& fleet, ApiState& api)
{
    const TimePoint now = world.now();
    json endpoints = json::array();
    for (const auto& [id, endpoint] : world.account.endpoints) {
        json value = configToJson(endpoint.config);
        value["id"] = id;
        value["version"] = endpoint.version;
        value["env"] = shown(world, endpoint.config.container.env);
        endpoints.push_back(std::move(value));
    }
    json workers = json::array();
    json removed = json::array();
    for (const auto& [id, worker] : world.account.workers)
        (worker.phase == WorkerPhase::Removed ? removed : workers).push_back(describe(world, fleet, worker));
    json jobs = json::array();
    for (const auto& [id, job] : world.account.jobs) {
        json value = JobQueue::describe(job);
        value["request"] = json::parse(job.request);
        if (!world.settings.tellsSecrets) {
            for (const char* told : {"output", "error", "request"}) {
                if (value.contains(told))
                    value[told] = withoutTexts(std::move(value[told]));
            }
        }
        value["endpointId"] = job.endpointId;
        jobs.push_back(std::move(value));
    }
    json volumes = json::array();
    for (const auto& [id, volume] : world.account.volumes)
        volumes.push_back(volumeToJson(volume));
    const double spent = world.account.spentUsd(now);
    return jsonReply(200,
        {{"now", formatUtc(now)}, {"speed", world.settings.speed}, {"endpoints", std::move(endpoints)},
            {"workers", std::move(workers)}, {"removedWorkers", std::move(removed)}, {"jobs", std::move(jobs)},
            {"volumes", std::move(volumes)}, {"processes", fleet.processCount()},
            {"money",
                {{"credit", world.account.creditUsd}, {"spent", spent}, {"balance", world.account.creditUsd - spent},
                    {"usdPerSecond", world.account.spendRate()}, {"quota", world.account.quota(now)}}},
            {"faults", api.faults.describe()}, {"logFollowers", world.logs.followers()}});
}

std::optional<Condition::Kind> conditionNamed(const std::string& name)
{
    if (name == "throttled")
        return Condition::Kind::Throttled;
    if (name == "no_capacity")
        return Condition::Kind::NoCapacity;
    if (name == "crash_loop")
        return Condition::Kind::CrashLoop;
    if (name == "stuck_initializing")
        return Condition::Kind::StuckInitializing;
    return std::nullopt;
}

Reply addCondition(World& world, const json& body)
{
    const auto kind = conditionNamed(body.value("kind", ""));
    if (!kind)
        return refusal("kind is throttled, no_capacity, crash_loop or stuck_initializing");
    world.conditions.push_back({*kind, body.value("endpoint", "")});
    return doneReply();
}

/// What the provider does to an endpoint that nobody uses: it is found with 0 workers, through no act of its owner.
Reply park(World& world, const std::string& name)
{
    for (auto& [id, endpoint] : world.account.endpoints) {
        if (id != name && endpoint.config.name != name)
            continue;
        endpoint.config.workersMin = endpoint.config.workersMax = 0;
        world.account.save(endpoint);
        return doneReply();
    }
    return jsonReply(404, {{"error", "no such endpoint"}});
}

Reply setStock(World& world, const json& body)
{
    const std::string which = body.value("gpu", body.value("pool", ""));
    bool found = false;
    for (GpuType& gpu : world.catalog.gpus) {
        if (gpu.id == which || gpu.pool == which) {
            gpu.stock = stockFromString(body.value("stock", "NONE"));
            found = true;
        }
    }
    return found ? doneReply() : refusal("no such gpu or pool");
}

Reply setAccount(World& world, ApiState& api, const json& body)
{
    world.account.creditUsd = body.value("credit", world.account.creditUsd);
    if (body.contains("quota")) {
        world.account.quotaOverride.reset();
        if (!body["quota"].is_null())
            world.account.quotaOverride = body["quota"].get<int>();
    }
    world.account.saveMoney();
    api.rights.readOnly = body.value("readOnly", api.rights.readOnly);
    api.rights.noBilling = body.value("noBilling", api.rights.noBilling);
    return doneReply();
}

Reply setLimits(ApiState& api, const json& body)
{
    RestLimits::Quotas quotas;
    quotas.minute = body.value("minute", quotas.minute);
    quotas.hour = body.value("hour", quotas.hour);
    quotas.day = body.value("day", quotas.day);
    api.restLimits.setQuotas(quotas);
    const json queue = body.value("queue", json::object());
    for (const auto& [operation, most] : queue.items())
        api.queueLimits.set(operation, most.get<int>());
    return doneReply();
}

/// {"stochastic": true, "seed": 7, "bills_initializing": false, "stuck_share": 0.05}
Reply setChance(World& world, const json& body)
{
    if (!body.value("stochastic", true)) {
        world.setChance(std::nullopt);
        return doneReply();
    }
    Chance::Settings chosen;
    chosen.seed = body.value("seed", world.settings.seed);
    chosen.billsInitializing = body.value("bills_initializing", chosen.billsInitializing);
    chosen.stuckShare = std::clamp(body.value("stuck_share", chosen.stuckShare), 0.0, 1.0);
    world.setChance(chosen);
    return doneReply();
}

Reply setLicence(World& world, const json& body)
{
    const std::string model = body.value("model", "");
    std::erase(world.account.acceptedLicences, model);
    if (body.value("accepted", true))
        world.account.acceptedLicences.push_back(model);
    world.account.saveLicences();
    return doneReply();
}

Reply setTime(World& world, const json& body)
{
    const double ahead = body.value("advance_seconds", 0.0);
    if (ahead < 0)
        return refusal("time does not go back");
    world.settings.speed = std::max(0.01, body.value("speed", world.settings.speed));
    if (const double rate = body.value("rate", 0.0); rate > 0)
        world.clock.setRate(rate);
    world.clock.advance(std::chrono::duration_cast<std::chrono::nanoseconds>(std::chrono::duration<double>(ahead)));
    world.account.saveHeartbeat(world.now(), world.clock.ahead());
    return jsonReply(200, {{"now", formatUtc(world.now())}, {"speed", world.settings.speed}});
}

/// A handler whose body must be a JSON object; members of the wrong type are the caller's mistake.
template <typename Handler> RouteHandler withBody(Handler handler)
{
    return [handler](const Visit& visit) -> Reply {
        const json body = parseBody(visit.request());
        if (!body.is_object())
            return refusal("the body must be a JSON object");
        try {
            return handler(body, visit);
        } catch (const json::exception& error) {
            return refusal(error.what());
        }
    };
}

} // namespace

void addControlRoutes(Router& router, World& world, Fleet& fleet, ApiState& api)
{
    router.add("GET", "ping", [](const Visit&) { return Reply(doneReply()); });
    router.add("GET", "state", [&world, &fleet, &api](const Visit&) { return state(world, fleet, api); });
    router.add("GET", "requests", [&api](const Visit&) { return Reply(jsonReply(200, api.log.describe())); });
    router.add("DELETE", "requests", [&api](const Visit&) {
        api.log.clear();
        return Reply(doneReply());
    });
    router.add("POST", "faults", withBody([&api](const json& body, const Visit&) -> Reply {
        const auto id = api.faults.add(body);
        return id ? jsonReply(200, {{"id", *id}}) : refusal(id.error());
    }));
    router.add("DELETE", "faults", [&api](const Visit&) {
        api.faults.clear();
        return Reply(doneReply());
    });
    router.add(
        "POST", "conditions", withBody([&world](const json& body, const Visit&) { return addCondition(world, body); }));
    router.add("DELETE", "conditions", [&world](const Visit&) {
        world.conditions.clear();
        return Reply(doneReply());
    });
    router.add("POST", "park",
        withBody([&world](const json& body, const Visit&) { return park(world, body.value("endpoint", "")); }));
    router.add("POST", "stock", withBody([&world](const json& body, const Visit&) { return setStock(world, body); }));
    router.add("POST", "account",
        withBody([&world, &api](const json& body, const Visit&) { return setAccount(world, api, body); }));
    router.add("GET", "limits", [&api](const Visit&) {
        return Reply(jsonReply(200, {{"admitted", api.restLimits.admitted()}, {"refused", api.restLimits.refused()}}));
    });
    router.add("POST", "limits", withBody([&api](const json& body, const Visit&) { return setLimits(api, body); }));
    router.add("POST", "time", withBody([&world](const json& body, const Visit&) { return setTime(world, body); }));
    router.add("POST", "chance", withBody([&world](const json& body, const Visit&) { return setChance(world, body); }));
    router.add(
        "POST", "licence", withBody([&world](const json& body, const Visit&) { return setLicence(world, body); }));
    router.add("POST", "shutdown", [&api](const Visit&) {
        api.shutDown();
        return Reply(doneReply());
    });
}

} // namespace visgate::practice
