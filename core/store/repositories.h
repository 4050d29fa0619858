// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/domain/deployment/request.h"
#include "core/foundation/result.h"
#include "core/store/records.h"

#include <QList>
#include <QString>

#include <optional>

namespace visgate {

class Database;

/// Deployments and their orchestration lines. Each write is one durable transaction.
class DeploymentRepository {
public:
    explicit DeploymentRepository(Database& database);

    /// Inserts or replaces the record and appends `lines` to its log, together.
    [[nodiscard]] Result<void> save(const DeploymentRecord& record, const QList<OrchestrationLine>& lines = {});
    /// With the last 200 lines of its log. Empty optional: no such id.
    [[nodiscard]] Result<std::optional<DeploymentRecord>> find(const DeploymentId& id);
    [[nodiscard]] Result<QList<DeploymentRecord>> allBut(DeploymentStatus status);
    /// Newest first, those in `status` if it is set. `cursor` is a nextCursor of an earlier page; InvalidRequest if it
    /// is not.
    [[nodiscard]] Result<DeploymentPage> page(
        int limit, const QString& cursor, std::optional<DeploymentStatus> status = std::nullopt);

private:
    [[nodiscard]] Result<QList<OrchestrationLine>> lastLines(const QString& id);
    Database& m_database;
};

class IntentRepository {
public:
    explicit IntentRepository(Database& database);

    /// Commits the intent and the record that belongs to it in one transaction; the id is set in the result.
    [[nodiscard]] Result<Intent> open(Intent intent, const DeploymentRecord& record);
    [[nodiscard]] Result<std::optional<Intent>> latest(const DeploymentId& deployment);
    /// Ends the intent and saves the record, in one transaction.
    [[nodiscard]] Result<void> close(
        const Intent& intent, const DeploymentRecord& record, const QList<OrchestrationLine>& lines = {});

private:
    Database& m_database;
};

class JobRepository {
public:
    explicit JobRepository(Database& database);

    [[nodiscard]] Result<void> save(const Job& job); ///< artifacts included
    [[nodiscard]] Result<std::optional<Job>> find(const JobId& id);
    /// Newest first; of every deployment when `deployment` is empty, and only those before `olderThan` unless that is.
    [[nodiscard]] Result<QList<Job>> list(
        const DeploymentId& deployment, int limit = 1000, const JobId& olderThan = {});
    /// Those asked for between the two, the newest `limit`, newest first, without their artifacts.
    [[nodiscard]] Result<QList<Job>> between(const DeploymentId& deployment, TimePoint from, TimePoint to, int limit);
    [[nodiscard]] Result<QList<Job>> unfinished();

private:
    [[nodiscard]] Result<void> loadArtifacts(QList<Job>& jobs);
    Database& m_database;
};

class MetaRepository {
public:
    explicit MetaRepository(Database& database);

    [[nodiscard]] Result<std::optional<QString>> value(const QString& key);
    [[nodiscard]] Result<void> set(const QString& key, const QString& value);

private:
    Database& m_database;
};

} // namespace visgate
