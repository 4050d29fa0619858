// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/spend/spend_page.h"

#include "core/domain/errors/error_catalog.h"
#include "core/operations/money.h"
#include "core/service/deployment_service.h"
#include "core/service/when_done.h"
#include "ui/common/account_list.h"
#include "ui/common/format.h"
#include "ui/common/language.h"
#include "ui/common/local_time.h"
#include "ui/item_models/model_items.h"
#include "ui/item_models/money_figures.h"
#include "ui/spend/cause_list.h"
#include "ui/spend/limits_card.h"
#include "ui/spend/volumes_card.h"
#include "ui/theme/theme.h"
#include "ui/widgets/account_choice.h"
#include "ui/widgets/message_bar.h"
#include "ui/widgets/page.h"
#include "ui/widgets/widgets.h"

#include <QComboBox>
#include <QDateTime>
#include <QGridLayout>
#include <QScrollBar>
#include <QVBoxLayout>

#include <algorithm>
#include <utility>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace visgate::ui {
namespace {

/// Each account that could not be asked, and why.
QString reasons(const StopReport& report, const UiContext& context)
{
    QString text;
    for (const StopReport::Unreached& account : report.unreachable) {
        const ErrorText why = context.language.format().describe(account.why);
        text += context.accounts.nameOf(account.target) + u": "_s + why.message + u' ' + why.remedy + u'\n';
    }
    const bool isQueued = std::any_of(report.unreachable.begin(), report.unreachable.end(),
        [](const StopReport::Unreached& account) { return account.isQueued; });
    return text
        + (isQueued ? SpendPage::tr("The rest is stopped as soon as it can be reached.")
                    : SpendPage::tr("Nothing is recorded there, but whether something runs is not known."));
}

} // namespace

SpendPage::SpendPage(const UiContext& context, const ModelItems& models, const MoneyFigures& money, QWidget* parent)
    : Retranslated(parent), m_context(context), m_models(models), m_figures(money), m_page(new Page(880)),
      m_title(makeLabel(TextStyle::Title)),
      m_stop(makeButton(ButtonKind::Normal, context.theme.icon(u"pause"_s, Ink::Bad))),
      m_message(new MessageBar(context.theme)), m_where(new AccountChoice(context.accounts, u"spend"_s)),
      m_period(new QComboBox), m_estimated{}, m_billed{}, m_counted{}, m_now{},
      m_elsewhere(makeLabel(TextStyle::Caption)), m_forecast(makeLabel(TextStyle::Muted)),
      m_causes(new CauseList(context)), m_modelsTitle(makeLabel(TextStyle::Heading)),
      m_modelRows(makeLayout<QVBoxLayout>(1)), m_modelsCard(makeModels()), m_volumes(new VolumesCard(context)),
      m_limits(new LimitsCard(context))
{
    m_stop->setObjectName(u"stopEverything"_s);
    m_stop->setProperty("tone", u"bad"_s);
    m_period->setObjectName(u"spendPeriod"_s);
    m_target = context.accounts.standard();
    m_where->setChosen(m_target);
    m_limits->setTarget(m_target);

    auto* head = makeLayout<QHBoxLayout>(2);
    head->addWidget(m_title, 1);
    head->addWidget(m_stop);
    auto* choice = makeLayout<QHBoxLayout>(1);
    choice->addWidget(m_where);
    choice->addStretch(1);
    choice->addWidget(m_period);
    m_page->column()->addLayout(head);
    m_page->column()->addWidget(m_message);
    m_page->column()->addLayout(choice);
    m_page->column()->addWidget(makeSummary());
    m_page->column()->addWidget(m_causes);
    m_page->column()->addWidget(m_modelsCard);
    m_page->column()->addWidget(m_volumes);
    m_page->column()->addWidget(m_limits);
    m_page->column()->addStretch(1);
    auto* whole = makeLayout<QVBoxLayout>(0);
    whole->addWidget(m_page);
    setLayout(whole);

    m_soon.setSingleShot(true);
    m_soon.setInterval(1s);
    connect(&m_soon, &QTimer::timeout, this, &SpendPage::reload);
    connect(m_stop, &QPushButton::clicked, this, &SpendPage::stopEverything);
    connect(m_where, &AccountChoice::chosen, this, &SpendPage::setTarget);
    connect(&context.accounts, &AccountList::changed, this, [this] {
        if (!m_context.accounts.knows(m_target))
            setTarget(m_context.accounts.standard()); // it was removed
    });
    connect(m_period, &QComboBox::activated, this, &SpendPage::reload);
    connect(&m_figures, &MoneyFigures::changed, this, [this] {
        showFigures();
        if (isVisible() && !m_soon.isActive())
            m_soon.start();
    });
    connect(m_limits, &LimitsCard::raising, this, [this](QWidget* field) {
        m_raised = field;
        followRaised();
    });
    // Cards come to their height over several rounds of layout, and with what they load.
    connect(m_page->verticalScrollBar(), &QScrollBar::rangeChanged, this, &SpendPage::followRaised);
    connect(m_volumes, &VolumesCard::openRequested, this, [this] { Q_EMIT cacheRequested(m_target); });
    connect(&context.service, &DeploymentService::stopProgressed, this, &SpendPage::takeStop);
    retranslate();
}

