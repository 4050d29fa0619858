// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/foundation/result.h"

#include <QByteArray>
#include <QList>
#include <QString>
#include <QStringList>

namespace visgate {

/// Every package of the picture engine by version and sums, so that what is installed is what was tried
/// (resources/picture_engine/lock.json).
struct EngineLock {
    struct Package {
        QString name;
        QString version;
        QStringList sha256; ///< of its wheels, for each system and Python
        QString marker;     ///< where it is needed, in pip's words; empty: everywhere
        qint64 bytes = 0;   ///< to be fetched, about
    };
    QList<Package> packages; ///< what others need comes first
    QStringList pythons;     ///< "3.11": the newest that is there is taken
    qint64 installedBytes = 0;
    QString fingerprint; ///< changes with any of this

    [[nodiscard]] qint64 downloadBytes() const;
    /// A few lines of pip's, of so many bytes together or one package that is larger: what is fetched in one go.
    struct Batch {
        QString name; ///< of its largest package, with its version
        QString requirements;
        qint64 bytes = 0;
    };
    [[nodiscard]] QList<Batch> batches() const;

    [[nodiscard]] static EngineLock builtIn();
    /// UnexpectedReply for what is none.
    [[nodiscard]] static Result<EngineLock> parse(const QByteArray& json);
};

} // namespace visgate
