// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/domain/metrics/metrics.h"
#include "ui/charts/time_band.h"
#include "ui/common/retranslated.h"
#include "ui/common/ui_context.h"

#include <QFrame>

class QLabel;

namespace visgate::ui {

/// The states of one deployment over time, and the one it was in at the moment that is looked at.
class StageCard final : public Retranslated<QFrame> {
    Q_OBJECT

public:
    StageCard(const UiContext& context, ChartGroup& group, QWidget* parent = nullptr);
    /// `now` ends the state that it is in.
    void show(const DeploymentMetrics& metrics, Millis now);
    /// What the keyboard can stand on.
    [[nodiscard]] QWidget* stop() const;

protected:
    void retranslate() override;

private:
    void refreshMoment();

    const UiContext& m_context;
    ChartGroup& m_group;
    DeploymentMetrics m_metrics;
    Millis m_now = 0;
    QLabel* m_title;
    QLabel* m_moment;
    QLabel* m_start;
    TimeBand* m_band;
};

/// The states as named times.
[[nodiscard]] QList<NamedTime> stageTimes(const QList<StageSpan>& stages, Millis now);

} // namespace visgate::ui
