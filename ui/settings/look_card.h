// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/common/retranslated.h"
#include "ui/common/ui_context.h"

#include <QFrame>

class QComboBox;
class QLabel;

namespace visgate::ui {

/// Language, look, and how fast practice's clock runs. Each takes effect at once.
class LookCard final : public Retranslated<QFrame> {
    Q_OBJECT

public:
    explicit LookCard(const UiContext& context, QWidget* parent = nullptr);

protected:
    void retranslate() override;

private:
    const UiContext& m_context;
    QLabel* m_title;
    QLabel* m_languageCaption;
    QComboBox* m_language;
    QLabel* m_lookCaption;
    QComboBox* m_look;
    QLabel* m_speedCaption;
    QComboBox* m_speed;
    QLabel* m_speedNote;
};

} // namespace visgate::ui
