// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/charts/time_surface.h"

#include "ui/charts/ticks.h"
#include "ui/common/language.h"
#include "ui/theme/theme.h"

#include <QApplication>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>

#include <algorithm>
#include <cstdlib>
#include <utility>

namespace visgate::ui {
namespace {

constexpr int kStepsOfRange = 60;
constexpr double kZoomFactor = 0.5;

} // namespace

TimeSurface::TimeSurface(const UiContext& context, ChartGroup& group, QWidget* parent)
    : QWidget(parent), m_context(context), m_group(group)
{
    setMouseTracking(true);
    setFocusPolicy(Qt::StrongFocus);
    connect(&group, &ChartGroup::cursorChanged, this, [this] { refreshCursor(); });
}

double TimeSurface::xOf(Millis time) const
{
    const ChartRange range = m_group.shown();
    const QRect place = area();
    if (range.length() <= 0)
        return place.left();
    return place.left() + static_cast<double>(time - range.from) / static_cast<double>(range.length()) * place.width();
}

Millis TimeSurface::timeAt(int x) const
{
    const ChartRange range = m_group.shown();
    const QRect place = area();
    const int inside = std::clamp(x - place.left(), 0, std::max(1, place.width()));
    return range.from + static_cast<Millis>(static_cast<double>(range.length()) * inside / std::max(1, place.width()));
}

void TimeSurface::paintCursor(QPainter& painter) const
{
    const Colours& colours = m_context.theme.colours();
    const QRect place = area();
    if (m_pressed && std::abs(m_dragged - *m_pressed) >= QApplication::startDragDistance()) {
        const int left = std::clamp(std::min(*m_pressed, m_dragged), place.left(), place.right() + 1);
        const int right = std::clamp(std::max(*m_pressed, m_dragged), place.left(), place.right() + 1);
        QColor ground = colours.accent;
        ground.setAlphaF(0.22F);
        painter.fillRect(QRect(left, place.top(), right - left, place.height()), ground);
        painter.setPen(colours.accentText);
        painter.drawLine(left, place.top(), left, place.bottom());
        painter.drawLine(right, place.top(), right, place.bottom());
    }
    if (const auto time = m_group.cursor(); time && m_group.shown().contains(*time)) {
        const int x = std::clamp(static_cast<int>(xOf(*time)), place.left(), place.right());
        painter.setPen(QPen(colours.text, 1.0));
        painter.drawLine(x, place.top(), x, place.bottom());
    }
    if (hasFocus()) {
        painter.setRenderHint(QPainter::Antialiasing);
        painter.setBrush(Qt::NoBrush);
        painter.setPen(QPen(colours.accentText, 2.0));
        painter.drawRoundedRect(QRectF(place).adjusted(-1, -1, 1, 1), 3, 3);
    }
}

bool TimeSurface::event(QEvent* event)
{
    // Escape closes sheets elsewhere; here it is this widget's while there is something to go back to.
    if (event->type() == QEvent::ShortcutOverride && static_cast<QKeyEvent*>(event)->key() == Qt::Key_Escape
        && m_group.isZoomed())
        event->accept();
    return QWidget::event(event);
}

void TimeSurface::mouseMoveEvent(QMouseEvent* event)
{
    const QPoint at = event->position().toPoint();
    m_dragged = at.x();
    const QRect place = area();
    const bool isOver = at.x() >= place.left() && at.x() <= place.right() + 1;
    m_group.hover(isOver ? std::optional(timeAt(at.x())) : std::nullopt);
    if (m_pressed)
        refreshCursor();
}

void TimeSurface::mousePressEvent(QMouseEvent* event)
{
    const QPoint at = event->position().toPoint();
    if (event->button() != Qt::LeftButton || at.x() < area().left()) {
        event->ignore();
        return;
    }
    m_pressed = m_dragged = at.x();
}

void TimeSurface::mouseReleaseEvent(QMouseEvent* event)
{
    if (event->button() == Qt::LeftButton && m_pressed)
        endDrag(event->position().toPoint().x());
}

void TimeSurface::endDrag(int x)
{
    const int from = *std::exchange(m_pressed, std::nullopt);
    if (std::abs(x - from) < QApplication::startDragDistance()) {
        m_group.choose(meantBy(timeAt(x)));
        return;
    }
    m_group.zoomTo({timeAt(std::min(from, x)), timeAt(std::max(from, x))});
    refreshCursor();
}

void TimeSurface::mouseDoubleClickEvent(QMouseEvent* event)
{
    m_pressed.reset();
    if (event->button() == Qt::LeftButton)
        m_group.back();
}

void TimeSurface::leaveEvent(QEvent* event)
{
    m_group.hover({});
    QWidget::leaveEvent(event);
}

void TimeSurface::moveCursor(int steps)
{
    const ChartRange range = m_group.shown();
    const Millis step = std::max<Millis>(1, range.length() / kStepsOfRange);
    const Millis from = m_group.cursor().value_or(range.until);
    m_group.setChosen(std::clamp(from + steps * step, range.from, range.until));
}

bool TimeSurface::takesKey(int key)
{
    const ChartRange range = m_group.shown();
    const Millis middle = m_group.cursor().value_or(range.from + range.length() / 2);
    switch (key) {
    case Qt::Key_Left:
        moveCursor(-1);
        return true;
    case Qt::Key_Right:
        moveCursor(1);
        return true;
    case Qt::Key_Home:
        m_group.setChosen(range.from);
        return true;
    case Qt::Key_End:
        m_group.setChosen(range.until);
        return true;
    case Qt::Key_Plus:
    case Qt::Key_Equal: // the plus of a keyboard where it needs Shift
        m_group.zoomBy(kZoomFactor, middle);
        return true;
    case Qt::Key_Minus:
        if (m_group.isZoomed())
            m_group.zoomBy(1.0 / kZoomFactor, middle);
        return true;
    case Qt::Key_Return:
    case Qt::Key_Enter:
        if (const auto time = m_group.cursor())
            m_group.choose(*time);
        return true;
    case Qt::Key_Escape:
        if (!m_group.isZoomed())
            return false;
        m_group.back();
        return true;
    default:
        return false;
    }
}

void TimeSurface::keyPressEvent(QKeyEvent* event)
{
    const bool isPlain = (event->modifiers() & (Qt::ControlModifier | Qt::AltModifier | Qt::MetaModifier)) == 0;
    if (!isPlain || !takesKey(event->key()))
        QWidget::keyPressEvent(event);
}

void TimeSurface::focusInEvent(QFocusEvent* event)
{
    QWidget::focusInEvent(event);
    refreshCursor();
}

void TimeSurface::focusOutEvent(QFocusEvent* event)
{
    QWidget::focusOutEvent(event);
    refreshCursor();
}

} // namespace visgate::ui
