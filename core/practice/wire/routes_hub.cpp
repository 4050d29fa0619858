// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/foundation/hash.h"
#include "core/foundation/secret.h"
#include "core/practice/hub/hub.h"
#include "core/practice/storage/file_text.h"
#include "core/practice/wire/replies.h"
#include "core/practice/wire/routes.h"
#include "core/practice/world/world.h"

#include <algorithm>
#include <charconv>
#include <set>

namespace visgate::practice {

using nlohmann::json;

namespace {

constexpr std::string_view tokenPrefix = "hf_practice_";
constexpr std::size_t mostListed = 100;

http::Response refusal(int status, const std::string& code, const std::string& message)
{
    auto response = jsonReply(status, {{"error", message}});
    if (!code.empty()) {
        response.headers.set("X-Error-Code", code);
        response.headers.set("X-Error-Message", message);
    }
    return response;
}

/// What practice's own model loads with: it stands in for every other one, so no gate concerns it.
constexpr std::string_view standInToken = "hf_practice_stands_in";

enum class Token { None, Good, Bad, StandsIn };

Token tokenOf(const http::Request& request)
{
    const std::string_view header = request.headers.get("Authorization");
    if (header.empty())
        return Token::None;
    const std::string_view bearer = "Bearer ";
    const bool isBearer = header.starts_with(bearer);
    if (isBearer && header.substr(bearer.size()) == standInToken)
        return Token::StandsIn;
    const bool good = isBearer && header.substr(bearer.size()).starts_with(tokenPrefix);
    return good ? Token::Good : Token::Bad;
}

/// Missing and private models are not told apart, and without a token they are a 401.
http::Response noRepository(Token token)
{
    return token == Token::Good || token == Token::StandsIn
        ? refusal(404, "RepoNotFound", "Repository not found")
        : refusal(401, "RepoNotFound", "Invalid username or password.");
}

/// Nothing when the caller may read the model's files.
Reply gateProblem(const World& world, const HubModel& model, Token token)
{
    if (model.gated.empty() || token == Token::StandsIn)
        return std::nullopt;
    if (token != Token::Good) {
        return refusal(401, "GatedRepo",
            "Access to model " + model.id
                + " is restricted. You must have access to it and be authenticated to "
                  "access it. Please log in.");
    }
    const auto& accepted = world.account.acceptedLicences;
    if (std::find(accepted.begin(), accepted.end(), model.id) == accepted.end()) {
        return refusal(
            403, "GatedRepo", "Access to model " + model.id + " is restricted and you are not in the authorized list.");
    }
    return std::nullopt;
}

bool isRevision(const HubModel& model, const std::string& revision)
{
    return revision == "main" || revision == model.sha;
}

struct Lookup {
    const HubModel* model = nullptr;
    Reply problem;
};

/// The model, or what to answer: refusals, and a redirect for one that was renamed.
Lookup lookUp(const Hub& hub, const World& world, const std::string& id, const http::Request& request)
{
    const Token token = tokenOf(request);
    if (token == Token::Bad)
        return {nullptr, refusal(401, {}, "Invalid credentials in Authorization header")};
    if (const HubModel* model = hub.find(id))
        return {model, std::nullopt};
    if (const auto now = hub.movedTo(id)) {
        http::Response moved{307, {}, {}};
        std::string target = request.target;
        const auto at = target.find(id);
        moved.headers.set("Location",
            at == std::string::npos ? world.settings.hub + '/' + *now : target.replace(at, id.size(), *now));
        return {nullptr, std::move(moved)};
    }
    return {nullptr, noRepository(token)};
}

json expanded(const HubModel& model, const http::Request& request)
{
    const json whole = Hub::describe(model, request.query("blobs") == "true" || request.query("blobs") == "1");
    std::set<std::string> names;
    const std::string_view target = request.target;
    for (auto at = target.find("expand="); at != std::string_view::npos; at = target.find("expand=", at + 1)) {
        const auto end = std::min(target.find('&', at), target.size());
        std::string name = http::percentDecode(target.substr(at + 7, end - at - 7));
        names.insert(name.ends_with("[]") ? name.substr(0, name.size() - 2) : name);
    }
    if (names.empty())
        return whole;
    json value = {{"id", model.id}};
    for (const std::string& name : names) {
        if (whole.contains(name))
            value[name] = whole[name];
    }
    return value;
}

std::string lower(std::string text)
{
    std::transform(text.begin(), text.end(), text.begin(),
        [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c | 0x20) : c; });
    return text;
}

Reply search(const Hub& hub, const World& world, const http::Request& request)
{
    std::vector<const HubModel*> found;
    const std::string wanted = lower(request.query("search"));
    const std::string task = request.query("pipeline_tag");
    const std::string author = request.query("author");
    for (const HubModel& model : hub.models()) {
        const auto filter = request.query("filter");
        const bool fits = lower(model.id).find(wanted) != std::string::npos && (task.empty() || model.task == task)
            && (author.empty() || model.id.starts_with(author + '/'))
            && (filter.empty() || filter == model.library || filter == model.task);
        if (fits)
            found.push_back(&model);
    }
    const bool byLikes = request.query("sort") == "likes";
    std::sort(found.begin(), found.end(), [byLikes](const HubModel* a, const HubModel* b) {
        return byLikes ? a->likes > b->likes : a->downloads > b->downloads;
    });
    std::size_t limit = mostListed;
    std::size_t begin = 0;
    const std::string limitText = request.query("limit");
    const std::string cursor = request.query("cursor");
    std::from_chars(limitText.data(), limitText.data() + limitText.size(), limit);
    std::from_chars(cursor.data(), cursor.data() + cursor.size(), begin);
    limit = std::clamp<std::size_t>(limit, 1, 1000);
    begin = std::min(begin, found.size());
    const std::size_t end = std::min(found.size(), begin + limit);
    json list = json::array();
    for (std::size_t i = begin; i < end; ++i) {
        json entry = expanded(*found[i], request);
        if (!request.hasQuery("expand") && !request.hasQuery("full"))
            entry.erase("siblings");
        list.push_back(std::move(entry));
    }
    auto response = jsonReply(200, list);
    if (end < found.size()) {
        std::string next = request.target;
        if (const auto at = next.find("cursor="); at != std::string::npos)
            next.erase(at - 1, std::min(next.find('&', at), next.size()) - at + 1);
        next += (next.find('?') == std::string::npos ? "?cursor=" : "&cursor=") + std::to_string(end);
        response.headers.set("Link", '<' + world.settings.origin + next + ">; rel=\"next\"");
    }
    return response;
}

Reply tree(const HubModel& model)
{
    json list = json::array();
    for (const HubFile& file : model.files) {
        json entry = {
            {"type", "file"}, {"path", file.name}, {"size", file.size}, {"oid", file.isWeights ? model.sha : file.sum}};
        if (file.isWeights)
            entry["lfs"] = {{"oid", file.sum}, {"size", file.size}, {"pointerSize", 135}};
        list.push_back(std::move(entry));
    }
    return jsonReply(200, list);
}

Reply resolve(const World& world, const HubModel& model, const std::string& revision, const std::string& name,
    const http::Request& request)
{
    if (auto problem = gateProblem(world, model, tokenOf(request)))
        return problem;
    if (!isRevision(model, revision))
        return refusal(404, "RevisionNotFound", "Invalid rev id: " + revision);
    const HubFile* const file = model.file(name);
    if (!file)
        return refusal(404, "EntryNotFound", "Entry not found");
    http::Response response;
    response.headers.set("X-Repo-Commit", model.sha);
    response.headers.set("ETag", '"' + file->sum + '"');
    if (file->isWeights && !file->stored.empty()) {
        response.status = 302;
        response.headers.set("X-Linked-Size", std::to_string(file->size));
        response.headers.set("X-Linked-ETag", '"' + file->sum + '"');
        response.headers.set("Location", world.settings.hub + "/cdn/" + model.id + '/' + name);
        return response;
    }
    if (file->isWeights) {
        response.status = 302; // to the content network, which holds nothing here
        // The listing keeps the real model's sizes, by which memory and disk are judged. What can be had here are the
        // demo model's weights, standing in for it: their size and sum are told where the file itself is asked for.
        const std::string weights = readFile(world.settings.weightsFile);
        response.headers.set(
            "X-Linked-Size", std::to_string(weights.empty() ? file->size : static_cast<std::int64_t>(weights.size())));
        response.headers.set("X-Linked-ETag",
            '"' + (weights.empty() ? Secret(model.id + '/' + name).sha256Hex() : sha256Hex(weights)) + '"');
        response.headers.set("Location", world.settings.hub + "/cdn/" + model.id + '/' + name);
        return response;
    }
    response.headers.set("Content-Type", name.ends_with(".json") ? "application/json" : "text/plain; charset=utf-8");
    response.body = file->stored.empty() ? file->text : readFile(file->stored);
    return response;
}

/// What an address of the content network names, OWNER/NAME/PATH.
struct Addressed {
    const HubModel* model = nullptr;
    const HubFile* file = nullptr; ///< null if the address is made up
};

Addressed addressed(const Hub& hub, const std::string& address)
{
    const auto end = address.find('/', address.find('/') + 1);
    const HubModel* const model = end == std::string::npos ? nullptr : hub.find(address.substr(0, end));
    return {model, model != nullptr ? model->file(address.substr(end + 1)) : nullptr};
}

/// The content network: a stored file or the stand-in weights, whole or the range that is asked for.
Reply serveWeights(const World& world, const std::filesystem::path& stored, const http::Request& request)
{
    const std::string weights = readFile(stored.empty() ? world.settings.weightsFile : stored);
    if (weights.empty())
        return http::Response{404, {{"Content-Type", "text/plain"}}, "Practice mode holds no weights here.\n"};
    const std::string_view range = request.headers.get("Range");
    std::size_t first = 0;
    std::size_t last = weights.size() - 1;
    if (range.starts_with("bytes=")) {
        const char* const end = range.data() + range.size();
        const auto begun = std::from_chars(range.data() + 6, end, first);
        if (begun.ptr != end && begun.ptr + 1 != end)
            std::from_chars(begun.ptr + 1, end, last);
        last = std::min(last, weights.size() - 1);
        if (first > last)
            return http::Response{416, {{"Content-Range", "bytes */" + std::to_string(weights.size())}}, {}};
    }
    http::Response response{range.empty() ? 200 : 206, {{"Content-Type", "application/octet-stream"}},
        weights.substr(first, last - first + 1)};
    if (!range.empty()) {
        response.headers.set("Content-Range",
            "bytes " + std::to_string(first) + '-' + std::to_string(last) + '/' + std::to_string(weights.size()));
    }
    return response;
}

Reply whoAmI(const http::Request& request)
{
    if (tokenOf(request) == Token::None || tokenOf(request) == Token::Bad)
        return refusal(401, {}, "Invalid credentials in Authorization header");
    const bool writes = request.headers.get("Authorization").find("write") != std::string_view::npos;
    return jsonReply(200,
        {{"type", "user"}, {"id", "practice"}, {"name", "practice"}, {"fullname", "Practice"},
            {"auth",
                {{"type", "access_token"},
                    {"accessToken", {{"displayName", "practice"}, {"role", writes ? "write" : "read"}}}}}});
}

} // namespace

