// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/domain/deployment/deployment.h"
#include "ui/common/retranslated.h"
#include "ui/common/ui_context.h"

#include <QWidget>

class QCheckBox;
class QLabel;
class QListView;
class QPushButton;

namespace visgate::ui {

class LogItems;

/// The live log of one deployment: one line a row, follows its end unless scrolled away, copies.
class LogPanel final : public Retranslated<QWidget> {
    Q_OBJECT

public:
    explicit LogPanel(const UiContext& context, QWidget* parent = nullptr);
    void setDeployment(const DeploymentId& id);

protected:
    void retranslate() override;
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void copy();

    const UiContext& m_context;
    LogItems* m_model;
    QLabel* m_title;
    QCheckBox* m_follow;
    QPushButton* m_copy;
    QListView* m_list;
};

} // namespace visgate::ui
