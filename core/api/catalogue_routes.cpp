// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/api/request_bodies.h"
#include "core/api/route_support.h"
#include "core/api/routes.h"
#include "core/codec/codec.h"
#include "core/operations/catalogue.h"
#include "core/operations/keys.h"

namespace visgate {

using namespace Qt::Literals::StringLiterals;

namespace {

http::Response modelList(const QList<ModelSpec>& models)
{
    return replies::object(200, {{u"models"_s, toJson(models)}});
}

/// `?target=`, Runpod when absent; or nothing, and the refusal has been sent.
} // namespace

void addCatalogueRoutes(Router& router, DeploymentService& service)
{
    router.add("GET", "/v1/models", [&service](const Call& call) {
        answer(service, ask(service, ListPresets{}), call, Subject::Model, modelList);
    });
    router.add("GET", "/v1/models/search", [&service](const Call& call) {
        if (const auto target = targetOrRefuse(call))
            answer(service, ask(service, SearchModels{*target, queryText(call.exchange->request(), "q")}), call,
                Subject::Model, modelList);
    });
    router.add("GET", "/v1/models/{}/{}", [&service](const Call& call) {
        if (const auto target = targetOrRefuse(call)) {
            const std::string id = call.parameters[0] + '/' + call.parameters[1];
            answer(service, ask(service, GetModelDetails{*target, QString::fromStdString(id)}), call, Subject::Model,
                [](const ModelDetails& details) { return replies::object(200, toJson(details)); });
        }
    });
    router.add("POST", "/v1/providers/validate", [&service](const Call& call) {
        if (const auto key = bodyOrRefuse(call, providerKeyFromBody))
            answer(service, ask(service, TryKey{*key}), call, Subject::Anything, [](const KeyVerdict& verdict) {
                QJsonObject reply = toJson(verdict);
                reply.remove(u"error"_s);
                return replies::object(200, reply);
            });
    });
    router.add("GET", "/v1/gpus", [&service](const Call& call) {
        if (const auto target = targetOrRefuse(call))
            answer(service, ask(service, ListGpuOffers{*target}), call, Subject::Anything,
                [](const QList<GpuOffer>& offers) {
                    return replies::object(200, {{u"gpus"_s, toJson(offers)}});
                });
    });
    router.add("POST", "/v1/preflight", [&service](const Call& call) {
        if (auto request = bodyOrRefuse(call, createRequestFromBody))
            answer(service, ask(service, GetQuote{*std::move(request)}), call, Subject::Model,
                [](const DeployQuote& quote) { return replies::object(200, toJson(quote)); });
    });
}

} // namespace visgate
