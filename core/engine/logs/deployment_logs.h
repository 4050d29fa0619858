// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/domain/deployment/deployment.h"
#include "core/foundation/logs/log_line.h"
#include "core/foundation/result.h"
#include "core/providers/provider.h"

#include <QList>
#include <QString>
#include <QTimer>

#include <functional>
#include <map>
#include <memory>
#include <optional>

namespace visgate {

class LogStore;
class Redactor;

/// A line that a worker posted itself.
struct ReportedLine {
    qint64 seq = 0; ///< counted by the worker; a line that comes again has the same
    QString worker; ///< empty if it did not say
    LogLine line;
};

/// The deployments' logs: one append-only file each, redacted on the way in. Announces new lines in batches. Engine
/// thread only.
class DeploymentLogs {
public:
    using Appended = std::function<void(const DeploymentId&, const QList<LogLine>&)>;

    DeploymentLogs(QString folder, std::shared_ptr<Redactor> redactor);
    ~DeploymentLogs();
    void onAppended(Appended appended) { m_appended = std::move(appended); }

    /// A line of the orchestration itself.
    void addOwn(const DeploymentId& id, const OrchestrationLine& line, DeploymentStatus stage);
    /// A line of a worker's stream; false if it is known already.
    bool addProviderLine(
        const DeploymentId& id, const QString& worker, const ProviderLogLine& line, DeploymentStatus stage);
    /// A line of the callback receiver; one that was stored already goes nowhere.
    void addReported(const DeploymentId& id, ReportedLine reported, DeploymentStatus stage);
    /// Where this worker's stream goes on; empty if nothing of it is stored.
    [[nodiscard]] QString lastProviderId(const DeploymentId& id, const QString& worker);
    /// The newest line of a worker that speaks of this job of the provider's; none if nothing of it is stored.
    [[nodiscard]] std::optional<LogLine> lastLineOf(const DeploymentId& id, const ProviderJobId& job);
    /// The last `limit` lines from line number `since` on and, if it is set, before that one, oldest first.
    [[nodiscard]] Result<QList<LogLine>> read(
        const DeploymentId& id, LineNo since, int limit, std::optional<LineNo> before = {});

private:
    [[nodiscard]] QString path(const DeploymentId& id) const;
    Result<LogStore*> store(const DeploymentId& id);
    bool append(const DeploymentId& id, LogLine line);
    void announce();

    QString m_folder;
    std::shared_ptr<Redactor> m_redactor;
    Appended m_appended;
    std::map<DeploymentId, std::unique_ptr<LogStore>> m_stores;
    std::map<DeploymentId, QList<LogLine>> m_fresh; ///< not announced yet
    QTimer m_batch;
};

} // namespace visgate
