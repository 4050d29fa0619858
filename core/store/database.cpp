// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/database.h"

#include "core/foundation/file_error.h"
#include "core/store/migrations.h"

#include <QFileInfo>
#include <QStringList>
#include <QUrl>
#include <QUuid>

#include <utility>

namespace visgate {

using namespace Qt::Literals::StringLiterals;

namespace {

// SQLite's primary result codes (sqlite.org/rescode.html); the extended ones carry them in the low byte.
enum class SqliteCode {
    Busy = 5,
    Locked = 6,
    ReadOnly = 8,
    IoError = 10,
    Corrupt = 11,
    Full = 13,
    CannotOpen = 14,
    NotADatabase = 26,
};

SqliteCode codeOf(const QSqlError& error)
{
    constexpr int primary = 0xff;
    return static_cast<SqliteCode>(error.nativeErrorCode().toInt() & primary);
}

} // namespace

Database::Database(QString connection, QString file)
    : m_connection(std::move(connection)), m_file(std::move(file)), m_reserve(QFileInfo(m_file).absolutePath())
{
}

Database::~Database()
{
    handle().close();
    QSqlDatabase::removeDatabase(m_connection);
}

QSqlDatabase Database::handle() const
{
    return QSqlDatabase::database(m_connection, false);
}

Error Database::errorOf(const QSqlError& error) const
{
    const std::string why = error.text().toStdString();
    const std::string folder = QFileInfo(m_file).absolutePath().toStdString();
    switch (codeOf(error)) {
    case SqliteCode::Busy:
    case SqliteCode::Locked:
        return {ErrorCode::StoreBusy, why, 0, {}, {}};
    case SqliteCode::Corrupt:
    case SqliteCode::NotADatabase:
        return fileError(ErrorCode::StoreCorrupt, m_file.toStdString(), why);
    case SqliteCode::Full:
        return fileError(ErrorCode::StoreFull, folder, why);
    case SqliteCode::ReadOnly:
    case SqliteCode::IoError:
    case SqliteCode::CannotOpen:
        // Of a full disk it often only says that it could not.
        return m_reserve.isDiskFull() ? fileError(ErrorCode::StoreFull, folder, why)
                                      : fileError(ErrorCode::FileUnwritable, m_file.toStdString(), why);
    default:
        return {ErrorCode::Internal, why, 0, {}, {}};
    }
}

bool Database::hasMadeRoom(const Error& error)
{
    const bool made = error.code == ErrorCode::StoreFull && !m_inTransaction && m_reserve.release();
    m_reserveIsSpent = m_reserveIsSpent || made;
    return made;
}

Result<std::unique_ptr<Database>> Database::open(const QString& file, Access access)
{
    const QString name = QUuid::createUuid().toString(QUuid::WithoutBraces);
    QSqlDatabase::addDatabase(u"QSQLITE"_s, name);
    std::unique_ptr<Database> database(new Database(name, file));
    auto opened = database->open(access, Mode::Usual);
    if (!opened && database->hasMadeRoom(opened.error()))
        opened = database->open(access, Mode::Usual);
    for (const Mode mode : {Mode::Alone, Mode::Frozen}) {
        if (!opened && opened.error().code == ErrorCode::StoreFull && QFileInfo(file).size() > 0)
            opened = database->open(access, mode);
    }
    if (!opened)
        return fail(std::move(opened.error()));
    if (access == Access::ReadWrite)
        database->m_reserve.refill();
    return database;
}

Result<void> Database::open(Access access, Mode mode)
{
    QSqlDatabase connection = handle();
    connection.close();
    QString options = u"QSQLITE_BUSY_TIMEOUT=5000"_s;
    if (access == Access::ReadOnly || mode == Mode::Frozen)
        options += ";QSQLITE_OPEN_READONLY"_L1;
    if (mode == Mode::Frozen)
        options += ";QSQLITE_OPEN_URI"_L1;
    connection.setConnectOptions(options);
    connection.setDatabaseName(mode == Mode::Frozen
            ? QString::fromUtf8(QUrl::fromLocalFile(QFileInfo(m_file).absoluteFilePath()).toEncoded())
                + "?immutable=1"_L1
            : m_file);
    if (!connection.open())
        return fail(errorOf(connection.lastError()));
    if (access == Access::ReadOnly || mode == Mode::Frozen) {
        auto read = runOnce(u"PRAGMA schema_version"_s, {});
        return read ? Result<void>() : fail(std::move(read.error()));
    }
    return prepare(mode);
}

Result<void> Database::prepare(Mode mode)
{
    QStringList pragmas{u"PRAGMA journal_mode=WAL"_s, u"PRAGMA synchronous=FULL"_s, u"PRAGMA foreign_keys=ON"_s};
    if (mode == Mode::Alone)
        pragmas.prepend(u"PRAGMA locking_mode=EXCLUSIVE"_s);
    for (const QString& pragma : std::as_const(pragmas)) {
        if (auto done = runOnce(pragma, {}); !done)
            return fail(std::move(done.error()));
    }
    auto check = runOnce(u"PRAGMA quick_check(1)"_s, {});
    if (!check)
        return fail(std::move(check.error()));
    if (!check->next() || check->value(0).toString() != "ok"_L1)
        return fail(fileError(ErrorCode::StoreCorrupt, m_file.toStdString(), check->value(0).toString().toStdString()));
    check->finish();
    return migrate(*this, m_file);
}

Result<QSqlQuery> Database::run(const QString& sql, const QVariantList& values)
{
    auto done = runOnce(sql, values);
    if (!done && hasMadeRoom(done.error()))
        done = runOnce(sql, values);
    return done;
}

Result<QSqlQuery> Database::runOnce(const QString& sql, const QVariantList& values)
{
    QSqlQuery query(handle());
    query.setForwardOnly(true);
    if (!query.prepare(sql))
        return fail(errorOf(query.lastError()));
    for (const QVariant& value : values)
        query.addBindValue(value);
    if (!query.exec())
        return fail(errorOf(query.lastError()));
    return query;
}

Result<void> Database::transact(const std::function<Result<void>()>& work)
{
    auto done = transactOnce(work);
    if (!done && hasMadeRoom(done.error()))
        done = transactOnce(work);
    else if (done && m_reserveIsSpent)
        m_reserveIsSpent = !m_reserve.refill();
    return done;
}

Result<void> Database::transactOnce(const std::function<Result<void>()>& work)
{
    if (auto begun = runOnce(u"BEGIN IMMEDIATE"_s, {}); !begun)
        return fail(std::move(begun.error()));
    m_inTransaction = true;
    Result<void> outcome = work();
    m_inTransaction = false;
    if (outcome) {
        auto committed = runOnce(u"COMMIT"_s, {});
        if (committed)
            return {};
        outcome = fail(std::move(committed.error()));
    }
    // SQLite may have rolled back by itself (disk full); then this says so and there is nothing left to undo.
    [[maybe_unused]] const auto undone = runOnce(u"ROLLBACK"_s, {});
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
