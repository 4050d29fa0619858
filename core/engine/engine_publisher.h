// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/domain/deployment/deployment.h"
#include "core/domain/jobs/job.h"
#include "core/domain/money/spend.h"
#include "core/engine/context/engine_snapshot.h"
#include "core/engine/context/publisher.h"
#include "core/foundation/clock.h"
#include "core/foundation/logs/log_line.h"

#include <QHash>
#include <QList>
#include <QObject>
#include <QTimer>

#include <memory>
#include <mutex>

namespace visgate {

/// Tells everybody outside the engine by signals, and keeps the snapshot that any thread may read. On the engine's
/// thread, but for snapshot().
class EnginePublisher final : public QObject, public Publisher {
    Q_OBJECT

public:
    /// `parent` brings it to the engine's thread.
    EnginePublisher(std::shared_ptr<const Clock> clock, QObject* parent);

    void publish(const Deployment& deployment) override;
    void publish(const Job& job) override { Q_EMIT jobChanged(job); }
    void publish(const DeploymentId& id, const QList<LogLine>& lines) override { Q_EMIT logAppended(id, lines); }
    void publish(const LimitState& state) override { Q_EMIT limitPassed(state); }
    void publish(const StopReport& report) override { Q_EMIT stopProgressed(report); }
    void publishEndpoints() override { Q_EMIT endpointsChanged(); }

    /// What lives when the engine begins: all of it is in the snapshot before the first change is told.
    void begin(const QList<Deployment>& deployments);
    /// The snapshot stays as it is.
    void stop() { m_publishing.stop(); }
    /// Any thread, never null.
    [[nodiscard]] std::shared_ptr<const EngineSnapshot> snapshot() const;

Q_SIGNALS:
    void deploymentChanged(const visgate::Deployment& deployment);
    void jobChanged(const visgate::Job& job);
    void logAppended(const visgate::DeploymentId& id, const QList<visgate::LogLine>& lines);
    void limitPassed(const visgate::LimitState& state);
    void stopProgressed(const visgate::StopReport& report);
    void endpointsChanged();

private:
    void publishSnapshot();

    std::shared_ptr<const Clock> m_clock;
    mutable std::mutex m_snapshotMutex;
    std::shared_ptr<const EngineSnapshot> m_snapshot;
    QHash<QString, Deployment> m_unpublished; ///< changed since the snapshot, by id
    QTimer m_publishing{this};
};

} // namespace visgate
