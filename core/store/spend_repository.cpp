// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/spend_repository.h"

#include "core/base/json.h"
#include "core/store/database.h"
#include "core/store/records.h"
#include "core/store/repositories.h"

#include <QJsonObject>

#include <algorithm>
#include <map>
#include <utility>

namespace visgate {

using namespace Qt::Literals::StringLiterals;

namespace {

QString text(const DeploymentId& id)
{
    return QString::fromStdString(id.value());
}

QVariant orNull(const std::optional<double>& value)
{
    return value ? QVariant(*value) : QVariant(QMetaType::fromType<double>());
}

std::optional<double> maybe(const QVariant& value)
{
    return value.isNull() ? std::nullopt : std::optional(value.toDouble());
}

QJsonObject toRow(const CostMeter::Worker& worker)
{
    return {{u"counted"_s, worker.counted}, {u"of_start"_s, worker.ofStart}, {u"idle"_s, worker.idle},
        {u"usd_per_hour"_s, worker.usdPerHour}, {u"state"_s, static_cast<int>(worker.state)},
        {u"was_up"_s, worker.wasUp}, {u"had_container"_s, worker.hadContainer},
        {u"kept_at"_s, toMicroseconds(worker.keptAt)}};
}

CostMeter::Worker workerFromRow(const QString& id, const QJsonObject& row)
{
    CostMeter::Worker worker;
    worker.id = id;
    worker.counted = row["counted"_L1].toDouble();
    worker.ofStart = row["of_start"_L1].toDouble();
    worker.idle = row["idle"_L1].toDouble();
    worker.usdPerHour = row["usd_per_hour"_L1].toDouble();
    worker.state = static_cast<WorkerSight::State>(std::clamp(row["state"_L1].toInt(), 0, 4));
    worker.wasUp = row["was_up"_L1].toBool();
    worker.hadContainer = row["had_container"_L1].toBool(worker.wasUp || worker.counted > 0.0);
    worker.keptAt = fromMicroseconds(row["kept_at"_L1].toInteger());
    return worker;
}

QString votesKey(AccountId target, const QString& userHash)
{
    return u"start_billing/%1/%2"_s.arg(toString(target), userHash);
}

const QString& pendingStopKey()
{
    static const QString key = u"pending_stop"_s;
    return key;
}

} // namespace

SpendRepository::SpendRepository(Database& database) : m_database(database) { }

Result<void> SpendRepository::add(const DeploymentId& deployment, AccountId target, TimePoint hour,
    const QList<CostShare>& shares, const QList<CostMeter::Worker>& workers)
{
    return m_database.transact([&]() -> Result<void> {
        for (const CostShare& share : shares) {
            auto added = m_database.run(
                u"INSERT INTO spend_hours (deployment_id, target, hour, cause, seconds, usd) VALUES (?, ?, ?, ?, ?, ?) "
                "ON CONFLICT (deployment_id, hour, cause) DO UPDATE SET seconds = seconds + excluded.seconds, usd = "
                "usd "
                "+ excluded.usd"_s,
                {text(deployment), toString(target), toMicroseconds(hour), toString(share.cause), share.seconds,
                    share.usd});
            if (!added)
                return fail(std::move(added.error()));
        }
        auto cleared = m_database.run(u"DELETE FROM metered_workers WHERE deployment_id = ?"_s, {text(deployment)});
        if (!cleared)
            return fail(std::move(cleared.error()));
        for (const CostMeter::Worker& worker : workers) {
            auto kept
                = m_database.run(u"INSERT INTO metered_workers (deployment_id, worker_id, record) VALUES (?, ?, ?)"_s,
                    {text(deployment), worker.id, QString::fromUtf8(json::compact(toRow(worker)))});
            if (!kept)
                return fail(std::move(kept.error()));
        }
        return {};
    });
}

Result<QList<CostMeter::Worker>> SpendRepository::workers(const DeploymentId& deployment)
{
    auto query = m_database.run(
        u"SELECT worker_id, record FROM metered_workers WHERE deployment_id = ?"_s, {text(deployment)});
    if (!query)
        return fail(std::move(query.error()));
    QList<CostMeter::Worker> workers;
    while (query->next()) {
        auto row = json::parseObject(query->value(1).toString().toUtf8());
        if (!row)
            return fail(ErrorCode::StoreCorrupt, "a metered worker's record does not parse");
        workers.append(workerFromRow(query->value(0).toString(), *row));
    }
    return workers;
}

Result<void> SpendRepository::setBill(
    const DeploymentId& deployment, AccountId target, TimePoint hour, double usd, bool settled)
{
    auto done = m_database.run(u"INSERT INTO billed_hours (deployment_id, target, hour, usd, settled) VALUES (?, ?, ?, "
                               "?, ?) ON CONFLICT (deployment_id, hour) DO UPDATE SET usd = excluded.usd, settled = "
                               "excluded.settled"_s,
        {text(deployment), toString(target), toMicroseconds(hour), usd, settled});
    if (!done)
        return fail(std::move(done.error()));
    return {};
}

Result<QList<SpendHour>> SpendRepository::read(const QString& where, const QVariantList& values)
{
    std::map<std::pair<QString, qint64>, SpendHour> found;
    const auto place = [&](const QSqlQuery& query) -> SpendHour& {
        SpendHour& hour = found[{query.value(0).toString(), query.value(2).toLongLong()}];
        hour.deployment = DeploymentId(query.value(0).toString().toStdString());
        hour.target = accountIdFromString(query.value(1).toString()).value_or(AccountId::practice());
        hour.hour = fromMicroseconds(query.value(2).toLongLong());
        return hour;
    };
    auto seen = m_database.run(
        u"SELECT deployment_id, target, hour, cause, seconds, usd FROM spend_hours WHERE "_s + where, values);
    if (!seen)
        return fail(std::move(seen.error()));
    while (seen->next()) {
        if (const auto cause = costCauseFromString(seen->value(3).toString()))
            place(*seen).shares.append({*cause, seen->value(4).toDouble(), seen->value(5).toDouble()});
    }
    auto booked = m_database.run(
        u"SELECT deployment_id, target, hour, usd, settled FROM billed_hours WHERE "_s + where, values);
    if (!booked)
        return fail(std::move(booked.error()));
    while (booked->next()) {
        SpendHour& hour = place(*booked);
        hour.billedUsd = booked->value(3).toDouble();
        hour.settled = booked->value(4).toBool();
    }
    QList<SpendHour> hours;
    for (auto& [key, hour] : found)
        hours.append(std::move(hour));
    return hours;
}

Result<QList<SpendHour>> SpendRepository::hours(AccountId target, TimePoint from, TimePoint to)
{
    return read(
        u"target = ? AND hour >= ? AND hour < ?"_s, {toString(target), toMicroseconds(from), toMicroseconds(to)});
}

Result<QList<SpendHour>> SpendRepository::hours(const DeploymentId& deployment)
{
    return read(u"deployment_id = ?"_s, {text(deployment)});
}

Result<std::optional<TimePoint>> SpendRepository::firstUnsettled(AccountId target, TimePoint notBefore)
{
    auto query = m_database.run(
        u"SELECT min(s.hour) FROM spend_hours s LEFT JOIN billed_hours b ON b.deployment_id = s.deployment_id AND "
        "b.hour = s.hour WHERE s.target = ? AND s.hour >= ? AND coalesce(b.settled, 0) = 0"_s,
        {toString(target), toMicroseconds(notBefore)});
    if (!query)
        return fail(std::move(query.error()));
    if (!query->next() || query->value(0).isNull())
        return std::optional<TimePoint>();
    return std::optional(fromMicroseconds(query->value(0).toLongLong()));
}

Result<QHash<QString, EndpointId>> SpendRepository::endpoints(AccountId target, TimePoint from)
{
    auto query = m_database.run(
        u"SELECT id, endpoint_id FROM deployments WHERE id IN (SELECT deployment_id FROM spend_hours WHERE target = ? "
        "AND hour >= ?)"_s,
        {toString(target), toMicroseconds(from)});
    if (!query)
        return fail(std::move(query.error()));
    QHash<QString, EndpointId> endpoints;
    while (query->next())
        endpoints.insert(query->value(0).toString(), EndpointId(query->value(1).toString().toStdString()));
    return endpoints;
}

Result<QList<SpendLimit>> SpendRepository::limits()
{
    auto query = m_database.run(
        u"SELECT scope, deployment_id, tell_at, stop_at FROM spend_limits ORDER BY scope, deployment_id"_s);
    if (!query)
        return fail(std::move(query.error()));
    QList<SpendLimit> limits;
    while (query->next()) {
        const auto scope = limitScopeFromString(query->value(0).toString());
        if (!scope)
            continue;
        limits.append({*scope, DeploymentId(query->value(1).toString().toStdString()), maybe(query->value(2)),
            maybe(query->value(3))});
    }
    return limits;
}

Result<void> SpendRepository::setLimit(const SpendLimit& limit)
{
    const bool isEmpty = !limit.tellAtUsd && !limit.stopAtUsd;
    auto done = isEmpty
        ? m_database.run(u"DELETE FROM spend_limits WHERE scope = ? AND deployment_id = ?"_s,
            {toString(limit.scope), text(limit.deployment)})
        : m_database.run(u"INSERT OR REPLACE INTO spend_limits (scope, deployment_id, tell_at, stop_at) "
                         "VALUES (?, ?, ?, ?)"_s,
            {toString(limit.scope), text(limit.deployment), orNull(limit.tellAtUsd), orNull(limit.stopAtUsd)});
    if (!done)
        return fail(std::move(done.error()));
    return {};
}

Result<bool> SpendRepository::announce(const LimitState& state, const QString& period)
{
    // The mark's height is part of its name: a limit that was raised speaks again.
    const double mark = (state.level == LimitLevel::Stop ? state.limit.stopAtUsd : state.limit.tellAtUsd).value_or(0.0);
    auto done = m_database.run(
        u"INSERT OR IGNORE INTO limit_marks (scope, deployment_id, target, period, level, mark) VALUES (?, ?, ?, ?, ?, "
        "?)"_s,
        {toString(state.limit.scope), text(state.limit.deployment), toString(state.target), period,
            toString(state.level), mark});
    if (!done)
        return fail(std::move(done.error()));
    return done->numRowsAffected() > 0;
}

Result<StartBillingVotes> SpendRepository::votes(AccountId target, const QString& userHash)
{
    auto value = MetaRepository(m_database).value(votesKey(target, userHash));
    if (!value)
        return fail(std::move(value.error()));
    const QStringList counts = value->value_or(QString()).split(u' ');
    return StartBillingVotes{counts.value(0).toInt(), counts.value(1).toInt()};
}

Result<void> SpendRepository::setVotes(AccountId target, const QString& userHash, const StartBillingVotes& votes)
{
    return MetaRepository(m_database).set(votesKey(target, userHash), u"%1 %2"_s.arg(votes.billed).arg(votes.free));
}

Result<QList<PendingStop>> SpendRepository::pendingStops()
{
    auto value = MetaRepository(m_database).value(pendingStopKey());
    if (!value)
        return fail(std::move(value.error()));
    QList<PendingStop> stops;
    const QStringList lines = value->value_or(QString()).split(u'\n', Qt::SkipEmptyParts);
    for (const QString& line : lines) {
        const QStringList words = line.split(u' ');
        const TimePoint askedAt = fromMicroseconds(words.constFirst().toLongLong());
        if (const auto target = accountIdFromString(words.value(1)))
            stops.append({*target, words.value(2), askedAt});
        else if (words.size() == 1 && askedAt != TimePoint()) // of version 1.0: one wish for all
            stops.append({{AccountId::practice(), {}, askedAt}, {AccountId::runpod(), {}, askedAt}});
    }
    return stops;
}

Result<void> SpendRepository::setPendingStops(const QList<PendingStop>& stops)
{
    QStringList lines;
    for (const PendingStop& stop : stops)
        lines.append(
            u"%1 %2 %3"_s.arg(toMicroseconds(stop.askedAt)).arg(toString(stop.target), stop.requestKeyHash).trimmed());
    return MetaRepository(m_database).set(pendingStopKey(), lines.isEmpty() ? u"none"_s : lines.join(u'\n'));
}

} // namespace visgate
