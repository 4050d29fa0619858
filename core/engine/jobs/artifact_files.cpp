// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/engine/jobs/artifact_files.h"

#include "core/base/json.h"
#include "core/base/paths.h"
#include "core/foundation/base64.h"
#include "core/foundation/file_error.h"
#include "core/foundation/worker_protocol/job_output.h"

#include <QCryptographicHash>
#include <QDateTime>
#include <QFile>
#include <QSaveFile>
#include <QStorageInfo>
#include <QTimeZone>
#include <QtEndian>

#include <chrono>
#include <utility>

namespace visgate {

using namespace Qt::Literals::StringLiterals;

namespace {

constexpr std::size_t kMostArtifacts = 64;
constexpr std::size_t kMostBase64 = 16 * 1024 * 1024; ///< the queue itself carries at most 10 MB

std::uint32_t bigEndian(QByteArrayView bytes)
{
    return qFromBigEndian<std::uint32_t>(bytes.data());
}

/// A whole header chunk behind the signature.
bool isPng(QByteArrayView head, qint64)
{
    return head.size() >= 33 && head.startsWith("\x89PNG\r\n\x1a\n") && bigEndian(head.sliced(8, 4)) == 13
        && head.sliced(12, 4) == QByteArrayView("IHDR") && bigEndian(head.sliced(16, 4)) > 0
        && bigEndian(head.sliced(20, 4)) > 0;
}

/// Start of image, and a marker that has a length.
bool isJpeg(QByteArrayView head, qint64)
{
    constexpr char kFirstMarker = '\xc0';
    return head.size() >= 6 && head.startsWith("\xff\xd8\xff")
        && static_cast<unsigned char>(head[3]) >= static_cast<unsigned char>(kFirstMarker);
}

/// A RIFF of exactly the file's size whose first chunk is one of WebP's.
bool isWebp(QByteArrayView head, qint64 size)
{
    if (head.size() < 16 || !head.startsWith("RIFF") || head.sliced(8, 4) != QByteArrayView("WEBP"))
        return false;
    const QByteArrayView chunk = head.sliced(12, 4);
    const bool isKnown
        = chunk == QByteArrayView("VP8 ") || chunk == QByteArrayView("VP8L") || chunk == QByteArrayView("VP8X");
    return isKnown && qFromLittleEndian<std::uint32_t>(head.data() + 4) + 8LL == size;
}

/// A first box "ftyp" that ends inside the file and holds whole brands.
bool isMp4(QByteArrayView head, qint64 size)
{
    constexpr std::uint32_t kMostBrands = 1024;
    const std::uint32_t box = head.size() >= 16 ? bigEndian(head) : 0;
    return box >= 16 && box <= kMostBrands && box % 4 == 0 && box <= size
        && head.sliced(4, 4) == QByteArrayView("ftyp");
}

/// What a worker may hand in, and how its beginning must look: a file is written under the name of its kind, and opened
/// as that kind alone.
struct FileKind {
    QLatin1StringView contentType;
    QLatin1StringView suffix;
    bool (*isThat)(QByteArrayView head, qint64 size);
};

const FileKind* kindOf(const QString& contentType)
{
    static const FileKind kinds[] = {
        {"image/png"_L1, "png"_L1, isPng},
        {"image/jpeg"_L1, "jpg"_L1, isJpeg},
        {"image/webp"_L1, "webp"_L1, isWebp},
        {"video/mp4"_L1, "mp4"_L1, isMp4},
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
    if (!kind.isThat(bytes, bytes.size()))
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

/// Takes what was fetched under its own name, once it is known to be what the worker says.
Result<Artifact> adopt(
    const QString& path, const queue::JobArtifact& entry, const FetchedArtifact& fetched, const FileKind& kind)
{
    constexpr qint64 kHead = 64;
    if (!entry.sha256.empty() && entry.sha256 != fetched.sha256.toStdString())
        return fail(ErrorCode::UnexpectedReply, "an artifact's checksum does not match");
    QFile file(fetched.path);
    if (!file.open(QIODevice::ReadOnly))
        return fail(ErrorCode::FileUnreadable, fetched.path.toStdString());
    const QByteArray head = file.read(kHead);
    file.close();
    if (!kind.isThat(head, fetched.bytes))
        return fail(ErrorCode::UnexpectedReply, "an artifact is not what it says it is");
    QFile::remove(path); // of an earlier run of the same job
    if (!file.rename(path))
        return fail(ErrorCode::FileUnwritable, (path + ": "_L1 + file.errorString()).toStdString());
    Artifact artifact;
    artifact.bytes = fetched.bytes;
    artifact.sha256 = QString::fromLatin1(fetched.sha256);
    return artifact;
}

Result<Artifact> writeInline(const QString& path, const queue::JobArtifact& entry, const FileKind& kind)
{
    auto bytes = decode(entry, kind);
    if (!bytes)
        return fail(std::move(bytes.error()));
    if (auto written = write(path, *bytes); !written)
        return fail(std::move(written.error()));
    Artifact artifact;
    artifact.bytes = bytes->size();
    artifact.sha256 = QString::fromLatin1(QCryptographicHash::hash(*bytes, QCryptographicHash::Sha256).toHex());
    return artifact;
}

Result<Artifact> keepOne(const QString& path, const queue::JobArtifact& entry, const FetchedArtifact* fetched)
{
    const FileKind* const kind = kindOf(QString::fromStdString(entry.contentType));
    if (!kind)
        return fail(ErrorCode::UnexpectedReply, "unknown artifact type " + entry.contentType.substr(0, 80));
    const QString whole = path + u'.' + kind->suffix;
    auto artifact = fetched ? adopt(whole, entry, *fetched, *kind) : writeInline(whole, entry, *kind);
    if (!artifact)
        return artifact;
    artifact->filePath = whole;
    artifact->contentType = kind->contentType;
    artifact->width = entry.width;
    artifact->height = entry.height;
    artifact->seed = entry.seed;
    return artifact;
}

} // namespace

ArtifactFiles::ArtifactFiles(QString folder) : m_folder(std::move(folder)) { }

Result<QString> ArtifactFiles::scratchFile(const Job& job, int n) const
{
    const QString folder = m_folder + u'/' + dayOf(job.createdAt);
    if (auto made = makePrivateFolder(folder); !made)
        return fail(std::move(made.error()));
    return u"%1/.%2-%3.part"_s.arg(folder, QString::fromStdString(job.id.value())).arg(n + 1);
}

Result<QList<Artifact>> ArtifactFiles::keep(
    const Job& job, const QJsonObject& output, const FetchedArtifacts& fetched) const
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
        const auto file = fetched.constFind(static_cast<int>(kept.size()));
        auto artifact = keepOne(path, entry, file == fetched.constEnd() ? nullptr : &*file);
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
