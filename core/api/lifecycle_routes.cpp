// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/api/request_bodies.h"
#include "core/api/route_support.h"
#include "core/api/routes.h"
#include "core/codec/codec.h"
#include "core/operations/deployments.h"

#include <limits>

namespace visgate {

using namespace Qt::Literals::StringLiterals;

namespace {

constexpr qint64 kMostWorkers = 60;
constexpr qint64 kLongestIdleTimeout = 3600;

http::Response history(const ReleaseHistory& releases)
{
    return replies::object(200, toJson(releases));
}

Result<ScaleRequest> scaleFromBody(const QJsonObject& object)
{
    BodyReader body(object);
    const auto number = [&body](const QString& name, qint64 low, qint64 high) -> std::optional<int> {
        const auto value = body.integer(name, low, high);
        return value ? std::optional(static_cast<int>(*value)) : std::nullopt;
    };
    ScaleRequest request;
    request.workersMin = number(u"workers_min"_s, 0, kMostWorkers);
    request.workersMax = number(u"workers_max"_s, 1, kMostWorkers);
    if (const auto idle = body.integer(u"idle_timeout_seconds"_s, 1, kLongestIdleTimeout))
        request.idleTimeout = std::chrono::seconds(*idle);
    if (request == ScaleRequest())
        body.refuse(u"workers_max"_s, u"one of workers_min, workers_max, idle_timeout_seconds is needed"_s);
    request.acceptedUsdPerMonth = body.number(u"accepted_usd_per_month"_s, 0.0, 1e9);
    if (auto checked = body.finish(); !checked)
        return fail(checked.error());
    return request;
}

Result<int> releaseFromBody(const QJsonObject& object)
{
    BodyReader body(object);
    const auto release = body.integer(u"release"_s, 1, std::numeric_limits<int>::max());
    if (!release && !body.has(u"release"_s))
        body.refuse(u"release"_s, u"is missing"_s);
    if (auto checked = body.finish(); !checked)
        return fail(checked.error());
    return static_cast<int>(release.value_or(0));
}

struct PoolBody {
    PoolPolicy policy;
    std::optional<double> acceptedUsdPerMonth;
};

Result<PoolBody> poolFromBody(const QJsonObject& object)
{
    BodyReader body(object);
    PoolBody pool{readPool(body), body.number(u"accepted_usd_per_month"_s, 0.0, 1e9)};
    if (auto checked = body.finish(); !checked)
        return fail(checked.error());
    return pool;
}

/// With `?from=N&to=M` also what is different between the two.
http::Response historyWithDiff(const ReleaseHistory& releases, int from, int to)
{
    if (from == 0 || to == 0)
        return history(releases);
    QJsonObject object = toJson(releases);
    QJsonArray changes;
    for (const ReleaseChange& change : changesBetween(releases, from, to))
        changes.append(toJson(change));
    object.insert(u"diff"_s,
        QJsonObject{{u"from"_s, from}, {u"to"_s, to}, {u"changes"_s, changes},
            {u"words"_s, QJsonArray::fromStringList(inWords(changesBetween(releases, from, to)))}});
    return replies::object(200, object);
}

} // namespace

void addLifecycleRoutes(Router& router, DeploymentService& service)
{
    router.add("POST", "/v1/deployments/{}/scale", [&service](const Call& call) {
        if (const auto body = bodyOrRefuse(call, scaleFromBody))
            answer(service, ask(service, ScaleDeployment{deploymentIdOf(call), *body}), call, Subject::Deployment,
                wholeDeployment);
    });
    router.add("PUT", "/v1/deployments/{}/pool", [&service](const Call& call) {
        if (const auto body = bodyOrRefuse(call, poolFromBody))
            answer(service, ask(service, SetPool{deploymentIdOf(call), body->policy, body->acceptedUsdPerMonth}), call,
                Subject::Deployment, wholeDeployment);
    });
    router.add("POST", "/v1/deployments/{}/pool/price", [&service](const Call& call) {
        if (const auto body = bodyOrRefuse(call, poolFromBody))
            answer(service, ask(service, GetWarmPrice{deploymentIdOf(call), body->policy}), call, Subject::Deployment,
                [](const WarmPrice& price) { return replies::object(200, toJson(price)); });
    });
    router.add("POST", "/v1/deployments/{}/restore", [&service](const Call& call) {
        answer(
            service, ask(service, RestoreDeployment{deploymentIdOf(call)}), call, Subject::Deployment, wholeDeployment);
    });
    router.add("GET", "/v1/deployments/{}/releases", [&service](const Call& call) {
        constexpr int most = std::numeric_limits<int>::max();
        const int from = int(queryNumber(call.exchange->request(), "from", 0, 0, most));
        const int to = int(queryNumber(call.exchange->request(), "to", 0, 0, most));
        answer(service, ask(service, ListReleases{deploymentIdOf(call)}), call, Subject::Deployment,
            [from, to](const ReleaseHistory& releases) { return historyWithDiff(releases, from, to); });
    });
    router.add("POST", "/v1/deployments/{}/rollback", [&service](const Call& call) {
        if (const auto release = bodyOrRefuse(call, releaseFromBody))
            answer(service, ask(service, RollBack{deploymentIdOf(call), *release}), call, Subject::Anything, history);
    });
}

} // namespace visgate
