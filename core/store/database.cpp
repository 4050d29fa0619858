// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/database.h"

#include "core/store/migrations.h"

#include <QSqlError>
#include <QUuid>

#include <utility>

namespace visgate {

using namespace Qt::Literals::StringLiterals;

namespace {

// SQLite's primary result codes (sqlite.org/rescode.html); the extended ones carry them in the low byte.
ErrorCode codeOf(const QSqlError& error)
{
    switch (error.nativeErrorCode().toInt() & 0xff) {
    case 5: // SQLITE_BUSY
    case 6: // SQLITE_LOCKED
        return ErrorCode::StoreBusy;
    case 11: // SQLITE_CORRUPT
    case 26: // SQLITE_NOTADB
        return ErrorCode::StoreCorrupt;
    case 13: // SQLITE_FULL
        return ErrorCode::StoreFull;
    case 8:  // SQLITE_READONLY
    case 10: // SQLITE_IOERR
    case 14: // SQLITE_CANTOPEN
        return ErrorCode::FileUnwritable;
    default:
        return ErrorCode::Internal;
    }
}

tl::unexpected<Error> failWith(const QSqlError& error)
{
    return fail(codeOf(error), error.text().toStdString());
}

} // namespace

Database::Database(QString connection) : m_connection(std::move(connection)) { }

Database::~Database()
{
    handle().close();
    QSqlDatabase::removeDatabase(m_connection);
}

QSqlDatabase Database::handle() const
{
    return QSqlDatabase::database(m_connection, false);
}

Result<std::unique_ptr<Database>> Database::open(const QString& file, Access access)
{
    const QString name = QUuid::createUuid().toString(QUuid::WithoutBraces);
    QSqlDatabase::addDatabase(u"QSQLITE"_s, name).setDatabaseName(file);
    std::unique_ptr<Database> database(new Database(name));
    if (auto prepared = database->prepare(file, access); !prepared)
        return fail(std::move(prepared.error()));
    return database;
}

Result<void> Database::prepare(const QString& file, Access access)
{
    QSqlDatabase connection = handle();
    QString options = u"QSQLITE_BUSY_TIMEOUT=5000"_s;
    if (access == Access::ReadOnly)
        options += ";QSQLITE_OPEN_READONLY"_L1;
    connection.setConnectOptions(options);
    if (!connection.open())
        return failWith(connection.lastError());
    if (access == Access::ReadOnly)
        return {};
    for (const QString& pragma :
        {u"PRAGMA journal_mode=WAL"_s, u"PRAGMA synchronous=FULL"_s, u"PRAGMA foreign_keys=ON"_s}) {
        if (auto done = run(pragma); !done)
            return fail(std::move(done.error()));
    }
    auto check = run(u"PRAGMA quick_check(1)"_s);
    if (!check)
        return fail(std::move(check.error()));
    if (!check->next() || check->value(0).toString() != "ok"_L1)
        return fail(ErrorCode::StoreCorrupt, check->value(0).toString().toStdString());
    check->finish();
    return migrate(*this, file);
}

Result<QSqlQuery> Database::run(const QString& sql, const QVariantList& values)
{
    QSqlQuery query(handle());
    query.setForwardOnly(true);
    if (!query.prepare(sql))
        return failWith(query.lastError());
    for (const QVariant& value : values)
        query.addBindValue(value);
    if (!query.exec())
        return failWith(query.lastError());
    return query;
}

Result<void> Database::transact(const std::function<Result<void>()>& work)
{
    if (auto begun = run(u"BEGIN IMMEDIATE"_s); !begun)
        return fail(std::move(begun.error()));
    Result<void> outcome = work();
    if (outcome) {
        auto committed = run(u"COMMIT"_s);
        if (committed)
            return {};
        outcome = fail(std::move(committed.error()));
    }
    // SQLite may have rolled back by itself (disk full); then this says so and there is nothing left to undo.
    [[maybe_unused]] const auto undone = run(u"ROLLBACK"_s);
    return outcome;
}

Result<int> Database::version()
{
    auto query = run(u"PRAGMA user_version"_s);
    if (!query)
        return fail(std::move(query.error()));
    if (!query->next())
        return fail(ErrorCode::StoreCorrupt, "no user_version");
    return query->value(0).toInt();
}

} // namespace visgate
