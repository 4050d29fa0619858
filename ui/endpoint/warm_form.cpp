// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/endpoint/warm_form.h"

#include "core/domain/errors/error_catalog.h"
#include "core/operations/deployments.h"
#include "core/service/deployment_service.h"
#include "core/service/when_done.h"
#include "ui/common/format.h"
#include "ui/common/language.h"
#include "ui/common/local_time.h"
#include "ui/endpoint/warm_hours.h"
#include "ui/item_models/state_words.h"
#include "ui/theme/theme.h"
#include "ui/widgets/busy_bar.h"
#include "ui/widgets/message_bar.h"
#include "ui/widgets/widgets.h"

#include <QComboBox>
#include <QDateTime>
#include <QScopedValueRollback>
#include <QTimeEdit>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace visgate::ui {
namespace {

constexpr auto kShortWhile = 30min;

TimePoint now()
{
    return std::chrono::system_clock::now();
}

/// The next time the clock on the wall shows it.
TimePoint nextTime(QTime clock)
{
    const QDateTime present = QDateTime::currentDateTime();
    QDateTime local(present.date(), clock);
    if (local <= present)
        local = QDateTime(present.date().addDays(1), clock);
    return toTimePoint(local);
}

} // namespace

WarmForm::WarmForm(const UiContext& context, QWidget* parent)
    : Retranslated(parent), m_context(context), m_title(makeLabel(TextStyle::Heading)),
      m_state(makeLabel(TextStyle::Muted)), m_choice(new QComboBox), m_until(new QTimeEdit),
      m_hours(new WarmHours(context)), m_note(makeLabel(TextStyle::Caption)), m_busy(new BusyBar(context.theme)),
      m_message(new MessageBar(context.theme)), m_apply(makeButton(ButtonKind::Normal))
{
    m_choice->setObjectName(u"warmChoice"_s);
    for (int i = 0; i <= static_cast<int>(Choice::Always); ++i)
        m_choice->addItem({});
    m_until->setObjectName(u"warmUntil"_s);
    m_until->setDisplayFormat(u"HH:mm"_s);
    m_until->setFixedWidth(112);
    m_until->setTime(toLocalTime(now() + 2h).time());
    m_apply->setObjectName(u"applyWarm"_s);
    m_soon.setSingleShot(true);
    m_soon.setInterval(200ms);

    auto* column = makeLayout<QVBoxLayout>(1);
    column->addWidget(m_title);
    column->addWidget(m_state);
    column->addWidget(m_choice, 0, Qt::AlignLeft);
    column->addWidget(m_until, 0, Qt::AlignLeft);
    column->addWidget(m_hours);
    column->addWidget(m_note);
    column->addWidget(m_busy);
    column->addWidget(m_message);
    column->addWidget(m_apply, 0, Qt::AlignLeft);
    setLayout(column);

    connect(m_choice, &QComboBox::currentIndexChanged, this, &WarmForm::chooseAnother);
    connect(m_until, &QTimeEdit::timeChanged, this, &WarmForm::chooseAnother);
    connect(m_hours, &WarmHours::changed, this, &WarmForm::chooseAnother);
    connect(&m_soon, &QTimer::timeout, this, &WarmForm::askPrice);
    connect(m_apply, &QPushButton::clicked, this, &WarmForm::apply);
    m_hours->show({});
    retranslate();
}

void WarmForm::show(const Deployment& deployment)
{
    const bool another = m_deployment.id != deployment.id;
    const bool changed = m_deployment.pool != deployment.pool;
    m_deployment = deployment;
    if (another) {
        m_awaitsConfirmation = false;
        m_message->clear();
    } else if (m_awaitsConfirmation) {
        sayHowFar(deployment);
    }
    if (another || changed) {
        // What the user is choosing is not overwritten by news that change nothing here.
        const QScopedValueRollback filling(m_filling, true);
        m_choice->setCurrentIndex(static_cast<int>(choiceOf(deployment.pool)));
        if (choice() == Choice::Until)
            m_until->setTime(toLocalTime(*deployment.pool.keepUntil).time());
        m_hours->show(deployment.pool);
        m_price.reset();
        m_soon.start();
    }
    retranslate();
}

void WarmForm::takeFocus()
{
    m_choice->setFocus();
}

WarmForm::Choice WarmForm::choice() const
{
    return static_cast<Choice>(m_choice->currentIndex());
}

WarmForm::Choice WarmForm::choiceOf(const PoolPolicy& policy)
{
    if (policy.keepUntil && *policy.keepUntil > now())
        return Choice::Until;
    switch (policy.mode) {
    case PoolMode::OnDemand:
        return Choice::Sleep;
    case PoolMode::ScheduledWarm:
        return Choice::Hours;
    case PoolMode::AlwaysOn:
        return Choice::Always;
    }
    return Choice::Sleep;
}

std::optional<PoolPolicy> WarmForm::wish() const
{
    PoolPolicy policy;
    switch (choice()) {
    case Choice::Sleep:
        break;
    case Choice::HalfHour:
    case Choice::Until:
        policy = keptUntil(
            m_deployment.pool, choice() == Choice::HalfHour ? now() + kShortWhile : nextTime(m_until->time()));
        break;
    case Choice::Hours:
        if (const auto window = m_hours->window()) {
            policy.mode = PoolMode::ScheduledWarm;
            policy.windows = {*window};
            policy.zone = m_hours->zone();
            break;
        }
        return std::nullopt;
    case Choice::Always:
        policy.mode = PoolMode::AlwaysOn;
        break;
    }
    return policy;
}

