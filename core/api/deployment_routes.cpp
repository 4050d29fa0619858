// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/api/event_hub.h"
#include "core/api/log_filter.h"
#include "core/api/request_bodies.h"
#include "core/api/route_support.h"
#include "core/api/routes.h"
#include "core/base/json.h"
#include "core/codec/codec.h"
#include "core/foundation/hash.h"
#include "core/operations/deployments.h"

#include <algorithm>
#include <charconv>
#include <chrono>
#include <optional>

namespace visgate {

using namespace Qt::Literals::StringLiterals;

namespace {

constexpr int kPollSeconds = 5;
constexpr std::size_t kLongestIdempotencyKey = 255;
constexpr qint64 kMaxLogLines = 100'000;

/// The answer to a create: what a client needs to follow it, and the whole deployment.
http::Response accepted(const Deployment& deployment)
{
    const QString path = u"/v1/deployments/%1/stream"_s.arg(QString::fromStdString(deployment.id.value()));
    const QJsonObject shown = toJson(deployment);
    return replies::object(202,
        {
            {u"deployment_id"_s, QString::fromStdString(deployment.id.value())},
            {u"status"_s, toString(deployment.status)},
            {u"path"_s, encode(deployment.path)},
            {u"model_id"_s, deployment.modelId},
            {u"estimated_ready_seconds"_s, encode(deployment.estimatedRemaining)},
            {u"estimated_ready_range"_s, shown.value("estimated_ready_range"_L1)},
            {u"estimated_cost"_s, QJsonValue::Null},
            {u"webhook_url"_s, QJsonValue::Null},
            {u"endpoint_url"_s, encode(deployment.endpointUrl)},
            {u"stream_url"_s, path},
            {u"poll_interval_seconds"_s, kPollSeconds},
            {u"created_at"_s, encode(deployment.createdAt)},
            {u"deployment"_s, shown},
        });
}

http::Response page(const DeploymentPage& page)
{
    return replies::object(200,
        {{u"deployments"_s, toJson(page.deployments)}, {u"total"_s, page.total},
            {u"next_cursor"_s, encode(page.nextCursor)}});
}

/// Pause and resume: once done, the deployment as it is then.
void change(DeploymentService& service, QFuture<Result<void>> done, const Call& call)
{
    whenDone(done, &service, [&service, call](const Result<void>& result) {
        if (result)
            answer(
                service, ask(service, GetDeployment{deploymentIdOf(call)}), call, Subject::Deployment, wholeDeployment);
        else
            call.exchange->respond(replies::error(result.error(), Subject::Deployment));
    });
}

/// The header's key, and what its body says; or false, and the refusal has been sent.
bool takeIdempotencyKey(const Call& call, CreateRequest& create)
{
    const http::Request& request = call.exchange->request();
    const std::string_view key = request.headers.get("Idempotency-Key");
    if (key.empty())
        return true;
    const bool isPlain = std::all_of(key.begin(), key.end(), [](char c) { return c >= '!' && c <= '~'; });
    if (!isPlain || key.size() > kLongestIdempotencyKey) {
        call.exchange->respond(replies::error(Error{
            ErrorCode::InvalidRequest, "Idempotency-Key: 1 to 255 printable characters", 0, {}, {"Idempotency-Key"}}));
        return false;
    }
    create.idempotencyKey = QString::fromLatin1(key.data(), qsizetype(key.size()));
    // By meaning, not by bytes: members may come in another order.
    const auto object = requestBody(request);
    create.bodyDigest = QString::fromStdString(sha256Hex(json::compact(object.value_or(QJsonObject())).toStdString()));
    return true;
}

void create(DeploymentService& service, const Call& call)
{
    auto request = bodyOrRefuse(call, createRequestFromBody);
    if (request && takeIdempotencyKey(call, *request))
        answer(service, ask(service, CreateDeployment{*std::move(request)}), call, Subject::Anything, accepted);
}

void list(DeploymentService& service, const Call& call)
{
    const http::Request& request = call.exchange->request();
    std::optional<DeploymentStatus> status;
    if (const QString wanted = queryText(request, "status"); !wanted.isEmpty()) {
        status = deploymentStatusFromString(wanted);
        if (!status) {
            call.exchange->respond(
                replies::error(Error{ErrorCode::InvalidRequest, "status: is none of a deployment", 0, {}, {"status"}}));
            return;
        }
    }
    const int limit = int(queryNumber(request, "limit", 20, 1, 100));
    answer(service, ask(service, ListDeployments{limit, queryText(request, "cursor"), status}), call, Subject::Anything,
        page);
}

/// "24h", "90m", "3600s", "2d"; nothing for anything else.
std::optional<std::chrono::seconds> keepTime(const std::string& text)
{
    long count = 0;
    const char* const end = text.data() + text.size();
    const auto read = std::from_chars(text.data(), end, count);
    if (read.ec != std::errc() || count < 1 || count > 10'000'000 || end - read.ptr != 1)
        return std::nullopt;
    switch (*read.ptr) {
    case 's':
        return std::chrono::seconds(count);
    case 'm':
        return std::chrono::minutes(count);
    case 'h':
        return std::chrono::hours(count);
    case 'd':
        return std::chrono::hours(24 * count);
    default:
        return std::nullopt;
    }
}

void remove(DeploymentService& service, const Call& call)
{
    const auto done = [] { return replies::empty(204); };
    if (!call.exchange->request().hasQuery("keep")) {
        answer(service, ask(service, DeleteDeployment{deploymentIdOf(call)}), call, Subject::Deployment, done);
        return;
    }
    const auto time = keepTime(call.exchange->request().query("keep"));
    if (time)
        answer(service, ask(service, KeepDeployment{deploymentIdOf(call), *time}), call, Subject::Deployment, done);
    else
        call.exchange->respond(
            replies::error(Error{ErrorCode::InvalidRequest, "keep: is a time such as 24h", 0, {}, {"keep"}}));
}

LineNo firstLineAsked(const http::Request& request)
{
    return LineNo(queryNumber(request, "since", 0, 0, std::numeric_limits<qint64>::max()));
}

void sendLogs(DeploymentService& service, const Call& call)
{
    const http::Request& request = call.exchange->request();
    const auto filter = LogFilter::fromQuery(request);
    if (!filter) {
        call.exchange->respond(replies::error(filter.error()));
        return;
    }
    const LineNo since = firstLineAsked(request);
    const int limit = int(queryNumber(request, "limit", 200, 1, kMaxLogLines));
    // A filter looks at everything first, so that `limit` counts lines that match.
    const int read = filter->isEmpty() ? limit : int(kMaxLogLines);
    answer(service, ask(service, ReadLogs{deploymentIdOf(call), since, read}), call, Subject::Deployment,
        [filter = *filter, limit](const QList<LogLine>& lines) {
            QList<LogLine> kept = filter.apply(lines);
            if (kept.size() > limit)
                kept = kept.last(limit);
            return replies::object(200, {{u"lines"_s, toJson(kept)}});
        });
}

void streamLogs(DeploymentService& service, EventHub& events, const Call& call)
{
    const http::Request& request = call.exchange->request();
    const auto filter = LogFilter::fromQuery(request);
    if (!filter) {
        call.exchange->respond(replies::error(filter.error()));
        return;
    }
    bool resumes = false;
    const qint64 last = QString::fromLatin1(request.headers.get("Last-Event-ID")).toLongLong(&resumes);
    const LineNo since = resumes ? LineNo(last).next() : firstLineAsked(request);
    whenDone(ask(service, GetDeployment{deploymentIdOf(call)}), &service,
        [&events, call, filter = *filter, since](const Result<Deployment>& deployment) {
            if (deployment)
                events.followLogs(call.exchange, deployment->id, filter, since);
            else
                call.exchange->respond(replies::error(deployment.error(), Subject::Deployment));
        });
}

} // namespace

void addDeploymentRoutes(Router& router, DeploymentService& service, EventHub& events)
{
    router.add("POST", "/v1/deployments", [&service](const Call& call) { create(service, call); });
    router.add("GET", "/v1/deployments", [&service](const Call& call) { list(service, call); });
    router.add("GET", "/v1/deployments/{}", [&service](const Call& call) {
        answer(service, ask(service, GetDeployment{deploymentIdOf(call)}), call, Subject::Deployment, wholeDeployment);
    });
    router.add("DELETE", "/v1/deployments/{}", [&service](const Call& call) { remove(service, call); });
    router.add("POST", "/v1/deployments/{}/pause",
        [&service](const Call& call) { change(service, ask(service, PauseDeployment{deploymentIdOf(call)}), call); });
    router.add("POST", "/v1/deployments/{}/resume",
        [&service](const Call& call) { change(service, ask(service, ResumeDeployment{deploymentIdOf(call)}), call); });
    router.add("GET", "/v1/deployments/{}/stream", [&service, &events](const Call& call) {
        const bool untilReady = call.exchange->request().query("until") == "ready";
        whenDone(ask(service, GetDeployment{deploymentIdOf(call)}), &service,
            [&events, call, untilReady](const Result<Deployment>& found) {
                if (found)
                    events.followStatus(call.exchange, *found, untilReady);
                else
                    call.exchange->respond(replies::error(found.error(), Subject::Deployment));
            });
    });
    router.add("GET", "/v1/deployments/{}/logs", [&service](const Call& call) { sendLogs(service, call); });
    router.add("GET", "/v1/deployments/{}/logs/stream",
        [&service, &events](const Call& call) { streamLogs(service, events, call); });
}

} // namespace visgate
