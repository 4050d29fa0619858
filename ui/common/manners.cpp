// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/common/manners.h"

#include <QAbstractItemView>
#include <QAbstractSlider>
#include <QAbstractSpinBox>
#include <QApplication>
#include <QComboBox>
#include <QHelpEvent>
#include <QLabel>
#include <QScrollBar>
#include <QTabBar>
#include <QTextDocument>
#include <QToolTip>

using namespace Qt::StringLiterals;

namespace visgate::ui {
namespace {

/// Whether the wheel would change what this one says or sets; scroll bars only move the view.
bool isTurnedByWheel(const QObject* object)
{
    const bool isSlider = qobject_cast<const QAbstractSlider*>(object) && !qobject_cast<const QScrollBar*>(object);
    return isSlider || qobject_cast<const QComboBox*>(object) || qobject_cast<const QAbstractSpinBox*>(object)
        || qobject_cast<const QTabBar*>(object);
}

/// The control itself, or the one that the field inside it belongs to.
QWidget* turnedBy(QWidget* widget)
{
    if (isTurnedByWheel(widget))
        return widget;
    QWidget* const parent = widget->parentWidget();
    return parent != nullptr && qobject_cast<QAbstractSpinBox*>(parent) ? parent : nullptr;
}

void polish(QWidget* widget)
{
    // Else the wheel itself would choose the control that it is about to turn.
    if (isTurnedByWheel(widget) && widget->focusPolicy() == Qt::WheelFocus)
        widget->setFocusPolicy(Qt::StrongFocus);
    if (auto* const label = qobject_cast<QLabel*>(widget);
        label != nullptr && label->textFormat() == Qt::AutoText && !label->inherits("QTipLabel"))
        label->setTextFormat(Qt::PlainText);
}

/// What the tool tip at that place says; empty where the widget's own way is as good.
QString tipAt(const QWidget* widget, const QPoint& position)
{
    if (const auto* const view = qobject_cast<const QAbstractItemView*>(widget->parentWidget());
        view != nullptr && view->viewport() == widget)
        return view->indexAt(position).data(Qt::ToolTipRole).toString();
    return widget->toolTip();
}

} // namespace

Manners::Manners(QObject* parent) : QObject(parent)
{
    qApp->installEventFilter(this);
}

bool Manners::eventFilter(QObject* watched, QEvent* event)
{
    const QEvent::Type type = event->type();
    if (type != QEvent::Wheel && type != QEvent::Polish && type != QEvent::ToolTip)
        return false;
    auto* const widget = qobject_cast<QWidget*>(watched);
    if (widget == nullptr)
        return false;
    if (type == QEvent::Polish) {
        polish(widget);
        return false;
    }
    if (type == QEvent::Wheel) {
        const QWidget* const control = turnedBy(widget);
        if (control == nullptr || control->hasFocus())
            return false;
        event->ignore(); // goes on to the page below
        return true;
    }
    const auto* const help = static_cast<QHelpEvent*>(event);
    const QString tip = tipAt(widget, help->pos());
    if (!Qt::mightBeRichText(tip))
        return false;
    QToolTip::showText(
        help->globalPos(), u"<span style='white-space:pre-wrap'>"_s + tip.toHtmlEscaped() + u"</span>"_s, widget);
    return true;
}

} // namespace visgate::ui
