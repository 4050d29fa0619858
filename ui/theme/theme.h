// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/theme/colours.h"
#include "ui/theme/system_appearance.h"

#include <QIcon>
#include <QObject>
#include <QString>

#include <memory>

class QApplication;

namespace visgate::ui {

/// The user's wish; FollowSystem asks the desktop.
enum class Look { FollowSystem, Light, Dark, HighContrast };

[[nodiscard]] QString toString(Look look); ///< "system", "light" ... as stored
[[nodiscard]] Look lookFromString(const QString& text);

/// Which colour of the palette an icon takes when it is painted, so that it follows a change of look by itself.
enum class Ink { Text, Muted, Accent, OnAccent, Good, Warning, Bad };

[[nodiscard]] Ink inkOf(Tone tone);

/// The 8-pixel grid and what follows from it.
namespace metrics {
inline constexpr int unit = 8;
inline constexpr int cardRadius = 12;
inline constexpr int cardPadding = 24;
inline constexpr int pageMargin = 32;
inline constexpr int narrowPageMargin = 16;
/// Below this width (logical pixels) the rail shows icons only and pages use the narrow margin.
inline constexpr int compactWidth = 900;
/// Below this height the rail shows its sections only.
inline constexpr int lowHeight = 440;
} // namespace metrics

/// Palette, style sheet and icons of the application. GUI thread. Outlives every widget.
class Theme final : public QObject {
    Q_OBJECT

public:
    Theme(QApplication& application, std::unique_ptr<SystemAppearance> system, Look look);
    ~Theme() override;

    /// Begins to ask the desktop what it prefers; the last known holds until then.
    void watchDesktop() { m_system->watch(); }

    [[nodiscard]] Look look() const { return m_look; }
    void setLook(Look look);
    /// What is shown now.
    [[nodiscard]] Appearance appearance() const;
    /// What the desktop asks for, whatever is shown.
    [[nodiscard]] Appearance systemAppearance() const { return m_system->current(); }
    [[nodiscard]] const Colours& colours() const { return *m_colours; }

    /// resources/icons/NAME.svg in one ink.
    [[nodiscard]] QIcon icon(const QString& name, Ink ink = Ink::Text) const;
    /// resources/icons/NAME.svg with its `@colour` names filled from the palette.
    [[nodiscard]] QIcon illustration(const QString& name) const;

Q_SIGNALS:
    void changed();

private:
    void apply();

    QApplication& m_application;
    std::unique_ptr<SystemAppearance> m_system;
    Look m_look;
    std::shared_ptr<Colours> m_colours; ///< shared with icon engines, which live as long as their icons
};

} // namespace visgate::ui
