// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/domain/storage/storage.h"

#include <QRegularExpression>

namespace visgate {

using namespace Qt::Literals::StringLiterals;

namespace {

bool isThisComputer(const QString& host)
{
    return host == "localhost"_L1 || host == "127.0.0.1"_L1 || host == "::1"_L1;
}

/// "s3://bucket/folder", "arn:aws:s3:::bucket" or "bucket/folder" in the bucket's field.
void takeBucketApart(QString& bucket, QString& prefix)
{
    for (const auto mark : {"s3://"_L1, "arn:aws:s3:::"_L1}) {
        if (bucket.startsWith(mark, Qt::CaseInsensitive))
            bucket.remove(0, mark.size());
    }
    const qsizetype slash = bucket.indexOf(u'/');
    if (slash < 0)
        return;
    if (prefix.isEmpty())
        prefix = bucket.mid(slash + 1);
    bucket.truncate(slash);
}

QUrl addressOf(QString text, const QString& bucket)
{
    if (!text.isEmpty() && !text.contains("://"_L1)) {
        const QString host = QUrl(u"https://"_s + text).host();
        text.prepend(isThisComputer(host) ? "http://"_L1 : "https://"_L1);
    }
    QUrl url(text, QUrl::StrictMode);
    QString path = url.path();
    const auto dropSlashes = [&path] {
        while (path.endsWith(u'/'))
            path.chop(1);
    };
    dropSlashes();
    if (!bucket.isEmpty() && path.endsWith(u'/' + bucket)) {
        path.chop(bucket.size() + 1);
        dropSlashes();
    }
    url.setPath(path);
    // Buckets are addressed by path, whatever form the address was shown in. A service may be called like its bucket
    // ("storage.googleapis.com"): only hosts that are known to be shown with the bucket before them lose it.
    static const QRegularExpression service(u"^s3[.-]|(digitaloceanspaces|linodeobjects)\\.com$"_s);
    const QString rest = url.host().mid(bucket.size() + 1);
    if (!bucket.isEmpty() && url.host().startsWith(bucket.toLower() + u'.') && service.match(rest).hasMatch())
        url.setHost(rest);
    return url;
}

} // namespace

StorageSettings storageFromText(QString endpoint, QString region, QString bucket, QString prefix)
{
    static const QRegularExpression slashes(u"/{2,}"_s);
    bucket = bucket.trimmed();
    prefix = prefix.trimmed();
    takeBucketApart(bucket, prefix);
    prefix.replace(slashes, u"/"_s);
    if (prefix.startsWith(u'/'))
        prefix.remove(0, 1);
    if (!prefix.isEmpty() && !prefix.endsWith(u'/'))
        prefix += u'/';
    // Letters with marks have two spellings, which would be two folders in the bucket.
    return {addressOf(endpoint.trimmed(), bucket), region.trimmed(), bucket,
        prefix.normalized(QString::NormalizationForm_C)};
}

QString firstBadField(const StorageSettings& settings)
{
    static const QRegularExpression bucket(u"^[A-Za-z0-9][A-Za-z0-9._-]{1,62}$"_s);
    static const QRegularExpression region(u"^[A-Za-z0-9-]{1,40}$"_s);
    static const QRegularExpression prefix(u"^[\\p{L}\\p{M}\\p{N}._/ -]{0,200}$"_s);
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
