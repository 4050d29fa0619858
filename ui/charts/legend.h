// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/charts/chart_data.h"
#include "ui/common/ui_context.h"

#include <QList>
#include <QStringList>
#include <QWidget>

namespace visgate::ui {

/// Which colour and pattern stands for what, each with its figure at the moment that is looked at; in as many lines as
/// it takes.
class Legend final : public QWidget {
    Q_OBJECT

public:
    explicit Legend(const UiContext& context, QWidget* parent = nullptr);
    void show(ChartKind kind, const QList<ChartSeries>& series);
    /// One a series, in their order.
    void setFigures(const QStringList& figures);

    [[nodiscard]] bool hasHeightForWidth() const override { return true; }
    [[nodiscard]] int heightForWidth(int width) const override;
    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    [[nodiscard]] int widthOf(qsizetype place) const;
    [[nodiscard]] QList<QRect> places(int width) const;
    [[nodiscard]] QFont figureFont() const;

    const UiContext& m_context;
    ChartKind m_kind = ChartKind::Bands;
    QList<ChartSeries> m_series;
    QStringList m_figures;
    QList<int> m_reserved; ///< the widest figure so far, so that nothing moves with the cursor
};

} // namespace visgate::ui
