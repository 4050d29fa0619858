// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/sheet_host.h"

#include "ui/theme/theme.h"
#include "ui/widgets/widgets.h"

#include <QApplication>
#include <QKeyEvent>
#include <QPainter>
#include <QStackedLayout>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace visgate::ui {
namespace {

constexpr int sheetWidth = 520;

} // namespace

SheetHost::SheetHost(const Theme& theme)
    : m_theme(theme), m_frame(makeFrame("sheet", this)), m_sheets(new QStackedLayout)
{
    setObjectName(u"sheetHost"_s);
    m_frame->setLayout(m_sheets);
    hide();
}

void SheetHost::cover(QWidget* page)
{
    setParent(page);
    page->installEventFilter(this);
}

void SheetHost::open(QWidget& sheet)
{
    if (m_sheets->indexOf(&sheet) < 0)
        m_sheets->addWidget(&sheet);
    m_sheets->setCurrentWidget(&sheet);
    if (!isVisible())
        m_focusBefore = QApplication::focusWidget();
    setGeometry(parentWidget()->rect());
    show();
    raise();
}

void SheetHost::close()
{
    if (!isVisible())
        return;
    hide();
    if (m_focusBefore)
        m_focusBefore->setFocus();
    Q_EMIT closed();
}

bool SheetHost::eventFilter(QObject* watched, QEvent* event)
{
    if (watched == parentWidget() && event->type() == QEvent::Resize)
        setGeometry(parentWidget()->rect());
    return QWidget::eventFilter(watched, event);
}

bool SheetHost::focusNextPrevChild(bool next)
{
    QWidget* const start = QApplication::focusWidget() != nullptr ? QApplication::focusWidget() : m_frame;
    for (QWidget* widget = start;;) {
        widget = next ? widget->nextInFocusChain() : widget->previousInFocusChain();
        if (widget == start)
            return false;
        const bool reachable = m_frame->isAncestorOf(widget) && widget->isEnabled() && widget->isVisible()
            && (widget->focusPolicy() & Qt::TabFocus) == Qt::TabFocus && widget->focusProxy() == nullptr;
        if (reachable) {
            widget->setFocus(next ? Qt::TabFocusReason : Qt::BacktabFocusReason);
            return true;
        }
    }
}

void SheetHost::keyPressEvent(QKeyEvent* event)
{
    if (event->key() == Qt::Key_Escape)
        close();
    else
        QWidget::keyPressEvent(event);
}

void SheetHost::mousePressEvent(QMouseEvent* event)
{
    if (!m_frame->geometry().contains(event->pos()))
        close();
}

void SheetHost::paintEvent(QPaintEvent* /*event*/)
{
    QPainter(this).fillRect(rect(), m_theme.colours().scrim);
}

void SheetHost::resizeEvent(QResizeEvent* /*event*/)
{
    const int width = std::min(sheetWidth, this->width());
    m_frame->setGeometry(this->width() - width, 0, width, height());
}

} // namespace visgate::ui
