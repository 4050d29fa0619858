// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/migrations.h"

#include "core/store/database.h"

#include <QFile>
#include <QList>
#include <QStringList>

namespace visgate {

using namespace Qt::Literals::StringLiterals;

namespace {

// Times are microseconds since 1970 UTC. `record` holds what is only read back whole, as JSON. No column ever
// holds a key, token or callback secret (of the last, only its hash).
const QList<QStringList>& steps()
{
    static const QList<QStringList> list{
        {
            u"CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL)"_s,
            u"CREATE TABLE deployments (id TEXT PRIMARY KEY, status TEXT NOT NULL, wish TEXT NOT NULL, "
            "target TEXT NOT NULL, user_hash TEXT NOT NULL, endpoint_id TEXT NOT NULL, endpoint_name TEXT NOT "
            "NULL, created_at INTEGER NOT NULL, record TEXT NOT NULL)"_s,
            u"CREATE INDEX deployments_by_time ON deployments (created_at DESC, id DESC)"_s,
            u"CREATE TABLE events (seq INTEGER PRIMARY KEY AUTOINCREMENT, deployment_id TEXT NOT NULL REFERENCES "
            "deployments (id), at INTEGER NOT NULL, level TEXT NOT NULL, status TEXT NOT NULL, message TEXT NOT "
            "NULL)"_s,
            u"CREATE INDEX events_by_deployment ON events (deployment_id, seq)"_s,
            u"CREATE TABLE intents (id INTEGER PRIMARY KEY AUTOINCREMENT, deployment_id TEXT NOT NULL REFERENCES "
            "deployments (id), endpoint_name TEXT NOT NULL, digest TEXT NOT NULL, state TEXT NOT NULL, "
            "endpoint_id TEXT NOT NULL DEFAULT '', created_at INTEGER NOT NULL)"_s,
            u"CREATE INDEX intents_by_deployment ON intents (deployment_id, id)"_s,
            u"CREATE TABLE jobs (id TEXT PRIMARY KEY, deployment_id TEXT NOT NULL REFERENCES deployments (id), "
            "provider_job TEXT NOT NULL, status TEXT NOT NULL, created_at INTEGER NOT NULL, record TEXT NOT "
            "NULL)"_s,
            u"CREATE INDEX jobs_by_deployment ON jobs (deployment_id, created_at DESC)"_s,
            u"CREATE TABLE artifacts (job_id TEXT NOT NULL REFERENCES jobs (id), n INTEGER NOT NULL, file_path "
            "TEXT NOT NULL, content_type TEXT NOT NULL, bytes INTEGER NOT NULL, sha256 TEXT NOT NULL, record "
            "TEXT NOT NULL, PRIMARY KEY (job_id, n))"_s,
            u"CREATE TABLE cost_samples (deployment_id TEXT NOT NULL REFERENCES deployments (id), at INTEGER NOT "
            "NULL, seconds REAL NOT NULL, usd_per_hour REAL NOT NULL, workers INTEGER NOT NULL, source TEXT NOT "
            "NULL)"_s,
            u"CREATE INDEX cost_samples_by_deployment ON cost_samples (deployment_id, at)"_s,
        },
        {
            // Spend: by hour and cause, the bills beside it, the limits. Samples taken before become hours.
            u"CREATE TABLE spend_hours (deployment_id TEXT NOT NULL REFERENCES deployments (id), target TEXT NOT NULL, "
            "hour INTEGER NOT NULL, cause TEXT NOT NULL, seconds REAL NOT NULL, usd REAL NOT NULL, PRIMARY KEY "
            "(deployment_id, hour, cause))"_s,
            u"CREATE INDEX spend_hours_by_time ON spend_hours (target, hour)"_s,
            u"INSERT INTO spend_hours (deployment_id, target, hour, cause, seconds, usd) SELECT s.deployment_id, "
            "d.target, s.at - s.at % 3600000000, 'picture', sum(s.seconds), sum(s.seconds * s.usd_per_hour) / 3600.0 "
            "FROM cost_samples s JOIN deployments d ON d.id = s.deployment_id GROUP BY 1, 2, 3"_s,
            u"DROP TABLE cost_samples"_s,
            u"CREATE TABLE billed_hours (deployment_id TEXT NOT NULL REFERENCES deployments (id), target TEXT NOT "
            "NULL, hour INTEGER NOT NULL, usd REAL NOT NULL, settled INTEGER NOT NULL, PRIMARY KEY (deployment_id, "
            "hour))"_s,
            u"CREATE INDEX billed_hours_by_time ON billed_hours (target, hour)"_s,
            u"CREATE TABLE metered_workers (deployment_id TEXT NOT NULL REFERENCES deployments (id), worker_id TEXT "
            u"NOT "
            "NULL, record TEXT NOT NULL, PRIMARY KEY (deployment_id, worker_id))"_s,
            u"CREATE TABLE spend_limits (scope TEXT NOT NULL, deployment_id TEXT NOT NULL, tell_at REAL, stop_at REAL, "
            "PRIMARY KEY (scope, deployment_id))"_s,
            u"CREATE TABLE limit_marks (scope TEXT NOT NULL, deployment_id TEXT NOT NULL, target TEXT NOT NULL, period "
            "TEXT NOT NULL, level TEXT NOT NULL, mark REAL NOT NULL, PRIMARY KEY (scope, deployment_id, target, "
            "period, "
            "level, mark))"_s,
            // How long starts and pictures took.
            u"CREATE TABLE stage_samples (id INTEGER PRIMARY KEY AUTOINCREMENT, stage TEXT NOT NULL, target TEXT NOT "
            "NULL, model_id TEXT NOT NULL, pool TEXT NOT NULL, runner TEXT NOT NULL, stock INTEGER NOT NULL, again "
            "INTEGER NOT NULL, bytes INTEGER NOT NULL, steps INTEGER NOT NULL, frames INTEGER NOT NULL, seconds REAL "
            "NOT NULL, at INTEGER NOT NULL)"_s,
            u"CREATE INDEX stage_samples_by_stage ON stage_samples (stage, target, id)"_s,
            // Placement: which pools had a machine. Model cache: what is kept in which volume.
            u"CREATE TABLE pool_requests (target TEXT NOT NULL, pool TEXT NOT NULL, deployment_id TEXT NOT NULL, at "
            "INTEGER NOT NULL, refused INTEGER NOT NULL)"_s,
            u"CREATE INDEX pool_requests_by_time ON pool_requests (target, at)"_s,
            u"CREATE TABLE volume_fills (target TEXT NOT NULL, volume_id TEXT NOT NULL, data_center TEXT NOT NULL, "
            "model_id TEXT NOT NULL, revision TEXT NOT NULL, state TEXT NOT NULL, bytes_done INTEGER NOT NULL, "
            "bytes_total INTEGER NOT NULL, error TEXT NOT NULL, updated_at INTEGER NOT NULL, PRIMARY KEY (target, "
            "volume_id, model_id))"_s,
            // Idempotency keys of create calls, for a day.
            u"CREATE TABLE kept_answers (key TEXT PRIMARY KEY, digest TEXT NOT NULL, deployment_id TEXT NOT NULL, at "
            "INTEGER NOT NULL)"_s,
        },
        {
            // What was promised to be bought before a volume's answer came.
            u"CREATE TABLE volume_intents (id INTEGER PRIMARY KEY AUTOINCREMENT, target TEXT NOT NULL, name TEXT NOT "
            "NULL, size_gb INTEGER NOT NULL, data_center TEXT NOT NULL, known TEXT NOT NULL, model_id TEXT NOT NULL, "
            "revision TEXT NOT NULL, created_at INTEGER NOT NULL)"_s,
        },
        {
            // What was promised of a volume that is there: another size, or its end (size 0).
            u"CREATE TABLE volume_changes (id INTEGER PRIMARY KEY AUTOINCREMENT, target TEXT NOT NULL, volume_id TEXT "
            "NOT NULL, size_gb INTEGER NOT NULL, created_at INTEGER NOT NULL, UNIQUE (target, volume_id))"_s,
        },
        {
            // How long pictures and starts took, by model family, GPU and runner.
            u"CREATE TABLE latency_samples (id INTEGER PRIMARY KEY AUTOINCREMENT, measure TEXT NOT NULL, target TEXT "
            "NOT NULL, family TEXT NOT NULL, gpu TEXT NOT NULL, runner TEXT NOT NULL, seconds REAL NOT NULL, at "
            "INTEGER NOT NULL)"_s,
            u"CREATE INDEX latency_samples_by_time ON latency_samples (at)"_s,
        },
        {
            // Accounts that the user added or renamed; one that was removed keeps its row.
            u"CREATE TABLE accounts (id TEXT PRIMARY KEY, name TEXT NOT NULL, added_at INTEGER NOT NULL, removed_at "
            "INTEGER)"_s,
        },
        {
            // How the workers of deployments were over time, in seconds of `grain` (0: every detail). And when each
            // deployment went into which state; of those before this, what their lines tell.
            u"CREATE TABLE worker_spans (deployment_id TEXT NOT NULL, started_at INTEGER NOT NULL, ended_at INTEGER "
            "NOT NULL, workers_min INTEGER NOT NULL, workers_max INTEGER NOT NULL, running INTEGER NOT NULL, idle "
            "INTEGER NOT NULL, initializing INTEGER NOT NULL, throttled INTEGER NOT NULL, unhealthy INTEGER NOT NULL, "
            "gpus TEXT NOT NULL, regions TEXT NOT NULL, usd_per_hour REAL NOT NULL, usd REAL NOT NULL, jobs_waiting "
            "INTEGER NOT NULL, jobs_running INTEGER NOT NULL, grain INTEGER NOT NULL, PRIMARY KEY (deployment_id, "
            "started_at))"_s,
            u"CREATE INDEX worker_spans_by_end ON worker_spans (deployment_id, ended_at)"_s,
            u"CREATE INDEX worker_spans_by_time ON worker_spans (grain, started_at)"_s,
            u"CREATE TABLE stage_changes (seq INTEGER PRIMARY KEY AUTOINCREMENT, deployment_id TEXT NOT NULL, at "
            "INTEGER NOT NULL, status TEXT NOT NULL)"_s,
            u"CREATE INDEX stage_changes_by_deployment ON stage_changes (deployment_id, seq)"_s,
            u"INSERT INTO stage_changes (deployment_id, at, status) SELECT deployment_id, at, status FROM (SELECT seq, "
            "deployment_id, at, status, lag(status) OVER (PARTITION BY deployment_id ORDER BY seq) AS before FROM "
            "events) WHERE before IS NULL OR before <> status ORDER BY seq"_s,
        },
    };
    return list;
}

} // namespace

Result<void> keepCopy(Database& database, const QString& file, int version)
{
    const QString copy = u"%1.v%2.bak"_s.arg(file).arg(version);
    QFile::remove(copy);
    // Not a file copy: what is still in the write-ahead log belongs to it too.
    auto done = database.run(u"VACUUM INTO ?"_s, {copy});
    if (!done)
        return fail(std::move(done.error()));
    return {};
}

int currentSchemaVersion()
{
    return static_cast<int>(steps().size());
}

Result<void> migrate(Database& database, const QString& file)
{
    const auto found = database.version();
    if (!found)
        return fail(found.error());
    if (*found > currentSchemaVersion())
        return fail(ErrorCode::StoreTooNew, "schema version " + std::to_string(*found));
    for (int version = *found; version < currentSchemaVersion(); ++version) {
        if (version > 0) {
            if (auto kept = keepCopy(database, file, version); !kept)
                return kept;
        }
        auto done = database.transact([&]() -> Result<void> {
            QStringList statements = steps().at(version);
            statements.append(u"PRAGMA user_version = %1"_s.arg(version + 1));
            for (const QString& statement : statements) {
                if (auto ran = database.run(statement); !ran)
                    return fail(std::move(ran.error()));
            }
            return {};
        });
        if (!done)
            return done;
    }
    return {};
}

} // namespace visgate
