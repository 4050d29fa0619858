// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/net/http_attempt.h"

#include "core/net/network_error.h"
#include "core/net/upload_device.h"

#include <QNetworkAccessManager>
#include <QNetworkRequest>

namespace visgate {

namespace {

constexpr int kMaxRedirects = 5;

bool sendsBody(const QByteArray& method)
{
    return method == "POST" || method == "PUT" || method == "PATCH";
}

bool isHttp(const QUrl& url)
{
    return (url.scheme() == QLatin1String("https") || url.scheme() == QLatin1String("http")) && !url.host().isEmpty();
}

tl::unexpected<Error> unexpected(const QUrl& url, const QString& what)
{
    return fail(ErrorCode::UnexpectedReply, QStringLiteral("%1: %2").arg(url.host(), what).toStdString());
}

tl::unexpected<Error> tooLarge(const QUrl& url, qint64 limit)
{
    return fail(
        ErrorCode::ReplyTooLarge, QStringLiteral("%1: more than %2 bytes").arg(url.host()).arg(limit).toStdString());
}

} // namespace

QNetworkRequest toNetworkRequest(const HttpRequest& request, const QByteArray& userAgent)
{
    QNetworkRequest out(request.url);
    out.setRawHeader("User-Agent", userAgent);
    out.setAttribute(QNetworkRequest::RedirectPolicyAttribute, QNetworkRequest::ManualRedirectPolicy);
    out.setAttribute(QNetworkRequest::Http2AllowedAttribute, false); // one connection a call, as tested
    out.setAttribute(QNetworkRequest::CookieLoadControlAttribute, QNetworkRequest::Manual);
    out.setAttribute(QNetworkRequest::CookieSaveControlAttribute, QNetworkRequest::Manual);
    out.setAttribute(QNetworkRequest::CacheLoadControlAttribute, QNetworkRequest::AlwaysNetwork);
    out.setAttribute(QNetworkRequest::CacheSaveControlAttribute, false);
    for (const HttpHeader& header : request.headers)
        out.setRawHeader(header.name, header.value);
    if (request.bearer && !request.bearer->isEmpty()) {
        const std::string_view token = request.bearer->reveal();
        out.setRawHeader("Authorization", "Bearer " + QByteArray(token.data(), static_cast<qsizetype>(token.size())));
    }
    if (sendsBody(request.method)) {
        out.setAttribute(QNetworkRequest::DoNotBufferUploadDataAttribute, true);
        out.setHeader(QNetworkRequest::ContentLengthHeader, request.body.size());
        out.setHeader(QNetworkRequest::ContentTypeHeader, request.contentType);
    }
    return out;
}

HttpAttempt::HttpAttempt(QNetworkAccessManager& manager, HttpRequest request, const QByteArray& userAgent, Done done)
    : m_manager(manager), m_request(std::move(request)), m_userAgent(userAgent), m_done(std::move(done))
{
    for (QTimer* timer : {&m_deadline, &m_silence}) {
        timer->setSingleShot(true);
        connect(timer, &QTimer::timeout, this, [this] { finish(fail(timeoutError(m_request.url))); });
    }
}

HttpAttempt::~HttpAttempt()
{
    dropReply();
}

void HttpAttempt::start()
{
    m_deadline.start(m_request.timeout);
    if (!isHttp(m_request.url)) {
        finish(fail(
            ErrorCode::InvalidRequest, m_request.url.toString(QUrl::RemoveUserInfo | QUrl::RemoveQuery).toStdString()));
        return;
    }
    send();
}

void HttpAttempt::send()
{
    const QNetworkRequest request = toNetworkRequest(m_request, m_userAgent);
    if (sendsBody(m_request.method)) {
        auto* body = new UploadDevice(m_request.body);
        m_reply = m_manager.sendCustomRequest(request, m_request.method, body);
        body->setParent(m_reply);
    } else if (m_request.method == "HEAD") {
        m_reply = m_manager.head(request); // as a custom verb, Qt would wait for the body that Content-Length names
    } else {
        m_reply = m_manager.sendCustomRequest(request, m_request.method);
    }
    m_reply->setReadBufferSize(kReadBufferBytes);
    m_silence.start(m_request.connectTimeout);
    connect(m_reply, &QNetworkReply::requestSent, this, &HttpAttempt::onSent);
    connect(m_reply, &QNetworkReply::uploadProgress, this, [this](qint64 sent) {
        if (sent > 0)
            m_silence.stop(); // a large body takes its time
    });
    connect(m_reply, &QNetworkReply::metaDataChanged, this, &HttpAttempt::onMetaData);
    connect(m_reply, &QNetworkReply::readyRead, this, &HttpAttempt::onReadyRead);
    connect(m_reply, &QNetworkReply::finished, this, &HttpAttempt::onFinished);
}

void HttpAttempt::dropReply()
{
    if (m_reply == nullptr)
        return;
    m_reply->disconnect(this);
    m_reply->abort();
    m_reply->deleteLater();
    m_reply = nullptr;
}

void HttpAttempt::onSent()
{
    m_silence.stop();
    if (m_request.answerTimeout.count() > 0)
        m_silence.start(m_request.answerTimeout);
}

void HttpAttempt::onMetaData()
{
    m_silence.stop();
    const QVariant length = m_reply->header(QNetworkRequest::ContentLengthHeader);
    if (length.isValid() && length.toLongLong() > m_request.maxReplyBytes)
        finish(tooLarge(m_request.url, m_request.maxReplyBytes));
}

void HttpAttempt::onReadyRead()
{
    m_body.append(m_reply->readAll());
    if (m_body.size() > m_request.maxReplyBytes)
        finish(tooLarge(m_request.url, m_request.maxReplyBytes));
}

void HttpAttempt::onFinished()
{
    onReadyRead();
    if (m_reply == nullptr)
        return;
    const int status = m_reply->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt();
    const QNetworkReply::NetworkError error = m_reply->error();
    if (status == 0 || !isHttpStatusError(error)) {
        finish(fail(networkError(error, m_request.url, m_reply->errorString())));
        return;
    }
    const QByteArray location = m_reply->rawHeader("Location");
    if (m_request.followRedirects && isRedirect(status) && !location.isEmpty()) {
        follow(status, location);
        return;
    }
    finish(takeReply(status));
}

bool HttpAttempt::isRedirect(int status) const
{
    return status == 301 || status == 302 || status == 303 || status == 307 || status == 308;
}

void HttpAttempt::follow(int status, const QByteArray& location)
{
    const QUrl from = m_request.url;
    QUrl target = from.resolved(QUrl::fromEncoded(location, QUrl::StrictMode));
    target.setUserInfo(QString());
    if (++m_redirects > kMaxRedirects) {
        finish(unexpected(from, QStringLiteral("more than %1 redirects").arg(kMaxRedirects)));
        return;
    }
    if (!isHttp(target) || (from.scheme() == QLatin1String("https") && target.scheme() != from.scheme())) {
        finish(unexpected(from, QStringLiteral("redirected to an unsafe address")));
        return;
    }
    if (sendsBody(m_request.method)) {
        // Other redirects of a body are read in two ways, or would send it (it may hold secrets) a second time.
        if (status != 303) {
            finish(unexpected(from, QStringLiteral("a %1 was redirected").arg(QString::fromLatin1(m_request.method))));
            return;
        }
        m_request.method = "GET";
        m_request.body.clear();
    }
    if (!isSameOrigin(from, target)) {
        m_request.bearer.reset();
        m_request.headers.removeIf([](const HttpHeader& header) {
            return header.name.compare("authorization", Qt::CaseInsensitive) == 0
                || header.name.compare("cookie", Qt::CaseInsensitive) == 0;
        });
    }
    m_request.url = target;
    m_body.clear();
    dropReply();
    send();
}

HttpReply HttpAttempt::takeReply(int status)
{
    HttpReply reply;
    reply.status = status;
    const auto& headers = m_reply->rawHeaderPairs();
    for (const auto& [name, value] : headers)
        reply.headers.append({name, value});
    reply.body = std::move(m_body);
    reply.url = m_request.url;
    return reply;
}

void HttpAttempt::finish(Result<HttpReply> result)
{
    if (!m_done)
        return;
    m_deadline.stop();
    m_silence.stop();
    dropReply();
    QMetaObject::invokeMethod(
        this,
        [done = std::exchange(m_done, nullptr), result = std::move(result)]() mutable { done(std::move(result)); },
        Qt::QueuedConnection);
}

} // namespace visgate
