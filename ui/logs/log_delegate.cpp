// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/logs/log_delegate.h"

#include "ui/logs/log_items.h"
#include "ui/theme/theme.h"

#include <QApplication>
#include <QPainter>
#include <QTextLayout>

#include <algorithm>
#include <cmath>

using namespace Qt::StringLiterals;

namespace visgate::ui {
namespace {

constexpr int pad = 4;
constexpr int band = 4;
constexpr int nameLetters = 18;
constexpr int speakerLetters = 14;
constexpr int seenLetters = 1'000; ///< more than any screen is wide

QColor inkOf(LogLevel level, const Colours& colours)
{
    switch (level) {
    case LogLevel::Error:
        return colours.bad;
    case LogLevel::Warning:
        return colours.warning;
    case LogLevel::Info:
        return colours.text;
    case LogLevel::Debug:
        return colours.mutedText;
    }
    return colours.text;
}

/// Draws as much of the text as `width` holds, and takes that off `rest`.
void paintPart(QPainter* painter, QRect& rest, const QString& text, int width)
{
    const QString seen = painter->fontMetrics().elidedText(text, Qt::ElideRight, width);
    painter->drawText(QRect(rest.left(), rest.top(), width, rest.height()),
        Qt::AlignLeft | Qt::AlignVCenter | Qt::TextSingleLine | Qt::TextForceLeftToRight, seen);
    rest.setLeft(rest.left() + width + painter->fontMetrics().averageCharWidth() * 2);
}

} // namespace

QColor bandColour(int deployment, const Colours& colours)
{
    constexpr double goldenAngle = 137.508; // neighbours lie far apart, however many there are
    constexpr int bluish = 220;
    const bool isDark = colours.sunken.lightness() < 128;
    const int hue = static_cast<int>(std::fmod(bluish + deployment * goldenAngle, 360.0));
    return QColor::fromHsl(hue, 160, isDark ? 165 : 95);
}

LogDelegate::LogDelegate(const Theme& theme, const LogItems& items, QObject* parent)
    : QStyledItemDelegate(parent), m_theme(theme), m_items(items)
{
}

QSize LogDelegate::sizeHint(const QStyleOptionViewItem& option, const QModelIndex& /*index*/) const
{
    return {option.fontMetrics.averageCharWidth() * nameLetters, option.fontMetrics.height() + pad};
}

QString LogDelegate::countOf(int row) const
{
    return m_items.row(row).count > 1 ? u"×%1"_s.arg(m_items.row(row).count) : QString();
}

int LogDelegate::headWidth(int row, const QFontMetrics& metrics) const
{
    const int letter = metrics.averageCharWidth();
    int width = metrics.horizontalAdvance(m_items.time(row)) + 2 * letter;
    if (m_items.isMerged())
        width += band + pad + (nameLetters + 2) * letter;
    if (!m_items.speaker(row).isEmpty())
        width += (speakerLetters + 2) * letter;
    if (const QString mark = m_items.mark(row); !mark.isEmpty())
        width += metrics.horizontalAdvance(mark) + 2 * letter;
    return width;
}

bool LogDelegate::isCut(int row, const QFontMetrics& metrics, int width) const
{
    const QString words = m_items.words(row);
    const int room = width - 2 * pad - headWidth(row, metrics) - metrics.horizontalAdvance(countOf(row)) - 2 * pad;
    return words.size() > seenLetters || metrics.horizontalAdvance(words) > room;
}

void LogDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const
{
    if (!index.isValid() || index.row() >= m_items.rowCount())
        return;
    QStyleOptionViewItem ground = option; // without its text: that is painted here
    ground.index = index;
    const QStyle* style = option.widget != nullptr ? option.widget->style() : QApplication::style();
    style->drawControl(QStyle::CE_ItemViewItem, &ground, painter, option.widget);
    painter->save();
    painter->setFont(option.font);
    QRect rest = option.rect.adjusted(pad, 0, -pad, 0);
    paintHead(painter, rest, index.row());
    if (const QString count = countOf(index.row()); !count.isEmpty()) {
        const int width = painter->fontMetrics().horizontalAdvance(count);
        painter->setPen(m_theme.colours().accentText);
        painter->drawText(QRect(rest.right() - width, rest.top(), width + 1, rest.height()),
            Qt::AlignRight | Qt::AlignVCenter | Qt::TextSingleLine, count);
        rest.setRight(rest.right() - width - 2 * pad);
    }
    paintWords(painter, rest, index.row());
    painter->restore();
}

void LogDelegate::paintHead(QPainter* painter, QRect& rest, int row) const
{
    const Colours& colours = m_theme.colours();
    const int letter = painter->fontMetrics().averageCharWidth();
    const LogEntry& entry = *m_items.row(row).first;
    if (m_items.isMerged()) {
        painter->fillRect(rest.left(), rest.top(), band, rest.height(), bandColour(entry.deployment, colours));
        rest.setLeft(rest.left() + band + pad);
        painter->setPen(colours.text);
        paintPart(painter, rest, m_items.names().value(entry.deployment), nameLetters * letter);
    }
    painter->setPen(colours.mutedText);
    const QString time = m_items.time(row);
    paintPart(painter, rest, time, painter->fontMetrics().horizontalAdvance(time));
    if (const QString speaker = m_items.speaker(row); !speaker.isEmpty())
        paintPart(painter, rest, speaker, speakerLetters * letter);
    painter->setPen(inkOf(entry.line.level, colours));
    if (const QString mark = m_items.mark(row); !mark.isEmpty())
        paintPart(painter, rest, mark, painter->fontMetrics().horizontalAdvance(mark));
}

void LogDelegate::paintWords(QPainter* painter, const QRect& rect, int row) const
{
    if (rect.width() <= 0)
        return;
    const QString seen
        = painter->fontMetrics().elidedText(m_items.words(row).left(seenLetters), Qt::ElideRight, rect.width());
    QTextLayout layout(seen, painter->font());
    QTextOption plain;
    plain.setTextDirection(Qt::LeftToRight);
    plain.setWrapMode(QTextOption::NoWrap);
    layout.setTextOption(plain);
    layout.setCacheEnabled(true);
    layout.beginLayout();
    QTextLine line = layout.createLine();
    layout.endLayout();

    QList<QTextLayout::FormatRange> marks;
    const QString& wanted = m_items.wanted();
    const QString compared = wanted.isEmpty() ? QString() : folded(seen);
    for (qsizetype at = wanted.isEmpty() ? -1 : compared.indexOf(wanted); at >= 0;
         at = compared.indexOf(wanted, at + wanted.size())) {
        QTextLayout::FormatRange mark;
        mark.start = static_cast<int>(at);
        mark.length = static_cast<int>(wanted.size());
        mark.format.setBackground(m_theme.colours().warningSoft);
        mark.format.setForeground(m_theme.colours().warning);
        mark.format.setFontUnderline(true); // seen without colours, too
        marks.append(mark);
    }
    const double top = rect.top() + (rect.height() - line.height()) / 2.0;
    painter->setClipRect(rect, Qt::IntersectClip);
    layout.draw(painter, QPointF(rect.left(), top), marks);
}

} // namespace visgate::ui
