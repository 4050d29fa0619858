// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/domain/deployment.h"
#include "core/foundation/log_line.h"

#include <QAbstractListModel>

#include <deque>

namespace visgate {
class DeploymentService;
}

namespace visgate::ui {

/// The last lines of one deployment's log, kept up to date; older ones stay in the store. GUI thread.
class LogModel final : public QAbstractListModel {
    Q_OBJECT

public:
    enum Role { LevelRole = Qt::UserRole + 1 };
    static constexpr int capacity = 5000;

    explicit LogModel(DeploymentService& service, QObject* parent = nullptr);
    void setDeployment(const DeploymentId& id);
    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;
    /// All lines held, as text with times.
    [[nodiscard]] QString text() const;

private:
    void append(const QList<LogLine>& lines);
    [[nodiscard]] static QString lineText(const LogLine& line);

    DeploymentService& m_service;
    DeploymentId m_deployment;
    std::deque<LogLine> m_lines;
    QList<LogLine> m_early; ///< arrived by signal before the stored ones
    bool m_loaded = false;
};

} // namespace visgate::ui
