// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/charts/chart_data.h"

#include <QHash>
#include <QList>
#include <QObject>

#include <optional>

namespace visgate::ui {

/// What charts below each other have in common: the time they show, the moment that is looked at, and how wide their
/// scales are, so that their left edges stand in line. GUI thread.
class ChartGroup final : public QObject {
    Q_OBJECT

public:
    using QObject::QObject;

    /// The time that there are figures for. What was zoomed into stays as long as it lies within it.
    void setWhole(ChartRange whole);
    [[nodiscard]] ChartRange shown() const { return m_zooms.isEmpty() ? m_whole : m_zooms.last(); }
    [[nodiscard]] bool isZoomed() const { return !m_zooms.isEmpty(); }
    void zoomTo(ChartRange range);
    /// Under 1: closer. `around` stays where it is.
    void zoomBy(double factor, Millis around);
    /// To what was shown before the last zoom.
    void back();
    void backToWhole();

    /// Where somebody points, else the moment that was chosen; unset: nowhere.
    [[nodiscard]] std::optional<Millis> cursor() const { return m_hovered ? m_hovered : m_chosen; }
    /// The pointer is over this moment, or over none.
    void hover(std::optional<Millis> time);
    /// By a click or a key: it stays. Says momentChosen.
    void choose(Millis time);
    /// The same from elsewhere; says nothing but cursorChanged.
    void setChosen(std::optional<Millis> time);

    /// Logical pixels left of every plot.
    [[nodiscard]] int scaleWidth() const { return m_scaleWidth; }
    void reserveScale(const QObject* chart, int width);

Q_SIGNALS:
    void rangeChanged();
    void cursorChanged();
    void scaleChanged();
    /// Somebody wants to know what was at that moment.
    void momentChosen(visgate::TimePoint time);

private:
    void setScaleWidth();

    ChartRange m_whole;
    QList<ChartRange> m_zooms;
    std::optional<Millis> m_hovered;
    std::optional<Millis> m_chosen;
    QHash<const QObject*, int> m_scales;
    int m_scaleWidth = 0;
};

} // namespace visgate::ui
