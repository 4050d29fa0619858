// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/page.h"

#include "ui/widgets/widgets.h"

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
}

int pageMargin(int width)
{
    if (width < 440)
        return metrics::narrowPageMargin;
    return width < 640 ? 3 * metrics::unit : metrics::pageMargin;
}

void Page::resizeEvent(QResizeEvent* event)
{
    const int width = event->size().width();
    const int margin = pageMargin(width);
    // The scroll bar is part of the margin: nothing moves when it comes, and edges stay in line with a sheet's button.
    m_column->setContentsMargins(margin, margin, margin - (this->width() - width), margin);
    QScrollArea::resizeEvent(event);
}

} // namespace visgate::ui
