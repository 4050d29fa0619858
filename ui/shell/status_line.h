// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/common/retranslated.h"
#include "ui/common/ui_context.h"

#include <QFrame>

class QLabel;

namespace visgate::ui {

class DeploymentItems;
class ElidedLabel;
class IconLabel;
class MoneyFigures;

/// The bottom line: does the program reach its engine, what runs, what does it cost per hour and today.
class StatusLine final : public Retranslated<QFrame> {
    Q_OBJECT

public:
    StatusLine(const UiContext& context, const DeploymentItems& deployments, const MoneyFigures& money,
        QWidget* parent = nullptr);

protected:
    void retranslate() override;

private:
    const UiContext& m_context;
    const DeploymentItems& m_deployments;
    const MoneyFigures& m_figures;
    IconLabel* m_icon;
    ElidedLabel* m_state;
    QLabel* m_money;
    bool m_connected = true;
};

} // namespace visgate::ui
