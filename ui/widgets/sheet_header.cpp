// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/sheet_header.h"

#include "ui/theme/theme.h"
#include "ui/widgets/widgets.h"

#include <QHBoxLayout>

using namespace Qt::StringLiterals;

namespace visgate::ui {

SheetHeader::SheetHeader(const Theme& theme, const QString& closeName, QWidget* parent)
    : Retranslated(parent), m_title(new ElidedLabel), m_close(makeButton(ButtonKind::Icon, theme.icon(u"close"_s)))
{
    setProperty("frame-kind", u"header"_s);
    m_title->setProperty("text-style", u"title"_s);
    m_title->setObjectName(u"sheetTitle"_s);
    m_close->setObjectName(closeName);
    auto* line = makeLayout<QHBoxLayout>(1);
    line->setContentsMargins(24, 16, 16, 16);
    line->addWidget(m_title, 1);
    line->addWidget(m_close);
    setLayout(line);
    connect(m_close, &QPushButton::clicked, this, &SheetHeader::closeRequested);
    retranslate();
}

void SheetHeader::setTitle(const QString& title)
{
    m_title->setFullText(title);
}

QString SheetHeader::title() const
{
    return m_title->fullText();
}

void SheetHeader::takeFocus()
{
    m_close->setFocus();
}

void SheetHeader::retranslate()
{
    m_close->setAccessibleName(tr("Close"));
    m_close->setToolTip(tr("Close (Esc)"));
}

} // namespace visgate::ui
