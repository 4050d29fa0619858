// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/theme/colours.h"

#include <QFrame>
#include <QString>

class QLabel;

namespace visgate::ui {

class IconLabel;
class Theme;

/// State told three ways: colour, icon and word.
class Badge final : public QFrame {
    Q_OBJECT

public:
    explicit Badge(const Theme& theme, QWidget* parent = nullptr);
    void show(Tone tone, const QString& icon, const QString& word);

private:
    const Theme& m_theme;
    IconLabel* m_icon;
    QLabel* m_word;
};

[[nodiscard]] QString toString(Tone tone); ///< the style sheet's name: "good", "bad" ...

} // namespace visgate::ui
