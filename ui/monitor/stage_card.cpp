// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/monitor/stage_card.h"

#include "ui/charts/ticks.h"
#include "ui/common/format.h"
#include "ui/common/language.h"
#include "ui/item_models/state_words.h"
#include "ui/widgets/widgets.h"

#include <QHBoxLayout>
#include <QVBoxLayout>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace visgate::ui {
namespace {

ChartInk inkOfTone(Tone tone)
{
    switch (tone) {
    case Tone::Neutral:
        return ChartInk::Neutral;
    case Tone::Working:
        return ChartInk::Working;
    case Tone::Good:
        return ChartInk::Good;
    case Tone::Warning:
        return ChartInk::Warning;
    case Tone::Bad:
        return ChartInk::Bad;
    }
    return ChartInk::Neutral;
}

/// Of a state alone; who paused it, and whether it slept, is not known any more.
StateWords wordsOf(DeploymentStatus status)
{
    Deployment deployment;
    deployment.status = status;
    deployment.workers.running = 1;
    StateWords words = States::of(deployment);
    if (status == DeploymentStatus::Paused)
        words.word = StageCard::tr("Paused");
    return words;
}

} // namespace

QList<NamedTime> stageTimes(const QList<StageSpan>& stages, Millis now)
{
    QList<NamedTime> times;
    for (const StageSpan& stage : stages) {
        const StateWords words = wordsOf(stage.status);
        const Millis until = stage.until ? toMillis(*stage.until) : now;
        times.append({toMillis(stage.from), std::max(toMillis(stage.from), until), inkOfTone(words.tone), words.word});
    }
    return times;
}

StageCard::StageCard(const UiContext& context, ChartGroup& group, QWidget* parent)
    : Retranslated(parent), m_context(context), m_group(group), m_title(makeLabel(TextStyle::Heading)),
      m_moment(makeLabel(TextStyle::Muted)), m_start(makeLabel(TextStyle::Muted)), m_band(new TimeBand(context, group))
{
    setProperty("frame-kind", u"card"_s);
    m_band->setObjectName(u"stageBand"_s);
    m_moment->setObjectName(u"stageMoment"_s);
    m_moment->setWordWrap(false);
    auto* head = makeLayout<QHBoxLayout>(2);
    head->addWidget(m_title, 1);
    head->addWidget(m_moment);
    auto* column = makeLayout<QVBoxLayout>(1);
    column->setContentsMargins(20, 14, 20, 14);
    column->addLayout(head);
    column->addWidget(m_band);
    column->addWidget(m_start);
    setLayout(column);
    connect(&group, &ChartGroup::cursorChanged, this, &StageCard::refreshMoment);
    connect(&group, &ChartGroup::rangeChanged, this, &StageCard::refreshMoment);
    retranslate();
}

void StageCard::show(const DeploymentMetrics& metrics, Millis now)
{
    m_metrics = metrics;
    m_now = now;
    retranslate();
}

QWidget* StageCard::stop() const
{
    return m_band;
}

void StageCard::retranslate()
{
    const Format& format = m_context.language.format();
    m_title->setText(tr("State"));
    m_band->setAccessibleName(tr("States over time"));
    m_band->show(stageTimes(m_metrics.stages, m_now));
    m_start->setVisible(m_metrics.coldStart.has_value());
    if (m_metrics.coldStart)
        m_start->setText(tr("From the start to ready it took %1.").arg(format.duration(*m_metrics.coldStart)));
    refreshMoment();
}

void StageCard::refreshMoment()
{
    const ChartRange range = m_group.shown();
    const Millis time = std::clamp(m_group.cursor().value_or(range.until), range.from, range.until);
    const auto stage = m_band->at(std::min(time, m_now));
    const QString when = momentLabel(time, range.length(), m_context.language.format().locale());
    const QString words = stage ? when + u"  ·  "_s + stage->name : when;
    m_moment->setText(words);
    m_band->setAccessibleDescription(words);
}

} // namespace visgate::ui
