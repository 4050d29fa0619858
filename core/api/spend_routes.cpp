// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/api/request_bodies.h"
#include "core/api/route_support.h"
#include "core/api/routes.h"
#include "core/codec/codec.h"
#include "core/operations/deployments.h"
#include "core/operations/money.h"

#include <QDateTime>

#include <optional>

namespace visgate {

using namespace Qt::Literals::StringLiterals;

namespace {

/// The limits that are set, and where each stands: one object, so that one call shows the whole sheet.
void answerLimits(DeploymentService& service, const Call& call)
{
    whenDone(ask(service, ListSpendLimits{}), &service, [&service, call](const Result<QList<SpendLimit>>& limits) {
        if (!limits) {
            call.exchange->respond(replies::error(limits.error()));
            return;
        }
        answer(service, ask(service, ListLimitStates{}), call, Subject::Anything,
            [limits](const QList<LimitState>& states) {
                return replies::object(200, {{u"limits"_s, toJson(*limits)}, {u"states"_s, toJson(states)}});
            });
    });
}

/// `from` and `to` as RFC 3339; without them the present month up to the end of today.
Result<SpendQuery> queryOf(const http::Request& request)
{
    SpendQuery query;
    const QString target = queryText(request, "target");
    const auto known = accountIdFromString(target.isEmpty() ? u"runpod"_s : target);
    if (!known)
        return fail(ErrorCode::InvalidRequest, "target");
    query.target = *known;
    const QDate today = QDate::currentDate();
    const qint64 month = QDate(today.year(), today.month(), 1).startOfDay().toMSecsSinceEpoch();
    query.from = TimePoint(std::chrono::milliseconds(month));
    query.to = TimePoint(std::chrono::milliseconds(today.addDays(1).startOfDay().toMSecsSinceEpoch()));
    if (request.hasQuery("from") && !parseUtc(request.query("from"), query.from))
        return fail(ErrorCode::InvalidRequest, "from");
    if (request.hasQuery("to") && !parseUtc(request.query("to"), query.to))
        return fail(ErrorCode::InvalidRequest, "to");
    query.deployment = DeploymentId(request.query("deployment_id"));
    query.asKnown = request.hasQuery("as_known");
    if (request.hasQuery("pictures_per_day")) {
        bool ok = false;
        const double count = queryText(request, "pictures_per_day").toDouble(&ok);
        if (!ok || count < 0 || count > 1e6)
            return fail(ErrorCode::InvalidRequest, "pictures_per_day");
        query.picturesPerDay = count;
    }
    return query;
}

void answerSpend(DeploymentService& service, const Call& call, std::optional<DeploymentId> deployment)
{
    auto query = queryOf(call.exchange->request());
    if (!query) {
        call.exchange->respond(replies::error(query.error()));
        return;
    }
    if (deployment)
        query->deployment = *deployment;
    answer(service, ask(service, GetSpend{*query}), call, Subject::Anything,
        [](const SpendReport& report) { return replies::object(200, toJson(report)); });
}

} // namespace

void addSpendRoutes(Router& router, DeploymentService& service)
{
    router.add("GET", "/v1/spend", [&service](const Call& call) { answerSpend(service, call, std::nullopt); });
    router.add("GET", "/v1/deployments/{}/cost", [&service](const Call& call) {
        // Its target and its age are the deployment's own.
        const DeploymentId id(call.parameters.front());
        whenDone(ask(service, GetDeployment{id}), &service, [&service, call](const Result<Deployment>& deployment) {
            if (!deployment) {
                call.exchange->respond(replies::error(deployment.error(), Subject::Deployment));
                return;
            }
            SpendQuery query;
            query.target = deployment->target;
            query.from = deployment->createdAt;
            query.to = TimePoint(std::chrono::milliseconds(QDateTime::currentMSecsSinceEpoch()));
            query.deployment = deployment->id;
            answer(service, ask(service, GetSpend{query}), call, Subject::Deployment,
                [](const SpendReport& report) { return replies::object(200, toJson(report)); });
        });
    });
    router.add("GET", "/v1/limits", [&service](const Call& call) { answerLimits(service, call); });
    router.add("POST", "/v1/stop", [&service](const Call& call) {
        answer(service, ask(service, StopEverything{}), call, Subject::Anything,
            [](const StopReport& report) { return replies::object(report.isDone() ? 200 : 202, toJson(report)); });
    });
}

} // namespace visgate
