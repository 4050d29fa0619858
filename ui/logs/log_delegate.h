// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/theme/colours.h"

#include <QStyledItemDelegate>

namespace visgate::ui {

class LogItems;
class Theme;

/// The colour by which a deployment is known in a merged log; its name stands beside it. Apart from each other for
/// neighbours, and seen on the ground of the log.
[[nodiscard]] QColor bandColour(int deployment, const Colours& colours);

/// Paints a line: band and deployment, time, worker, level, words with what was looked for marked, "×8". All of it is
/// plain text, from left to right whatever it holds.
class LogDelegate final : public QStyledItemDelegate {
    Q_OBJECT

public:
    LogDelegate(const Theme& theme, const LogItems& items, QObject* parent);
    void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override;
    [[nodiscard]] QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const override;
    /// Whether that row is cut where a list is as wide as that.
    [[nodiscard]] bool isCut(int row, const QFontMetrics& metrics, int width) const;

private:
    [[nodiscard]] int headWidth(int row, const QFontMetrics& metrics) const;
    void paintHead(QPainter* painter, QRect& rest, int row) const;
    void paintWords(QPainter* painter, const QRect& rect, int row) const;
    [[nodiscard]] QString countOf(int row) const;

    const Theme& m_theme;
    const LogItems& m_items;
};

} // namespace visgate::ui
