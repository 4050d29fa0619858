// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/net/s3_client.h"

#include "core/foundation/hash.h"

#include <QXmlStreamReader>

#include <algorithm>
#include <functional>
#include <limits>
#include <utility>

namespace visgate {

using namespace Qt::Literals::StringLiterals;

namespace {

using QCoro::Task;

constexpr auto kPartTimeout = std::chrono::minutes(10);

std::string_view view(const QByteArray& bytes)
{
    return {bytes.constData(), static_cast<std::size_t>(bytes.size())};
}

/// The text of the first element of that name; the service's reply is not trusted to be whole.
QString element(const QByteArray& xml, QLatin1String name)
{
    QXmlStreamReader reader(xml);
    while (!reader.atEnd()) {
        if (reader.readNext() == QXmlStreamReader::StartElement && reader.name() == name)
            return reader.readElementText(QXmlStreamReader::SkipChildElements).left(500);
    }
    return {};
}

Error errorOf(const HttpReply& reply)
{
    Error error;
    error.providerStatus = reply.status;
    error.requestId = reply.header("x-amz-request-id").toStdString();
    const QString code = element(reply.body, "Code"_L1);
    const QString message = element(reply.body, "Message"_L1);
    error.detail = (code.isEmpty() ? u"status %1"_s.arg(reply.status) : code + u": "_s + message).toStdString();
    if (reply.status == 404)
        error.code = ErrorCode::NotFound;
    else if (reply.status == 429 || reply.status == 503)
        error.code = ErrorCode::RateLimited;
    else
        error.code = reply.status >= 500 ? ErrorCode::ProviderFailed : ErrorCode::StorageRefused;
    return error;
}

Task<Result<HttpReply>> checked(Task<Result<HttpReply>> call)
{
    auto reply = co_await call;
    if (!reply)
        co_return fail(std::move(reply.error()));
    if (!reply->isSuccess())
        co_return fail(errorOf(*reply));
    co_return reply;
}

template <typename T>
Task<Result<T>> read(Task<Result<HttpReply>> call, std::function<Result<T>(const HttpReply&)> take)
{
    auto reply = co_await checked(std::move(call));
    if (!reply)
        co_return fail(std::move(reply.error()));
    co_return take(*reply);
}

Result<void> nothing(const HttpReply&)
{
    return {};
}

Task<Result<void>> goneIsDone(Task<Result<void>> call)
{
    auto outcome = co_await call;
    if (!outcome && outcome.error().code == ErrorCode::NotFound)
        co_return Result<void>();
    co_return outcome;
}

Task<Result<std::optional<qint64>>> sizeOrNone(Task<Result<HttpReply>> call)
{
    auto reply = co_await call;
    if (!reply)
        co_return fail(std::move(reply.error()));
    if (reply->status == 404)
        co_return std::optional<qint64>();
    if (!reply->isSuccess())
        co_return fail(errorOf(*reply));
    bool isNumber = false;
    const qint64 bytes = reply->header("content-length").toLongLong(&isNumber);
    if (!isNumber)
        co_return fail(ErrorCode::UnexpectedReply, "an object without a size");
    co_return std::optional<qint64>(bytes);
}

} // namespace

S3Client::S3Client(S3Bucket bucket, Now now, HttpClientSettings http)
    : m_bucket(std::move(bucket)), m_now(std::move(now)), m_http(std::move(http))
{
}

std::string S3Client::host() const
{
    const QString name = m_bucket.endpoint.host(QUrl::FullyEncoded);
    const int port = m_bucket.endpoint.port();
    return (port < 0 ? name : name + u':' + QString::number(port)).toStdString();
}

std::string S3Client::target(const QString& key, const std::string& query) const
{
    std::string path = m_bucket.endpoint.path(QUrl::FullyEncoded).toStdString();
    while (path.ends_with('/'))
        path.pop_back();
    path += '/' + http::percentEncode(m_bucket.bucket.toStdString());
    const QStringList segments = key.split(u'/');
    for (const QString& segment : segments)
        path += '/' + http::percentEncode(segment.toStdString());
    return query.empty() ? path : path + '?' + query;
}

QUrl S3Client::toUrl(const std::string& where) const
{
    const QString origin = m_bucket.endpoint.toString(QUrl::RemovePath | QUrl::RemoveQuery | QUrl::RemoveFragment);
    return QUrl::fromEncoded((origin + QString::fromStdString(where)).toLatin1(), QUrl::StrictMode);
}

sigv4::Credentials S3Client::credentials() const
{
    return {m_bucket.accessKeyId.toStdString(), m_bucket.secretKey ? m_bucket.secretKey->clone() : Secret(), {}};
}

HttpRequest S3Client::signedRequest(
    const char* method, const QString& key, const std::string& query, QByteArray body) const
{
    http::Request plain;
    plain.method = method;
    plain.target = target(key, query);
    plain.headers.set("Host", host());
    sigv4::sign(plain, {m_bucket.region.toStdString(), "s3"}, credentials(), m_now(), sha256Hex(view(body)));
    HttpRequest request;
    request.method = method;
    request.url = toUrl(plain.target);
    for (const auto& [name, value] : plain.headers.all()) {
        if (name != "Host")
            request.headers.append({QByteArray::fromStdString(name), QByteArray::fromStdString(value)});
    }
    request.body = std::move(body);
    request.followRedirects = false; // a signature holds for one host
    request.attempts = 1;            // and for one time
    return request;
}

Task<Result<void>> S3Client::put(QString key, QByteArray body, QByteArray contentType)
{
    HttpRequest request = signedRequest("PUT", key, {}, std::move(body));
    request.contentType = std::move(contentType);
    request.timeout = kPartTimeout;
    return read<void>(m_http.send(std::move(request)), nothing);
}

Task<Result<QByteArray>> S3Client::get(QString key, qint64 maxBytes)
{
    HttpRequest request = signedRequest("GET", key, {}, {});
    request.maxReplyBytes = maxBytes;
    request.timeout = kPartTimeout;
    return read<QByteArray>(
        m_http.send(std::move(request)), [](const HttpReply& reply) -> Result<QByteArray> { return reply.body; });
}

Task<Result<S3Client::Part>> S3Client::getPart(QString key, qint64 from, qint64 count, qint64 maxWhole)
{
    HttpRequest request = signedRequest("GET", key, {}, {});
    request.headers.append({"Range", "bytes=" + QByteArray::number(from) + '-' + QByteArray::number(from + count - 1)});
    request.maxReplyBytes = std::max(count, maxWhole);
    request.timeout = kPartTimeout;
    return read<Part>(m_http.send(std::move(request)), [from](const HttpReply& reply) -> Result<Part> {
        if (reply.status != 206)
            return Part{reply.body.mid(from), reply.body.size()};
        // "bytes 0-99/1234"
        const QByteArray range = reply.header("content-range");
        bool isNumber = false;
        const qint64 total = range.mid(range.indexOf('/') + 1).toLongLong(&isNumber);
        if (!isNumber || !range.startsWith("bytes " + QByteArray::number(from) + '-') || reply.body.isEmpty())
            return fail(ErrorCode::UnexpectedReply, "not the part that was asked for");
        return Part{reply.body, total};
    });
}

Task<Result<std::optional<qint64>>> S3Client::size(QString key)
{
    HttpRequest request = signedRequest("HEAD", key, {}, {});
    request.maxReplyBytes = std::numeric_limits<qint64>::max(); // the size of what is not sent
    return sizeOrNone(m_http.send(std::move(request)));
}

Task<Result<void>> S3Client::remove(QString key)
{
    return goneIsDone(read<void>(m_http.send(signedRequest("DELETE", key, {}, {})), nothing));
}

Task<Result<QString>> S3Client::beginParts(QString key)
{
    return read<QString>(
        m_http.send(signedRequest("POST", key, "uploads=", {})), [](const HttpReply& reply) -> Result<QString> {
            const QString id = element(reply.body, "UploadId"_L1);
            if (id.isEmpty())
                return fail(ErrorCode::UnexpectedReply, "an upload without an id");
            return id;
        });
}

Task<Result<QString>> S3Client::putPart(QString key, QString upload, int number, QByteArray body)
{
    const std::string query
        = "partNumber=" + std::to_string(number) + "&uploadId=" + http::percentEncode(upload.toStdString());
    HttpRequest request = signedRequest("PUT", key, query, std::move(body));
    request.contentType = "application/octet-stream";
    request.timeout = kPartTimeout;
    return read<QString>(m_http.send(std::move(request)), [](const HttpReply& reply) -> Result<QString> {
        const QByteArray tag = reply.header("etag");
        if (tag.isEmpty())
            return fail(ErrorCode::UnexpectedReply, "a part without a tag");
        return QString::fromLatin1(tag);
    });
}

Task<Result<void>> S3Client::completeParts(QString key, QString upload, QList<QString> tags)
{
    QByteArray body = "<CompleteMultipartUpload>";
    for (qsizetype i = 0; i < tags.size(); ++i)
        body += "<Part><PartNumber>" + QByteArray::number(i + 1) + "</PartNumber><ETag>"
            + tags.at(i).toHtmlEscaped().toLatin1() + "</ETag></Part>";
    body += "</CompleteMultipartUpload>";
    HttpRequest request
        = signedRequest("POST", key, "uploadId=" + http::percentEncode(upload.toStdString()), std::move(body));
    request.contentType = "application/xml";
    request.timeout = kPartTimeout;
    // A failure while joining comes as an error document under status 200.
    return read<void>(m_http.send(std::move(request)), [](const HttpReply& reply) -> Result<void> {
        if (element(reply.body, "CompleteMultipartUploadResult"_L1).isNull() && reply.body.contains("<Error>"))
            return fail(errorOf(reply));
        return {};
    });
}

Task<Result<void>> S3Client::giveUpParts(QString key, QString upload)
{
    const std::string query = "uploadId=" + http::percentEncode(upload.toStdString());
    return goneIsDone(read<void>(m_http.send(signedRequest("DELETE", key, query, {})), nothing));
}

QUrl S3Client::presignedPut(const QString& key, std::chrono::seconds validity) const
{
    return toUrl(sigv4::presign(
        "PUT", host(), target(key), {m_bucket.region.toStdString(), "s3"}, credentials(), m_now(), validity));
}

QUrl S3Client::address(const QString& key) const
{
    return toUrl(target(key));
}

} // namespace visgate
