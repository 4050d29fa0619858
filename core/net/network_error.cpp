// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/net/network_error.h"

namespace visgate {

namespace {

ErrorCode codeOf(QNetworkReply::NetworkError error)
{
    switch (error) {
    case QNetworkReply::TimeoutError:
    case QNetworkReply::ProxyTimeoutError:
        return ErrorCode::NetworkTimeout;
    case QNetworkReply::SslHandshakeFailedError:
        return ErrorCode::TlsFailed;
    case QNetworkReply::OperationCanceledError:
        return ErrorCode::Cancelled;
    case QNetworkReply::ProtocolFailure:
    case QNetworkReply::ProtocolUnknownError:
    case QNetworkReply::ProtocolInvalidOperationError:
    case QNetworkReply::TooManyRedirectsError:
    case QNetworkReply::InsecureRedirectError:
    case QNetworkReply::UnknownContentError:
        return ErrorCode::UnexpectedReply;
    default:
        return ErrorCode::NetworkUnreachable;
    }
}

QString withoutUrls(const QString& cause, const QUrl& url)
{
    QString text = cause;
    text.replace(url.toString(), url.host());
    text.replace(QString::fromLatin1(url.toEncoded()), url.host());
    return text;
}

} // namespace

bool isHttpStatusError(QNetworkReply::NetworkError error)
{
    switch (error) {
    case QNetworkReply::NoError:
    case QNetworkReply::ContentAccessDenied:
    case QNetworkReply::ContentOperationNotPermittedError:
    case QNetworkReply::ContentNotFoundError:
    case QNetworkReply::AuthenticationRequiredError:
    case QNetworkReply::ContentConflictError:
    case QNetworkReply::ContentGoneError:
    case QNetworkReply::UnknownContentError:
    case QNetworkReply::ProtocolInvalidOperationError: // 400
    case QNetworkReply::InternalServerError:
    case QNetworkReply::OperationNotImplementedError:
    case QNetworkReply::ServiceUnavailableError:
    case QNetworkReply::UnknownServerError:
        return true;
    default:
        return false;
    }
}

Error networkError(QNetworkReply::NetworkError error, const QUrl& url, const QString& cause)
{
    Error result;
    result.code = codeOf(error);
    result.arguments = {url.host().toStdString()};
    // What Qt would have liked to send again: the peer left before it answered, or redirected the body.
    const QString text = error == QNetworkReply::ContentReSendError
        ? QStringLiteral("closed or redirected before the reply; the request was not repeated")
        : withoutUrls(cause, url);
    result.detail = QStringLiteral("%1: %2").arg(url.host(), text).toStdString();
    return result;
}

Error timeoutError(const QUrl& url)
{
    return networkError(QNetworkReply::TimeoutError, url, QStringLiteral("no answer in time"));
}

} // namespace visgate
