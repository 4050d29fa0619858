// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/badge.h"

#include "ui/theme/theme.h"
#include "ui/widgets/widgets.h"

#include <QHBoxLayout>

using namespace Qt::StringLiterals;

namespace visgate::ui {

QString toString(Tone tone)
{
    switch (tone) {
    case Tone::Neutral:
        return u"neutral"_s;
    case Tone::Working:
        return u"working"_s;
    case Tone::Good:
        return u"good"_s;
    case Tone::Warning:
        return u"warning"_s;
    case Tone::Bad:
        return u"bad"_s;
    }
    return u"neutral"_s;
}

Badge::Badge(const Theme& theme, QWidget* parent)
    : QFrame(parent), m_theme(theme), m_icon(new IconLabel({}, 16)), m_word(new QLabel)
{
    setProperty("frame-kind", u"badge"_s);
    m_word->setProperty("text-style", u"badge"_s);
    auto* row = makeLayout<QHBoxLayout>(0.75);
    row->setContentsMargins(8, 4, 12, 4);
    row->addWidget(m_icon);
    row->addWidget(m_word);
    setLayout(row);
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
}

void Badge::show(Tone tone, const QString& icon, const QString& word)
{
    for (QWidget* part : std::initializer_list<QWidget*>{this, m_word})
        setStyleProperty(part, "tone", toString(tone));
    m_icon->setIcon(m_theme.icon(icon, inkOf(tone)));
    m_word->setText(word);
    setAccessibleName(word);
}

} // namespace visgate::ui
