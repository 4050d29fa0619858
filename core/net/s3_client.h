// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/foundation/clock.h"
#include "core/foundation/crypto/sigv4.h"
#include "core/foundation/result.h"
#include "core/net/http_client.h"

#include <QByteArray>
#include <QCoroTask>
#include <QList>
#include <QString>
#include <QUrl>

#include <functional>
#include <memory>
#include <optional>

namespace visgate {

/// One bucket, addressed by path, and the keys to it.
struct S3Bucket {
    QUrl endpoint; ///< "https://s3.eu-central-1.amazonaws.com", perhaps with a path of its own
    QString region;
    QString bucket;
    QString accessKeyId;
    std::shared_ptr<const Secret> secretKey;
};

/// A bucket of any service that speaks S3 with Signature Version 4. Lives on one thread. Bodies are hashed and signed.
///
/// Errors beyond those of HttpClient: NotFound (404), StorageRefused (the service's own code and words), RateLimited,
/// ProviderFailed, UnexpectedReply. A write is sent once. Destroying the client ends calls in flight with Cancelled.
class S3Client {
public:
    using Now = std::function<TimePoint()>;

    S3Client(S3Bucket bucket, Now now, HttpClientSettings http = {});

    [[nodiscard]] QCoro::Task<Result<void>> put(QString key, QByteArray body, QByteArray contentType);
    [[nodiscard]] QCoro::Task<Result<QByteArray>> get(QString key, qint64 maxBytes);
    /// A part of an object, from byte `from` on; the whole of it from a service that knows no parts.
    struct Part {
        QByteArray bytes;
        qint64 total = 0; ///< the object's size
    };
    [[nodiscard]] QCoro::Task<Result<Part>> getPart(QString key, qint64 from, qint64 count, qint64 maxWhole);
    /// The object's size; empty if there is none.
    [[nodiscard]] QCoro::Task<Result<std::optional<qint64>>> size(QString key);
    /// 404 is success.
    [[nodiscard]] QCoro::Task<Result<void>> remove(QString key);

    /// Large objects in parts of at least 5 MB, the last excepted. What is begun and not completed costs storage until
    /// it is given up.
    [[nodiscard]] QCoro::Task<Result<QString>> beginParts(QString key);
    /// The part's tag, for completeParts(). Numbers from 1.
    [[nodiscard]] QCoro::Task<Result<QString>> putPart(QString key, QString upload, int number, QByteArray body);
    [[nodiscard]] QCoro::Task<Result<void>> completeParts(QString key, QString upload, QList<QString> tags);
    [[nodiscard]] QCoro::Task<Result<void>> giveUpParts(QString key, QString upload);

    /// An address to which whoever has it may put this one object until then.
    [[nodiscard]] QUrl presignedPut(const QString& key, std::chrono::seconds validity) const;
    /// The object's address without a signature.
    [[nodiscard]] QUrl address(const QString& key) const;

private:
    [[nodiscard]] std::string target(const QString& key, const std::string& query = {}) const;
    [[nodiscard]] HttpRequest signedRequest(
        const char* method, const QString& key, const std::string& query, QByteArray body) const;
    [[nodiscard]] sigv4::Credentials credentials() const;
    [[nodiscard]] std::string host() const;
    [[nodiscard]] QUrl toUrl(const std::string& target) const;

    S3Bucket m_bucket;
    Now m_now;
    HttpClient m_http;
};

} // namespace visgate
