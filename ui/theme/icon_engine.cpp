// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/theme/icon_engine.h"

#include <QFile>
#include <QPainter>
#include <QPixmap>
#include <QSvgRenderer>

#include <array>
#include <utility>

using namespace Qt::StringLiterals;

namespace visgate::ui {
namespace {

QColor colourOf(Ink ink, const Colours& c)
{
    switch (ink) {
    case Ink::Text:
        return c.text;
    case Ink::Muted:
        return c.mutedText;
    case Ink::Accent:
        return c.accentText;
    case Ink::OnAccent:
        return c.onAccent;
    case Ink::Good:
        return c.good;
    case Ink::Warning:
        return c.warning;
    case Ink::Bad:
        return c.bad;
    }
    return c.text;
}

} // namespace

QString filledIn(QString text, const Colours& c)
{
    // Longer names first, so that "@accent" does not eat the start of "@accentSoft".
    const std::array<std::pair<QLatin1StringView, QColor>, 22> names{{{"@controlBorder"_L1, c.controlBorder},
        {"@accentPressed"_L1, c.accentPressed}, {"@accentHover"_L1, c.accentHover}, {"@accentText"_L1, c.accentText},
        {"@accentSoft"_L1, c.accentSoft}, {"@disabledText"_L1, c.disabledText}, {"@warningSoft"_L1, c.warningSoft},
        {"@mutedText"_L1, c.mutedText}, {"@onAccent"_L1, c.onAccent}, {"@goodSoft"_L1, c.goodSoft},
        {"@badSoft"_L1, c.badSoft}, {"@surface"_L1, c.surface}, {"@warning"_L1, c.warning}, {"@accent"_L1, c.accent},
        {"@window"_L1, c.window}, {"@sunken"_L1, c.sunken}, {"@border"_L1, c.border}, {"@hover"_L1, c.hover},
        {"@good"_L1, c.good}, {"@rail"_L1, c.rail}, {"@text"_L1, c.text}, {"@bad"_L1, c.bad}}};
    for (const auto& [name, colour] : names)
        text.replace(name, colour.name());
    return text;
}

PaletteIconEngine::PaletteIconEngine(QString name, std::optional<Ink> ink, std::shared_ptr<const Colours> colours)
    : m_name(std::move(name)), m_ink(ink), m_colours(std::move(colours))
{
}

QByteArray PaletteIconEngine::drawing(QIcon::Mode mode) const
{
    QFile file(u":/icons/%1.svg"_s.arg(m_name));
    if (!file.open(QIODevice::ReadOnly))
        return {};
    QByteArray svg = file.readAll();
    if (!m_ink)
        return filledIn(QString::fromUtf8(svg), *m_colours).toUtf8();
    const QColor colour = mode == QIcon::Disabled ? m_colours->disabledText : colourOf(*m_ink, *m_colours);
    return svg.replace("currentColor", colour.name().toLatin1());
}

void PaletteIconEngine::paint(QPainter* painter, const QRect& rect, QIcon::Mode mode, QIcon::State /*state*/)
{
    QSvgRenderer renderer(drawing(mode));
    renderer.setAspectRatioMode(Qt::KeepAspectRatio);
    renderer.render(painter, rect);
}

QPixmap PaletteIconEngine::pixmap(const QSize& size, QIcon::Mode mode, QIcon::State state)
{
    QPixmap result(size);
    result.fill(Qt::transparent);
    QPainter painter(&result);
    paint(&painter, QRect({}, size), mode, state);
    return result;
}

QPixmap PaletteIconEngine::scaledPixmap(const QSize& size, QIcon::Mode mode, QIcon::State state, qreal /*scale*/)
{
    return pixmap(size, mode, state); // the size is in device pixels already
}

QIconEngine* PaletteIconEngine::clone() const
{
    return new PaletteIconEngine(*this);
}

} // namespace visgate::ui