void WarmForm::chooseAnother()
{
    if (m_filling)
        return;
    m_awaitsConfirmation = false;
    m_message->clear();
    m_price.reset();
    m_soon.start();
    retranslate();
}

void WarmForm::askPrice()
{
    m_asked = wish();
    if (!m_asked || m_deployment.id.isEmpty())
        return;
    whenDone(m_context.service.call(GetWarmPrice{m_deployment.id, *m_asked}), this,
        [this, asked = m_asked, id = m_deployment.id](const Result<WarmPrice>& price) {
            if (asked != m_asked || id != m_deployment.id || m_soon.isActive())
                return; // something else has been chosen since
            if (price)
                m_price = *price;
            else
                report(price.error());
            retranslate();
        });
}

void WarmForm::apply()
{
    const auto policy = wish();
    if (!policy || !m_price)
        return;
    m_busyNow = true;
    m_message->clear();
    retranslate();
    // Pressing the button that carries the price is the yes to it.
    const auto accepted = policy->mode == PoolMode::AlwaysOn ? std::optional(m_price->usdPerMonth) : std::nullopt;
    whenDone(m_context.service.call(SetPool{m_deployment.id, *policy, accepted}), this,
        [this](const Result<Deployment>& set) {
            m_busyNow = false;
            if (set) {
                show(*set);
                sayHowFar(*set);
            } else {
                report(set.error());
                m_price.reset();
                m_soon.start(); // the price may have moved
            }
            retranslate();
        });
}

/// The wish is kept at once; the endpoint has it when the provider says so.
void WarmForm::sayHowFar(const Deployment& deployment)
{
    m_awaitsConfirmation = deployment.unconfirmed.contains("warm"_L1);
    if (m_awaitsConfirmation)
        m_message->say({Tone::Working, tr("Asked for. Waiting for the provider to confirm it …"), {}, {}, {}});
    else
        m_message->say({Tone::Good, tr("The endpoint has taken it over."), {}, {}, {}});
}

void WarmForm::report(const Error& error)
{
    const ErrorText text = m_context.language.format().describe(error);
    m_message->say({Tone::Bad, text.message, text.remedy, {}, {}});
}

QString WarmForm::priceWords() const
{
    if (choice() == Choice::Hours && !m_hours->window())
        return tr("Choose a day at least.");
    if (choice() == Choice::Sleep)
        return tr("Nothing is billed while it sleeps; the next picture waits until a worker has started.");
    if (!m_price)
        return tr("Asking for the price …");
    const Format& format = m_context.language.format();
    const QString hourly = format.moneyPerHour(m_price->usdPerHour, m_deployment.target);
    switch (choice()) {
    case Choice::Hours:
        return tr("About %1 hours a month at %2. Small jobs start the worker and hold it there, so Visgate has to be "
                  "running.")
            .arg(format.integer(qRound64(m_price->hoursPerMonth)), hourly);
    case Choice::Always:
        return tr("One worker at %1 runs day and night, also while Visgate is closed, until you end it.").arg(hourly);
    default:
        return tr("One worker at %1 waits for the next picture until then.").arg(hourly);
    }
}

QString WarmForm::buttonWords() const
{
    if (choice() == Choice::Sleep)
        return tr("Let it sleep");
    if (!m_price)
        return tr("Keep warm");
    const Format& format = m_context.language.format();
    switch (choice()) {
    case Choice::Hours:
        return tr("Keep warm, about %1 a month").arg(format.money(m_price->usdPerMonth, m_deployment.target));
    case Choice::Always:
        return tr("Keep always warm, %1 a month").arg(format.money(m_price->usdPerMonth, m_deployment.target));
    default:
        return tr("Keep warm, at most %1").arg(format.money(m_price->usdOnce, m_deployment.target));
    }
}

void WarmForm::retranslate()
{
    m_title->setText(tr("Keep warm"));
    const QString state = States::warmth(m_deployment, m_context.language.format());
    m_state->setText(state.isEmpty() ? tr("It sleeps when nobody uses it.") : state);
    m_choice->setAccessibleName(tr("When a worker waits for the next picture"));
    m_choice->setItemText(static_cast<int>(Choice::Sleep), tr("Not: it sleeps between pictures"));
    m_choice->setItemText(static_cast<int>(Choice::HalfHour), tr("For 30 minutes"));
    m_choice->setItemText(static_cast<int>(Choice::Until), tr("Until a time"));
    m_choice->setItemText(static_cast<int>(Choice::Hours), tr("At these hours on these days"));
    m_choice->setItemText(static_cast<int>(Choice::Always), tr("Always"));
    m_until->setAccessibleName(tr("Warm until"));
    m_until->setVisible(choice() == Choice::Until);
    m_hours->setVisible(choice() == Choice::Hours);
    m_note->setText(priceWords());
    m_busy->setVisible(m_busyNow);
    m_apply->setText(buttonWords());
    const auto wanted = wish();
    m_apply->setEnabled(!m_busyNow && m_price && wanted && *wanted != m_deployment.pool);
}

} // namespace visgate::ui
