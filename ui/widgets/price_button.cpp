// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/price_button.h"

#include <QEvent>
#include <QResizeEvent>
#include <QStyleOptionButton>

using namespace Qt::StringLiterals;

namespace visgate::ui {
namespace {

constexpr int leastWidth = 96;

} // namespace

PriceButton::PriceButton(QWidget* parent) : QPushButton(parent)
{
    setProperty("kind", u"primary"_s);
    setAutoDefault(true);
    setCursor(Qt::PointingHandCursor);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed); // gets narrower than its words
}

void PriceButton::setWords(const QString& action, const QString& price)
{
    m_action = action;
    m_price = price;
    setAccessibleName(wholeWords());
    fit();
}

void PriceButton::setHint(const QString& hint)
{
    m_hint = hint;
    fit();
}

QString PriceButton::wholeWords() const
{
    return m_price.isEmpty() ? m_action : m_action + u" – "_s + m_price;
}

void PriceButton::fit()
{
    const auto widthOf
        = [this](const QString& words) { return fontMetrics().size(Qt::TextShowMnemonic, words).width(); };
    QStyleOptionButton option;
    initStyleOption(&option);
    const QSize words(width(), fontMetrics().height());
    const int frame = style()->sizeFromContents(QStyle::CT_PushButton, &option, words, this).width() - words.width();
    const int room = width() - frame;
    QString shown = wholeWords();
    if (!m_price.isEmpty() && widthOf(shown) > room)
        shown = fontMetrics().elidedText(m_action, Qt::ElideRight, room) + u'\n'
            + fontMetrics().elidedText(m_price, Qt::ElideRight, room);
    else
        shown = fontMetrics().elidedText(shown, Qt::ElideRight, room);
    const QString twoLines = m_action + u'\n' + m_price;
    const bool isWhole = shown == wholeWords() || shown == twoLines;
    setToolTip(!m_hint.isEmpty() ? m_hint : isWhole ? QString() : wholeWords());
    if (shown == text())
        return;
    setText(shown);
    updateGeometry();
}

QSize PriceButton::sizeHint() const
{
    return QPushButton::sizeHint();
}

QSize PriceButton::minimumSizeHint() const
{
    return {leastWidth, QPushButton::sizeHint().height()};
}

void PriceButton::resizeEvent(QResizeEvent* event)
{
    QPushButton::resizeEvent(event);
    if (event->size().width() != event->oldSize().width())
        fit();
}

void PriceButton::changeEvent(QEvent* event)
{
    QPushButton::changeEvent(event);
    if (event->type() == QEvent::FontChange || event->type() == QEvent::StyleChange)
        fit();
}

} // namespace visgate::ui
