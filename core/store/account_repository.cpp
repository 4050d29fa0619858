// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/account_repository.h"

#include "core/store/database.h"
#include "core/store/records.h"

#include <utility>

namespace visgate {

using namespace Qt::Literals::StringLiterals;

AccountRepository::AccountRepository(Database& database) : m_database(database) { }

Result<QList<AccountRow>> AccountRepository::all()
{
    auto query = m_database.run(u"SELECT id, name, added_at, removed_at FROM accounts ORDER BY added_at, id"_s);
    if (!query)
        return fail(std::move(query.error()));
    QList<AccountRow> rows;
    while (query->next()) {
        const auto id = accountIdFromString(query->value(0).toString());
        if (!id)
            return fail(ErrorCode::StoreCorrupt, "accounts.id");
        AccountRow row{*id, query->value(1).toString(), fromMicroseconds(query->value(2).toLongLong())};
        if (!query->value(3).isNull())
            row.removedAt = fromMicroseconds(query->value(3).toLongLong());
        rows.append(std::move(row));
    }
    return rows;
}

Result<void> AccountRepository::save(const AccountRow& row)
{
    auto saved
        = m_database.run(u"INSERT OR REPLACE INTO accounts (id, name, added_at, removed_at) VALUES (?, ?, ?, ?)"_s,
            {toString(row.id), row.name, toMicroseconds(row.addedAt),
                row.removedAt ? QVariant(toMicroseconds(*row.removedAt)) : QVariant()});
    if (!saved)
        return fail(std::move(saved.error()));
    return {};
}

} // namespace visgate
