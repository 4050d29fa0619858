// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QColor>

#include <array>

namespace visgate::ui {

/// What the desktop asks for, or the user chose instead.
struct Appearance {
    bool dark = false;
    bool highContrast = false;
    bool reduceMotion = false;
    bool operator==(const Appearance&) const = default;
};

/// What a coloured thing means. Never told by colour alone: an icon and a word stand beside it.
enum class Tone { Neutral, Working, Good, Warning, Bad };

/// Every colour of the window, by what it is for. Text on its ground keeps at least 4.5:1 (colours_test).
struct Colours {
    QColor window;        ///< behind everything
    QColor rail;          ///< the left rail and the status line
    QColor surface;       ///< cards, fields, sheets
    QColor sunken;        ///< wells inside a surface: log, picture frame
    QColor border;        ///< between surfaces
    QColor controlBorder; ///< around what can be operated: 3:1 on surface
    QColor text;
    QColor mutedText;
    QColor accent;
    QColor accentHover;
    QColor accentPressed;
    QColor accentSoft; ///< selected row, chosen rail item
    QColor onAccent;   ///< text on accent
    QColor accentText; ///< links and chosen items on surface or accentSoft
    QColor hover;      ///< under the pointer
    QColor disabledText;
    QColor scrim; ///< over what lies behind a sheet
    QColor good, goodSoft;
    QColor warning, warningSoft;
    QColor bad, badSoft;
    /// Of charts, only to tell one series from another: 3:1 on surface. Each has a pattern or a shape as well.
    std::array<QColor, 6> series;

    [[nodiscard]] QColor foreground(Tone tone) const;
    [[nodiscard]] QColor ground(Tone tone) const;
};

[[nodiscard]] Colours coloursFor(const Appearance& appearance);

} // namespace visgate::ui
