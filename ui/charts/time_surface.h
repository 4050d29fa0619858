// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/charts/chart_group.h"
#include "ui/common/ui_context.h"

#include <QWidget>

#include <optional>

namespace visgate::ui {

/// Something drawn along the time of a group: maps moments to its width, and does what all of them do with mouse and
/// keys. Pointing moves the common cursor, a drag zooms, a double click or Escape goes back, a click or Enter chooses
/// the moment; Left and Right move by a step, Home and End to the ends, plus and minus zoom.
class TimeSurface : public QWidget {
    Q_OBJECT

public:
    TimeSurface(const UiContext& context, ChartGroup& group, QWidget* parent = nullptr);

protected:
    /// Where time runs from left to right, in this widget.
    [[nodiscard]] virtual QRect area() const = 0;
    /// Painted over the area: cursor, what is being dragged, focus.
    void paintCursor(QPainter& painter) const;

    [[nodiscard]] double xOf(Millis time) const;
    [[nodiscard]] Millis timeAt(int x) const;
    [[nodiscard]] const UiContext& context() const { return m_context; }
    [[nodiscard]] ChartGroup& group() const { return m_group; }
    /// The moment that is meant by a press near this one.
    [[nodiscard]] virtual Millis meantBy(Millis time) const { return time; }
    /// The cursor moved, the range changed or the drag went on.
    virtual void refreshCursor() = 0;

    bool event(QEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void mouseDoubleClickEvent(QMouseEvent* event) override;
    void leaveEvent(QEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void focusInEvent(QFocusEvent* event) override;
    void focusOutEvent(QFocusEvent* event) override;

private:
    void endDrag(int x);
    [[nodiscard]] bool takesKey(int key);
    void moveCursor(int steps);

    const UiContext& m_context;
    ChartGroup& m_group;
    std::optional<int> m_pressed; ///< where a drag began
    int m_dragged = 0;
};

} // namespace visgate::ui
