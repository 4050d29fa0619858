// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/domain/deployment/deployment.h"
#include "ui/common/remedy.h"
#include "ui/common/retranslated.h"
#include "ui/common/ui_context.h"

#include <QFrame>

class QLabel;
class QPushButton;

namespace visgate::ui {

class Badge;
class ElidedLabel;
class MessageBar;

/// One deployment: is it running, what does it cost, what can be done about it.
class DeploymentCard final : public Retranslated<QFrame> {
    Q_OBJECT

public:
    DeploymentCard(const UiContext& context, QWidget* parent = nullptr);
    void show(const Deployment& deployment, const QString& modelTitle);
    [[nodiscard]] const Deployment& deployment() const { return m_deployment; }

Q_SIGNALS:
    /// Yes to the dearer plan that it asks about.
    void acceptRequested(const visgate::DeploymentId& id);
    void openRequested(const visgate::DeploymentId& id);
    void pauseRequested(const visgate::DeploymentId& id);
    void resumeRequested(const visgate::DeploymentId& id);
    void removeRequested(const visgate::DeploymentId& id);
    void moreRequested(const visgate::DeploymentId& id);
    void keepWarmRequested(const visgate::DeploymentId& id);
    void restoreRequested(const visgate::DeploymentId& id);
    void deleteRequested(const visgate::DeploymentId& id);
    void remedyRequested(const visgate::ui::Remedy& remedy);

protected:
    void retranslate() override;

private:
    const UiContext& m_context;
    Deployment m_deployment;
    QString m_title;
    ElidedLabel* m_name;
    Badge* m_badge;
    QLabel* m_demo;
    QLabel* m_nowCaption;
    QLabel* m_now;
    QLabel* m_soFarCaption;
    QLabel* m_soFar;
    QLabel* m_whereCaption;
    QLabel* m_where;
    QLabel* m_kept; ///< until when one is kept warm, or a removed one can be brought back
    MessageBar* m_trouble;
    QPushButton* m_open;
    QPushButton* m_pause;
    QPushButton* m_warm;
    QPushButton* m_more;
    QPushButton* m_remove;
};

} // namespace visgate::ui
