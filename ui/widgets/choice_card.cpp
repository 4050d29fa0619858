// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/choice_card.h"

#include "ui/theme/theme.h"
#include "ui/widgets/widgets.h"

#include <QKeyEvent>
#include <QPainter>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace visgate::ui {
namespace {

/// The drawing across the top of the card, as wide as the card allows.
class Drawing final : public QWidget {
public:
    Drawing(const Theme& theme, const QIcon& icon, Tone tone) : m_theme(theme), m_icon(icon), m_tone(tone)
    {
        setMinimumHeight(96);
        setMaximumHeight(144);
        setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Expanding);
    }

protected:
    void paintEvent(QPaintEvent* /*event*/) override
    {
        QPainter painter(this);
        painter.setRenderHint(QPainter::Antialiasing);
        painter.setPen(Qt::NoPen);
        painter.setBrush(m_theme.colours().ground(m_tone));
        painter.drawRoundedRect(rect(), metrics::unit, metrics::unit);
        m_icon.paint(&painter, rect());
    }

private:
    const Theme& m_theme;
    QIcon m_icon;
    Tone m_tone;
};

} // namespace

ChoiceCard::ChoiceCard(const Theme& theme, const QIcon& drawing, bool preferred, QWidget* parent)
    : QAbstractButton(parent), m_theme(theme), m_title(makeLabel(TextStyle::Title)),
      m_explanation(makeLabel(TextStyle::Muted)), m_action(makeLabel(TextStyle::Strong))
{
    m_action->setProperty("text-style", preferred ? u"pill-button"_s : u"pill-plain"_s);
    m_action->setWordWrap(false);
    m_action->setAlignment(Qt::AlignCenter);
    auto* column = makeLayout<QVBoxLayout>(1, metrics::cardPadding);
    column->addWidget(new Drawing(theme, drawing, preferred ? Tone::Working : Tone::Good));
    column->addSpacing(metrics::unit);
    column->addWidget(m_title);
    column->addWidget(m_explanation);
    column->addStretch(1);
    column->addSpacing(metrics::unit);
    column->addWidget(m_action);
    setLayout(column);
    for (auto* child : findChildren<QWidget*>())
        child->setAttribute(Qt::WA_TransparentForMouseEvents);
    setCursor(Qt::PointingHandCursor);
    setFocusPolicy(Qt::StrongFocus);
    auto policy = QSizePolicy(QSizePolicy::Expanding, QSizePolicy::Preferred);
    policy.setHeightForWidth(true);
    setSizePolicy(policy);
}

void ChoiceCard::setWords(const QString& title, const QString& explanation, const QString& action)
{
    m_title->setText(title);
    m_explanation->setText(explanation);
    m_action->setText(action);
    setAccessibleName(title);
    setAccessibleDescription(explanation);
}

QSize ChoiceCard::sizeHint() const
{
    return layout()->totalSizeHint();
}
QSize ChoiceCard::minimumSizeHint() const
{
    return layout()->totalMinimumSize();
}
int ChoiceCard::heightForWidth(int width) const
{
    return layout()->totalHeightForWidth(width);
}

bool ChoiceCard::event(QEvent* event)
{
    switch (event->type()) {
    case QEvent::HoverEnter:
    case QEvent::HoverLeave:
    case QEvent::FocusIn:
    case QEvent::FocusOut:
        update();
        break;
    case QEvent::KeyPress: // Enter presses a card as it presses a button
        if (const auto key = static_cast<QKeyEvent*>(event)->key(); key == Qt::Key_Return || key == Qt::Key_Enter) {
            click();
            return true;
        }
        break;
    default:
        break;
    }
    return QAbstractButton::event(event);
}

void ChoiceCard::paintEvent(QPaintEvent* /*event*/)
{
    const Colours& c = m_theme.colours();
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const bool pointed = underMouse() && isEnabled();
    const qreal pen = hasFocus() ? 2.0 : 1.0;
    QColor edge = pointed ? c.controlBorder : c.border;
    if (hasFocus())
        edge = c.accentText;
    painter.setPen(QPen(edge, pen));
    painter.setBrush(c.surface);
    const QRectF box = QRectF(rect()).adjusted(pen / 2, pen / 2, -pen / 2, -pen / 2);
    painter.drawRoundedRect(box, metrics::cardRadius, metrics::cardRadius);
}

} // namespace visgate::ui
