// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/foundation/result.h"

#include <QSqlDatabase>
#include <QSqlQuery>
#include <QString>
#include <QVariantList>

#include <functional>
#include <memory>

namespace visgate {

/// One connection to the program's SQLite file: WAL, synchronous FULL, foreign keys. Stays on the thread that opened
/// it. Failures are StoreFull, StoreCorrupt, StoreTooNew, StoreBusy or FileUnwritable.
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
    explicit Database(QString connection);
    [[nodiscard]] QSqlDatabase handle() const;
    [[nodiscard]] Result<void> prepare(const QString& file, Access access);

    QString m_connection;
};

} // namespace visgate
