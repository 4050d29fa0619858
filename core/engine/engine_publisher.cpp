// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/engine/engine_publisher.h"

#include <chrono>
#include <utility>

namespace visgate {

namespace {

constexpr std::chrono::milliseconds kSnapshotEvery{50};

QString keyOf(const Deployment& deployment)
{
    return QString::fromStdString(deployment.id.value());
}

} // namespace

EnginePublisher::EnginePublisher(std::shared_ptr<const Clock> clock, QObject* parent)
    : QObject(parent), m_clock(std::move(clock)), m_snapshot(std::make_shared<EngineSnapshot>())
{
    m_publishing.setSingleShot(true);
    connect(&m_publishing, &QTimer::timeout, this, &EnginePublisher::publishSnapshot);
}

void EnginePublisher::begin(const QList<Deployment>& deployments)
{
    for (const Deployment& deployment : deployments)
        m_unpublished.insert(keyOf(deployment), deployment);
    publishSnapshot();
}

void EnginePublisher::publish(const Deployment& deployment)
{
    const QString id = keyOf(deployment);
    const bool isNew = !m_snapshot->deployments.contains(id);
    m_unpublished.insert(id, deployment);
    // One new snapshot for all that changes at about the same time; what has just been made is there at once.
    if (isNew)
        publishSnapshot();
    else if (!m_publishing.isActive())
        m_publishing.start(kSnapshotEvery);
    Deployment change = deployment;
    change.logs.clear(); // hundreds of lines with each change: who shows them asks, or follows the log
    Q_EMIT deploymentChanged(change);
}

void EnginePublisher::publishSnapshot()
{
    if (m_unpublished.isEmpty())
        return;
    auto next = std::make_shared<EngineSnapshot>(*m_snapshot);
    const auto changed = std::exchange(m_unpublished, {});
    for (auto deployment = changed.cbegin(); deployment != changed.cend(); ++deployment) {
        if (deployment->status == DeploymentStatus::Deleted)
            next->deployments.remove(deployment.key());
        else
            next->deployments.insert(deployment.key(), *deployment);
    }
    next->at = m_clock->now();
    const std::lock_guard lock(m_snapshotMutex);
    m_snapshot = std::move(next);
}

std::shared_ptr<const EngineSnapshot> EnginePublisher::snapshot() const
{
    const std::lock_guard lock(m_snapshotMutex);
    return m_snapshot;
}

} // namespace visgate
