// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/message_bar.h"

#include "ui/theme/theme.h"
#include "ui/widgets/badge.h"
#include "ui/widgets/widgets.h"

#include <QHBoxLayout>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace visgate::ui {
namespace {

QString iconOf(Tone tone)
{
    switch (tone) {
    case Tone::Good:
        return u"ready"_s;
    case Tone::Warning:
        return u"warning"_s;
    case Tone::Bad:
        return u"failed"_s;
    case Tone::Neutral:
    case Tone::Working:
        return u"info"_s;
    }
    return u"info"_s;
}

} // namespace

MessageBar::MessageBar(const Theme& theme, QWidget* parent)
    : QFrame(parent), m_theme(theme), m_icon(new IconLabel({}, 20)), m_sentence(makeLabel(TextStyle::Strong)),
      m_advice(makeLabel(TextStyle::Body)), m_button(makeButton(ButtonKind::Normal))
{
    setProperty("frame-kind", u"message"_s);
    auto* text = makeLayout<QVBoxLayout>(0.5);
    text->addWidget(m_sentence);
    text->addWidget(m_advice);
    auto* row = makeLayout<QHBoxLayout>(1.5);
    row->setContentsMargins(16, 12, 12, 12);
    row->addWidget(m_icon, 0, Qt::AlignTop);
    row->addLayout(text, 1);
    row->addWidget(m_button, 0, Qt::AlignVCenter);
    setLayout(row);
    connect(m_button, &QPushButton::clicked, this, [this] {
        if (const auto act = m_act)
            act();
    });
    QWidget::hide();
}

void MessageBar::say(Content content)
{
    setStyleProperty(this, "tone", toString(content.tone));
    m_icon->setIcon(m_theme.icon(iconOf(content.tone), inkOf(content.tone)));
    m_sentence->setText(content.sentence);
    m_advice->setText(content.advice);
    m_advice->setVisible(!content.advice.isEmpty());
    m_button->setText(content.button);
    m_button->setVisible(!content.button.isEmpty() && content.act);
    m_act = std::move(content.act);
    setAccessibleName(content.sentence);
    setAccessibleDescription(content.advice);
    show();
}

void MessageBar::clear()
{
    m_act = {};
    hide();
}

QString MessageBar::sentence() const
{
    return isHidden() ? QString() : m_sentence->text();
}

} // namespace visgate::ui
