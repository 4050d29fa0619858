// SPDX-License-Identifier: GPL-3.0-or-later
// How the monitor is laid out; what it does is in monitor_page.cpp.
#include "ui/charts/chart_group.h"
#include "ui/logs/log_panel.h"
#include "ui/monitor/deployment_choice.h"
#include "ui/monitor/monitor_page.h"
#include "ui/monitor/stage_card.h"
#include "ui/theme/theme.h"
#include "ui/widgets/busy_bar.h"
#include "ui/widgets/message_bar.h"
#include "ui/widgets/page.h"
#include "ui/widgets/widgets.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace visgate::ui {
namespace {

constexpr int logHeight = 320;

} // namespace

MonitorPage::MonitorPage(
    const UiContext& context, const DeploymentItems& deployments, const ModelItems& models, QWidget* parent)
    : Retranslated(parent), m_context(context), m_deployments(deployments),
      m_source(new MetricsSource(context.service, this)), m_group(new ChartGroup(this)), m_page(new Page(1200)),
      m_title(makeLabel(TextStyle::Title)), m_who(new DeploymentChoice(context, deployments, models)),
      m_when(new QComboBox), m_message(new MessageBar(context.theme)), m_busy(new BusyBar(context.theme)),
      m_explanation(makeLabel(TextStyle::Body)), m_gpus(makeLabel(TextStyle::Muted)), m_summary(makeFrame("card")),
      m_table(makeButton(ButtonKind::Normal)), m_csv(makeButton(ButtonKind::Plain, context.theme.icon(u"save"_s))),
      m_png(makeButton(ButtonKind::Plain, context.theme.icon(u"save"_s))),
      m_whole(makeButton(ButtonKind::Plain, context.theme.icon(u"back"_s))), m_tools(makeTools()),
      m_drawings(new QWidget), m_column(makeLayout<QVBoxLayout>(2)), m_stages(new StageCard(context, *m_group)),
      m_log(new LogPanel(context)), m_logCard(makeFrame("card")), m_nothingTitle(makeLabel(TextStyle::Heading)),
      m_nothingText(makeLabel(TextStyle::Muted)), m_nothingButton(makeButton(ButtonKind::Primary)),
      m_nothing(makeNothing())
{
    layOut();
    connect(m_who, &QComboBox::activated, this, &MonitorPage::ask);
    connect(m_when, &QComboBox::activated, this, &MonitorPage::ask);
    connect(m_source, &MetricsSource::answered, this, &MonitorPage::take);
    connect(m_source, &MetricsSource::failed, this, &MonitorPage::refuse);
    connect(m_group, &ChartGroup::rangeChanged, this, &MonitorPage::explain);
    connect(m_group, &ChartGroup::momentChosen, m_log, &LogPanel::goTo);
    connect(m_log, &LogPanel::momentChosen, this, [this](TimePoint time) { m_group->setChosen(toMillis(time)); });
    connect(m_table, &QPushButton::toggled, this, &MonitorPage::setTable);
    connect(m_csv, &QPushButton::clicked, this, &MonitorPage::saveFigures);
    connect(m_png, &QPushButton::clicked, this, &MonitorPage::savePicture);
    connect(m_whole, &QPushButton::clicked, m_group, &ChartGroup::backToWhole);
    connect(m_nothingButton, &QPushButton::clicked, this, &MonitorPage::modelsRequested);
    retranslate();
}

void MonitorPage::layOut()
{
    m_when->setObjectName(u"monitorWhen"_s);
    m_explanation->setObjectName(u"monitorExplanation"_s);
    m_gpus->setObjectName(u"monitorGpus"_s);
    m_message->button()->setObjectName(u"monitorRetry"_s);

    m_whole->setObjectName(u"monitorWhole"_s);
    m_whole->hide();
    auto* head = makeLayout<QHBoxLayout>(2);
    head->addWidget(m_title, 1);
    head->addWidget(m_whole);
    auto* choice = makeLayout<QHBoxLayout>(1);
    choice->addWidget(m_who, 1);
    choice->addWidget(m_when);
    auto* words = makeLayout<QVBoxLayout>(1);
    words->setContentsMargins(20, 14, 20, 14);
    words->addWidget(m_explanation);
    words->addWidget(m_gpus);
    m_summary->setLayout(words);
    m_column->addWidget(m_stages);
    m_drawings->setLayout(m_column);
    auto* log = makeLayout<QVBoxLayout>(1);
    log->setContentsMargins(20, 14, 20, 14);
    log->addWidget(m_log);
    m_logCard->setLayout(log);
    m_log->setMinimumHeight(logHeight);

    QVBoxLayout* const column = m_page->column();
    column->addLayout(head);
    column->addLayout(choice);
    column->addWidget(m_message);
    column->addWidget(m_busy);
    column->addWidget(m_nothing);
    column->addWidget(m_summary);
    column->addWidget(m_tools);
    column->addWidget(m_drawings);
    column->addWidget(m_logCard);
    column->addStretch(1);
    auto* whole = makeLayout<QVBoxLayout>(0);
    whole->addWidget(m_page);
    setLayout(whole);
}

QWidget* MonitorPage::makeTools()
{
    m_table->setObjectName(u"monitorTable"_s);
    m_table->setCheckable(true);
    m_table->setProperty("kind", u"segment"_s);
    m_csv->setObjectName(u"monitorCsv"_s);
    m_png->setObjectName(u"monitorPicture"_s);
    auto* tools = new QWidget;
    auto* row = makeLayout<QHBoxLayout>(0.5);
    row->addWidget(m_table);
    row->addWidget(m_csv);
    row->addWidget(m_png);
    row->addStretch(1);
    tools->setLayout(row);
    return tools;
}

QWidget* MonitorPage::makeNothing()
{
    m_nothingButton->setObjectName(u"monitorModels"_s);
    auto* card = makeFrame("card");
    auto* column = makeLayout<QVBoxLayout>(1.5, metrics::cardPadding);
    column->addWidget(m_nothingTitle);
    column->addWidget(m_nothingText);
    column->addWidget(m_nothingButton, 0, Qt::AlignLeft);
    card->setLayout(column);
    card->hide();
    return card;
}

} // namespace visgate::ui
