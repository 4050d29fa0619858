// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/metrics/metrics_repository.h"

#include "core/base/json.h"
#include "core/domain/metrics/spans.h"
#include "core/store/database.h"
#include "core/store/record_json.h"
#include "core/store/records.h"

#include <QHash>

#include <algorithm>
#include <array>
#include <chrono>
#include <utility>

namespace visgate {

using namespace Qt::Literals::StringLiterals;

struct MetricsRepository::Grain {
    std::chrono::seconds age;    ///< from when on
    std::chrono::seconds length; ///< no two spans begin in the same part of that length, but for long ones
    const char* finer;           ///< the lengths below
};

namespace {

constexpr std::chrono::days kSpansKept{31};
/// Rows that one tidying takes up at most: a moment's work.
constexpr qsizetype kRowsAtOnce = 5'000;

const QString& spanColumns()
{
    static const QString list = u"deployment_id, started_at, ended_at, workers_min, workers_max, running, idle, "
                                "initializing, throttled, unhealthy, gpus, regions, usd_per_hour, usd, jobs_waiting, "
                                "jobs_running"_s;
    return list;
}

QString countsText(const QMap<QString, int>& counts)
{
    QJsonObject object;
    for (auto entry = counts.begin(); entry != counts.end(); ++entry)
        object.insert(entry.key(), entry.value());
    return QString::fromUtf8(json::compact(object));
}

/// Thousands of rows have the same few texts: each is read once.
class CountsReader {
public:
    QMap<QString, int> read(const QString& text)
    {
        const auto known = m_known.constFind(text);
        if (known != m_known.cend())
            return *known;
        QMap<QString, int> counts;
        const QJsonObject object = json::parseObject(text.toUtf8()).value_or(QJsonObject());
        for (auto entry = object.begin(); entry != object.end(); ++entry)
            counts.insert(entry.key(), entry.value().toInt());
        m_known.insert(text, counts);
        return counts;
    }

private:
    QHash<QString, QMap<QString, int>> m_known;
};

QList<OwnedSpan> spansFrom(QSqlQuery& query)
{
    QList<OwnedSpan> spans;
    CountsReader counts;
    while (query.next()) {
        const auto number = [&query](int column) { return query.value(column).toInt(); };
        OwnedSpan owned;
        owned.deployment = DeploymentId(query.value(0).toString().toStdString());
        WorkerSpan& span = owned.span;
        span.from = fromMicroseconds(query.value(1).toLongLong());
        span.until = fromMicroseconds(query.value(2).toLongLong());
        span.workers = {number(3), number(4), number(5), number(6), number(7), number(8), number(9)};
        span.gpus = counts.read(query.value(10).toString());
        span.regions = counts.read(query.value(11).toString());
        span.usdPerHour = query.value(12).toDouble();
        span.usd = query.value(13).toDouble();
        span.jobsWaiting = number(14);
        span.jobsRunning = number(15);
        spans.append(owned);
    }
    return spans;
}

bool isOfOnePart(const OwnedSpan& one, const OwnedSpan& other, std::chrono::seconds length)
{
    return one.deployment == other.deployment
        && one.span.from.time_since_epoch() / length == other.span.from.time_since_epoch() / length;
}

} // namespace

MetricsRepository::MetricsRepository(Database& database) : m_database(database) { }

Result<void> MetricsRepository::put(const QList<OwnedSpan>& spans)
{
    if (spans.isEmpty())
        return {};
    return m_database.transact([&]() -> Result<void> {
        for (const OwnedSpan& owned : spans) {
            if (auto written = write(owned, 0); !written)
                return written;
        }
        return {};
    });
}

Result<void> MetricsRepository::write(const OwnedSpan& owned, qint64 grain)
{
    const WorkerSpan& span = owned.span;
    const WorkerCounts& workers = span.workers;
    auto written = m_database.run(
        u"INSERT OR REPLACE INTO worker_spans (%1, grain) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"_s
            .arg(spanColumns()),
        {text(owned.deployment.value()), toMicroseconds(span.from), toMicroseconds(span.until), workers.min,
            workers.max, workers.running, workers.idle, workers.initializing, workers.throttled, workers.unhealthy,
            countsText(span.gpus), countsText(span.regions), span.usdPerHour, span.usd, span.jobsWaiting,
            span.jobsRunning, grain});
    if (!written)
        return fail(std::move(written.error()));
    return {};
}

Result<QList<WorkerSpan>> MetricsRepository::list(const DeploymentId& deployment, TimePoint from, TimePoint to)
{
    // The index by their end goes straight to the time that is asked for.
    auto query = m_database.run(
        u"SELECT %1 FROM worker_spans WHERE deployment_id = ? AND ended_at >= ? AND +started_at <= ?"_s.arg(
            spanColumns()),
        {text(deployment.value()), toMicroseconds(from), toMicroseconds(to)});
    if (!query)
        return fail(std::move(query.error()));
    QList<WorkerSpan> spans;
    for (OwnedSpan& owned : spansFrom(*query))
        spans.append(std::move(owned.span));
    std::sort(spans.begin(), spans.end(), [](const WorkerSpan& a, const WorkerSpan& b) { return a.from < b.from; });
    return spans;
}

Result<QList<DeploymentId>> MetricsRepository::deployments(TimePoint from, TimePoint to)
{
    // One look into the index for each deployment.
    auto query = m_database.run(u"SELECT id FROM deployments WHERE EXISTS (SELECT 1 FROM worker_spans WHERE "
                                "deployment_id = id AND ended_at >= ? AND +started_at <= ?) ORDER BY created_at DESC, "
                                "id DESC"_s,
        {toMicroseconds(from), toMicroseconds(to)});
    if (!query)
        return fail(std::move(query.error()));
    QList<DeploymentId> ids;
    while (query->next())
        ids.append(DeploymentId(query->value(0).toString().toStdString()));
    return ids;
}

Result<QList<StageSpan>> MetricsRepository::stages(const DeploymentId& deployment, TimePoint from, TimePoint to)
{
    auto query = m_database.run(
        u"SELECT at, status FROM stage_changes WHERE deployment_id = ? ORDER BY seq"_s, {text(deployment.value())});
    if (!query)
        return fail(std::move(query.error()));
    QList<StageSpan> stages;
    while (query->next()) {
        const auto status = deploymentStatusFromString(query->value(1).toString());
        TimePoint at = fromMicroseconds(query->value(0).toLongLong());
        if (!stages.isEmpty()) {
            at = std::max(at, stages.constLast().from); // somebody has set the clock back
            stages.last().until = at;
        }
        if (status)
            stages.append({*status, at, std::nullopt});
    }
    stages.removeIf([&](const StageSpan& stage) { return stage.from > to || (stage.until && *stage.until < from); });
    return stages;
}

Result<bool> MetricsRepository::tidy(TimePoint now)
{
    static constexpr std::array kGrains{Grain{std::chrono::days(1), std::chrono::minutes(1), "0"},
        Grain{std::chrono::days(7), std::chrono::minutes(10), "0, 60"}};
    bool isMore = false;
    auto done = m_database.transact([&]() -> Result<void> {
        auto forgotten = m_database.run(
            u"DELETE FROM worker_spans WHERE grain IN (0, 60, 600) AND started_at < ? AND ended_at < ?"_s,
            {toMicroseconds(now - kSpansKept), toMicroseconds(now - kSpansKept)});
        if (!forgotten)
            return fail(std::move(forgotten.error()));
        for (const Grain& grain : kGrains) {
            auto more = coarsen(grain, now);
            if (!more)
                return fail(std::move(more.error()));
            isMore = isMore || *more;
        }
        return {};
    });
    if (!done)
        return fail(std::move(done.error()));
    return isMore;
}

/// What is old enough for that grain and finer: each part of time as a whole, or not yet.
Result<QList<OwnedSpan>> MetricsRepository::finer(const Grain& grain, TimePoint now)
{
    const TimePoint old = now - grain.age;
    const auto part = old.time_since_epoch() / grain.length;
    auto query
        = m_database.run(u"SELECT %1 FROM worker_spans WHERE grain IN (%2) AND started_at < ? AND ended_at < ? "
                         "ORDER BY deployment_id, started_at LIMIT ?"_s.arg(spanColumns(), QLatin1String(grain.finer)),
            {toMicroseconds(TimePoint(part * grain.length)), toMicroseconds(old), kRowsAtOnce});
    if (!query)
        return fail(std::move(query.error()));
    return spansFrom(*query);
}

Result<bool> MetricsRepository::coarsen(const Grain& grain, TimePoint now)
{
    auto found = finer(grain, now);
    if (!found)
        return fail(std::move(found.error()));
    const bool isMore = found->size() >= kRowsAtOnce;
    // The last part may go on in the rows that are left.
    const OwnedSpan last = isMore ? found->constLast() : OwnedSpan();
    while (isMore && !found->isEmpty() && isOfOnePart(found->constLast(), last, grain.length))
        found->removeLast();
    for (qsizetype first = 0; first < found->size();) {
        const DeploymentId deployment = found->at(first).deployment;
        QList<WorkerSpan> spans;
        for (; first < found->size() && found->at(first).deployment == deployment; ++first)
            spans.append(found->at(first).span);
        for (const WorkerSpan& span : std::as_const(spans)) {
            auto gone = m_database.run(u"DELETE FROM worker_spans WHERE deployment_id = ? AND started_at = ?"_s,
                {text(deployment.value()), toMicroseconds(span.from)});
            if (!gone)
                return fail(std::move(gone.error()));
        }
        for (const WorkerSpan& span : coarsened(spans, grain.length)) {
            if (auto written = write({deployment, span}, grain.length.count()); !written)
                return fail(std::move(written.error()));
        }
    }
    return isMore;
}

} // namespace visgate
