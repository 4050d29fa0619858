// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/widgets.h"

#include <QPainter>
#include <QResizeEvent>
#include <QStyle>
#include <QVariant>

#include <memory>

using namespace Qt::StringLiterals;

namespace visgate::ui {
namespace {

QLatin1StringView nameOf(TextStyle style)
{
    switch (style) {
    case TextStyle::Body:
        return "body"_L1;
    case TextStyle::Display:
        return "display"_L1;
    case TextStyle::Title:
        return "title"_L1;
    case TextStyle::Heading:
        return "heading"_L1;
    case TextStyle::Strong:
        return "strong"_L1;
    case TextStyle::Muted:
        return "muted"_L1;
    case TextStyle::Caption:
        return "caption"_L1;
    case TextStyle::Figure:
        return "figure"_L1;
    }
    return "body"_L1;
}

QLatin1StringView nameOf(ButtonKind kind)
{
    switch (kind) {
    case ButtonKind::Normal:
        return "normal"_L1;
    case ButtonKind::Primary:
        return "primary"_L1;
    case ButtonKind::Plain:
        return "plain"_L1;
    case ButtonKind::Icon:
        return "icon"_L1;
    case ButtonKind::Link:
        return "link"_L1;
    }
    return "normal"_L1;
}

} // namespace

QLabel* makeLabel(TextStyle style, QWidget* parent)
{
    auto* label = new QLabel(parent);
    label->setProperty("text-style", nameOf(style));
    label->setWordWrap(true);
    label->setTextFormat(Qt::PlainText);
    return label;
}

QPushButton* makeButton(ButtonKind kind, const QIcon& icon, QWidget* parent)
{
    auto* button = new QPushButton(parent);
    button->setProperty("kind", nameOf(kind));
    button->setIcon(icon);
    button->setAutoDefault(true); // Enter presses it too, not only the space bar
    button->setCursor(Qt::PointingHandCursor);
    return button;
}

QPushButton* makeSegment(const QString& objectName)
{
    auto* button = new QPushButton;
    button->setObjectName(objectName);
    button->setProperty("kind", u"segment"_s);
    button->setCheckable(true);
    button->setCursor(Qt::PointingHandCursor);
    return button;
}

QFrame* makeFrame(const char* kind, QWidget* parent)
{
    auto* frame = new QFrame(parent);
    frame->setProperty("frame-kind", QString::fromLatin1(kind));
    return frame;
}

void clearRows(QLayout& rows)
{
    while (const std::unique_ptr<QLayoutItem> item{rows.takeAt(0)}) {
        if (QWidget* widget = item->widget()) {
            widget->hide();
            widget->deleteLater();
        }
    }
}

void setStyleProperty(QWidget* widget, const char* name, const QVariant& value)
{
    if (widget->property(name) == value)
        return;
    widget->setProperty(name, value);
    widget->style()->unpolish(widget);
    widget->style()->polish(widget);
    for (auto* child : widget->findChildren<QWidget*>()) {
        child->style()->unpolish(child);
        child->style()->polish(child);
    }
    widget->update();
}

IconLabel::IconLabel(const QIcon& icon, int size, QWidget* parent) : IconLabel(icon, QSize(size, size), parent) { }

IconLabel::IconLabel(const QIcon& icon, QSize size, QWidget* parent) : QWidget(parent), m_icon(icon), m_size(size)
{
    setFixedSize(size);
    setAttribute(Qt::WA_TransparentForMouseEvents);
}

void IconLabel::setIcon(const QIcon& icon)
{
    m_icon = icon;
    update();
}

void IconLabel::paintEvent(QPaintEvent* /*event*/)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    m_icon.paint(&painter, rect());
}

ElidedLabel::ElidedLabel(QWidget* parent) : QLabel(parent)
{
    setTextFormat(Qt::PlainText);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
}

void ElidedLabel::setFullText(const QString& text)
{
    m_text = text;
    setAccessibleName(text);
    updateGeometry();
    elide();
}

QSize ElidedLabel::minimumSizeHint() const
{
    return {fontMetrics().averageCharWidth() * 4, QLabel::sizeHint().height()};
}

QSize ElidedLabel::sizeHint() const
{
    return {fontMetrics().horizontalAdvance(m_text) + 2, QLabel::sizeHint().height()};
}

void ElidedLabel::resizeEvent(QResizeEvent* event)
{
    QLabel::resizeEvent(event);
    elide();
}

void ElidedLabel::elide()
{
    const QString shown = fontMetrics().elidedText(m_text, Qt::ElideRight, contentsRect().width());
    if (shown != text())
        setText(shown);
    setToolTip(shown == m_text ? QString() : m_text);
}

} // namespace visgate::ui
