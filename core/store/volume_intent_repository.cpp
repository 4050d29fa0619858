// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/volume_intent_repository.h"

#include "core/store/database.h"
#include "core/store/records.h"

#include <utility>

namespace visgate {

using namespace Qt::Literals::StringLiterals;

namespace {

/// A null text is no text to SQLite.
QString notNull(const QString& text)
{
    return text.isNull() ? u""_s : text;
}

} // namespace

VolumeIntentRepository::VolumeIntentRepository(Database& database) : m_database(database) { }

Result<VolumeIntent> VolumeIntentRepository::open(VolumeIntent intent)
{
    auto query = m_database.run(
        u"INSERT INTO volume_intents (target, name, size_gb, data_center, known, model_id, revision, created_at) "
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?)"_s,
        {toString(intent.target), notNull(intent.name), intent.sizeGb, notNull(intent.dataCenter),
            notNull(intent.known.join(u' ')), notNull(intent.modelId), notNull(intent.revision),
            toMicroseconds(intent.createdAt)});
    if (!query)
        return fail(std::move(query.error()));
    intent.id = query->lastInsertId().toLongLong();
    return intent;
}

Result<QList<VolumeIntent>> VolumeIntentRepository::all()
{
    auto rows = m_database.run(u"SELECT id, target, name, size_gb, data_center, known, model_id, revision, created_at "
                               "FROM volume_intents ORDER BY id"_s);
    if (!rows)
        return fail(std::move(rows.error()));
    QList<VolumeIntent> intents;
    while (rows->next()) {
        VolumeIntent intent;
        intent.id = rows->value(0).toLongLong();
        intent.target = accountIdFromString(rows->value(1).toString()).value_or(AccountId::practice());
        intent.name = rows->value(2).toString();
        intent.sizeGb = rows->value(3).toInt();
        intent.dataCenter = rows->value(4).toString();
        intent.known = rows->value(5).toString().split(u' ', Qt::SkipEmptyParts);
        intent.modelId = rows->value(6).toString();
        intent.revision = rows->value(7).toString();
        intent.createdAt = fromMicroseconds(rows->value(8).toLongLong());
        intents.append(std::move(intent));
    }
    return intents;
}

Result<void> VolumeIntentRepository::close(qint64 id)
{
    auto done = m_database.run(u"DELETE FROM volume_intents WHERE id = ?"_s, {id});
    if (!done)
        return fail(std::move(done.error()));
    return {};
}

Result<VolumeChange> VolumeIntentRepository::open(VolumeChange change)
{
    auto query = m_database.run(u"INSERT OR REPLACE INTO volume_changes (target, volume_id, size_gb, created_at) "
                                "VALUES (?, ?, ?, ?)"_s,
        {toString(change.target), QString::fromStdString(change.volume.value()), change.sizeGb,
            toMicroseconds(change.createdAt)});
    if (!query)
        return fail(std::move(query.error()));
    change.id = query->lastInsertId().toLongLong();
    return change;
}

Result<QList<VolumeChange>> VolumeIntentRepository::changes()
{
    auto rows = m_database.run(u"SELECT id, target, volume_id, size_gb, created_at FROM volume_changes ORDER BY id"_s);
    if (!rows)
        return fail(std::move(rows.error()));
    QList<VolumeChange> changes;
    while (rows->next()) {
        VolumeChange change;
        change.id = rows->value(0).toLongLong();
        change.target = accountIdFromString(rows->value(1).toString()).value_or(AccountId::practice());
        change.volume = VolumeId(rows->value(2).toString().toStdString());
        change.sizeGb = rows->value(3).toInt();
        change.createdAt = fromMicroseconds(rows->value(4).toLongLong());
        changes.append(std::move(change));
    }
    return changes;
}

Result<void> VolumeIntentRepository::closeChange(qint64 id)
{
    auto done = m_database.run(u"DELETE FROM volume_changes WHERE id = ?"_s, {id});
    if (!done)
        return fail(std::move(done.error()));
    return {};
}

} // namespace visgate
