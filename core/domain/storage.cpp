// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/domain/storage.h"

#include <QRegularExpression>

namespace visgate {

using namespace Qt::Literals::StringLiterals;

namespace {

bool isThisComputer(const QString& host)
{
    return host == "localhost"_L1 || host == "127.0.0.1"_L1 || host == "::1"_L1;
}

} // namespace

QString firstBadField(const StorageSettings& settings)
{
    static const QRegularExpression bucket(u"^[A-Za-z0-9][A-Za-z0-9._-]{1,62}$"_s);
    static const QRegularExpression region(u"^[A-Za-z0-9-]{1,40}$"_s);
    static const QRegularExpression prefix(u"^[A-Za-z0-9._/-]{0,200}$"_s);
    const QUrl& url = settings.endpoint;
    const bool isSafe = url.scheme() == "https"_L1 || (url.scheme() == "http"_L1 && isThisComputer(url.host()));
    if (!url.isValid() || url.host().isEmpty() || !isSafe || url.hasQuery() || !url.userInfo().isEmpty())
        return u"endpoint"_s;
    if (!region.match(settings.region).hasMatch())
        return u"region"_s;
    if (!bucket.match(settings.bucket).hasMatch())
        return u"bucket"_s;
    if (!prefix.match(settings.prefix).hasMatch() || settings.prefix.startsWith(u'/')
        || settings.prefix.contains(".."_L1))
        return u"prefix"_s;
    return {};
}

} // namespace visgate
