// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/practice/world/records_json.h"

#include "core/foundation/json/json_value.h"

namespace visgate::practice {

using nlohmann::json;

namespace {

std::int64_t micros(TimePoint time)
{
    return std::chrono::duration_cast<std::chrono::microseconds>(time.time_since_epoch()).count();
}

json micros(const std::optional<TimePoint>& time)
{
    return time ? json(micros(*time)) : json(nullptr);
}

TimePoint timeAt(const json& value)
{
    return TimePoint(std::chrono::microseconds(value.get<std::int64_t>()));
}

std::optional<TimePoint> maybeTime(const json& value)
{
    if (value.is_null())
        return std::nullopt;
    return timeAt(value);
}

} // namespace

json containerToJson(const ContainerConfig& container)
{
    return {{"image", container.image}, {"args", container.args}, {"disk", container.diskGb}, {"env", container.env},
        {"ports", container.ports},
        {"registry", container.registry.empty() ? json(nullptr) : json(container.registry)}};
}

void mergeContainer(ContainerConfig& container, const json& value)
{
    container.image = value.value("image", container.image);
    container.args = value.value("args", container.args);
    container.diskGb = value.value("disk", container.diskGb);
    if (value.contains("env"))
        container.env = value["env"].get<Env>();
    if (value.contains("ports"))
        container.ports = value["ports"].get<std::vector<std::string>>();
    if (value.contains("registry"))
        container.registry = value["registry"].is_null() ? "" : value["registry"].get<std::string>();
}

json configToJson(const EndpointConfig& config)
{
    json value = containerToJson(config.container);
    value["name"] = config.name;
    value["type"] = config.loadBalancer ? "LOAD_BALANCER" : "QUEUE";
    if (config.gpu) {
        json gpu = {{"pools", config.gpu->pools}, {"count", config.gpu->count},
            {"allowedCudaVersions", config.gpu->allowedCudaVersions},
            {"minCudaVersion", config.gpu->minCudaVersion.empty() ? json(nullptr) : json(config.gpu->minCudaVersion)}};
        if (!config.gpu->excludedTypes.empty())
            gpu["excludedTypes"] = config.gpu->excludedTypes;
        value["gpu"] = std::move(gpu);
    } else {
        json choices = json::array();
        for (const CpuChoice& choice : config.cpu)
            choices.push_back({{"id", choice.id}, {"vcpuCount", choice.vcpuCount}});
        value["gpu"] = nullptr;
        value["cpu"] = std::move(choices);
    }
    value["workers"] = {{"min", config.workersMin}, {"max", config.workersMax}};
    if (config.hasIdleTimeout())
        value["workers"]["idleTimeout"] = config.idleTimeoutSeconds;
    if (config.scaler == Scaler::QueueDelay)
        value["scaling"] = {{"type", "QUEUE_DELAY"}, {"queueDelay", config.scalerValue}};
    else
        value["scaling"] = {{"type", "REQUEST_COUNT"}, {"requestCount", static_cast<int>(config.scalerValue)}};
    value["dataCenterIds"] = config.dataCenterIds;
    value["networkVolumes"] = config.networkVolumes;
    value["timeout"] = config.timeoutMs;
    value["flashboot"] = config.flashboot;
    return value;
}

EndpointConfig configFromJson(const json& value)
{
    EndpointConfig config;
    config.name = value.at("name");
    config.loadBalancer = value.at("type") == "LOAD_BALANCER";
    mergeContainer(config.container, value);
    if (value.contains("gpu") && value["gpu"].is_object()) {
        const json& gpu = value["gpu"];
        GpuRequest request;
        request.pools = gpu.at("pools").get<std::vector<std::string>>();
        request.excludedTypes = gpu.value("excludedTypes", std::vector<std::string>{});
        request.count = gpu.value("count", 1);
        request.allowedCudaVersions = gpu.value("allowedCudaVersions", std::vector<std::string>{});
        if (gpu.contains("minCudaVersion") && gpu["minCudaVersion"].is_string())
            request.minCudaVersion = gpu["minCudaVersion"];
        config.gpu = std::move(request);
    }
    if (value.contains("cpu")) {
        for (const json& choice : value["cpu"])
            config.cpu.push_back({choice.at("id"), choice.at("vcpuCount")});
    }
    const json workers = value.value("workers", json::object());
    config.workersMin = workers.value("min", 0);
    config.workersMax = workers.value("max", 3);
    config.idleTimeoutSeconds = workers.value("idleTimeout", 10);
    const json& scaling = value.at("scaling");
    if (scaling.at("type") == "QUEUE_DELAY") {
        config.scaler = Scaler::QueueDelay;
        config.scalerValue = scaling.at("queueDelay");
    } else {
        config.scaler = Scaler::RequestCount;
        config.scalerValue = scaling.at("requestCount");
    }
    config.dataCenterIds = value.value("dataCenterIds", std::vector<std::string>{});
    config.networkVolumes = value.value("networkVolumes", std::vector<std::string>{});
    config.timeoutMs = value.value("timeout", std::int64_t{0});
    config.flashboot = value.value("flashboot", "OFF");
    return config;
}

json templateToJson(const Template& value)
{
    json result = containerToJson(value.container);
    result["id"] = value.id;
    result["name"] = value.name;
    result["serverless"] = value.serverless;
    result["public"] = value.isPublic;
    result["category"] = value.category;
    result["startSsh"] = value.startSsh;
    result["startJupyter"] = value.startJupyter;
    result["allowedCudaVersions"] = value.allowedCudaVersions;
    result["mounts"] = json::object();
    if (value.mountSizeGb)
        result["mounts"]["persistent"] = {{"size", *value.mountSizeGb}, {"path", value.mountPath}};
    return result;
}

json volumeToJson(const Volume& value)
{
    return {{"id", value.id}, {"name", value.name}, {"size", value.sizeGb}, {"dataCenter", value.dataCenter},
        {"type", value.type}};
}

std::string store(const Endpoint& value)
{
    json releases = json::array();
    for (const Release& release : value.releases) {
        json changes = json::array();
        for (const ReleaseChange& change : release.changes)
            changes.push_back({change.field, change.before, change.after});
        releases.push_back({{"id", release.id}, {"version", release.version}, {"at", micros(release.createdAt)},
            {"changes", std::move(changes)}});
    }
    return json{{"id", value.id}, {"config", configToJson(value.config)},
        {"idleTimeout", value.config.idleTimeoutSeconds}, {"version", value.version},
        {"created", micros(value.createdAt)}, {"lastRequest", micros(value.lastRequestAt)},
        {"workerKey", value.workerKey}, {"releases", std::move(releases)}, {"completed", value.completed},
        {"failed", value.failed}, {"retried", value.retried}}
        .dump();
}

void load(const std::string& text, Endpoint& value)
{
    const json from = json::parse(text);
    value.id = from.at("id");
    value.config = configFromJson(from.at("config"));
    value.config.idleTimeoutSeconds = from.at("idleTimeout");
    value.version = from.at("version");
    value.createdAt = timeAt(from.at("created"));
    value.lastRequestAt = timeAt(from.at("lastRequest"));
    value.workerKey = from.at("workerKey");
    for (const json& entry : from.at("releases")) {
        Release release{entry.at("id"), entry.at("version"), timeAt(entry.at("at")), {}};
        for (const json& change : entry.at("changes"))
            release.changes.push_back({change.at(0), change.at(1), change.at(2)});
        value.releases.push_back(std::move(release));
    }
    value.completed = from.at("completed");
    value.failed = from.at("failed");
    value.retried = from.at("retried");
}

std::string store(const Worker& value)
{
    return json{{"id", value.id}, {"endpoint", value.endpointId}, {"phase", static_cast<int>(value.phase)},
        {"version", value.version}, {"image", value.image}, {"gpuCount", value.gpuCount}, {"gpu", value.gpuTypeId},
        {"cpu", value.cpuId}, {"dataCenter", value.dataCenterId}, {"usdPerSecond", value.usdPerSecond},
        {"created", micros(value.createdAt)}, {"phaseSince", micros(value.phaseSince)},
        {"started", micros(value.startedAt)}, {"removed", micros(value.removedAt)}, {"crashes", value.crashes}}
        .dump();
}

void load(const std::string& text, Worker& value)
{
    const json from = json::parse(text);
    value.id = from.at("id");
    value.endpointId = from.at("endpoint");
    value.phase = static_cast<WorkerPhase>(from.at("phase").get<int>());
    value.version = from.at("version");
    value.image = from.at("image");
    value.gpuCount = from.at("gpuCount");
    value.gpuTypeId = from.at("gpu");
    value.cpuId = from.at("cpu");
    value.dataCenterId = from.at("dataCenter");
    value.usdPerSecond = from.at("usdPerSecond");
    value.createdAt = timeAt(from.at("created"));
    value.phaseSince = timeAt(from.at("phaseSince"));
    value.startedAt = maybeTime(from.at("started"));
    value.removedAt = maybeTime(from.at("removed"));
    value.crashes = from.at("crashes");
}

std::string store(const Job& value)
{
    return json{{"id", value.id}, {"endpoint", value.endpointId}, {"status", static_cast<int>(value.status)},
        {"sync", value.sync}, {"request", value.request}, {"submitted", micros(value.submittedAt)},
        {"queued", micros(value.queuedAt)}, {"started", micros(value.startedAt)},
        {"finished", micros(value.finishedAt)}, {"ttl", value.ttlMs}, {"executionTimeout", value.executionTimeoutMs},
        {"lowPriority", value.lowPriority}, {"webhook", value.webhook}, {"retries", value.retries},
        {"worker", value.workerId}, {"output", value.output}, {"error", value.error}, {"chunks", value.chunks},
        {"chunksRead", value.chunksRead}}
        .dump();
}

void load(const std::string& text, Job& value)
{
    const json from = json::parse(text);
    value.id = from.at("id");
    value.endpointId = from.at("endpoint");
    value.status = static_cast<JobStatus>(from.at("status").get<int>());
    value.sync = from.at("sync");
    value.request = from.at("request");
    value.submittedAt = timeAt(from.at("submitted"));
    value.queuedAt = timeAt(from.at("queued"));
    value.startedAt = maybeTime(from.at("started"));
    value.finishedAt = maybeTime(from.at("finished"));
    value.ttlMs = from.at("ttl");
    value.executionTimeoutMs = from.at("executionTimeout");
    value.lowPriority = from.at("lowPriority");
    value.webhook = from.at("webhook");
    value.retries = from.at("retries");
    value.workerId = from.at("worker");
    value.output = from.at("output");
    value.error = from.at("error");
    value.chunks = from.at("chunks").get<std::vector<std::string>>();
    value.chunksRead = from.at("chunksRead");
}

std::string store(const Charge& value)
{
    return json{{"id", value.id}, {"endpoint", value.endpointId}, {"from", micros(value.from)},
        {"to", micros(value.to)}, {"usdPerSecond", value.usdPerSecond}, {"cpu", value.cpu}}
        .dump();
}

void load(const std::string& text, Charge& value)
{
    const json from = json::parse(text);
    value.id = from.at("id");
    value.endpointId = from.at("endpoint");
    value.from = timeAt(from.at("from"));
    value.to = maybeTime(from.at("to"));
    value.usdPerSecond = from.at("usdPerSecond");
    value.cpu = from.at("cpu");
}

std::string store(const Template& value)
{
    return templateToJson(value).dump();
}

void load(const std::string& text, Template& value)
{
    const json from = json::parse(text);
    value.id = from.at("id");
    value.name = from.at("name");
    mergeContainer(value.container, from);
    value.serverless = from.at("serverless");
    value.isPublic = from.at("public");
    value.category = from.at("category");
    value.startSsh = from.at("startSsh");
    value.startJupyter = from.at("startJupyter");
    value.allowedCudaVersions = from.at("allowedCudaVersions").get<std::vector<std::string>>();
    if (from.at("mounts").contains("persistent")) {
        value.mountSizeGb = from["mounts"]["persistent"].at("size").get<int>();
        value.mountPath = from["mounts"]["persistent"].at("path");
    }
}

std::string store(const Volume& value)
{
    return volumeToJson(value).dump();
}

void load(const std::string& text, Volume& value)
{
    const json from = json::parse(text);
    value = {from.at("id"), from.at("name"), from.at("size"), from.at("dataCenter"), from.at("type")};
}

std::string store(const Registry& value)
{
    return json{{"id", value.id}, {"name", value.name}}.dump();
}

void load(const std::string& text, Registry& value)
{
    const json from = json::parse(text);
    value = {from.at("id"), from.at("name")};
}

std::string_view toString(JobStatus status)
{
    switch (status) {
    case JobStatus::InQueue:
        return "IN_QUEUE";
    case JobStatus::InProgress:
        return "IN_PROGRESS";
    case JobStatus::Completed:
        return "COMPLETED";
    case JobStatus::Failed:
        return "FAILED";
    case JobStatus::Cancelled:
        return "CANCELLED";
    case JobStatus::TimedOut:
        return "TIMED_OUT";
    }
    return "FAILED";
}

std::string_view publicStatus(const Worker& worker)
{
    switch (worker.phase) {
    case WorkerPhase::Waiting:
        return worker.throttled ? "THROTTLED" : "INITIALIZING";
    case WorkerPhase::Pulling:
    case WorkerPhase::Creating:
    case WorkerPhase::Starting:
    case WorkerPhase::Booting:
        return "INITIALIZING";
    case WorkerPhase::Unhealthy:
        return "UNHEALTHY";
    case WorkerPhase::Ready:
    case WorkerPhase::Stopping:
    case WorkerPhase::Removed:
        return worker.jobs.empty() ? "IDLE" : "RUNNING";
    }
    return "UNHEALTHY";
}

} // namespace visgate::practice
