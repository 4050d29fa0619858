// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/engine/artifact_files.h"

#include "core/base/json.h"
#include "core/base/paths.h"
#include "core/foundation/base64.h"
#include "core/foundation/file_error.h"
#include "core/foundation/job.h"

#include <QCryptographicHash>
#include <QDateTime>
#include <QFile>
#include <QSaveFile>
#include <QStorageInfo>
#include <QTimeZone>

#include <chrono>
#include <utility>

namespace visgate {

using namespace Qt::Literals::StringLiterals;

namespace {

constexpr std::size_t kMostArtifacts = 64;
constexpr std::size_t kMostBase64 = 16 * 1024 * 1024; ///< the queue itself carries at most 10 MB

struct FileKind {
    QLatin1StringView contentType;
    QLatin1StringView suffix;
    QByteArrayView signature;
    qsizetype offset;
};

const FileKind* kindOf(const QString& contentType)
{
    static const FileKind kinds[] = {
        {"image/png"_L1, "png"_L1, "\x89PNG\r\n\x1a\n", 0},
        {"image/jpeg"_L1, "jpg"_L1, "\xff\xd8\xff", 0},
        {"image/webp"_L1, "webp"_L1, "WEBP", 8},
        {"video/mp4"_L1, "mp4"_L1, "ftyp", 4},
    };
    for (const FileKind& kind : kinds) {
        if (contentType == kind.contentType)
            return &kind;
    }
    return nullptr;
}

QString dayOf(TimePoint time)
{
    const auto seconds = std::chrono::duration_cast<std::chrono::seconds>(time.time_since_epoch());
    return QDateTime::fromSecsSinceEpoch(seconds.count(), Qt::UTC).toString(u"yyyy-MM-dd"_s);
}

Result<QByteArray> decode(const queue::JobArtifact& artifact, const FileKind& kind)
{
    if (artifact.data.empty())
        return fail(ErrorCode::ResultMissing, "an artifact without data");
    if (artifact.data.size() > kMostBase64)
        return fail(ErrorCode::ReplyTooLarge, std::to_string(artifact.data.size()) + " bytes of base64");
    const auto decoded = base64Decode(artifact.data);
    if (!decoded)
        return fail(ErrorCode::UnexpectedReply, "an artifact is not base64");
    QByteArray bytes = QByteArray::fromStdString(*decoded);
    const QByteArray actual = QCryptographicHash::hash(bytes, QCryptographicHash::Sha256).toHex();
    if (!artifact.sha256.empty() && artifact.sha256 != actual.toStdString())
        return fail(ErrorCode::UnexpectedReply, "an artifact's checksum does not match");
    if (!QByteArrayView(bytes).sliced(std::min(bytes.size(), kind.offset)).startsWith(kind.signature))
        return fail(ErrorCode::UnexpectedReply, "an artifact is not what it says it is");
    return bytes;
}

Result<void> write(const QString& path, const QByteArray& bytes)
{
    QSaveFile file(path);
    if (file.open(QIODevice::WriteOnly) && file.write(bytes) == bytes.size() && file.commit())
        return {};
    const QStorageInfo disk(path.section(u'/', 0, -2));
    const bool isFull = disk.isValid() && disk.bytesAvailable() < bytes.size();
    const std::string why = file.errorString().toStdString();
    return fail(isFull ? fileError(ErrorCode::StoreFull, path.section(u'/', 0, -2).toStdString(), why)
                       : fileError(ErrorCode::FileUnwritable, path.toStdString(), why));
}

Result<Artifact> keepOne(const QString& path, const queue::JobArtifact& entry)
{
    const FileKind* const kind = kindOf(QString::fromStdString(entry.contentType));
    if (!kind)
        return fail(ErrorCode::UnexpectedReply, "unknown artifact type " + entry.contentType.substr(0, 80));
    auto bytes = decode(entry, *kind);
    if (!bytes)
        return fail(std::move(bytes.error()));
    Artifact artifact;
    artifact.filePath = path + u'.' + kind->suffix;
    artifact.contentType = kind->contentType;
    artifact.bytes = bytes->size();
    artifact.sha256 = QString::fromLatin1(QCryptographicHash::hash(*bytes, QCryptographicHash::Sha256).toHex());
    artifact.width = entry.width;
    artifact.height = entry.height;
    artifact.seed = entry.seed;
    if (auto written = write(artifact.filePath, *bytes); !written)
        return fail(std::move(written.error()));
    return artifact;
}

} // namespace

ArtifactFiles::ArtifactFiles(QString folder) : m_folder(std::move(folder)) { }

Result<QList<Artifact>> ArtifactFiles::keep(const Job& job, const QJsonObject& output) const
{
    if (!output.contains("artifacts"_L1))
        return fail(ErrorCode::ResultMissing);
    const auto result = queue::parseJobOutput(json::compact(output).toStdString());
    if (!result)
        return fail(result.error());
    if (result->artifacts.empty())
        return fail(ErrorCode::ResultMissing);
    if (result->artifacts.size() > kMostArtifacts)
        return fail(ErrorCode::ReplyTooLarge, std::to_string(result->artifacts.size()) + " artifacts");
    const QString folder = m_folder + u'/' + dayOf(job.createdAt);
    if (auto made = makePrivateFolder(folder); !made)
        return fail(std::move(made.error()));

    QList<Artifact> kept;
    for (const queue::JobArtifact& entry : result->artifacts) {
        const QString path = u"%1/%2-%3"_s.arg(folder, QString::fromStdString(job.id.value())).arg(kept.size() + 1);
        auto artifact = keepOne(path, entry);
        if (!artifact) {
            for (const Artifact& written : std::as_const(kept))
                QFile::remove(written.filePath);
            return fail(std::move(artifact.error()));
        }
        artifact->label = QString::fromStdString(result->label);
        for (const std::string& word : result->unknownWords)
            artifact->unknownWords.append(QString::fromStdString(word));
        kept.append(std::move(*artifact));
    }
    return kept;
}

} // namespace visgate
