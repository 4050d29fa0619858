// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/engine/volumes/cache_filler.h"

#include "core/base/json.h"
#include "core/engine/context/account_book.h"
#include "core/engine/context/error_kinds.h"
#include "core/engine/sessions/hub_tokens.h"
#include "core/engine/sessions/provider_sessions.h"
#include "core/engine/sessions/storage_access.h"

#include <QCryptographicHash>
#include <QJsonArray>

#include <algorithm>
#include <utility>

namespace visgate {

using namespace Qt::Literals::StringLiterals;
using std::chrono::milliseconds;

namespace {

constexpr qint64 kPartBytes = 8 * 1024 * 1024;
constexpr int kMostFailures = 6; ///< tries in a row in which nothing new arrived

bool mayPass(ErrorCode code)
{
    return code == ErrorCode::NetworkUnreachable || code == ErrorCode::NetworkTimeout || code == ErrorCode::RateLimited
        || code == ErrorCode::ProviderFailed || code == ErrorCode::UnexpectedReply;
}

QByteArray markerOf(const VolumeFill& fill, const QList<HubFile>& files)
{
    QJsonArray list;
    for (const HubFile& file : files)
        list.append(QJsonObject{{u"path"_s, file.path}, {u"bytes"_s, file.bytes}, {u"sha256"_s, file.sha256}});
    return json::compact({{u"model_id"_s, fill.modelId}, {u"revision"_s, fill.revision}, {u"files"_s, list}});
}

} // namespace

struct CacheFiller::Entry {
    VolumeFill fill;
    std::unique_ptr<S3Client> volume;
    std::shared_ptr<const Secret> token;
    Waker waker;
    qint64 arrived = 0; ///< bytes sent in this try
    bool isAbandoned = false;
};

CacheFiller::CacheFiller(EngineContext& context) : m_context(context) { }

CacheFiller::~CacheFiller() = default;

Result<void> CacheFiller::takeUp()
{
    auto fills = m_context.fills.all();
    if (!fills)
        return fail(std::move(fills.error()));
    for (VolumeFill& fill : *fills) {
        if (fill.state == FillState::Filling)
            start(std::move(fill));
    }
    return {};
}

Result<void> CacheFiller::begin(VolumeFill fill)
{
    if (m_entries.contains({fill.target, fill.volume, fill.modelId}))
        return fail(ErrorCode::Conflict, "filling");
    fill.state = FillState::Filling;
    fill.error.reset();
    fill.updatedAt = m_context.now();
    if (auto saved = m_context.stored(m_context.fills.save(fill)); !saved)
        return saved;
    m_context.at("fill.committed");
    start(std::move(fill));
    return {};
}

void CacheFiller::start(VolumeFill fill)
{
    auto entry = std::make_shared<Entry>();
    entry->fill = std::move(fill);
    m_entries[{entry->fill.target, entry->fill.volume, entry->fill.modelId}] = entry;
    m_context.scope.add(drive(entry));
}

void CacheFiller::abandon(AccountId target, const VolumeId& volume)
{
    for (const auto& [key, entry] : m_entries) {
        if (std::get<0>(key) != target || std::get<1>(key) != volume)
            continue;
        entry->isAbandoned = true;
        entry->waker.wake();
    }
}

void CacheFiller::stop()
{
    for (const auto& [key, entry] : m_entries) {
        entry->volume.reset(); // ends its calls
        entry->waker.wake();
    }
}

bool CacheFiller::isOver(const Entry& entry) const
{
    return m_context.stopping || entry.isAbandoned || !m_context.accounts.isOpen(entry.fill.target);
}

void CacheFiller::save(Entry& entry)
{
    entry.fill.updatedAt = m_context.now();
    [[maybe_unused]] const auto saved = m_context.stored(m_context.fills.save(entry.fill));
}

Task<void> CacheFiller::drive(std::shared_ptr<Entry> entry)
{
    int failures = 0;
    while (!m_context.stopping && !entry->isAbandoned) {
        entry->arrived = 0;
        auto filled = co_await fillOnce(entry);
        if (m_context.stopping || entry->isAbandoned)
            break;
        failures = entry->arrived > 0 ? 0 : failures + 1;
        const bool isEnd = filled || !mayPass(filled.error().code) || failures >= kMostFailures;
        if (isEnd) {
            entry->fill.state = filled ? FillState::Complete : FillState::Failed;
            if (!filled)
                entry->fill.error = filled.error();
            save(*entry);
            m_context.at("fill_ended.committed");
            break;
        }
        const EnginePace pace = m_context.pace(entry->fill.target);
        co_await entry->waker.pause(std::min(pace.retryHigh, pace.retryLow * (1 << std::min(failures, 8))));
    }
    m_entries.erase({entry->fill.target, entry->fill.volume, entry->fill.modelId});
}

Task<Result<void>> CacheFiller::fillOnce(std::shared_ptr<Entry> entry)
{
    VolumeFill& fill = entry->fill;
    auto opened = co_await m_context.accounts.open(fill.target, 0.0);
    if (!opened)
        co_return fail(std::move(opened.error()));
    auto keys = co_await m_context.storage.volumeKeys(fill.target);
    if (isOver(*entry))
        co_return fail(ErrorCode::Cancelled);
    if (!keys)
        co_return fail(std::move(keys.error()));
    entry->volume = std::make_unique<S3Client>(
        m_context.storage.volumeBucket(fill.target, fill.volume, fill.dataCenter, *keys),
        [clock = m_context.config.clock] { return clock->now(); },
        HttpClientSettings::loggingTo(m_context.config.log.network));
    auto token = co_await m_context.hubTokens.hubToken(fill.target, fill.modelId);
    if (isOver(*entry))
        co_return fail(ErrorCode::Cancelled);
    entry->token = token ? *token : nullptr;
    auto files = co_await m_context.accounts.models(fill.target)->files(fill.modelId, fill.revision, entry->token);
    if (isOver(*entry))
        co_return fail(ErrorCode::Cancelled);
    if (!files)
        co_return fail(orOfToken(std::move(files.error()), token));
    fill.revision = files->revision;
    auto sizes = co_await sizesOf(entry, std::move(*files));
    if (!sizes)
        co_return fail(std::move(sizes.error()));
    fill.bytesDone = 0;
    for (const HubFile& file : std::as_const(*sizes)) {
        auto copied = co_await copy(entry, file);
        if (isOver(*entry))
            co_return fail(ErrorCode::Cancelled);
        if (!copied)
            co_return fail(std::move(copied.error()));
        fill.bytesDone += file.bytes;
        save(*entry);
        m_context.at("fill_file.committed");
    }
    // Last: a folder without it is not whole.
    auto marked = co_await entry->volume->put(volumeFolder(fill.modelId, fill.revision) + QLatin1String(kVolumeMarker),
        markerOf(fill, *sizes), "application/json");
    co_return marked;
}

Task<Result<QList<HubFile>>> CacheFiller::sizesOf(std::shared_ptr<Entry> entry, HubFiles files)
{
    QList<HubFile> sizes;
    qint64 total = 0;
    for (const QString& path : std::as_const(files.paths)) {
        auto info = co_await m_context.accounts.models(entry->fill.target)
                        ->fileInfo(entry->fill.modelId, files.revision, path, entry->token);
        if (isOver(*entry))
            co_return fail(ErrorCode::Cancelled);
        if (!info)
            co_return fail(std::move(info.error()));
        total += info->bytes;
        sizes.append(std::move(*info));
    }
    entry->fill.bytesTotal = total;
    ProviderVolumes* const disks = m_context.accounts.provider(entry->fill.target)->volumes();
    const auto& terms = m_context.book.descriptor(entry->fill.target).volumes;
    if (!disks || !terms)
        co_return fail(ErrorCode::ProviderLacks);
    auto volumes = co_await disks->listVolumes();
    if (isOver(*entry))
        co_return fail(ErrorCode::Cancelled);
    if (!volumes)
        co_return fail(std::move(volumes.error()));
    for (const ProviderVolume& volume : *volumes) {
        if (volume.id == entry->fill.volume && static_cast<double>(total) > volume.sizeGb * kBytesPerGb)
            co_return fail(Error{ErrorCode::VolumeTooSmall, {}, 0, {}, {std::to_string(volumeSizeGb(*terms, total))}});
    }
    co_return sizes;
}

Task<Result<void>> CacheFiller::copy(std::shared_ptr<Entry> entry, HubFile file)
{
    const QString key = volumeFolder(entry->fill.modelId, entry->fill.revision) + file.path;
    auto there = co_await entry->volume->size(key);
    if (isOver(*entry))
        co_return fail(ErrorCode::Cancelled);
    if (!there)
        co_return fail(std::move(there.error()));
    if (*there && **there == file.bytes)
        co_return Result<void>();
    if (file.bytes > kPartBytes) {
        auto copied = co_await copyInParts(entry, file, key);
        co_return copied;
    }
    QByteArray bytes;
    if (file.bytes > 0) {
        auto got = co_await m_context.accounts.models(entry->fill.target)
                       ->fileBytes(entry->fill.modelId, entry->fill.revision, file.path, 0, file.bytes, entry->token);
        if (isOver(*entry))
            co_return fail(ErrorCode::Cancelled);
        if (!got)
            co_return fail(std::move(got.error()));
        bytes = std::move(*got);
    }
    const QByteArray sum = QCryptographicHash::hash(bytes, QCryptographicHash::Sha256).toHex();
    if (!file.sha256.isEmpty() && file.sha256 != QLatin1String(sum))
        co_return fail(ErrorCode::UnexpectedReply, file.path.toStdString() + ": the checksum does not match");
    auto put = co_await entry->volume->put(key, std::move(bytes), "application/octet-stream");
    if (put)
        entry->arrived += file.bytes;
    co_return put;
}

Task<Result<void>> CacheFiller::copyInParts(std::shared_ptr<Entry> entry, HubFile file, QString key)
{
    auto upload = co_await entry->volume->beginParts(key);
    if (isOver(*entry))
        co_return fail(ErrorCode::Cancelled);
    if (!upload)
        co_return fail(std::move(upload.error()));
    QCryptographicHash sum(QCryptographicHash::Sha256);
    QStringList tags;
    for (qint64 from = 0; from < file.bytes; from += kPartBytes) {
        const qint64 count = std::min(kPartBytes, file.bytes - from);
        auto got = co_await m_context.accounts.models(entry->fill.target)
                       ->fileBytes(entry->fill.modelId, entry->fill.revision, file.path, from, count, entry->token);
        if (isOver(*entry))
            co_return fail(ErrorCode::Cancelled);
        if (!got)
            co_return fail(std::move(got.error()));
        sum.addData(*got);
        auto tag = co_await entry->volume->putPart(key, *upload, static_cast<int>(tags.size()) + 1, std::move(*got));
        if (isOver(*entry))
            co_return fail(ErrorCode::Cancelled);
        if (!tag)
            co_return fail(std::move(tag.error()));
        tags.append(std::move(*tag));
        entry->arrived += count;
    }
    if (!file.sha256.isEmpty() && file.sha256 != QLatin1String(sum.result().toHex())) {
        [[maybe_unused]] auto dropped = co_await entry->volume->giveUpParts(key, *upload);
        co_return fail(ErrorCode::UnexpectedReply, file.path.toStdString() + ": the checksum does not match");
    }
    auto joined = co_await entry->volume->completeParts(key, *upload, tags);
    co_return joined;
}

} // namespace visgate
