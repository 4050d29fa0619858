// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/json.h"
#include "core/store/database.h"
#include "core/store/record_json.h"
#include "core/store/repositories.h"

#include <utility>

namespace visgate {

using namespace Qt::Literals::StringLiterals;

namespace {

Result<QList<Job>> jobsFrom(QSqlQuery query)
{
    QList<Job> jobs;
    while (query.next()) {
        auto object = json::parseObject(query.value(0).toString().toUtf8());
        if (!object)
            return fail(ErrorCode::StoreCorrupt, "a job's record does not parse: " + object.error().detail);
        jobs.append(jobFromRow(*object));
    }
    return jobs;
}

} // namespace

JobRepository::JobRepository(Database& database) : m_database(database) { }

Result<void> JobRepository::save(const Job& job)
{
    return m_database.transact([&]() -> Result<void> {
        auto saved = m_database.run(
            u"INSERT INTO jobs (id, deployment_id, provider_job, status, created_at, record) VALUES (?, ?, ?, ?, ?, "
            "?) ON CONFLICT (id) DO UPDATE SET provider_job = excluded.provider_job, status = excluded.status, record "
            "= excluded.record"_s,
            {text(job.id.value()), text(job.deployment.value()), text(job.providerJob.value()), toString(job.status),
                toMicroseconds(job.createdAt), QString::fromUtf8(json::compact(toRow(job)))});
        if (!saved)
            return fail(std::move(saved.error()));
        for (qsizetype n = 0; n < job.artifacts.size(); ++n) {
            const Artifact& artifact = job.artifacts.at(n);
            auto added = m_database.run(
                u"INSERT OR REPLACE INTO artifacts (job_id, n, file_path, content_type, bytes, sha256, record) VALUES "
                "(?, ?, ?, ?, ?, ?, ?)"_s,
                {text(job.id.value()), n, artifact.filePath, artifact.contentType, artifact.bytes, artifact.sha256,
                    QString::fromUtf8(json::compact(toRow(artifact)))});
            if (!added)
                return fail(std::move(added.error()));
        }
        return {};
    });
}

Result<void> JobRepository::loadArtifacts(QList<Job>& jobs)
{
    for (Job& job : jobs) {
        auto query
            = m_database.run(u"SELECT record FROM artifacts WHERE job_id = ? ORDER BY n"_s, {text(job.id.value())});
        if (!query)
            return fail(std::move(query.error()));
        while (query->next()) {
            auto object = json::parseObject(query->value(0).toString().toUtf8());
            if (!object)
                return fail(ErrorCode::StoreCorrupt, "an artifact's record does not parse");
            job.artifacts.append(artifactFromRow(*object));
        }
    }
    return {};
}

Result<std::optional<Job>> JobRepository::find(const JobId& id)
{
    auto query = m_database.run(u"SELECT record FROM jobs WHERE id = ?"_s, {text(id.value())});
    if (!query)
        return fail(std::move(query.error()));
    auto jobs = jobsFrom(std::move(*query));
    if (!jobs)
        return fail(std::move(jobs.error()));
    if (jobs->isEmpty())
        return std::optional<Job>();
    if (auto loaded = loadArtifacts(*jobs); !loaded)
        return fail(std::move(loaded.error()));
    return std::optional<Job>(jobs->takeFirst());
}

Result<QList<Job>> JobRepository::list(const DeploymentId& deployment, int limit, const JobId& olderThan)
{
    QStringList conditions;
    QVariantList values;
    if (!deployment.isEmpty()) {
        conditions.append(u"deployment_id = ?"_s);
        values.append(text(deployment.value()));
    }
    if (!olderThan.isEmpty()) {
        conditions.append(u"(created_at, rowid) < (SELECT created_at, rowid FROM jobs WHERE id = ?)"_s);
        values.append(text(olderThan.value()));
    }
    values.append(limit);
    const QString where = conditions.isEmpty() ? QString() : u" WHERE "_s + conditions.join(u" AND "_s);
    auto query = m_database.run(
        u"SELECT record FROM jobs"_s + where + u" ORDER BY created_at DESC, rowid DESC LIMIT ?"_s, values);
    if (!query)
        return fail(std::move(query.error()));
    auto jobs = jobsFrom(std::move(*query));
    if (!jobs)
        return jobs;
    if (auto loaded = loadArtifacts(*jobs); !loaded)
        return fail(std::move(loaded.error()));
    return jobs;
}

Result<QList<Job>> JobRepository::between(const DeploymentId& deployment, TimePoint from, TimePoint to, int limit)
{
    auto query
        = m_database.run(u"SELECT record FROM jobs WHERE deployment_id = ? AND created_at >= ? AND created_at <= "
                         "? ORDER BY created_at DESC, rowid DESC LIMIT ?"_s,
            {text(deployment.value()), toMicroseconds(from), toMicroseconds(to), limit});
    if (!query)
        return fail(std::move(query.error()));
    return jobsFrom(std::move(*query));
}

Result<QList<Job>> JobRepository::unfinished()
{
    auto query = m_database.run(u"SELECT record FROM jobs WHERE status NOT IN ('COMPLETED', 'FAILED', 'CANCELLED', "
                                "'TIMED_OUT') ORDER BY created_at, rowid"_s);
    if (!query)
        return fail(std::move(query.error()));
    return jobsFrom(std::move(*query));
}

MetaRepository::MetaRepository(Database& database) : m_database(database) { }

Result<std::optional<QString>> MetaRepository::value(const QString& key)
{
    auto query = m_database.run(u"SELECT value FROM meta WHERE key = ?"_s, {key});
    if (!query)
        return fail(std::move(query.error()));
    if (!query->next())
        return std::optional<QString>();
    return std::optional<QString>(query->value(0).toString());
}

Result<void> MetaRepository::set(const QString& key, const QString& value)
{
    auto done = m_database.run(u"INSERT OR REPLACE INTO meta (key, value) VALUES (?, ?)"_s,
        {key, value.isNull() ? u""_s : value}); // a null text is NULL to SQLite
    if (!done)
        return fail(std::move(done.error()));
    return {};
}

} // namespace visgate
