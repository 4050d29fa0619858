// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/idempotency_repository.h"

#include "core/store/database.h"
#include "core/store/records.h"

#include <chrono>

namespace visgate {

using namespace Qt::Literals::StringLiterals;

namespace {

constexpr std::chrono::hours kKept{24};

}

IdempotencyRepository::IdempotencyRepository(Database& database) : m_database(database) { }

Result<std::optional<KeptAnswer>> IdempotencyRepository::find(const QString& key, TimePoint now)
{
    auto query = m_database.run(u"SELECT digest, deployment_id, at FROM kept_answers WHERE key = ? AND at > ?"_s,
        {key, toMicroseconds(now - kKept)});
    if (!query)
        return fail(std::move(query.error()));
    if (!query->next())
        return std::optional<KeptAnswer>();
    return std::optional<KeptAnswer>(KeptAnswer{key, query->value(0).toString(),
        DeploymentId(query->value(1).toString().toStdString()), fromMicroseconds(query->value(2).toLongLong())});
}

Result<void> IdempotencyRepository::keep(const KeptAnswer& answer)
{
    return m_database.transact([&]() -> Result<void> {
        auto old = m_database.run(u"DELETE FROM kept_answers WHERE at <= ?"_s, {toMicroseconds(answer.at - kKept)});
        if (!old)
            return fail(std::move(old.error()));
        auto kept = m_database.run(
            u"INSERT OR REPLACE INTO kept_answers (key, digest, deployment_id, at) VALUES (?, ?, ?, ?)"_s,
            {answer.key, answer.digest, QString::fromStdString(answer.deployment.value()), toMicroseconds(answer.at)});
        if (!kept)
            return fail(std::move(kept.error()));
        return {};
    });
}

} // namespace visgate
