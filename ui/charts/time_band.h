// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/charts/time_surface.h"

#include <QList>
#include <QString>

#include <optional>

namespace visgate::ui {

/// A time that has a name.
struct NamedTime {
    Millis from = 0;
    Millis until = 0;
    ChartInk ink = ChartInk::Neutral;
    QString name;
    bool operator==(const NamedTime&) const = default;
};

/// One row of times that follow each other, each with its colour and, where there is room, its name in it.
class TimeBand final : public TimeSurface {
    Q_OBJECT

public:
    TimeBand(const UiContext& context, ChartGroup& group, QWidget* parent = nullptr);
    /// In the order of time.
    void show(const QList<NamedTime>& times);
    /// The one that a moment lies in.
    [[nodiscard]] std::optional<NamedTime> at(Millis time) const;
    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override { return {240, sizeHint().height()}; }

protected:
    [[nodiscard]] QRect area() const override;
    void refreshCursor() override { update(); }
    void paintEvent(QPaintEvent* event) override;

private:
    QList<NamedTime> m_times;
};

} // namespace visgate::ui