QWidget* SpendPage::makeSummary()
{
    auto* card = makeFrame("card");
    // In one grid: a caption that wraps leaves the figures in one line.
    auto* figures = makeLayout<QGridLayout>(0.25);
    figures->setHorizontalSpacing(3 * metrics::unit);
    int place = 0;
    for (Figure* figure : {&m_estimated, &m_billed, &m_counted, &m_now}) {
        *figure = {makeLabel(TextStyle::Caption), makeLabel(TextStyle::Figure)};
        figures->addWidget(figure->caption, 0, place, Qt::AlignBottom);
        figures->addWidget(figure->value, 1, place, Qt::AlignTop);
        figures->setColumnStretch(place++, 1);
    }
    auto* column = makeLayout<QVBoxLayout>(1.5, metrics::cardPadding);
    m_now.value->setObjectName(u"spendNow"_s);
    m_counted.value->setObjectName(u"spendCounted"_s);
    column->addLayout(figures);
    column->addWidget(m_elsewhere);
    column->addWidget(m_forecast);
    card->setLayout(column);
    return card;
}

QWidget* SpendPage::makeModels()
{
    auto* card = makeFrame("card");
    auto* column = makeLayout<QVBoxLayout>(1.5, metrics::cardPadding);
    column->addWidget(m_modelsTitle);
    column->addLayout(m_modelRows);
    card->setLayout(column);
    card->hide();
    return card;
}

void SpendPage::setTarget(AccountId target)
{
    m_target = target;
    m_where->setChosen(target);
    m_report.reset();
    m_limits->setTarget(target);
    retranslate();
    reload();
}

void SpendPage::refresh()
{
    if (isVisible())
        reload();
}

void SpendPage::followRaised()
{
    if (m_raised != nullptr && window()->focusWidget() == m_raised)
        m_page->ensureWidgetVisible(m_raised);
}

void SpendPage::raiseLimit(AccountId target)
{
    setTarget(target);
    m_limits->startRaise();
}

SpendQuery SpendPage::query() const
{
    const QDateTime now = QDateTime::currentDateTime();
    QDateTime from(now.date(), QTime());
    switch (static_cast<Period>(std::max(m_period->currentIndex(), 0))) {
    case Period::Today:
        break;
    case Period::Month:
        from = QDateTime(QDate(now.date().year(), now.date().month(), 1), QTime());
        break;
    case Period::ThirtyDays:
        from = now.addDays(-30);
        break;
    }
    SpendQuery query;
    query.target = m_target;
    query.from = toTimePoint(from);
    query.to = toTimePoint(now.date().addDays(1).startOfDay());
    return query;
}

void SpendPage::showEvent(QShowEvent* event)
{
    Retranslated::showEvent(event);
    reload();
}

void SpendPage::reload()
{
    const quint64 question = ++m_question;
    whenDone(m_context.service.call(GetSpend{query()}), this, [this, question](const Result<SpendReport>& answer) {
        if (question != m_question)
            return;
        if (answer)
            take(*answer);
        else
            report(answer.error());
    });
    m_limits->reload();
}

void SpendPage::take(const SpendReport& report)
{
    m_report = report;
    retranslate();
}

void SpendPage::stopEverything()
{
    m_stop->setEnabled(false);
    m_message->clear();
    whenDone(m_context.service.call(StopEverything{}), this, [this](const Result<StopReport>& answer) {
        m_stop->setEnabled(true);
        if (answer)
            takeStop(*answer);
        else
            report(answer.error());
    });
}

void SpendPage::takeStop(const StopReport& report)
{
    m_stopped = report;
    retranslate();
    if (!m_soon.isActive())
        m_soon.start();
}

void SpendPage::report(const Error& error)
{
    const ErrorText text = m_context.language.format().describe(error);
    m_message->say({Tone::Bad, text.message, text.remedy, tr("Close"), [this] { m_message->clear(); }});
}

