// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/domain/metrics/metrics.h"
#include "ui/common/ui_context.h"

#include <QComboBox>

namespace visgate::ui {

class DeploymentItems;
class ModelItems;

/// All deployments, or one: those that Home lists, by the names that it gives them, and those that are deleted but
/// still known.
class DeploymentChoice final : public QComboBox {
    Q_OBJECT

public:
    DeploymentChoice(const UiContext& context, const DeploymentItems& deployments, const ModelItems& models,
        QWidget* parent = nullptr);
    /// Empty: all.
    [[nodiscard]] DeploymentId chosen() const;
    void choose(const DeploymentId& id);
    /// Whatever of these is not listed is offered as well.
    void addKnown(const QList<DeploymentMetrics>& metrics);
    /// Sets the words, and the list anew where it has changed.
    void refresh();

private:
    struct Entry {
        DeploymentId id;
        QString title;
        TimePoint since;
    };
    [[nodiscard]] QList<Entry> entries() const;

    const UiContext& m_context;
    const DeploymentItems& m_deployments;
    const ModelItems& m_models;
    QList<Entry> m_known;
};

} // namespace visgate::ui
