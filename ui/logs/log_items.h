// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/domain/deployment/deployment.h"
#include "core/foundation/logs/log_line.h"

#include <QAbstractListModel>

#include <deque>

namespace visgate {
class DeploymentService;
}

namespace visgate::ui {

class Language;

/// The last lines of one deployment's log, kept up to date; older ones stay in the store. GUI thread.
class LogItems final : public QAbstractListModel {
    Q_OBJECT

public:
    enum Role { LevelRole = Qt::UserRole + 1 };
    static constexpr int capacity = 5000;

    LogItems(DeploymentService& service, const Language& language, QObject* parent = nullptr);
    void setDeployment(const DeploymentId& id);
    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;
    /// All lines held, as text with times.
    [[nodiscard]] QString text() const;
    /// Says its lines in the language that is installed now.
    void retranslate();

private:
    void append(const QList<LogLine>& lines);
    [[nodiscard]] QString lineText(const LogLine& line) const;

    DeploymentService& m_service;
    const Language& m_language;
    DeploymentId m_deployment;
    std::deque<LogLine> m_lines;
    QList<LogLine> m_early; ///< arrived by signal before the stored ones
    bool m_loaded = false;
};

} // namespace visgate::ui