/// What Home and the status line show as well comes from where they have it.
void SpendPage::showFigures()
{
    const Format& format = m_context.language.format();
    const bool isToday = static_cast<Period>(std::max(m_period->currentIndex(), 0)) == Period::Today;
    m_counted.caption->setText(tr("So far, as limits count"));
    if (isToday)
        m_counted.value->setText(format.money(m_figures.todayUsd(m_target), m_target));
    else
        m_counted.value->setText(m_report ? format.money(m_report->summary.countedUsd, m_target) : u"…"_s);
    m_now.caption->setText(tr("Costs now"));
    m_now.value->setText(format.moneyPerHour(m_figures.usdPerHour(m_target), m_target));
    const double elsewhere = m_figures.usdPerHourElsewhere(m_target);
    m_elsewhere->setVisible(elsewhere > 0.0);
    m_elsewhere->setText(
        tr("Of it at least %1 by endpoints that are not Visgate's.").arg(format.moneyPerHour(elsewhere, m_target)));
}

void SpendPage::showModels()
{
    const Format& format = m_context.language.format();
    clearRows(*m_modelRows);
    const QList<DeploymentSpend> spent = m_report ? m_report->summary.deployments : QList<DeploymentSpend>();
    m_modelsCard->setVisible(!spent.isEmpty());
    for (const DeploymentSpend& line : spent) {
        auto* row = new QWidget;
        auto* name = new ElidedLabel;
        name->setFullText(m_models.titleOf(line.modelId));
        auto* figures = makeLabel(TextStyle::Muted);
        figures->setObjectName(u"spendModel"_s);
        figures->setWordWrap(false);
        figures->setText(line.billedUsd
                ? tr("estimate %1, billed %2")
                      .arg(format.money(line.estimatedUsd), format.money(*line.billedUsd, m_target))
                : tr("estimate %1, not billed yet").arg(format.money(line.estimatedUsd, m_target)));
        auto* layout = makeLayout<QHBoxLayout>(2);
        layout->addWidget(name, 1);
        layout->addWidget(figures);
        row->setLayout(layout);
        m_modelRows->addWidget(row);
    }
}

void SpendPage::retranslate()
{
    const Format& format = m_context.language.format();
    m_title->setText(tr("Spend"));
    m_stop->setText(tr("Stop everything"));
    m_stop->setToolTip(tr("No endpoint of yours may have a worker any more. Nothing is deleted."));
    m_period->setAccessibleName(tr("Time"));
    const QStringList periods{tr("Today"), tr("This month"), tr("The last 30 days")};
    if (m_period->count() == 0)
        m_period->addItems(periods);
    for (int index = 0; index < m_period->count(); ++index)
        m_period->setItemText(index, periods.at(index));

    const SpendSummary summary = m_report ? m_report->summary : SpendSummary{};
    const auto money = [&](double usd) { return m_report ? format.money(usd, m_target) : u"…"_s; };
    m_estimated.caption->setText(tr("Estimate"));
    m_estimated.value->setText(money(summary.estimatedUsd));
    m_billed.caption->setText(m_target.isPractice()
            ? tr("Billed by practice")
            : tr("Billed by %1").arg(m_context.accounts.provider(m_target).name));
    const bool hasBills = m_context.accounts.provider(m_target).hasBills;
    m_billed.caption->setVisible(hasBills);
    m_billed.value->setVisible(hasBills);
    m_billed.value->setText(
        m_report && !summary.billedUsd ? tr("nothing yet") : money(summary.billedUsd.value_or(0.0)));
    showFigures();
    m_forecast->setVisible(m_report.has_value());
    if (m_report) {
        const MonthForecast& forecast = m_report->forecast;
        m_forecast->setText(
            tr("At this pace about %1 a month: %2 pictures a day, %3 each with all that goes with them.")
                .arg(format.money(forecast.totalUsd, m_target),
                    format.locale().toString(forecast.picturesPerDay, 'f', 1), format.money(forecast.usdPerPicture)));
    }
    m_causes->show(summary, m_target);
    m_volumes->show(m_target, m_report ? m_report->volumes : std::nullopt);
    m_modelsTitle->setText(tr("By model"));
    showModels();

    if (!m_stopped)
        return;
    int running = 0;
    int others = 0;
    for (const StopReport::Endpoint& endpoint : std::as_const(m_stopped->endpoints)) {
        running += endpoint.workersLeft;
        others += endpoint.owner == EndpointOwner::Ours ? 0 : 1;
    }
    if (!m_stopped->unreachable.isEmpty())
        m_message->say({Tone::Warning, tr("Not everything could be reached; there, nothing is confirmed."),
            reasons(*m_stopped, m_context), {}, {}});
    else if (m_stopped->isDone())
        m_message->say({Tone::Good, tr("Everything is stopped: no worker runs any more."),
            others == 0
                ? tr("Resume a model on Home when you need it again.")
                : tr("%n endpoint(s) of another computer or of a colleague with the same key were stopped, too.",
                    nullptr, others),
            {}, {}});
    else
        m_message->say({Tone::Working, tr("Stopping: %n worker(s) still run.", nullptr, running), {}, {}, {}});
}

} // namespace visgate::ui
