// SPDX-License-Identifier: GPL-3.0-or-later
// Results by way of the user's own bucket: the job brings an address for each picture, signed for it alone; what the
// worker put there is fetched and kept like any other result.
#include "core/base/settings.h"
#include "core/engine/accounts.h"
#include "core/engine/job_entry.h"
#include "core/net/s3_client.h"

#include <QJsonArray>

#include <algorithm>
#include <utility>

namespace visgate {

using namespace Qt::Literals::StringLiterals;
using std::chrono::hours;

namespace {

/// A job may wait in the queue for a day and then run for its limit.
constexpr hours kQueueTime{24};
constexpr hours kLongestValidity{7 * 24};
constexpr qint64 kMostBytes = 64 * 1024 * 1024;

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

Task<Result<QJsonObject>> JobRunner::workerInput(std::shared_ptr<Entry> entry)
{
    const Job& job = entry->job;
    QJsonObject input = toWorkerInput(job.input);
    auto bucket = co_await m_context.accounts.storageBucket(entry->target);
    if (!bucket)
        co_return fail(std::move(bucket.error()));
    if (!*bucket)
        co_return input;
    const QString prefix = m_context.settings.value(Settings::table().storagePrefix);
    const auto client = clientFor(std::move(**bucket), m_context.config);
    const std::chrono::seconds validity = std::min<std::chrono::seconds>(
        kQueueTime + m_hooks.executionTimeoutOf(entry->job.deployment), kLongestValidity);
    QJsonArray addresses;
    for (int number = 1; number <= std::max(1, job.input.count); ++number) {
        const QUrl address = client->presignedPut(objectKey(prefix, entry->job.id, number), validity);
        addresses.append(QString::fromLatin1(address.toEncoded()));
    }
    input[u"upload_urls"_s] = addresses;
    co_return input;
}

Task<Result<QJsonObject>> JobRunner::withUploads(std::shared_ptr<Entry> entry, QJsonObject output)
{
    QJsonArray artifacts = output["artifacts"_L1].toArray();
    std::shared_ptr<S3Client> client;
    const QString prefix = m_context.settings.value(Settings::table().storagePrefix);
    for (qsizetype i = 0; i < artifacts.size(); ++i) {
        QJsonObject artifact = artifacts.at(i).toObject();
        if (artifact.contains("data"_L1) || !artifact.contains("url"_L1))
            continue;
        if (!client) {
            auto bucket = co_await m_context.accounts.storageBucket(entry->target);
            if (!bucket)
                co_return fail(std::move(bucket.error()));
            if (!*bucket)
                co_return fail(ErrorCode::StorageRefused, "the storage that took the result is no longer set up");
            client = clientFor(std::move(**bucket), m_context.config);
        }
        // By our own name for it: what the worker says about addresses is not followed.
        auto bytes = co_await client->get(objectKey(prefix, entry->job.id, static_cast<int>(i) + 1), kMostBytes);
        if (m_context.stopping)
            co_return fail(ErrorCode::Cancelled);
        if (!bytes)
            co_return fail(std::move(bytes.error()));
        artifact[u"data"_s] = QString::fromLatin1(bytes->toBase64());
        artifacts.replace(i, artifact);
    }
    if (!artifacts.isEmpty())
        output[u"artifacts"_s] = artifacts;
    co_return output;
}

} // namespace visgate
