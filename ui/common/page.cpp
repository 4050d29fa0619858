// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/common/page.h"

#include "ui/common/widgets.h"

#include <QHBoxLayout>
#include <QResizeEvent>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace visgate::ui {

Page::Page(int maxWidth, QWidget* parent) : QScrollArea(parent), m_column(makeLayout<QVBoxLayout>(2))
{
    setWidgetResizable(true);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setFrameShape(QFrame::NoFrame);
    setFocusPolicy(Qt::NoFocus);
    auto* content = new QWidget;
    content->setObjectName(u"page"_s);
    auto* inner = new QWidget;
    if (maxWidth > 0)
        inner->setMaximumWidth(maxWidth);
    inner->setLayout(m_column);
    auto* row = makeLayout<QHBoxLayout>(0);
    row->addStretch(1);
    row->addWidget(inner, 1000);
    row->addStretch(1);
    content->setLayout(row);
    setWidget(content);
    content->setAutoFillBackground(false);
    content->installEventFilter(this);
}

void Page::resizeEvent(QResizeEvent* event)
{
    const int width = event->size().width();
    const int margin
        = width < 440 ? metrics::narrowPageMargin : (width < 640 ? 3 * metrics::unit : metrics::pageMargin);
    m_column->setContentsMargins(margin, margin, margin, margin);
    QScrollArea::resizeEvent(event);
    fitHeight();
}

bool Page::eventFilter(QObject* watched, QEvent* event)
{
    if (watched == widget() && event->type() == QEvent::LayoutRequest)
        fitHeight();
    return QScrollArea::eventFilter(watched, event);
}

/// A scroll area heeds a minimum size, which says nothing of words that wrap. So the height that the content wants at
/// this width becomes its minimum; otherwise the area would squeeze the content instead of scrolling it.
void Page::fitHeight()
{
    const QLayout& layout = *widget()->layout();
    const int height = layout.hasHeightForWidth() ? layout.totalMinimumHeightForWidth(viewport()->width())
                                                  : layout.totalMinimumSize().height();
    widget()->setMinimumHeight(height);
}

} // namespace visgate::ui
