// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/domain/deployment/deployment.h"

#include <QAbstractListModel>
#include <QHash>
#include <QList>
#include <QSet>

namespace visgate {
class DeploymentService;
}

namespace visgate::ui {

/// The deployments that exist, newest first, kept up to date by the service's signals. Deleted ones and those that
/// the user has just removed (and may still bring back) are not listed. GUI thread.
class DeploymentItems final : public QAbstractListModel {
    Q_OBJECT

public:
    explicit DeploymentItems(DeploymentService& service, QObject* parent = nullptr);

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;

    [[nodiscard]] const Deployment& at(int row) const { return m_rows.at(row); }
    [[nodiscard]] const Deployment* find(const DeploymentId& id) const;
    /// False until the first list has arrived.
    [[nodiscard]] bool isLoaded() const { return m_loaded; }
    /// Takes over the answer to a creation, unless something newer was told of it before the answer came.
    void takeCreated(const Deployment& deployment);
    void setHidden(const DeploymentId& id, bool hidden);
    void reload();

    /// What runs at this moment at `target`, in USD per hour.
    [[nodiscard]] double usdPerHour(AccountId target) const;
    [[nodiscard]] int runningCount() const;
    /// The listed ones at `target` that run or are under way, so that they cost or may soon cost.
    [[nodiscard]] QList<Deployment> workingForMoney() const;
    /// Whether somebody has to go on watching when the window goes; what is being removed counts too.
    [[nodiscard]] bool hasUnfinished() const;

Q_SIGNALS:
    void loaded();
    void loadFailed(const visgate::Error& error);

private:
    [[nodiscard]] int rowOf(const DeploymentId& id) const;
    void hear(const Deployment& deployment);
    void take(const Deployment& deployment);
    void insertSorted(const Deployment& deployment);

    DeploymentService& m_service;
    QList<Deployment> m_rows;
    QHash<DeploymentId, Deployment> m_hidden;
    QHash<DeploymentId, quint64> m_heard; ///< how many signals had come when the last one of each did
    quint64 m_signals = 0;
    bool m_loaded = false;
};

} // namespace visgate::ui
