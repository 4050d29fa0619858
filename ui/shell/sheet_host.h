// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QPointer>
#include <QWidget>

class QFrame;
class QStackedLayout;

namespace visgate::ui {

class Theme;

/// Shows one widget at a time as a sheet from the right over the page, with what lies behind it dimmed and out of
/// reach of the keyboard. Escape and a click beside the sheet close it.
class SheetHost final : public QWidget {
    Q_OBJECT

public:
    explicit SheetHost(const Theme& theme);
    /// The widget that sheets lie over; it becomes the parent.
    void cover(QWidget* page);
    /// Shows this sheet in place of any other; it belongs to the host from then on.
    void open(QWidget& sheet);
    void close();
    [[nodiscard]] bool isOpen() const { return isVisible(); }

Q_SIGNALS:
    void closed();

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;
    bool focusNextPrevChild(bool next) override;
    void keyPressEvent(QKeyEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

private:
    const Theme& m_theme;
    QFrame* m_frame;
    QStackedLayout* m_sheets;
    QPointer<QWidget> m_focusBefore;
};

} // namespace visgate::ui
