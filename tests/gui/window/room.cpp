// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/gui/window/room.h"

#include "tests/gui/window/window_harness.h"
#include "ui/widgets/widgets.h"

#include <QAbstractButton>
#include <QAbstractScrollArea>
#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QRegularExpression>
#include <QScrollArea>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace visgate::test {
namespace {

QString described(const QWidget* widget)
{
    return QString::fromStdString(nameOf(widget));
}

QString sizes(QSize needed, QSize has)
{
    return u" needs %1x%2, has %3x%4"_s.arg(needed.width()).arg(needed.height()).arg(has.width()).arg(has.height());
}

QString labelTrouble(const QLabel& label)
{
    const QMargins margins = label.contentsMargins();
    const QSize has(label.contentsRect().size());
    if (!label.wordWrap()) {
        const QSize needed = label.fontMetrics().size(0, label.text());
        return needed.width() > has.width() || needed.height() > has.height() ? sizes(needed, has) : QString();
    }
    int widest = 0;
    for (const QString& word : label.text().split(QRegularExpression(u"\\s+"_s), Qt::SkipEmptyParts))
        widest = std::max(widest, label.fontMetrics().horizontalAdvance(word));
    const int high = label.heightForWidth(label.width()) - margins.top() - margins.bottom();
    const QSize needed(widest, high);
    return widest > has.width() || high > has.height() ? sizes(needed, has) : QString();
}

/// An ellipsis is no clipping while the whole text can be had and enough of it is there to tell it from others.
QString elidedTrouble(const ui::ElidedLabel& label)
{
    const bool elided = label.text() != label.fullText();
    if (elided && (label.toolTip() != label.fullText() || label.text().size() < 5))
        return u" is elided to \""_s + label.text() + u'"';
    return {};
}

QString controlTrouble(const QWidget& control)
{
    if (qobject_cast<const QPlainTextEdit*>(&control))
        return {}; // scrolls
    const QSize needed
        = qobject_cast<const QAbstractButton*>(&control) ? control.sizeHint() : control.minimumSizeHint();
    const bool wraps = control.sizePolicy().hasHeightForWidth() || control.hasHeightForWidth();
    const int high = wraps ? control.heightForWidth(control.width()) : needed.height();
    const int wide = wraps ? control.minimumSizeHint().width() : needed.width();
    if (wide > control.width() || high > control.height())
        return sizes({wide, high}, control.size());
    return {};
}

bool isControl(const QWidget* widget)
{
    return qobject_cast<const QAbstractButton*>(widget) || qobject_cast<const QLineEdit*>(widget)
        || qobject_cast<const QComboBox*>(widget) || qobject_cast<const QPlainTextEdit*>(widget);
}

/// Qt's own parts of a field or list are the field's affair.
bool isPartOfControl(const QWidget* widget)
{
    for (const QWidget* above = widget->parentWidget(); above != nullptr; above = above->parentWidget()) {
        if (isControl(above) || above->inherits("QAbstractItemView") || above->inherits("QAbstractSpinBox"))
            return true;
    }
    return false;
}

/// Where it is seen: cut by every scroll area around it.
QRect seenRect(const QWidget* widget, const QWidget& window)
{
    QRect rect(widget->mapTo(&window, QPoint()), widget->size());
    for (const QWidget* above = widget->parentWidget(); above != nullptr && above != &window;
         above = above->parentWidget())
        rect &= QRect(above->mapTo(&window, QPoint()), above->size());
    return rect;
}

/// A sheet covers what lies behind it on purpose.
QWidget* frontOf(QWidget& window)
{
    for (QWidget* widget : window.findChildren<QWidget*>()) {
        if (widget->isVisible() && widget->property("frame-kind").toString() == "sheet"_L1)
            return widget;
    }
    return &window;
}

} // namespace

QStringList lackOfRoom(QWidget& window)
{
    QStringList troubles;
    QList<QWidget*> leaves;
    QWidget* const front = frontOf(window);
    for (QWidget* widget : front->findChildren<QWidget*>()) {
        if (!widget->isVisible() || isPartOfControl(widget))
            continue;
        if (const auto* area = qobject_cast<const QScrollArea*>(widget)) {
            if (area->widget()->width() > area->viewport()->width())
                troubles << described(widget) + sizes(area->widget()->size(), area->viewport()->size());
            continue;
        }
        QString trouble;
        const auto* label = qobject_cast<const QLabel*>(widget);
        if (const auto* elided = qobject_cast<const ui::ElidedLabel*>(widget))
            trouble = elidedTrouble(*elided);
        else if (label != nullptr && !label->text().isEmpty())
            trouble = labelTrouble(*label);
        else if (isControl(widget))
            trouble = controlTrouble(*widget);
        else
            continue;
        if (!trouble.isEmpty())
            troubles << described(widget) + trouble;
        leaves << widget;
    }
    for (qsizetype i = 0; i < leaves.size(); ++i) {
        for (qsizetype j = i + 1; j < leaves.size(); ++j) {
            const QRect both = seenRect(leaves.at(i), window) & seenRect(leaves.at(j), window);
            if (both.isValid())
                troubles << described(leaves.at(i)) + u" lies over "_s + described(leaves.at(j));
        }
    }
    return troubles;
}

} // namespace visgate::test
