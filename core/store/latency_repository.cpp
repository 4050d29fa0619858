// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/latency_repository.h"

#include "core/store/database.h"
#include "core/store/records.h"

#include <chrono>
#include <utility>

namespace visgate {

using namespace Qt::Literals::StringLiterals;

namespace {

constexpr std::chrono::days kKept{183};

/// A null string is bound as NULL, which the columns refuse.
QString filled(const QString& value)
{
    return value.isNull() ? u""_s : value;
}

} // namespace

LatencyRepository::LatencyRepository(Database& database) : m_database(database) { }

Result<void> LatencyRepository::add(const QList<LatencySample>& samples)
{
    if (samples.isEmpty())
        return {};
    return m_database.transact([&]() -> Result<void> {
        for (const LatencySample& sample : samples) {
            const LatencySetting& setting = sample.setting;
            auto added = m_database.run(u"INSERT INTO latency_samples (measure, target, family, gpu, runner, seconds, "
                                        u"at) VALUES (?, ?, ?, ?, ?, ?, ?)"_s,
                {toString(sample.measure), toString(setting.target), filled(setting.family), filled(setting.gpu),
                    filled(setting.runner), sample.seconds, toMicroseconds(sample.at)});
            if (!added)
                return fail(std::move(added.error()));
        }
        auto forgotten = m_database.run(
            u"DELETE FROM latency_samples WHERE at < ?"_s, {toMicroseconds(samples.constLast().at - kKept)});
        if (!forgotten)
            return fail(std::move(forgotten.error()));
        return {};
    });
}

Result<QList<LatencySample>> LatencyRepository::list(
    std::optional<AccountId> target, std::optional<TimePoint> since, int limit)
{
    auto query = m_database.run(u"SELECT measure, target, family, gpu, runner, seconds, at FROM latency_samples WHERE "
                                u"at >= ? AND (? = '' OR target = ?) ORDER BY at DESC LIMIT ?"_s,
        {since ? toMicroseconds(*since) : qint64{0}, target ? toString(*target) : u""_s,
            target ? toString(*target) : u""_s, limit});
    if (!query)
        return fail(std::move(query.error()));
    QList<LatencySample> samples;
    while (query->next()) {
        const auto measure = latencyMeasureFromString(query->value(0).toString());
        const auto known = accountIdFromString(query->value(1).toString());
        if (!measure || !known)
            continue; // of a newer version
        samples.append(
            {*measure, {*known, query->value(2).toString(), query->value(3).toString(), query->value(4).toString()},
                query->value(5).toDouble(), fromMicroseconds(query->value(6).toLongLong())});
    }
    return samples;
}

} // namespace visgate
