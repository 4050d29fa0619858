// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/foundation/result.h"
#include "core/store/disk_reserve.h"

#include <QSqlDatabase>
#include <QSqlError>
#include <QSqlQuery>
#include <QString>
#include <QVariantList>

#include <functional>
#include <memory>

namespace visgate {

/// One connection to the program's SQLite file: WAL, synchronous FULL, foreign keys. Stays on the thread that opened
/// it. Failures are StoreFull, StoreCorrupt, StoreTooNew, StoreBusy or FileUnwritable, and name the file or folder.
/// A full disk: a reserve gives its room back; where that is not enough the file is still open, for reading.
class Database {
public:
    enum class Access { ReadWrite, ReadOnly };

    /// Opens, checks and migrates the file. A copy of it is kept ("visgate.db.v1.bak") before each migration.
    [[nodiscard]] static Result<std::unique_ptr<Database>> open(const QString& file, Access access = Access::ReadWrite);
    ~Database();
    Database(const Database&) = delete;
    Database& operator=(const Database&) = delete;

    /// Prepares, binds in order, executes.
    [[nodiscard]] Result<QSqlQuery> run(const QString& sql, const QVariantList& values = {});
    /// All of `work` or nothing; committed to disk when it returns success.
    [[nodiscard]] Result<void> transact(const std::function<Result<void>()>& work);
    /// The schema version of the file.
    [[nodiscard]] Result<int> version();

private:
    enum class Mode {
        Usual,
        Alone,  ///< without the shared memory file, which needs room; no other connection can be made
        Frozen, ///< nothing is written at all, and what is in the journal is not seen
    };

    Database(QString connection, QString file);
    [[nodiscard]] QSqlDatabase handle() const;
    [[nodiscard]] Result<void> open(Access access, Mode mode);
    [[nodiscard]] Result<void> prepare(Mode mode);
    [[nodiscard]] Result<void> transactOnce(const std::function<Result<void>()>& work);
    [[nodiscard]] Result<QSqlQuery> runOnce(const QString& sql, const QVariantList& values);
    [[nodiscard]] Error errorOf(const QSqlError& error) const;
    /// Whether the same may be tried again, because the reserve has made room.
    [[nodiscard]] bool hasMadeRoom(const Error& error);

    QString m_connection;
    QString m_file;
    DiskReserve m_reserve;
    bool m_inTransaction = false;
    bool m_reserveIsSpent = false;
};

} // namespace visgate
