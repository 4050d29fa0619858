// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/engine/jobs/job_uploads.h"

#include "core/base/settings.h"
#include "core/engine/sessions/provider_sessions.h"
#include "core/engine/sessions/storage_access.h"
#include "core/net/s3_client.h"

#include <QCryptographicHash>
#include <QFile>
#include <QJsonArray>

#include <algorithm>
#include <utility>

namespace visgate {

using namespace Qt::Literals::StringLiterals;

namespace {

/// A job may wait in the queue for a day and then run for its limit.
constexpr std::chrono::hours kQueueTime{24};
constexpr std::chrono::hours kLongestValidity{7 * 24};
constexpr qint64 kMostBytes = 2LL * 1024 * 1024 * 1024; ///< of one artifact
constexpr qint64 kFetchedAtOnce = 8 * 1024 * 1024;      ///< fetched at once
constexpr qint64 kMostWithoutParts = 64 * 1024 * 1024;  ///< of a service that sends only wholes
constexpr qsizetype kMostUploads = 64;

std::shared_ptr<S3Client> clientFor(S3Bucket bucket, const EngineConfig& config)
{
    return std::make_shared<S3Client>(
        std::move(bucket), [clock = config.clock] { return clock->now(); },
        HttpClientSettings::loggingTo(config.log.network));
}

/// "prefix/job_20261121_0a1b2c3d-1.png"; the same whenever it is asked for.
QString objectKey(const QString& prefix, const JobId& job, int number)
{
    return prefix + QString::fromStdString(job.value()) + u"-%1.png"_s.arg(number);
}

} // namespace

Task<Result<QJsonArray>> JobUploads::addressesFor(Job job, AccountId target, std::chrono::seconds limit)
{
    QJsonArray addresses;
    auto bucket = co_await m_context.storage.storageBucket(target);
    if (!bucket)
        co_return fail(std::move(bucket.error()));
    if (!*bucket)
        co_return addresses;
    const QString prefix = m_context.settings.value(Settings::table().storagePrefix);
    const auto client = clientFor(std::move(**bucket), m_context.config);
    const std::chrono::seconds validity = std::min<std::chrono::seconds>(kQueueTime + limit, kLongestValidity);
    for (int number = 1; number <= std::max(1, job.input.count); ++number) {
        const QUrl address = client->presignedPut(objectKey(prefix, job.id, number), validity);
        addresses.append(QString::fromLatin1(address.toEncoded()));
    }
    co_return addresses;
}

/// By our own name for it: what the worker says about addresses is not followed. In parts, so that a film does not have
/// to fit into memory.
Task<Result<FetchedArtifact>> JobUploads::fetchOne(std::shared_ptr<S3Client> client, QString key, QString path)
{
    FetchedArtifact fetched;
    fetched.path = path;
    QFile file(path);
    if (!file.open(QIODevice::WriteOnly | QIODevice::Truncate))
        co_return fail(ErrorCode::FileUnwritable, (path + u": "_s + file.errorString()).toStdString());
    QCryptographicHash sum(QCryptographicHash::Sha256);
    for (qint64 total = 1; fetched.bytes < total;) {
        auto part = co_await client->getPart(key, fetched.bytes, kFetchedAtOnce, kMostWithoutParts);
        if (m_context.stopping)
            co_return fail(ErrorCode::Cancelled);
        if (!part)
            co_return fail(std::move(part.error()));
        total = part->total;
        if (total > kMostBytes || part->bytes.isEmpty())
            co_return fail(ErrorCode::ReplyTooLarge, std::to_string(total) + " bytes in the bucket");
        if (file.write(part->bytes) != part->bytes.size() || !file.flush())
            co_return fail(ErrorCode::StoreFull, (path + u": "_s + file.errorString()).toStdString());
        sum.addData(part->bytes);
        fetched.bytes += part->bytes.size();
    }
    fetched.sha256 = sum.result().toHex();
    co_return fetched;
}

Task<Result<FetchedArtifacts>> JobUploads::fetch(Job job, AccountId target, QJsonObject output)
{
    const QJsonArray artifacts = output.value("artifacts"_L1).toArray();
    FetchedArtifacts all;
    std::shared_ptr<S3Client> client;
    const QString prefix = m_context.settings.value(Settings::table().storagePrefix);
    for (qsizetype i = 0; i < std::min<qsizetype>(artifacts.size(), kMostUploads); ++i) {
        const QJsonObject artifact = artifacts.at(i).toObject();
        if (artifact.contains("data"_L1) || !artifact.contains("url"_L1))
            continue;
        if (!client) {
            auto bucket = co_await m_context.storage.storageBucket(target);
            if (!bucket)
                co_return fail(std::move(bucket.error()));
            if (!*bucket)
                co_return fail(ErrorCode::StorageRefused, "the storage that took the result is no longer set up");
            client = clientFor(std::move(**bucket), m_context.config);
        }
        const int number = static_cast<int>(i);
        auto path = m_files.scratchFile(job, number);
        if (!path)
            co_return fail(std::move(path.error()));
        auto fetched = co_await fetchOne(client, objectKey(prefix, job.id, number + 1), *path);
        if (!fetched) {
            QFile::remove(*path);
            co_return fail(std::move(fetched.error()));
        }
        all.insert(number, std::move(*fetched));
    }
    co_return all;
}

} // namespace visgate
