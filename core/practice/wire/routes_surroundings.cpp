// SPDX-License-Identifier: GPL-3.0-or-later
// What goes wrong around the account: the worker image's registry, and the control routes for the rest.
#include "core/practice/wire/replies.h"
#include "core/practice/wire/routes.h"
#include "core/practice/world/world.h"

#include <algorithm>

namespace visgate::practice {

using nlohmann::json;

namespace {

/// The manifest of a known image, as a registry shows it to anybody.
Reply manifest(const World& world, const Visit& visit)
{
    const std::string image = visit.params[0] + '/' + visit.params[1]
        + (visit.params[2].starts_with("sha256:") ? '@' : ':') + visit.params[2];
    if (!world.hasImage(image)) {
        return jsonReply(
            404, {{"errors", {{{"code", "MANIFEST_UNKNOWN"}, {"message", "manifest unknown"}, {"detail", image}}}}});
    }
    auto reply = jsonReply(200, {{"schemaVersion", 2}, {"mediaType", "application/vnd.oci.image.manifest.v1+json"}});
    reply.headers.set("Content-Type", "application/vnd.oci.image.manifest.v1+json");
    reply.headers.set("Docker-Content-Digest", World::digestOf(world.imageMeantBy(image)));
    return reply;
}

Reply setImage(World& world, const json& body)
{
    const std::string image = body.value("image", "");
    if (!world.settings.imageCommands.contains(image))
        return jsonReply(400, {{"error", "no such image"}});
    if (body.value("exists", true))
        world.surroundings.goneImages.erase(image);
    else
        world.surroundings.goneImages.insert(image);
    return doneReply();
}

Reply setCuda(World& world, const json& body)
{
    const std::string pool = body.value("pool", "");
    const auto versions = body.value("versions", std::vector<std::string>());
    for (GpuType& gpu : world.catalog.gpus) {
        if (pool.empty() || gpu.pool == pool)
            gpu.cudaVersions = versions;
    }
    return doneReply();
}

Reply setInterception(World& world, const json& body)
{
    world.surroundings.interceptor.reset();
    if (!body.value("on", true))
        return doneReply();
    auto started = TlsInterceptor::start();
    if (!started)
        return jsonReply(500, {{"error", started.error().detail}});
    world.surroundings.interceptor = std::move(*started);
    return jsonReply(200, {{"origin", "https://127.0.0.1:" + std::to_string(world.surroundings.interceptor->port())}});
}

/// Reads the body as an object; members of the wrong type are the caller's mistake.
RouteHandler control(World& world, Reply (*set)(World&, const json&))
{
    return [&world, set](const Visit& visit) -> Reply {
        const json body = parseBody(visit.request());
        try {
            return body.is_object() ? set(world, body) : jsonReply(400, {{"error", "the body must be a JSON object"}});
        } catch (const json::exception& error) {
            return jsonReply(400, {{"error", error.what()}});
        }
    };
}

} // namespace

void addRegistryRoutes(Router& router, World& world)
{
    router.add("GET", "v2/{owner}/{name}/manifests/{version}",
        [&world](const Visit& visit) { return manifest(world, visit); });
}

void addSurroundingsRoutes(Router& router, World& world)
{
    router.add("POST", "image", control(world, setImage));
    router.add("POST", "cuda", control(world, setCuda));
    router.add("POST", "interception", control(world, setInterception));
    router.add("POST", "clock", control(world, [](World& around, const json& body) -> Reply {
        around.surroundings.dateSkew = std::chrono::seconds(body.value("skew_seconds", 0));
        return doneReply();
    }));
}

} // namespace visgate::practice
