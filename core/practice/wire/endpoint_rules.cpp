// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/practice/wire/endpoint_rules.h"

#include "core/foundation/json/json_value.h"
#include "core/practice/wire/shapes.h"
#include "core/practice/world/catalog.h"
#include "core/practice/world/records_json.h"

#include <algorithm>
#include <bit>
#include <set>

namespace visgate::practice {

using nlohmann::json;

namespace {

using MaybeProblem = std::optional<Problem>;

Problem refused(std::string detail)
{
    return {400, std::move(detail), {}, {}};
}

Problem unprocessable(std::string detail)
{
    return {422, std::move(detail), {}, {}};
}

std::string trimmed(const std::string& text)
{
    const auto first = text.find_first_not_of(" \t\n\r");
    if (first == std::string::npos)
        return {};
    return text.substr(first, text.find_last_not_of(" \t\n\r") - first + 1);
}

/// Scaling is a union that its `type` decides.
std::vector<std::string> checkScaling(const json& scaling, bool loadBalancer)
{
    const std::string path = "$.scaling";
    if (!scaling.is_object())
        return {path + ": got " + scaling.type_name() + ", want object"};
    if (!scaling.contains("type"))
        return {path + ": missing property 'type'"};
    const std::string allowed = loadBalancer ? "'REQUEST_COUNT'" : "'QUEUE_DELAY', 'REQUEST_COUNT'";
    if (scaling["type"] == "REQUEST_COUNT")
        return check(scaling, shapes::requestCount(), path);
    if (scaling["type"] == "QUEUE_DELAY" && !loadBalancer)
        return check(scaling, shapes::queueDelay(), path);
    return {path + ".type: value must be one of " + allowed};
}

/// Brings the container settings of the template that the body names under the body's own.
MaybeProblem applyTemplate(json& body, const RuleContext& context, bool seedCuda)
{
    const Template* const from = context.findTemplate(body.value("templateId", std::string()));
    if (!from)
        return Problem{404, "template not found", {}, {}};
    if (!from->serverless)
        return unprocessable("template '" + from->id + "' is not a serverless template");
    const json settings = containerToJson(from->container);
    for (const auto& [name, value] : settings.items()) {
        if (name == "env") {
            json merged = value;
            if (body.contains("env"))
                merged.update(body["env"]);
            body["env"] = std::move(merged);
        } else if (!body.contains(name)) {
            body[name] = value;
        }
    }
    const bool seeds = seedCuda && body.contains("gpu") && !body["gpu"].contains("allowedCudaVersions")
        && !body["gpu"].contains("minCudaVersion") && !from->allowedCudaVersions.empty();
    if (seeds)
        body["gpu"]["allowedCudaVersions"] = from->allowedCudaVersions;
    return std::nullopt;
}

MaybeProblem checkGpu(GpuRequest& gpu, const Catalog& catalog)
{
    std::set<std::string> inPools;
    for (const std::string& pool : gpu.pools) {
        if (!catalog.hasPool(pool))
            return refused("gpu.pools: unknown GPU pool '" + pool + "'");
    }
    for (const GpuType& type : catalog.gpus) {
        if (std::find(gpu.pools.begin(), gpu.pools.end(), type.pool) != gpu.pools.end() && !type.pool.empty())
            inPools.insert(type.id);
    }
    for (std::string& excluded : gpu.excludedTypes) {
        excluded = trimmed(excluded);
        if (!inPools.contains(excluded))
            return refused("gpu.excludedTypes: '" + excluded + "' is not a GPU type in the selected pools");
    }
    for (const std::string& excluded : gpu.excludedTypes)
        inPools.erase(excluded);
    if (inPools.empty())
        return refused("gpu.excludedTypes leaves no GPU type in the selected pools");
    if (!gpu.allowedCudaVersions.empty() && !gpu.minCudaVersion.empty())
        return refused("gpu.allowedCudaVersions and gpu.minCudaVersion are mutually exclusive");
    return std::nullopt;
}

MaybeProblem checkCpu(const std::vector<CpuChoice>& choices, const Catalog& catalog)
{
    for (const CpuChoice& choice : choices) {
        const CpuType* const type = catalog.cpu(choice.id);
        if (!type)
            return refused("cpu: unknown CPU flavor '" + choice.id + "'");
        const bool powerOfTwo = std::has_single_bit(static_cast<unsigned>(choice.vcpuCount));
        if (!powerOfTwo || choice.vcpuCount < type->minVcpu || choice.vcpuCount > type->maxVcpu) {
            return refused("cpu: vcpuCount " + std::to_string(choice.vcpuCount) + " is not valid for flavor '"
                + choice.id + "'; it must be a power of two from " + std::to_string(type->minVcpu) + " to "
                + std::to_string(type->maxVcpu));
        }
    }
    return std::nullopt;
}

MaybeProblem checkPlaces(const EndpointConfig& config, const RuleContext& context)
{
    for (const std::string& id : config.dataCenterIds) {
        if (!context.catalog.dataCenter(id))
            return refused("dataCenterIds: unknown data center '" + id + "'");
    }
    std::set<std::string> taken;
    for (const std::string& id : config.networkVolumes) {
        const Volume* const volume = context.volume(id);
        if (!volume)
            return refused("networkVolumes: network volume '" + id + "' not found");
        if (!taken.insert(volume->dataCenter).second)
            return refused("networkVolumes: only one network volume per data center, two are in " + volume->dataCenter);
    }
    return std::nullopt;
}

/// The rules that hold for a whole endpoint, new or changed.
MaybeProblem checkWhole(EndpointConfig& config, const RuleContext& context)
{
    if (config.workersMin > config.workersMax) {
        return refused("workers.min (" + std::to_string(config.workersMin) + ") must not exceed workers.max ("
            + std::to_string(config.workersMax) + ")");
    }
    if (context.otherWorkersMax + config.workersMax > context.quota) {
        // Worded as the live service was seen to (facts 5).
        return refused("Max workers across all endpoints must not exceed your workers quota ("
            + std::to_string(context.quota)
            + "). Reduce max workers on this or another endpoint, or add credit to "
              "your account to raise the quota.");
    }
    if (config.gpu) {
        if (auto problem = checkGpu(*config.gpu, context.catalog))
            return problem;
    } else if (auto problem = checkCpu(config.cpu, context.catalog)) {
        return problem;
    }
    if (auto problem = checkPlaces(config, context))
        return problem;
    if (!config.container.registry.empty() && !context.registryExists(config.container.registry))
        return refused("registry: container registry '" + config.container.registry + "' not found");
    if (!context.imageExists(config.container.image)) {
        return unprocessable("image '" + config.container.image
            + "' was not found in its registry: check the name and tag, or add credentials for a private image");
    }
    return std::nullopt;
}

} // namespace

Problem validationFailed(std::vector<std::string> errors)
{
    return {422, "Request validation failed.", std::move(errors), {}};
}

MaybeProblem checkCreate(const json& received, const RuleContext& context, EndpointConfig& config)
{
    json body = received;
    auto errors = check(body, shapes::createEndpoint());
    if (body.is_object()) {
        if (body.contains("scaling")) {
            auto more = checkScaling(body["scaling"], body.value("type", json()) == "LOAD_BALANCER");
            errors.insert(errors.end(), more.begin(), more.end());
        }
        if (!body.contains("image") && !body.contains("templateId"))
            errors.emplace_back("$: missing property 'image'");
    }
    if (!errors.empty())
        return validationFailed(std::move(errors));

    if (body.contains("gpu") == body.contains("cpu"))
        return refused("exactly one of gpu or cpu must be specified");
    const bool countsRequests = body["scaling"]["type"] == "REQUEST_COUNT";
    if (body["type"] == "QUEUE" && countsRequests && body.contains("workers")
        && body["workers"].contains("idleTimeout")) {
        return unprocessable("workers.idleTimeout is not applicable to queue-based endpoints scaling on requestCount");
    }
    if (body.contains("templateId")) {
        if (auto problem = applyTemplate(body, context, true))
            return problem;
    }
    EndpointConfig made = configFromJson(body);
    // The document's default is 300000; a live create without it stored 0 (facts 1.3).
    if (auto problem = checkWhole(made, context))
        return problem;
    config = std::move(made);
    return std::nullopt;
}

MaybeProblem checkUpdate(const json& received, const RuleContext& context, EndpointConfig& config)
{
    json body = received;
    auto errors = check(body, shapes::updateEndpoint());
    if (body.is_object()) {
        if (body.contains("scaling")) {
            auto more = checkScaling(body["scaling"], config.loadBalancer);
            errors.insert(errors.end(), more.begin(), more.end());
        }
        const json gpu = body.value("gpu", json());
        if (gpu.is_object() && gpu.contains("excludedTypes") && !gpu.contains("pools")) {
            errors.emplace_back("$.gpu: properties 'pools' required, if 'excludedTypes' exists");
        }
    }
    if (!errors.empty())
        return validationFailed(std::move(errors));

    if (body.contains("gpu") && body.contains("cpu"))
        return refused("gpu and cpu are mutually exclusive");
    if (body.contains("gpu") && !config.gpu)
        return refused("gpu cannot be set on a CPU endpoint; the compute family is immutable");
    if (body.contains("cpu") && config.gpu)
        return refused("cpu cannot be set on a GPU endpoint; the compute family is immutable");
    if (body.contains("templateId")) {
        if (auto problem = applyTemplate(body, context, false))
            return problem;
    }

    json whole = configToJson(config);
    whole["workers"]["idleTimeout"] = config.idleTimeoutSeconds;
    for (const auto& [name, value] : body.items()) {
        if (name == "gpu") {
            if (value.contains("pools"))
                whole["gpu"].erase("excludedTypes"); // pools without exclusions clears them
            whole["gpu"].update(value);
        } else if (name == "workers") {
            whole["workers"].update(value);
        } else if (name != "templateId") {
            whole[name] = value; // env replaces the whole map, cpu the whole selection
        }
    }
    EndpointConfig made = configFromJson(whole);
    if (!made.hasIdleTimeout() && body.contains("workers") && body["workers"].contains("idleTimeout"))
        return unprocessable("workers.idleTimeout is not applicable to queue-based endpoints scaling on requestCount");
    if (auto problem = checkWhole(made, context))
        return problem;
    config = std::move(made);
    return std::nullopt;
}

} // namespace visgate::practice
