// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/history_repository.h"

#include "core/store/database.h"
#include "core/store/records.h"

#include <algorithm>
#include <utility>

namespace visgate {

using namespace Qt::Literals::StringLiterals;

namespace {

/// A null string is bound as NULL, which the columns refuse.
QString text(const QString& value)
{
    return value.isNull() ? u""_s : value;
}

} // namespace

HistoryRepository::HistoryRepository(Database& database) : m_database(database) { }

Result<void> HistoryRepository::add(const QList<StageSample>& samples)
{
    return m_database.transact([&]() -> Result<void> {
        for (const StageSample& sample : samples) {
            const StageSetting& setting = sample.setting;
            auto added = m_database.run(u"INSERT INTO stage_samples (stage, target, model_id, pool, runner, stock, "
                                        u"again, bytes, steps, frames, "
                                        "seconds, at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"_s,
                {toString(sample.stage), toString(setting.target), text(setting.modelId), text(setting.pool),
                    text(setting.runner), static_cast<int>(setting.stock), setting.again, setting.downloadBytes,
                    setting.steps, setting.frames, sample.seconds, toMicroseconds(sample.at)});
            if (!added)
                return fail(std::move(added.error()));
        }
        return {};
    });
}

Result<QList<StageSample>> HistoryRepository::newest(StartStage stage, AccountId target, int limit)
{
    auto query = m_database.run(u"SELECT model_id, pool, runner, stock, again, bytes, steps, frames, seconds, at FROM "
                                u"stage_samples WHERE stage "
                                "= ? AND target = ? ORDER BY id DESC LIMIT ?"_s,
        {toString(stage), toString(target), limit});
    if (!query)
        return fail(std::move(query.error()));
    QList<StageSample> samples;
    while (query->next()) {
        StageSample sample;
        sample.stage = stage;
        sample.setting.target = target;
        sample.setting.modelId = query->value(0).toString();
        sample.setting.pool = query->value(1).toString();
        sample.setting.runner = query->value(2).toString();
        sample.setting.stock = static_cast<Stock>(std::clamp(query->value(3).toInt(), 0, 4));
        sample.setting.again = query->value(4).toBool();
        sample.setting.downloadBytes = query->value(5).toLongLong();
        sample.setting.steps = query->value(6).toInt();
        sample.setting.frames = query->value(7).toInt();
        sample.seconds = query->value(8).toDouble();
        sample.at = fromMicroseconds(query->value(9).toLongLong());
        samples.append(std::move(sample));
    }
    return samples;
}

} // namespace visgate
