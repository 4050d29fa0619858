// SPDX-License-Identifier: GPL-3.0-or-later
#include "worker/http/routes.h"

#include "core/foundation/ids.h"
#include "core/foundation/json/json_read.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>
#include <utility>

namespace visgate::worker {
namespace {

using json::Json;
using std::chrono::milliseconds;

constexpr int idBytes = 16;
constexpr int badRequest = 400;
constexpr int notThere = 404;
constexpr milliseconds longestWait{300'000};
constexpr std::int64_t longestTimeToLive = 7LL * 24 * 3'600'000;
constexpr std::int64_t standardTimeToLive = 24LL * 3'600'000;

/// The credential of an `Authorization: Bearer` field; its scheme is written as one likes (RFC 9110 section 11.1).
std::string_view bearerOf(std::string_view field)
{
    constexpr std::string_view scheme = "bearer ";
    const auto isLetter = [](char given, char wanted) { return given == wanted || given + ('a' - 'A') == wanted; };
    if (field.size() < scheme.size()
        || !std::equal(scheme.begin(), scheme.end(), field.begin(),
            [&](char wanted, char given) { return isLetter(given, wanted); })) {
        return {};
    }
    field.remove_prefix(scheme.size());
    return field.substr(std::min(field.find_first_not_of(' '), field.size()));
}

milliseconds waitOf(const http::Request& request, milliseconds least, milliseconds standard)
{
    const std::string text = request.query("wait");
    std::int64_t value = standard.count();
    std::from_chars(text.data(), text.data() + text.size(), value);
    return std::clamp(milliseconds(value), least, longestWait);
}

/// What is wrong with a job; empty if nothing is that can be told without the model.
std::string problemOf(const std::optional<Json>& job)
{
    if (!job) {
        return "the body must be a JSON object";
    }
    const Json* const input = json::find(*job, "input");
    if (input == nullptr || !input->is_object()) {
        return "input is required and must be an object";
    }
    const Json* const policy = json::find(*job, "policy");
    return policy != nullptr && !policy->is_object() ? "policy must be an object" : "";
}

milliseconds timeToLiveOf(const Json& job)
{
    const Json* const policy = json::find(job, "policy");
    const std::int64_t asked = policy == nullptr ? 0 : json::integerOr(*policy, "ttl", 0);
    return milliseconds(asked <= 0 ? standardTimeToLive : std::min(asked, longestTimeToLive));
}

} // namespace

Routes::Routes(Options options, JobBoard& board, Waiters& waiters, const Clock& clock,
    std::function<Portrait()> portrait, std::function<void(const std::string&)> onCancel)
    : m_options(std::move(options)), m_board(board), m_waiters(waiters), m_clock(clock),
      m_portrait(std::move(portrait)), m_onCancel(std::move(onCancel))
{
}

std::size_t Routes::bodyBytesFor(const http::Request& head) const
{
    const bool mayBringJobs = head.method == "POST" && accessOf(head) == Access::Granted;
    return mayBringJobs ? mostJobBytes : mostOtherBytes;
}

/// Either field will do: a cloud's own gate may have taken the first for itself.
Routes::Access Routes::accessOf(const http::Request& request) const
{
    const std::string_view bearer = bearerOf(request.headers.get("Authorization"));
    const std::string_view plain = request.headers.get("X-API-Key");
    if (bearer.empty() && plain.empty()) {
        return Access::Missing;
    }
    const bool isBearer = m_options.key.equals(bearer);
    const bool isPlain = m_options.key.equals(plain);
    return isBearer || isPlain ? Access::Granted : Access::Wrong;
}

std::string_view Routes::withoutBase(std::string_view path) const
{
    const std::string& base = m_options.basePath;
    const bool hasBase = !base.empty() && path.starts_with(base) && path.substr(base.size()).starts_with('/');
    return hasBase ? path.substr(base.size()) : path;
}

void Routes::handle(const std::shared_ptr<http::Exchange>& exchange)
{
    static constexpr std::array<Route, 9> routes{{
        {true, "run", false, false, &Routes::run},
        {true, "runsync", false, false, &Routes::runSync},
        {true, "predict", false, false, &Routes::runSync},
        {false, "status", true, false, &Routes::status},
        {false, "stream", true, false, &Routes::stream},
        {true, "cancel", true, false, &Routes::cancel},
        {false, "health", false, true, &Routes::health},
        {false, "ready", false, true, &Routes::ready},
        {false, "metrics", false, false, &Routes::metrics},
    }};
    const http::Request& request = exchange->request();
    http::Request bare;
    bare.target = withoutBase(request.path());
    const std::vector<std::string> parts = bare.pathSegments();
    const auto route = std::find_if(routes.begin(), routes.end(), [&](const Route& candidate) {
        return parts.size() == (candidate.takesId ? 2U : 1U) && parts[0] == candidate.name;
    });
    if (route == routes.end()) {
        refuse(*exchange, notThere, "there is nothing at this path");
        return;
    }
    const bool isRead = request.method == "GET" || request.method == "HEAD";
    if (route->isPost ? request.method != "POST" : !isRead) {
        http::Response response = refusal(405, route->isPost ? "this path takes POST" : "this path takes GET");
        response.headers.set("Allow", route->isPost ? "POST" : "GET, HEAD");
        respond(*exchange, std::move(response));
        return;
    }
    const Access access = route->isOpen ? Access::Granted : accessOf(request);
    if (access == Access::Missing) {
        http::Response response = refusal(401, "a key is needed: Authorization: Bearer, or X-API-Key");
        response.headers.set("WWW-Authenticate", "Bearer");
        respond(*exchange, std::move(response));
    } else if (access == Access::Wrong) {
        refuse(*exchange, 403, "this key is not the one of this worker");
    } else {
        (this->*route->answer)({exchange, route->takesId ? parts[1] : std::string()});
    }
}

std::string Routes::submit(const Visit& visit, const char* prefix)
{
    auto job = json::parseObject(visit.exchange->request().body);
    if (const std::string problem = problemOf(job); !problem.empty()) {
        refuse(*visit.exchange, badRequest, problem);
        return {};
    }
    std::string id = prefix + randomHex(idBytes);
    (*job)["id"] = id;
    const milliseconds timeToLive = timeToLiveOf(*job);
    switch (m_board.submit(id, json::dump(*job), timeToLive)) {
    case JobBoard::Admission::Taken:
        return id;
    case JobBoard::Admission::Full: {
        http::Response response = refusal(429, "too many jobs wait already");
        response.headers.set("Retry-After", "5");
        respond(*visit.exchange, std::move(response));
        break;
    }
    case JobBoard::Admission::Leaving:
        refuse(*visit.exchange, 503, "this worker is leaving and takes no more jobs");
        break;
    }
    return {};
}

void Routes::run(const Visit& visit)
{
    if (const std::string id = submit(visit, ""); !id.empty()) {
        respond(*visit.exchange, http::jsonResponse(200, json::dump({{"id", id}, {"status", "IN_QUEUE"}})));
    }
}

void Routes::runSync(const Visit& visit)
{
    if (const std::string id = submit(visit, "sync-"); !id.empty()) {
        m_waiters.add(visit.exchange, id, Waiters::For::End,
            waitOf(visit.exchange->request(), milliseconds(1000), milliseconds(90'000)));
    }
}

void Routes::status(const Visit& visit)
{
    auto view = m_board.view(visit.id);
    if (!view) {
        refuse(*visit.exchange, notThere, "job not found");
        return;
    }
    respond(*visit.exchange, http::jsonResponse(200, std::move(view->json)));
}

void Routes::stream(const Visit& visit)
{
    if (!m_board.stateOf(visit.id)) {
        refuse(*visit.exchange, notThere, "job not found");
        return;
    }
    m_waiters.add(visit.exchange, visit.id, Waiters::For::News,
        waitOf(visit.exchange->request(), milliseconds(0), milliseconds(10'000)));
}

void Routes::cancel(const Visit& visit)
{
    const auto before = m_board.stateOf(visit.id);
    const auto now = m_board.cancel(visit.id);
    if (!now) {
        refuse(*visit.exchange, notThere, "job not found");
        return;
    }
    if (before != now) {
        m_onCancel(visit.id);
    }
    respond(*visit.exchange, http::jsonResponse(200, json::dump({{"id", visit.id}, {"status", toString(*now)}})));
}

void Routes::health(const Visit& visit)
{
    respond(*visit.exchange, http::jsonResponse(200, healthJson(m_portrait(), m_board.counts(), m_clock.now())));
}

void Routes::ready(const Visit& visit)
{
    const Portrait portrait = m_portrait();
    const std::string_view word = readiness(portrait);
    respond(*visit.exchange, http::jsonResponse(word == "ok" ? 200 : 503, json::dump({{"status", word}})));
}

void Routes::metrics(const Visit& visit)
{
    respond(*visit.exchange,
        http::jsonResponse(
            200, metricsText(m_portrait(), m_board.counts(), m_refused), "text/plain; version=0.0.4; charset=utf-8"));
}

void Routes::refuse(http::Exchange& exchange, int status, const std::string& text)
{
    respond(exchange, refusal(status, text));
}

void Routes::respond(http::Exchange& exchange, http::Response response)
{
    const bool isProbe = response.status == 503 && exchange.request().method != "POST"; // it is loading, or leaving
    if (response.status >= badRequest && !isProbe) {
        ++m_refused[response.status];
    }
    exchange.respond(lastWords(std::move(response), m_board));
}

} // namespace visgate::worker