void addHubRoutes(Router& router, World& world, Hub& hub)
{
    /// Wraps a handler that needs the model its first two parameters (owner and name) are.
    const auto withModel = [&world, &hub](auto handler) -> RouteHandler {
        return [&world, &hub, handler](const Visit& visit) -> Reply {
            const std::string id = visit.params[0] + '/' + visit.params[1];
            Lookup found = lookUp(hub, world, id, visit.request());
            if (!found.model)
                return std::move(found.problem);
            return handler(*found.model, visit);
        };
    };
    router.add("GET", "api/whoami-v2", [](const Visit& visit) { return whoAmI(visit.request()); });
    router.add("GET", "api/models", [&world, &hub](const Visit& visit) { return search(hub, world, visit.request()); });
    router.add("GET", "api/models/{owner}/{name}", withModel([](const HubModel& model, const Visit& visit) {
        return Reply(jsonReply(200, expanded(model, visit.request())));
    }));
    router.add("GET", "api/models/{owner}/{name}/auth-check",
        withModel([&world](const HubModel& model, const Visit& visit) -> Reply {
            if (auto problem = gateProblem(world, model, tokenOf(visit.request())))
                return problem;
            return jsonReply(200, json::object());
        }));
    router.add("GET", "api/models/{owner}/{name}/revision/{revision}",
        withModel([](const HubModel& model, const Visit& visit) -> Reply {
            if (!isRevision(model, visit.params[2]))
                return refusal(404, "RevisionNotFound", "Invalid rev id: " + visit.params[2]);
            return jsonReply(200, expanded(model, visit.request()));
        }));
    router.add("GET", "api/models/{owner}/{name}/tree/{revision}",
        withModel([](const HubModel& model, const Visit& visit) -> Reply {
            if (!isRevision(model, visit.params[2]))
                return refusal(404, "RevisionNotFound", "Invalid rev id: " + visit.params[2]);
            return tree(model);
        }));
    router.add("GET", "{owner}/{name}/resolve/{revision}/{file...}",
        withModel([&world](const HubModel& model, const Visit& visit) {
            return resolve(world, model, visit.params[2], visit.params[3], visit.request());
        }));
    router.add("GET", "cdn/{file...}", [&world, &hub](const Visit& visit) {
        const Addressed named = addressed(hub, visit.params[0]);
        Reply reply = serveWeights(
            world, named.file != nullptr ? named.file->stored : std::filesystem::path(), visit.request());
        if (reply && named.file != nullptr) { // it lies on the hub's own host here, whose answers say what they are of
            reply->headers.set("X-Repo-Commit", named.model->sha);
            reply->headers.set("ETag", '"' + named.file->sum + '"');
        }
        return reply;
    });
}

} // namespace visgate::practice
