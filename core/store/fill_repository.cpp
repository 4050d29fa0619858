// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/fill_repository.h"

#include "core/store/database.h"
#include "core/store/records.h"

namespace visgate {

using namespace Qt::Literals::StringLiterals;

FillRepository::FillRepository(Database& database) : m_database(database) { }

Result<void> FillRepository::save(const VolumeFill& fill)
{
    const QString code = fill.error ? QString::fromStdString(std::string(toString(fill.error->code))) : QString(u""_s);
    auto saved = m_database.run(
        u"INSERT OR REPLACE INTO volume_fills (target, volume_id, data_center, model_id, revision, state, bytes_done, "
        "bytes_total, error, updated_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"_s,
        {toString(fill.target), QString::fromStdString(fill.volume.value()), fill.dataCenter, fill.modelId,
            fill.revision.isEmpty() ? u""_s : fill.revision, toString(fill.state), fill.bytesDone, fill.bytesTotal,
            code, toMicroseconds(fill.updatedAt)});
    if (!saved)
        return tl::unexpected(std::move(saved.error()));
    return {};
}

Result<QList<VolumeFill>> FillRepository::all()
{
    auto rows = m_database.run(
        u"SELECT target, volume_id, data_center, model_id, revision, state, bytes_done, bytes_total, error, updated_at "
        "FROM volume_fills ORDER BY updated_at DESC"_s);
    if (!rows)
        return fail(std::move(rows.error()));
    QList<VolumeFill> fills;
    while (rows->next()) {
        VolumeFill fill;
        fill.target = accountIdFromString(rows->value(0).toString()).value_or(AccountId::practice());
        fill.volume = VolumeId(rows->value(1).toString().toStdString());
        fill.dataCenter = rows->value(2).toString();
        fill.modelId = rows->value(3).toString();
        fill.revision = rows->value(4).toString();
        fill.state = fillStateFromString(rows->value(5).toString()).value_or(FillState::Failed);
        fill.bytesDone = rows->value(6).toLongLong();
        fill.bytesTotal = rows->value(7).toLongLong();
        if (const QString code = rows->value(8).toString(); !code.isEmpty())
            fill.error = Error{errorCodeFromString(code.toStdString()), {}, 0, {}, {}};
        fill.updatedAt = fromMicroseconds(rows->value(9).toLongLong());
        fills.append(std::move(fill));
    }
    return fills;
}

Result<void> FillRepository::forget(AccountId target, const VolumeId& volume)
{
    auto done = m_database.run(u"DELETE FROM volume_fills WHERE target = ? AND volume_id = ?"_s,
        {toString(target), QString::fromStdString(volume.value())});
    if (!done)
        return fail(std::move(done.error()));
    return {};
}

} // namespace visgate
