// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/theme/theme.h"

#include <QScrollArea>

class QVBoxLayout;

namespace visgate::ui {

/// The margin around what a page of this width shows.
[[nodiscard]] int pageMargin(int width);

/// A page that scrolls up and down, never sideways: one column with the page's margins, at most `maxWidth` wide.
class Page final : public QScrollArea {
    Q_OBJECT

public:
    explicit Page(int maxWidth = 1040, QWidget* parent = nullptr); ///< 0: as wide as the window
    [[nodiscard]] QVBoxLayout* column() const { return m_column; }

protected:
    void resizeEvent(QResizeEvent* event) override;

private:
    QVBoxLayout* m_column;
};

} // namespace visgate::ui
