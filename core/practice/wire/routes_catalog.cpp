// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/practice/wire/endpoint_rules.h"
#include "core/practice/wire/replies.h"
#include "core/practice/wire/routes.h"
#include "core/practice/world/world.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <set>

namespace visgate::practice {

using nlohmann::json;

namespace {

/// The availability part of a catalogue query (facts 1.5).
struct Query {
    bool availability = false;
    int count = 1;
    std::vector<std::string> countries;
    std::vector<std::string> cudaVersions;
    std::string minCuda;
};

bool isIn(const std::vector<std::string>& items, const std::string& item)
{
    return std::find(items.begin(), items.end(), item) != items.end();
}

std::optional<Problem> readQuery(const http::Request& request, Query& query)
{
    for (const std::string& include : queryList(request, "include")) {
        if (include != "AVAILABILITY")
            return validationFailed({"query.include: value must be one of 'AVAILABILITY'"});
        query.availability = true;
    }
    const auto products = queryList(request, "product");
    for (const std::string& product : products) {
        if (product != "POD" && product != "CLUSTER" && product != "SERVERLESS")
            return validationFailed({"query.product: value must be one of 'POD', 'CLUSTER', 'SERVERLESS'"});
    }
    if (query.availability && products.empty())
        return Problem{400, "product is required with include=AVAILABILITY", {}, {}};
    for (const char* name : {"product", "count", "cloud", "countryCodes", "cudaVersions", "minCudaVersion"}) {
        if (!query.availability && request.hasQuery(name))
            return Problem{400, std::string(name) + " is valid only with include=AVAILABILITY", {}, {}};
    }
    if (request.hasQuery("cudaVersions") && request.hasQuery("minCudaVersion"))
        return Problem{400, "cudaVersions and minCudaVersion are mutually exclusive", {}, {}};
    const std::string count = request.query("count");
    if (!count.empty()) {
        const auto parsed = std::from_chars(count.data(), count.data() + count.size(), query.count);
        if (parsed.ptr != count.data() + count.size() || query.count < 1)
            return validationFailed({"query.count: minimum: want 1"});
    }
    query.countries = queryList(request, "countryCodes");
    query.cudaVersions = queryList(request, "cudaVersions");
    query.minCuda = request.query("minCudaVersion");
    return std::nullopt;
}

bool servesCountry(const World& world, const Query& query, const std::string& dataCenterId)
{
    const DataCenter* const where = world.catalog.dataCenter(dataCenterId);
    return query.countries.empty() || (where && isIn(query.countries, where->country));
}

void addAvailability(json& value, const GpuType& gpu, const World& world, const Query& query)
{
    json cuda = json::array();
    bool fitsCuda = query.cudaVersions.empty() && query.minCuda.empty();
    for (const std::string& version : gpu.cudaVersions) {
        const bool asked = (query.cudaVersions.empty() || isIn(query.cudaVersions, version))
            && (query.minCuda.empty() || cudaAtLeast(version, query.minCuda));
        if (asked)
            cuda.push_back({{"version", version}, {"available", gpu.stock != Stock::None}});
        fitsCuda = fitsCuda || asked;
    }
    json places = json::array();
    const bool offered = !gpu.pool.empty() && fitsCuda && query.count <= gpu.maxSecure && gpu.stock != Stock::None;
    for (const std::string& id : gpu.dataCenters) {
        if (!offered || !servesCountry(world, query, id))
            continue;
        const DataCenter* const where = world.catalog.dataCenter(id);
        places.push_back({{"id", id}, {"name", where ? where->name : id}, {"availability", toString(gpu.stock)}});
    }
    value["availability"] = toString(places.empty() ? Stock::None : gpu.stock);
    if (!places.empty())
        value["dataCenters"] = std::move(places);
    if (!cuda.empty())
        value["cudaVersions"] = std::move(cuda);
}

json describe(const GpuType& gpu, const World& world, const Query& query)
{
    json price = {{"secure", gpu.secureUsdPerHour}, {"community", gpu.communityUsdPerHour}};
    if (!gpu.pool.empty())
        price["serverless"] = std::round(gpu.usdPerSecond * 3600 * 1e4) / 1e4;
    json value = {{"id", gpu.id}, {"name", gpu.name}, {"pool", gpu.pool.empty() ? json(nullptr) : json(gpu.pool)},
        {"manufacturer", gpu.manufacturer}, {"memory", gpu.memoryGb}, {"secure", true}, {"community", true},
        {"price", std::move(price)}, {"maxCount", {{"secure", gpu.maxSecure}, {"community", gpu.maxCommunity}}}};
    if (query.availability)
        addAvailability(value, gpu, world, query);
    return value;
}

json describe(const CpuType& cpu, bool availability)
{
    json value = {{"id", cpu.id}, {"name", cpu.name}, {"group", cpu.group},
        {"vcpu", {{"min", cpu.minVcpu}, {"max", cpu.maxVcpu}}}, {"ramGbPerVcpu", cpu.ramGbPerVcpu},
        {"price", {{"securePerVcpu", cpu.securePerVcpu}, {"serverlessPerVcpu", cpu.serverlessPerVcpu}}}};
    if (availability)
        value["availability"] = "HIGH";
    return value;
}

json describe(const DataCenter& place, const World& world, const std::set<std::string>& include)
{
    json value
        = {{"id", place.id}, {"name", place.name}, {"region", place.region}, {"globalNetwork", place.globalNetwork},
            {"networkVolumeTypes", place.volumeTypes}, {"compliance", place.compliance}};
    if (include.contains("GPU_AVAILABILITY")) {
        json gpus = json::array();
        for (const GpuType& gpu : world.catalog.gpus) {
            if (isIn(gpu.dataCenters, place.id))
                gpus.push_back({{"id", gpu.id}, {"name", gpu.name}, {"availability", toString(gpu.stock)}});
        }
        if (!gpus.empty())
            value["gpuAvailability"] = std::move(gpus);
    }
    if (include.contains("CPU_AVAILABILITY")) {
        value["cpuAvailability"] = json::array();
        for (const CpuType& cpu : world.catalog.cpus)
            value["cpuAvailability"].push_back({{"id", cpu.id}, {"name", cpu.name}, {"availability", "HIGH"}});
    }
    return value;
}

Reply listGpus(const World& world, const http::Request& request)
{
    Query query;
    if (auto problem = readQuery(request, query))
        return problemReply(*problem);
    json list = json::array();
    for (const GpuType& gpu : world.catalog.gpus) {
        const bool there = query.countries.empty()
            || std::any_of(gpu.dataCenters.begin(), gpu.dataCenters.end(),
                [&](const std::string& id) { return servesCountry(world, query, id); });
        if (there)
            list.push_back(describe(gpu, world, query));
    }
    return jsonReply(200, {{"gpus", std::move(list)}});
}

Reply listDataCenters(const World& world, const http::Request& request, const std::string& only)
{
    const auto asked = queryList(request, "include");
    const std::set<std::string> include(asked.begin(), asked.end());
    for (const std::string& name : include) {
        if (name != "GPU_AVAILABILITY" && name != "CPU_AVAILABILITY")
            return problemReply(
                validationFailed({"query.include: value must be one of 'GPU_AVAILABILITY', 'CPU_AVAILABILITY'"}));
    }
    json list = json::array();
    for (const DataCenter& place : world.catalog.dataCenters) {
        if (place.id == only)
            return jsonReply(200, describe(place, world, include));
        list.push_back(describe(place, world, include));
    }
    if (!only.empty())
        return problemReply(404, "data center not found");
    return jsonReply(200, {{"dataCenters", std::move(list)}});
}

} // namespace

void addCatalogRoutes(Router& router, World& world)
{
    router.add("GET", "catalog/gpus", [&world](const Visit& visit) { return listGpus(world, visit.request()); });
    router.add("GET", "catalog/gpus/{id}", [&world](const Visit& visit) -> Reply {
        Query query;
        if (auto problem = readQuery(visit.request(), query))
            return problemReply(*problem);
        const GpuType* const gpu = world.catalog.gpu(visit.params[0]);
        if (!gpu)
            return problemReply(404, "GPU type not found");
        return jsonReply(200, describe(*gpu, world, query));
    });
    router.add("GET", "catalog/cpus", [&world](const Visit& visit) -> Reply {
        const bool availability = visit.request().query("include") == "AVAILABILITY";
        if (availability && !visit.request().hasQuery("product"))
            return problemReply(400, "product is required with include=AVAILABILITY");
        json list = json::array();
        for (const CpuType& cpu : world.catalog.cpus)
            list.push_back(describe(cpu, availability));
        return jsonReply(200, {{"cpus", std::move(list)}});
    });
    router.add("GET", "catalog/cpus/{id}", [&world](const Visit& visit) -> Reply {
        const CpuType* const cpu = world.catalog.cpu(visit.params[0]);
        if (!cpu)
            return problemReply(404, "CPU flavor not found");
        return jsonReply(200, describe(*cpu, visit.request().query("include") == "AVAILABILITY"));
    });
    router.add("GET", "catalog/datacenters",
        [&world](const Visit& visit) { return listDataCenters(world, visit.request(), {}); });
    router.add("GET", "catalog/datacenters/{id}",
        [&world](const Visit& visit) { return listDataCenters(world, visit.request(), visit.params[0]); });
}

} // namespace visgate::practice
