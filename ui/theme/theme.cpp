// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/theme/theme.h"

#include "ui/theme/icon_engine.h"
#include "ui/theme/visgate_style.h"

#include <QApplication>
#include <QFile>
#include <QFont>
#include <QPalette>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace visgate::ui {
namespace {

QPalette paletteOf(const Colours& c)
{
    QPalette p;
    p.setColor(QPalette::Window, c.window);
    p.setColor(QPalette::WindowText, c.text);
    p.setColor(QPalette::Base, c.surface);
    p.setColor(QPalette::AlternateBase, c.sunken);
    p.setColor(QPalette::Text, c.text);
    p.setColor(QPalette::Button, c.surface);
    p.setColor(QPalette::ButtonText, c.text);
    p.setColor(QPalette::BrightText, c.bad);
    p.setColor(QPalette::ToolTipBase, c.text);
    p.setColor(QPalette::ToolTipText, c.surface);
    p.setColor(QPalette::PlaceholderText, c.mutedText);
    p.setColor(QPalette::Highlight, c.accent);
    p.setColor(QPalette::HighlightedText, c.onAccent);
    p.setColor(QPalette::Link, c.accentText);
    p.setColor(QPalette::LinkVisited, c.accentText);
    for (const auto role : {QPalette::WindowText, QPalette::Text, QPalette::ButtonText})
        p.setColor(QPalette::Disabled, role, c.disabledText);
    return p;
}

QString styleSheetOf(const Colours& colours, const Appearance& appearance)
{
    QFile file(u":/styles/visgate.qss"_s);
    if (!file.open(QIODevice::ReadOnly))
        return {};
    QString text = filledIn(QString::fromUtf8(file.readAll()), colours);
    // The few images a style sheet needs come in two shades.
    return text.replace("%shade%"_L1, appearance.dark ? "light"_L1 : "dark"_L1);
}

} // namespace

QString toString(Look look)
{
    switch (look) {
    case Look::FollowSystem:
        return u"system"_s;
    case Look::Light:
        return u"light"_s;
    case Look::Dark:
        return u"dark"_s;
    case Look::HighContrast:
        return u"contrast"_s;
    }
    return u"system"_s;
}

Look lookFromString(const QString& text)
{
    for (const auto look : {Look::Light, Look::Dark, Look::HighContrast}) {
        if (toString(look) == text)
            return look;
    }
    return Look::FollowSystem;
}

Ink inkOf(Tone tone)
{
    switch (tone) {
    case Tone::Neutral:
        return Ink::Muted;
    case Tone::Working:
        return Ink::Accent;
    case Tone::Good:
        return Ink::Good;
    case Tone::Warning:
        return Ink::Warning;
    case Tone::Bad:
        return Ink::Bad;
    }
    return Ink::Text;
}

Theme::Theme(QApplication& application, std::unique_ptr<SystemAppearance> system, Look look)
    : m_application(application), m_system(std::move(system)), m_look(look), m_colours(std::make_shared<Colours>())
{
    connect(m_system.get(), &SystemAppearance::changed, this, &Theme::apply);
    application.setStyle(new VisgateStyle);
    // Below ten points the small type of the cards becomes hard to read; a larger system font is kept.
    QFont font = application.font();
    font.setPointSizeF(std::max(font.pointSizeF(), 10.0));
    application.setFont(font);
    apply();
}

Theme::~Theme() = default;

void Theme::setLook(Look look)
{
    if (look == m_look)
        return;
    m_look = look;
    apply();
}

Appearance Theme::appearance() const
{
    Appearance result = m_system->current();
    switch (m_look) {
    case Look::FollowSystem:
        break;
    case Look::Light:
    case Look::Dark:
        result.dark = m_look == Look::Dark;
        result.highContrast = false;
        break;
    case Look::HighContrast:
        result.highContrast = true;
        break;
    }
    return result;
}

void Theme::apply()
{
    const Appearance shown = appearance();
    *m_colours = coloursFor(shown);
    m_application.setPalette(paletteOf(*m_colours));
    m_application.setStyleSheet(styleSheetOf(*m_colours, shown));
    Q_EMIT changed();
}

QIcon Theme::icon(const QString& name, Ink ink) const
{
    return QIcon(new PaletteIconEngine(name, ink, m_colours));
}

QIcon Theme::illustration(const QString& name) const
{
    return QIcon(new PaletteIconEngine(name, std::nullopt, m_colours));
}

} // namespace visgate::ui
