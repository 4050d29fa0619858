// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/domain/jobs/job.h"
#include "core/foundation/result.h"

#include <QByteArray>
#include <QHash>
#include <QJsonObject>
#include <QList>
#include <QString>

namespace visgate {

/// An artifact that was fetched from a bucket into a file.
struct FetchedArtifact {
    QString path;
    QByteArray sha256; ///< of what was fetched, in hex
    qint64 bytes = 0;
};
/// By place in the result's list.
using FetchedArtifacts = QHash<int, FetchedArtifact>;

/// Turns the artifacts of a worker's result into files of ours. Everything in it came from a socket: sizes are
/// limited, sums are checked, only known picture types are written.
class ArtifactFiles {
public:
    explicit ArtifactFiles(QString folder);

    /// One file an artifact, in a folder of the day: "2026-11-21/job_20261121_0a1b2c3d-1.png". ResultMissing when there
    /// is none, UnexpectedReply when one is not what it says, ReplyTooLarge, StoreFull, FileUnwritable. Nothing is left
    /// behind on failure.
    [[nodiscard]] Result<QList<Artifact>> keep(
        const Job& job, const QJsonObject& output, const FetchedArtifacts& fetched = {}) const;
    /// Where the n-th artifact (from 0) of a job can be fetched to; keep() takes the file away from there.
    [[nodiscard]] Result<QString> scratchFile(const Job& job, int n) const;

private:
    QString m_folder;
};

} // namespace visgate
