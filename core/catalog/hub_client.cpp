// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/catalog/hub_client.h"

#include "core/catalog/hub_reference.h"
#include "core/catalog/hub_refusal.h"
#include "core/catalog/hub_spec.h"

#include <QUrlQuery>

#include <functional>
#include <utility>

namespace visgate {

namespace {

using QCoro::Task;

/// Somebody waits: a hub that is silent for as long is called so, and asked once more.
constexpr std::chrono::seconds kAnswer{10};
constexpr int kAttempts = 2;

template <typename T> using Reader = std::function<Result<T>(const HttpReply&)>;

template <typename T> Task<Result<T>> fetch(HttpClient* http, HttpRequest request, QString modelId, Reader<T> read)
{
    const auto reply = co_await http->send(std::move(request));
    if (!reply)
        co_return fail(reply.error());
    if (!reply->isSuccess())
        co_return fail(hub::refusal(*reply, modelId));
    co_return read(*reply);
}

HubPage toPage(const QList<hub::Model>& models)
{
    HubPage page;
    for (const hub::Model& model : models) {
        auto spec = hub::toSpec(model, std::nullopt);
        page.models.append(spec ? std::move(*spec) : hub::refusedSpec(model, std::move(spec.error())));
    }
    return page;
}

Result<HubPage> readPage(const HttpReply& reply)
{
    const auto models = hub::readModels(reply.body);
    if (!models)
        return fail(models.error());
    HubPage page = toPage(*models);
    const auto next = hub::nextPage(reply.header("link"));
    if (next && isSameOrigin(*next, reply.url)) // the token goes with the next call
        page.next = *next;
    return page;
}

Task<Result<ModelSpec>> noSuchModel(QString text)
{
    Error error;
    error.code = ErrorCode::ModelNotFound;
    error.detail = text.toStdString();
    error.arguments = {text.toStdString()};
    co_return fail(std::move(error));
}

QString hubTaskName(GenerationTask task)
{
    return toString(task).replace(QLatin1Char('_'), QLatin1Char('-'));
}

} // namespace

HubClient::HubClient(HubSettings settings) : m_settings(std::move(settings)), m_http(m_settings.http) { }

HttpRequest HubClient::get(const QString& path, const Token& token) const
{
    HttpRequest request;
    request.url = m_settings.base;
    request.url.setPath(m_settings.base.path() + path, QUrl::DecodedMode);
    request.bearer = token;
    request.answerTimeout = kAnswer;
    request.attempts = kAttempts;
    return request;
}

Task<Result<hub::Model>> HubClient::model(QString id, QString revision, Token token)
{
    QString path = QStringLiteral("/api/models/") + id;
    if (!revision.isEmpty())
        path += QStringLiteral("/revision/") + revision;
    HttpRequest request = get(path, token);
    request.url.setQuery(QStringLiteral("blobs=true"));
    return fetch<hub::Model>(
        &m_http, std::move(request), id, [](const HttpReply& reply) { return hub::readModel(reply.body); });
}

Task<Result<hub::PipelineIndex>> HubClient::pipelineIndex(QString id, QString revision, Token token)
{
    const QString branch = revision.isEmpty() ? QStringLiteral("main") : revision;
    HttpRequest request = get(QStringLiteral("/%1/resolve/%2/model_index.json").arg(id, branch), token);
    request.maxReplyBytes = 1024 * 1024;
    return fetch<hub::PipelineIndex>(
        &m_http, std::move(request), id, [](const HttpReply& reply) { return hub::readPipelineIndex(reply.body); });
}

Task<Result<ModelSpec>> HubClient::find(QString idOrLink, QString revision, Token token)
{
    const auto reference = parseHubReference(idOrLink);
    if (!reference)
        return noSuchModel(idOrLink);
    const QString wanted = revision.isEmpty() ? reference->revision : revision;
    return findWith(model(reference->id, wanted, token), this, m_alive, token);
}

Task<Result<ModelSpec>> HubClient::findWith(
    Task<Result<hub::Model>> modelCall, HubClient* client, std::weak_ptr<const bool> alive, Token token)
{
    const auto model = co_await modelCall;
    if (!model)
        co_return fail(model.error());
    const auto deployable = hub::checkDeployable(*model);
    if (!deployable)
        co_return fail(deployable.error());
    if (alive.expired())
        co_return fail(ErrorCode::Cancelled);
    const auto index = co_await client->pipelineIndex(model->id, model->commit, token);
    // The file list of a gated model is public while its files are not; its licence is checkAccess()'s business.
    if (!index && hub::isOfAccess(index.error().code))
        co_return hub::toSpec(*model, std::nullopt);
    if (!index)
        co_return fail(index.error());
    if (alive.expired())
        co_return fail(ErrorCode::Cancelled);
    auto lists = co_await client->shardLists(*model, index->components, token);
    if (!lists)
        co_return fail(std::move(lists.error()));
    co_return hub::toSpec(*model, *index, *lists);
}

Task<Result<void>> HubClient::checkAccess(QString id, Token token)
{
    return fetch<void>(&m_http, get(QStringLiteral("/api/models/%1/auth-check").arg(id), token), id,
        [](const HttpReply&) { return Result<void>(); });
}

Task<Result<HubPage>> HubClient::search(HubSearch search, Token token)
{
    HttpRequest request = get(QStringLiteral("/api/models"), token);
    if (search.page.isValid() && isSameOrigin(search.page, m_settings.base)) {
        request.url = search.page;
    } else {
        QUrlQuery query;
        query.addQueryItem(
            QStringLiteral("search"), QString::fromLatin1(QUrl::toPercentEncoding(search.text.trimmed())));
        query.addQueryItem(QStringLiteral("filter"), QStringLiteral("diffusers"));
        query.addQueryItem(QStringLiteral("sort"), QStringLiteral("downloads"));
        query.addQueryItem(QStringLiteral("limit"), QString::number(search.limit));
        if (search.task)
            query.addQueryItem(QStringLiteral("pipeline_tag"), hubTaskName(*search.task));
        for (const auto* field : {"pipeline_tag", "library_name", "gated", "downloads", "cardData", "tags"})
            query.addQueryItem(QStringLiteral("expand"), QString::fromLatin1(field));
        request.url.setQuery(query);
    }
    return fetch<HubPage>(&m_http, std::move(request), {}, readPage);
}

Task<Result<QString>> HubClient::whoAmI(Token token)
{
    return fetch<QString>(&m_http, get(QStringLiteral("/api/whoami-v2"), token), {},
        [](const HttpReply& reply) { return hub::readAccountName(reply.body); });
}

} // namespace visgate
