// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/home/deployment_card.h"

#include "ui/common/account_list.h"
#include "ui/common/format.h"
#include "ui/common/language.h"
#include "ui/item_models/attention.h"
#include "ui/item_models/state_words.h"
#include "ui/theme/theme.h"
#include "ui/widgets/badge.h"
#include "ui/widgets/message_bar.h"
#include "ui/widgets/widgets.h"

#include <QGridLayout>
#include <QHBoxLayout>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace visgate::ui {
namespace {

QVBoxLayout* figure(QLabel* caption, QLabel* value)
{
    auto* column = makeLayout<QVBoxLayout>(0.25);
    column->addWidget(caption);
    column->addWidget(value);
    column->addStretch(1); // a figure that wraps leaves the others where they are
    return column;
}

} // namespace

DeploymentCard::DeploymentCard(const UiContext& context, QWidget* parent)
    : Retranslated(parent), m_context(context), m_name(new ElidedLabel), m_badge(new Badge(context.theme)),
      m_demo(makeLabel(TextStyle::Muted)), m_nowCaption(makeLabel(TextStyle::Caption)),
      m_now(makeLabel(TextStyle::Figure)), m_soFarCaption(makeLabel(TextStyle::Caption)),
      m_soFar(makeLabel(TextStyle::Figure)), m_whereCaption(makeLabel(TextStyle::Caption)),
      m_where(makeLabel(TextStyle::Figure)), m_kept(makeLabel(TextStyle::Muted)),
      m_trouble(new MessageBar(context.theme)),
      m_open(makeButton(ButtonKind::Primary, context.theme.icon(u"studio"_s, Ink::OnAccent))),
      m_pause(makeButton(ButtonKind::Normal)), m_warm(makeButton(ButtonKind::Plain)),
      m_more(makeButton(ButtonKind::Plain)), m_remove(makeButton(ButtonKind::Plain, context.theme.icon(u"remove"_s)))
{
    setProperty("frame-kind", u"card"_s);
    m_name->setProperty("text-style", u"heading"_s);
    m_open->setObjectName(u"openDeployment"_s);
    m_pause->setObjectName(u"pauseDeployment"_s);
    m_warm->setObjectName(u"keepWarmDeployment"_s);
    m_more->setObjectName(u"moreDeployment"_s);
    m_remove->setObjectName(u"removeDeployment"_s);
    m_trouble->button()->setObjectName(u"fixDeployment"_s);
    m_now->setObjectName(u"cardNow"_s);
    m_soFar->setObjectName(u"cardSoFar"_s);

    auto* head = makeLayout<QHBoxLayout>(2);
    head->addWidget(m_name, 1);
    head->addWidget(m_badge);
    auto* figures = makeLayout<QHBoxLayout>(4);
    figures->addLayout(figure(m_nowCaption, m_now), 1);
    figures->addLayout(figure(m_soFarCaption, m_soFar), 1);
    figures->addLayout(figure(m_whereCaption, m_where), 1);
    auto* buttons = makeLayout<QHBoxLayout>(1);
    buttons->addWidget(m_open);
    buttons->addWidget(m_pause);
    buttons->addStretch(1);
    buttons->addWidget(m_warm);
    buttons->addWidget(m_more);
    buttons->addWidget(m_remove);

    auto* column = makeLayout<QVBoxLayout>(1, metrics::cardPadding);
    column->addLayout(head);
    column->addWidget(m_demo);
    column->addSpacing(metrics::unit);
    column->addLayout(figures);
    column->addWidget(m_kept);
    column->addWidget(m_trouble);
    column->addSpacing(metrics::unit);
    column->addLayout(buttons);
    setLayout(column);

    connect(m_open, &QPushButton::clicked, this, [this] { Q_EMIT openRequested(m_deployment.id); });
    connect(m_warm, &QPushButton::clicked, this, [this] { Q_EMIT keepWarmRequested(m_deployment.id); });
    connect(m_more, &QPushButton::clicked, this, [this] { Q_EMIT moreRequested(m_deployment.id); });
    connect(m_remove, &QPushButton::clicked, this, [this] {
        if (m_deployment.deleteAt)
            Q_EMIT deleteRequested(m_deployment.id);
        else
            Q_EMIT removeRequested(m_deployment.id);
    });
    connect(m_pause, &QPushButton::clicked, this, [this] {
        if (m_deployment.deleteAt)
            Q_EMIT restoreRequested(m_deployment.id);
        else if (m_deployment.status == DeploymentStatus::Paused || m_deployment.status == DeploymentStatus::Parked)
            Q_EMIT resumeRequested(m_deployment.id);
        else
            Q_EMIT pauseRequested(m_deployment.id);
    });
}

void DeploymentCard::show(const Deployment& deployment, const QString& modelTitle)
{
    m_deployment = deployment;
    m_title = modelTitle;
    retranslate();
}

