// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/practice/wire/endpoint_rules.h"
#include "core/practice/wire/replies.h"
#include "core/practice/wire/routes.h"
#include "core/practice/wire/shapes.h"
#include "core/practice/world/records_json.h"
#include "core/practice/world/world.h"

#include <algorithm>

namespace visgate::practice {

using nlohmann::json;

namespace {

/// The body when it fits the shape; otherwise the problem to answer with.
tl::expected<json, Problem> readBody(const http::Request& request, const Shape& shape)
{
    json body = parseBody(request);
    if (body.is_discarded())
        return tl::unexpected(Problem{400, "request body is not valid JSON", {}, {}});
    if (auto errors = check(body, shape); !errors.empty())
        return tl::unexpected(validationFailed(std::move(errors)));
    return body;
}

std::string volumePlaces(const Catalog& catalog)
{
    std::string names;
    for (const DataCenter& place : catalog.dataCenters) {
        if (!place.volumeTypes.empty())
            names += (names.empty() ? "" : ", ") + place.id;
    }
    return names;
}

Reply createVolume(World& world, const Visit& visit)
{
    const auto body = readBody(visit.request(), shapes::createVolume());
    if (!body)
        return problemReply(body.error());
    const DataCenter* const place = world.catalog.dataCenter((*body)["dataCenter"].get<std::string>());
    if (!place || place->volumeTypes.empty()) {
        return problemReply(400,
            "data center '" + (*body)["dataCenter"].get<std::string>()
                + "' does not support network volumes; available: " + volumePlaces(world.catalog));
    }
    Volume volume{newProviderId(10), (*body)["name"], (*body)["size"], place->id,
        body->value("type", place->volumeTypes.front())};
    if (std::find(place->volumeTypes.begin(), place->volumeTypes.end(), volume.type) == place->volumeTypes.end())
        return problemReply(400, "data center '" + place->id + "' does not offer " + volume.type + " volumes");
    world.account.save(volume);
    const json reply = volumeToJson(volume);
    world.account.volumes.emplace(volume.id, std::move(volume));
    return jsonReply(201, reply);
}

Reply updateVolume(World& world, Volume& volume, const Visit& visit)
{
    const auto body = readBody(visit.request(), shapes::updateVolume());
    if (!body)
        return problemReply(body.error());
    if (body->empty())
        return problemReply(validationFailed({"$: minProperties: got 0, want 1"}));
    const int size = body->value("size", volume.sizeGb);
    if (size < volume.sizeGb) {
        return problemReply(400,
            "network volume size can only grow: it is " + std::to_string(volume.sizeGb) + " GB, " + std::to_string(size)
                + " GB was asked for");
    }
    volume.sizeGb = size;
    volume.name = body->value("name", volume.name);
    world.account.save(volume);
    return jsonReply(200, volumeToJson(volume));
}

void mergeTemplate(Template& value, const json& body)
{
    mergeContainer(value.container, body);
    value.name = body.value("name", value.name);
    value.serverless = body.value("serverless", value.serverless);
    value.isPublic = body.value("public", value.isPublic);
    value.category = body.value("category", value.category);
    value.startSsh = body.value("startSsh", value.startSsh);
    value.startJupyter = body.value("startJupyter", value.startJupyter);
    value.allowedCudaVersions = body.value("allowedCudaVersions", value.allowedCudaVersions);
    if (body.contains("mounts") && body["mounts"].contains("persistent")) {
        value.mountSizeGb = body["mounts"]["persistent"]["size"].get<int>();
        value.mountPath = body["mounts"]["persistent"]["path"];
    }
}

Reply createTemplate(World& world, const Visit& visit)
{
    const auto body = readBody(visit.request(), shapes::createTemplate());
    if (!body)
        return problemReply(body.error());
    const std::string name = (*body)["name"];
    const bool taken = std::any_of(world.account.templates.begin(), world.account.templates.end(),
        [&](const auto& entry) { return entry.second.name == name; });
    if (taken) // names are unique in an account (facts 2)
        return problemReply(400, "template name '" + name + "' is already in use");
    Template made;
    made.id = newProviderId(10);
    mergeTemplate(made, *body);
    world.account.save(made);
    const json reply = templateToJson(made);
    world.account.templates.emplace(made.id, std::move(made));
    return jsonReply(201, reply);
}

Reply updateTemplate(World& world, Template& value, const Visit& visit)
{
    const auto body = readBody(visit.request(), shapes::updateTemplate());
    if (!body)
        return problemReply(body.error());
    mergeTemplate(value, *body);
    world.account.save(value);
    return jsonReply(200, templateToJson(value));
}

Reply createRegistry(World& world, const Visit& visit)
{
    const auto body = readBody(visit.request(), shapes::createRegistry());
    if (!body)
        return problemReply(body.error());
    Registry made{newProviderId(10), (*body)["name"]}; // user name and password are write-only: not kept at all
    world.account.save(made);
    const json reply = {{"id", made.id}, {"name", made.name}};
    world.account.registries.emplace(made.id, std::move(made));
    return jsonReply(201, reply);
}

bool volumeInUse(const World& world, const std::string& id)
{
    return std::any_of(world.account.endpoints.begin(), world.account.endpoints.end(), [&](const auto& entry) {
        const auto& volumes = entry.second.config.networkVolumes;
        return std::find(volumes.begin(), volumes.end(), id) != volumes.end();
    });
}

/// Wraps a handler that needs the item its first parameter names.
template <typename Item, typename Handler>
RouteHandler with(std::map<std::string, Item>& items, const char* missing, Handler handler)
{
    return [&items, missing, handler](const Visit& visit) -> Reply {
        const auto found = items.find(visit.params[0]);
        if (found == items.end())
            return problemReply(404, missing);
        return handler(found->second, visit);
    };
}

template <typename Item, typename Describe>
RouteHandler lister(const std::map<std::string, Item>& items, const char* key, Describe describe)
{
    return [&items, key, describe](const Visit&) -> Reply {
        json list = json::array();
        for (const auto& [id, item] : items)
            list.push_back(describe(item));
        return jsonReply(200, {{key, std::move(list)}});
    };
}

const auto deleted = [] { return Reply(http::Response{204, {}, {}}); };

} // namespace

void addStorageRoutes(Router& router, World& world)
{
    auto& templates = world.account.templates;
    router.add("GET", "templates", lister(templates, "templates", templateToJson));
    router.add("POST", "templates", [&world](const Visit& visit) { return createTemplate(world, visit); });
    router.add("GET", "templates/{id}", with(templates, "template not found", [](Template& value, const Visit&) {
        return Reply(jsonReply(200, templateToJson(value)));
    }));
    router.add("PATCH", "templates/{id}",
        with(templates, "template not found",
            [&world](Template& value, const Visit& visit) { return updateTemplate(world, value, visit); }));
    router.add(
        "DELETE", "templates/{id}", with(templates, "template not found", [&world](Template& value, const Visit&) {
            world.account.eraseTemplate(std::string(value.id));
            return deleted();
        }));

    auto& volumes = world.account.volumes;
    router.add("GET", "network-volumes", lister(volumes, "networkVolumes", volumeToJson));
    router.add("POST", "network-volumes", [&world](const Visit& visit) { return createVolume(world, visit); });
    router.add("GET", "network-volumes/{id}",
        with(volumes, "network volume not found",
            [](Volume& value, const Visit&) { return Reply(jsonReply(200, volumeToJson(value))); }));
    router.add("PATCH", "network-volumes/{id}",
        with(volumes, "network volume not found",
            [&world](Volume& value, const Visit& visit) { return updateVolume(world, value, visit); }));
    router.add("DELETE", "network-volumes/{id}",
        with(volumes, "network volume not found", [&world](Volume& value, const Visit&) {
            if (volumeInUse(world, value.id))
                return Reply(problemReply(400, "network volume is in use by an endpoint"));
            world.objects.erase(value.id);
            world.account.eraseVolume(std::string(value.id));
            return deleted();
        }));

    auto& registries = world.account.registries;
    const auto describeRegistry = [](const Registry& value) { return json{{"id", value.id}, {"name", value.name}}; };
    router.add("GET", "registries", lister(registries, "registries", describeRegistry));
    router.add("POST", "registries", [&world](const Visit& visit) { return createRegistry(world, visit); });
    router.add("GET", "registries/{id}",
        with(registries, "registry not found", [describeRegistry](Registry& value, const Visit&) {
            return Reply(jsonReply(200, describeRegistry(value)));
        }));
    router.add(
        "DELETE", "registries/{id}", with(registries, "registry not found", [&world](Registry& value, const Visit&) {
            const std::string id = value.id;
            for (auto& [templateId, item] : world.account.templates) {
                if (item.container.registry == id) {
                    item.container.registry.clear(); // facts 1.5: silently
                    world.account.save(item);
                }
            }
            world.account.eraseRegistry(id);
            return deleted();
        }));
}

} // namespace visgate::practice
