// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/json.h"
#include "core/store/database.h"
#include "core/store/record_json.h"
#include "core/store/repositories.h"

#include <algorithm>
#include <utility>

namespace visgate {

using namespace Qt::Literals::StringLiterals;

namespace {

constexpr int ShownLines = 200;
constexpr int LargestPage = 100;

Result<DeploymentRecord> recordFrom(const QSqlQuery& query, int column)
{
    auto object = json::parseObject(query.value(column).toString().toUtf8());
    if (!object)
        return fail(ErrorCode::StoreCorrupt, "a deployment's record does not parse: " + object.error().detail);
    return deploymentRecordFromRow(*object);
}

Result<void> write(Database& database, const DeploymentRecord& record, const QList<OrchestrationLine>& lines)
{
    const Deployment& d = record.deployment;
    auto saved = database.run(
        u"INSERT INTO deployments (id, status, wish, target, user_hash, endpoint_id, endpoint_name, created_at, "
        "record) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (id) DO UPDATE SET status = excluded.status, wish "
        "= excluded.wish, user_hash = excluded.user_hash, endpoint_id = excluded.endpoint_id, endpoint_name = "
        "excluded.endpoint_name, record = excluded.record"_s,
        {text(d.id.value()), toString(d.status), toString(record.desired), toString(d.target),
            d.userHash.isNull() ? u""_s : d.userHash, text(d.endpointId.value()),
            d.endpointName.isNull() ? u""_s : d.endpointName, toMicroseconds(d.createdAt),
            QString::fromUtf8(json::compact(toRow(record)))});
    if (!saved)
        return fail(std::move(saved.error()));
    auto moved = database.run(
        u"INSERT INTO stage_changes (deployment_id, at, status) SELECT ?, ?, ? WHERE ? IS NOT (SELECT status FROM "
        "stage_changes WHERE deployment_id = ? ORDER BY seq DESC LIMIT 1)"_s,
        {text(d.id.value()), toMicroseconds(record.statusSince), toString(d.status), toString(d.status),
            text(d.id.value())});
    if (!moved)
        return fail(std::move(moved.error()));
    for (const OrchestrationLine& line : lines) {
        auto added
            = database.run(u"INSERT INTO events (deployment_id, at, level, status, message) VALUES (?, ?, ?, ?, ?)"_s,
                {text(d.id.value()), toMicroseconds(line.at), line.level, toString(d.status), line.message});
        if (!added)
            return fail(std::move(added.error()));
    }
    return {};
}

QString stateText(Intent::State state)
{
    switch (state) {
    case Intent::State::Open:
        return u"open"_s;
    case Intent::State::Done:
        return u"done"_s;
    case Intent::State::Abandoned:
        return u"abandoned"_s;
    }
    return {};
}

} // namespace

DeploymentRepository::DeploymentRepository(Database& database) : m_database(database) { }

Result<void> DeploymentRepository::save(const DeploymentRecord& record, const QList<OrchestrationLine>& lines)
{
    return m_database.transact([&] { return write(m_database, record, lines); });
}

Result<QList<OrchestrationLine>> DeploymentRepository::lastLines(const QString& id)
{
    auto query = m_database.run(
        u"SELECT at, level, message FROM events WHERE deployment_id = ? ORDER BY seq DESC LIMIT ?"_s, {id, ShownLines});
    if (!query)
        return fail(std::move(query.error()));
    QList<OrchestrationLine> lines;
    while (query->next())
        lines.append(
            {fromMicroseconds(query->value(0).toLongLong()), query->value(1).toString(), query->value(2).toString()});
    std::reverse(lines.begin(), lines.end());
    return lines;
}

Result<std::optional<DeploymentRecord>> DeploymentRepository::find(const DeploymentId& id)
{
    auto query = m_database.run(u"SELECT record FROM deployments WHERE id = ?"_s, {text(id.value())});
    if (!query)
        return fail(std::move(query.error()));
    if (!query->next())
        return std::optional<DeploymentRecord>();
    auto record = recordFrom(*query, 0);
    if (!record)
        return fail(std::move(record.error()));
    query->finish();
    auto lines = lastLines(text(id.value()));
    if (!lines)
        return fail(std::move(lines.error()));
    record->deployment.logs = std::move(*lines);
    return std::optional<DeploymentRecord>(std::move(*record));
}

Result<QList<DeploymentRecord>> DeploymentRepository::allBut(DeploymentStatus status)
{
    auto query = m_database.run(
        u"SELECT record FROM deployments WHERE status <> ? ORDER BY created_at, id"_s, {toString(status)});
    if (!query)
        return fail(std::move(query.error()));
    QList<DeploymentRecord> records;
    while (query->next()) {
        auto record = recordFrom(*query, 0);
        if (!record)
            return fail(std::move(record.error()));
        records.append(std::move(*record));
    }
    query->finish();
    for (DeploymentRecord& record : records) {
        auto lines = lastLines(text(record.deployment.id.value()));
        if (!lines)
            return fail(std::move(lines.error()));
        record.deployment.logs = std::move(*lines);
    }
    return records;
}

Result<DeploymentPage> DeploymentRepository::page(
    int limit, const QString& cursor, std::optional<DeploymentStatus> status)
{
    DeploymentPage page;
    const QString wanted = status ? toString(*status) : u""_s; // not null, which no comparison holds for
    auto count = m_database.run(u"SELECT count(*) FROM deployments WHERE ? IN ('', status)"_s, {wanted});
    if (!count)
        return fail(std::move(count.error()));
    if (count->next())
        page.total = count->value(0).toInt();
    count->finish();

    // The cursor is the last row's (created_at, id).
    qint64 before = std::numeric_limits<qint64>::max();
    QString beforeId = u"~"_s;
    if (!cursor.isEmpty()) {
        bool isNumber = false;
        before = cursor.section(u'.', 0, 0).toLongLong(&isNumber);
        beforeId = cursor.section(u'.', 1);
        if (!isNumber || beforeId.isEmpty())
            return fail(ErrorCode::InvalidRequest, "cursor");
    }
    const int rows = std::clamp(limit, 1, LargestPage);
    auto query = m_database.run(u"SELECT record FROM deployments WHERE (created_at, id) < (?, ?) AND ? IN ('', status) "
                                "ORDER BY created_at DESC, id DESC LIMIT ?"_s,
        {before, beforeId, wanted, rows + 1});
    if (!query)
        return fail(std::move(query.error()));
    while (query->next()) {
        auto record = recordFrom(*query, 0);
        if (!record)
            return fail(std::move(record.error()));
        if (page.deployments.size() == rows) {
            const Deployment& last = page.deployments.constLast();
            page.nextCursor = u"%1.%2"_s.arg(toMicroseconds(last.createdAt)).arg(text(last.id.value()));
            break;
        }
        page.deployments.append(std::move(record->deployment));
    }
    query->finish();
    for (Deployment& deployment : page.deployments) {
        auto lines = lastLines(text(deployment.id.value()));
        if (!lines)
            return fail(std::move(lines.error()));
        deployment.logs = std::move(*lines);
    }
    return page;
}

IntentRepository::IntentRepository(Database& database) : m_database(database) { }

Result<Intent> IntentRepository::open(Intent intent, const DeploymentRecord& record)
{
    auto done = m_database.transact([&]() -> Result<void> {
        if (auto saved = write(m_database, record, {}); !saved)
            return saved;
        auto query = m_database.run(
            u"INSERT INTO intents (deployment_id, endpoint_name, digest, state, created_at) VALUES (?, ?, ?, ?, ?)"_s,
            {text(intent.deployment.value()), intent.endpointName, intent.digest, stateText(Intent::State::Open),
                toMicroseconds(intent.createdAt)});
        if (!query)
            return fail(std::move(query.error()));
        intent.id = query->lastInsertId().toLongLong();
        return {};
    });
    if (!done)
        return fail(std::move(done.error()));
    return intent;
}

Result<std::optional<Intent>> IntentRepository::latest(const DeploymentId& deployment)
{
    auto query = m_database.run(u"SELECT id, endpoint_name, digest, state, endpoint_id, created_at FROM intents WHERE "
                                "deployment_id = ? ORDER BY id DESC LIMIT 1"_s,
        {text(deployment.value())});
    if (!query)
        return fail(std::move(query.error()));
    if (!query->next())
        return std::optional<Intent>();
    Intent intent;
    intent.id = query->value(0).toLongLong();
    intent.deployment = deployment;
    intent.endpointName = query->value(1).toString();
    intent.digest = query->value(2).toString();
    const QString state = query->value(3).toString();
    intent.state = state == "open"_L1 ? Intent::State::Open
        : state == "done"_L1          ? Intent::State::Done
                                      : Intent::State::Abandoned;
    intent.endpoint = EndpointId(query->value(4).toString().toStdString());
    intent.createdAt = fromMicroseconds(query->value(5).toLongLong());
    return std::optional<Intent>(std::move(intent));
}

Result<void> IntentRepository::close(
    const Intent& intent, const DeploymentRecord& record, const QList<OrchestrationLine>& lines)
{
    return m_database.transact([&]() -> Result<void> {
        auto query = m_database.run(u"UPDATE intents SET state = ?, endpoint_id = ? WHERE id = ?"_s,
            {stateText(intent.state), text(intent.endpoint.value()), intent.id});
        if (!query)
            return fail(std::move(query.error()));
        return write(m_database, record, lines);
    });
}

} // namespace visgate