void DeploymentCard::retranslate()
{
    if (m_deployment.id.isEmpty())
        return;
    const Format& format = m_context.language.format();
    const StateWords state = States::of(m_deployment);
    m_name->setFullText(m_title);
    m_badge->show(state.tone, state.icon, state.word);
    m_demo->setText(States::demoLabel(m_title));
    m_demo->setVisible(m_deployment.demoModel);

    m_nowCaption->setText(tr("Costs now"));
    m_now->setText(format.moneyPerHour(m_deployment.cost.usdPerHourNow, m_deployment.target));
    m_soFarCaption->setText(tr("So far"));
    m_soFar->setText(format.money(m_deployment.cost.countedUsd, m_deployment.target));
    m_soFar->setToolTip(m_deployment.target.isThisComputer() ? tr("Nobody charges for this computer.")
            : m_deployment.cost.billedUsd
            ? tr("Estimate %1, billed %2")
                  .arg(format.money(m_deployment.cost.estimatedUsd),
                      format.money(*m_deployment.cost.billedUsd, m_deployment.target))
            : tr("Estimate %1, not billed yet").arg(format.money(m_deployment.cost.estimatedUsd, m_deployment.target)));
    m_whereCaption->setText(m_context.accounts.nameOf(m_deployment.target));
    const bool isHere = m_deployment.target.isThisComputer();
    m_where->setText(isHere                       ? tr("no account")
            : m_deployment.gpuAllocated.isEmpty() ? tr("no GPU yet")
                                                  : m_deployment.gpuAllocated);

    const bool stopped
        = m_deployment.status == DeploymentStatus::Paused || m_deployment.status == DeploymentStatus::Parked;
    const bool starting = States::isStarting(m_deployment.status);
    const bool leaving = m_deployment.status == DeploymentStatus::Deleting;
    m_open->setText(starting ? tr("Watch") : stopped ? tr("Pictures") : tr("Try"));
    m_open->setAccessibleName(starting ? tr("Watch %1 start").arg(m_title)
            : stopped                  ? tr("Pictures of %1").arg(m_title)
                                       : tr("Try %1").arg(m_title));
    m_open->setVisible(!leaving && m_deployment.status != DeploymentStatus::Failed);
    m_pause->setText(stopped ? tr("Resume") : tr("Pause"));
    m_pause->setIcon(m_context.theme.icon(stopped ? u"play"_s : u"pause"_s));
    m_pause->setAccessibleName(stopped ? tr("Resume %1").arg(m_title) : tr("Pause %1").arg(m_title));
    m_pause->setVisible(stopped || States::takesJobs(m_deployment.status));
    m_more->setText(tr("More"));
    m_more->setAccessibleName(tr("More about %1").arg(m_title));
    m_more->setVisible(!m_deployment.endpointId.isEmpty() && !stopped && !starting && !leaving && !m_deployment.deleteAt
        && m_deployment.status != DeploymentStatus::Failed);
    m_warm->setText(tr("Keep warm"));
    m_warm->setAccessibleName(tr("Keep %1 warm").arg(m_title));
    m_warm->setVisible(!m_more->isHidden());
    m_remove->setText(tr("Remove"));
    m_remove->setAccessibleName(tr("Remove %1").arg(m_title));
    m_remove->setVisible(!leaving);
    QString warmth = stopped || leaving ? QString() : States::warmth(m_deployment, format);
    if (starting)
        warmth = States::startWords(m_deployment, format);
    m_kept->setText(warmth);
    m_kept->setVisible(m_deployment.deleteAt || !warmth.isEmpty());
    if (m_deployment.deleteAt) {
        m_badge->show(Tone::Neutral, u"remove"_s, tr("Removed"));
        m_kept->setText(
            tr("Its endpoint sleeps until %1 and is deleted then.").arg(format.dateAndTime(*m_deployment.deleteAt)));
        m_open->hide();
        m_pause->setText(tr("Bring back"));
        m_pause->setIcon(m_context.theme.icon(u"undo"_s));
        m_pause->setAccessibleName(tr("Bring %1 back").arg(m_title));
        m_pause->setVisible(!leaving);
        m_remove->setText(tr("Delete now"));
        m_remove->setAccessibleName(tr("Delete %1 now").arg(m_title));
    }

    const auto attention = Attentions::of(m_deployment, format);
    if (!attention) {
        m_trouble->clear();
        return;
    }
    m_trouble->say({attention->tone, attention->sentence, attention->advice, attention->button,
        [this, isQuestion = attention->isQuestion, action = attention->action] {
            if (isQuestion)
                Q_EMIT acceptRequested(m_deployment.id);
            else
                Q_EMIT remedyRequested({action, m_deployment.target, m_deployment.modelId, m_deployment.id});
        }});
}

} // namespace visgate::ui
