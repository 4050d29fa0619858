// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/net/http_message.h"

#include <QDateTime>
#include <QLocale>

#include <algorithm>

namespace visgate {

namespace {

int effectivePort(const QUrl& url)
{
    return url.port(url.scheme() == QLatin1String("https") ? 443 : 80);
}

} // namespace

QByteArray HttpReply::header(QByteArrayView name) const
{
    const auto it = std::find_if(headers.begin(), headers.end(),
        [name](const HttpHeader& field) { return QByteArrayView(field.name).compare(name, Qt::CaseInsensitive) == 0; });
    return it == headers.end() ? QByteArray() : it->value;
}

QByteArray HttpReply::requestId() const
{
    return header("x-request-id");
}

std::optional<std::chrono::seconds> HttpReply::retryAfter() const
{
    const QByteArray text = header("retry-after").trimmed();
    bool isNumber = false;
    const qlonglong seconds = text.toLongLong(&isNumber);
    if (isNumber)
        return std::chrono::seconds(std::max(seconds, qlonglong{0}));
    // IMF-fixdate, the only date form that RFC 9110 section 5.6.7 lets a server send.
    QDateTime date
        = QLocale::c().toDateTime(QString::fromLatin1(text), QStringLiteral("ddd, dd MMM yyyy HH:mm:ss 'GMT'"));
    if (!date.isValid())
        return std::nullopt;
    date.setTimeSpec(Qt::UTC);
    return std::chrono::seconds(std::max(QDateTime::currentDateTimeUtc().secsTo(date), qint64{0}));
}

bool isSameOrigin(const QUrl& a, const QUrl& b)
{
    return a.scheme() == b.scheme() && a.host() == b.host() && effectivePort(a) == effectivePort(b);
}

} // namespace visgate
