// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/domain/deployment/deployment.h"
#include "core/domain/deployment/request.h"
#include "ui/common/retranslated.h"
#include "ui/common/ui_context.h"

#include <QFrame>

class QLabel;
class QPushButton;
class QSpinBox;

namespace visgate::ui {

class BusyBar;
class MessageBar;

/// How many workers an endpoint may have and how long an idle one waits, with a button that asks the provider.
class WorkersForm final : public Retranslated<QFrame> {
    Q_OBJECT

public:
    explicit WorkersForm(const UiContext& context, QWidget* parent = nullptr);
    void show(const Deployment& deployment);

protected:
    void retranslate() override;

private:
    void apply();
    void showButton();
    [[nodiscard]] ScaleRequest wish() const;

    const UiContext& m_context;
    Deployment m_deployment;
    bool m_busyNow = false;
    QLabel* m_title;
    QLabel* m_maxCaption;
    QSpinBox* m_max;
    QLabel* m_idleCaption;
    QSpinBox* m_idle;
    QLabel* m_note;
    BusyBar* m_busy;
    MessageBar* m_message;
    QPushButton* m_apply;
};

} // namespace visgate::ui
