// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/catalog/image_registry.h"

#include "core/domain/deployment/image_reference.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QRegularExpression>
#include <QUrlQuery>

#include <utility>

namespace visgate {

using namespace Qt::Literals::StringLiterals;

namespace {

constexpr std::chrono::milliseconds kPatience{2500};
constexpr qint64 kMostBytes = 256 * 1024; ///< of a token reply; a manifest's body is never fetched

/// Where `Bearer realm="...",service="..."` sends us for a token; empty for anything else or an unsafe address.
QUrl tokenAddress(const QByteArray& challenge, const QUrl& registry, const QString& repository)
{
    static const QRegularExpression pair(u"(\\w+)=\"([^\"]*)\""_s);
    const QString text = QString::fromLatin1(challenge);
    if (!text.startsWith("Bearer "_L1, Qt::CaseInsensitive))
        return {};
    QUrl realm;
    QUrlQuery query;
    auto match = pair.globalMatch(text);
    while (match.hasNext()) {
        const auto found = match.next();
        if (found.captured(1) == "realm"_L1)
            realm = QUrl(found.captured(2), QUrl::StrictMode);
        else if (found.captured(1) == "service"_L1)
            query.addQueryItem(u"service"_s, found.captured(2));
    }
    query.addQueryItem(u"scope"_s, u"repository:%1:pull"_s.arg(repository));
    if (!realm.isValid() || (realm.scheme() != "https"_L1 && !isSameOrigin(realm, registry)))
        return {};
    realm.setQuery(query);
    return realm;
}

Result<QString> verdict(const HttpReply& reply, const QString& image)
{
    static const QRegularExpression digest(u"^sha256:[0-9a-f]{64}$"_s);
    const QString told = QString::fromLatin1(reply.header("docker-content-digest"));
    if (reply.isSuccess())
        return digest.match(told).hasMatch() ? told : QString();
    Error error;
    error.providerStatus = reply.status;
    error.arguments = {image.toStdString()};
    if (reply.status == 404)
        error.code = ErrorCode::WorkerImageUnknown;
    else if (reply.status == 429)
        error.code = ErrorCode::RateLimited;
    else
        error.code = reply.status >= 500 ? ErrorCode::ProviderFailed : ErrorCode::ProviderRefused;
    return fail(std::move(error));
}

QCoro::Task<Result<QString>> noImageName(QString text)
{
    co_return fail(ErrorCode::InvalidRequest, "image: " + text.left(200).toStdString());
}

} // namespace

ImageRegistry::ImageRegistry(QUrl docker, HttpClientSettings http)
    : m_docker(docker.isEmpty() ? QUrl(QStringLiteral("https://registry-1.docker.io")) : std::move(docker)),
      m_http(std::move(http))
{
}

QCoro::Task<Result<QString>> ImageRegistry::digest(QString image)
{
    const auto reference = parseImageReference(image);
    if (!reference)
        return noImageName(std::move(image));
    HttpRequest request;
    request.method = "HEAD";
    request.url = reference->host.isEmpty() ? m_docker : QUrl(u"https://"_s + reference->host);
    request.url.setPath(request.url.path() + u"/v2/%1/manifests/%2"_s.arg(reference->repository, reference->version));
    request.headers = {{"Accept",
        "application/vnd.oci.image.index.v1+json, application/vnd.oci.image.manifest.v1+json, "
        "application/vnd.docker.distribution.manifest.list.v2+json, "
        "application/vnd.docker.distribution.manifest.v2+json"}};
    request.timeout = kPatience;
    request.maxReplyBytes = kMostBytes;
    request.attempts = 1;
    return ask(&m_http, m_alive, std::move(request), std::move(image), reference->repository);
}

QCoro::Task<Result<QString>> ImageRegistry::ask(
    HttpClient* http, std::weak_ptr<const bool> alive, HttpRequest request, QString image, QString repository)
{
    auto first = co_await http->send(request);
    if (!first)
        co_return fail(std::move(first.error()));
    const QUrl address
        = first->status == 401 ? tokenAddress(first->header("www-authenticate"), request.url, repository) : QUrl();
    if (address.isEmpty())
        co_return verdict(*first, image);
    if (alive.expired())
        co_return fail(ErrorCode::Cancelled);
    HttpRequest tokenRequest;
    tokenRequest.url = address;
    tokenRequest.timeout = kPatience;
    tokenRequest.maxReplyBytes = kMostBytes;
    tokenRequest.attempts = 1;
    auto answer = co_await http->send(std::move(tokenRequest));
    if (!answer)
        co_return fail(std::move(answer.error()));
    const QJsonObject object = QJsonDocument::fromJson(answer->body).object();
    const QString token = object["token"_L1].toString(object["access_token"_L1].toString());
    if (!answer->isSuccess() || token.isEmpty())
        co_return verdict(*first, image);
    if (alive.expired())
        co_return fail(ErrorCode::Cancelled);
    request.bearer = std::make_shared<const Secret>(token.toStdString());
    auto second = co_await http->send(std::move(request));
    if (!second)
        co_return fail(std::move(second.error()));
    co_return verdict(*second, image);
}

} // namespace visgate
