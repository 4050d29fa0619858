// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/theme/colours.h"

#include <QFrame>
#include <QString>

#include <functional>

class QLabel;
class QPushButton;

namespace visgate::ui {

class IconLabel;
class Theme;

/// One sentence, perhaps a second one that says what to do, and at most one button. Hidden while it has nothing to say.
/// Comes before any dialog.
class MessageBar final : public QFrame {
    Q_OBJECT

public:
    explicit MessageBar(const Theme& theme, QWidget* parent = nullptr);

    struct Content {
        Tone tone = Tone::Neutral;
        QString sentence;
        QString advice;
        QString button; ///< empty: no button
        std::function<void()> act;
    };
    void say(Content content);
    void clear();
    [[nodiscard]] QString sentence() const;
    [[nodiscard]] QPushButton* button() const { return m_button; }

private:
    const Theme& m_theme;
    IconLabel* m_icon;
    QLabel* m_sentence;
    QLabel* m_advice;
    QPushButton* m_button;
    std::function<void()> m_act;
};

} // namespace visgate::ui
