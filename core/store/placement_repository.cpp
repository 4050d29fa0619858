// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/placement_repository.h"

#include "core/store/database.h"
#include "core/store/records.h"

namespace visgate {

using namespace Qt::Literals::StringLiterals;

namespace {

constexpr int kRemembered = 200;

} // namespace

PlacementRepository::PlacementRepository(Database& database) : m_database(database) { }

Result<void> PlacementRepository::add(const PoolRequest& request)
{
    auto added = m_database.run(
        u"INSERT INTO pool_requests (target, pool, deployment_id, at, refused) VALUES (?, ?, ?, ?, ?)"_s,
        {toString(request.target), request.pool, QString::fromStdString(request.deployment.value()),
            toMicroseconds(request.at), request.outcome == PoolOutcome::Refused ? 1 : 0});
    if (!added)
        return fail(std::move(added.error()));
    return {};
}

PoolHistory PlacementRepository::recent(AccountId target)
{
    PoolHistory history;
    auto rows = m_database.run(u"SELECT pool, refused FROM pool_requests WHERE target = ? ORDER BY at DESC LIMIT ?"_s,
        {toString(target), kRemembered});
    if (!rows)
        return history;
    while (rows->next()) {
        PoolRecord& record = history[rows->value(0).toString()];
        ++record.asked;
        record.refused += rows->value(1).toInt();
    }
    return history;
}

} // namespace visgate
