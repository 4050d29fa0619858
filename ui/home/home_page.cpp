// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/home/home_page.h"

#include "core/domain/errors/error_catalog.h"
#include "core/operations/deployments.h"
#include "core/service/deployment_service.h"
#include "core/service/when_done.h"
#include "ui/common/format.h"
#include "ui/common/language.h"
#include "ui/home/deployment_card.h"
#include "ui/home/deployment_groups.h"
#include "ui/home/empty_home.h"
#include "ui/home/other_endpoints.h"
#include "ui/item_models/deployment_items.h"
#include "ui/item_models/model_items.h"
#include "ui/item_models/money_figures.h"
#include "ui/theme/theme.h"
#include "ui/widgets/message_bar.h"
#include "ui/widgets/page.h"
#include "ui/widgets/widgets.h"

#include <QHBoxLayout>
#include <QPushButton>
#include <QSet>
#include <QStackedLayout>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace visgate::ui {
namespace {

constexpr auto undoTime = 10s;

} // namespace

HomePage::HomePage(const UiContext& context, DeploymentItems& deployments, const ModelItems& models,
    const MoneyFigures& money, QWidget* parent)
    : Retranslated(parent), m_context(context), m_deployments(deployments), m_models(models), m_figures(money),
      m_stack(new QStackedLayout), m_blank(new QWidget), m_title(makeLabel(TextStyle::Title)),
      m_money(makeLabel(TextStyle::Muted)),
      m_new(makeButton(ButtonKind::Primary, context.theme.icon(u"create"_s, Ink::OnAccent))),
      m_message(new MessageBar(context.theme)), m_removal(new MessageBar(context.theme)),
      m_blocked(new MessageBar(context.theme)), m_cards(makeLayout<QVBoxLayout>(2))
{
    for (QLabel*& heading : m_headings)
        heading = makeLabel(TextStyle::Heading);
    m_new->setObjectName(u"newDeployment"_s);
    m_money->setObjectName(u"homeMoney"_s);
    for (MessageBar* bar : {m_message, m_removal, m_blocked})
        bar->setProperty("place", u"top"_s);
    m_removal->button()->setObjectName(u"undoRemoval"_s);
    m_blocked->button()->setObjectName(u"backToBlocked"_s);
    auto* head = makeLayout<QHBoxLayout>(2);
    head->addWidget(m_title, 1);
    head->addWidget(m_new);

    auto* list = new Page;
    list->column()->addLayout(head);
    list->column()->addWidget(m_money);
    list->column()->addLayout(m_cards);
    list->column()->addWidget(new OtherEndpoints(context));
    list->column()->addStretch(1);

    m_list = list;

    auto* body = new QWidget;
    m_stack->addWidget(m_blank);
    m_stack->addWidget(m_list);
    body->setLayout(m_stack);

    auto* bars = makeLayout<QVBoxLayout>(1);
    bars->addWidget(m_message);
    bars->addWidget(m_removal);
    bars->addWidget(m_blocked);
    auto* column = makeLayout<QVBoxLayout>(0);
    column->addLayout(bars);
    column->addWidget(body, 1);
    setLayout(column);

    m_undoTime.setParent(this);
    m_undoTime.setObjectName(u"undoTime"_s);
    m_undoTime.setSingleShot(true);
    connect(&m_undoTime, &QTimer::timeout, this, &HomePage::removePendingNow);
    connect(m_new, &QPushButton::clicked, this, &HomePage::newChosen);
    connect(&m_deployments, &DeploymentItems::loaded, this, &HomePage::showRows);
    connect(&m_deployments, &DeploymentItems::loadFailed, this, &HomePage::report);
    connect(&m_deployments, &DeploymentItems::rowsInserted, this, &HomePage::showRows);
    connect(&m_deployments, &DeploymentItems::rowsRemoved, this, &HomePage::showRows);
    connect(&m_deployments, &DeploymentItems::dataChanged, this, &HomePage::showRows);
    connect(&m_models, &ModelItems::modelReset, this, &HomePage::showRows);
    connect(&m_figures, &MoneyFigures::changed, this, &HomePage::retranslate);
    retranslate();
    showRows();
}

void HomePage::retranslate()
{
    m_title->setText(tr("Home"));
    m_new->setText(tr("New picture model"));
    m_money->setText(m_figures.words(m_context.language.format()));
    for (const auto group : deploymentGroups)
        m_headings.at(static_cast<std::size_t>(group))->setText(DeploymentGroups::word(group));
    if (!m_removing.isEmpty())
        showRemovalBar();
    showBlocked(m_blockedTitle, m_blockedBy);
}

void HomePage::showBlocked(const QString& title, const std::optional<Error>& why)
{
    m_blockedTitle = title;
    m_blockedBy = why;
    if (!why) {
        m_blocked->clear();
        return;
    }
    const ErrorText text = m_context.language.format().describe(*why);
    m_blocked->say({Tone::Warning, tr("%1 is not deployed yet: %2").arg(title, text.message), text.remedy,
        tr("Back to it"), [this] { Q_EMIT sheetWanted(); }});
}

void HomePage::showRows()
{
    const int count = m_deployments.rowCount();
    QHash<DeploymentId, DeploymentCard*> gone = m_cardOf;
    int place = 0;
    const auto put = [&](QWidget* widget) {
        if (m_cards->indexOf(widget) != place)
            m_cards->insertWidget(place, widget);
        ++place;
    };
    const bool hasGroups = groupCount() > 1;
    for (const auto group : deploymentGroups) {
        QLabel* heading = m_headings.at(static_cast<std::size_t>(group));
        put(heading);
        heading->hide();
        for (int row = 0; row < count; ++row) {
            const Deployment& deployment = m_deployments.at(row);
            if (DeploymentGroups::of(deployment) != group)
                continue;
            heading->setVisible(hasGroups || group == DeploymentGroup::NeedsYou);
            DeploymentCard* card
                = m_cardOf.contains(deployment.id) ? m_cardOf.value(deployment.id) : makeCard(deployment.id);
            gone.remove(deployment.id);
            put(card);
            card->show(deployment, m_models.titleOf(deployment.modelId));
        }
    }
    for (auto it = gone.cbegin(); it != gone.cend(); ++it) {
        m_cardOf.remove(it.key());
        it.value()->hide();
        it.value()->deleteLater();
    }
    if (count > 0)
        m_stack->setCurrentWidget(m_list);
    else if (m_deployments.isLoaded())
        m_stack->setCurrentWidget(m_empty != nullptr ? m_empty : makeEmpty());
}

qsizetype HomePage::groupCount() const
{
    QSet<int> groups;
    for (int row = 0; row < m_deployments.rowCount(); ++row)
        groups.insert(static_cast<int>(DeploymentGroups::of(m_deployments.at(row))));
    return groups.size();
}

DeploymentCard* HomePage::makeCard(const DeploymentId& id)
{
    auto* card = new DeploymentCard(m_context);
    connect(card, &DeploymentCard::openRequested, this, &HomePage::openRequested);
    connect(card, &DeploymentCard::pauseRequested, this, &HomePage::pause);
    connect(card, &DeploymentCard::resumeRequested, this, &HomePage::resume);
    connect(card, &DeploymentCard::removeRequested, this, &HomePage::remove);
    connect(card, &DeploymentCard::moreRequested, this, &HomePage::moreRequested);
    connect(card, &DeploymentCard::keepWarmRequested, this, &HomePage::keepWarmRequested);
    connect(card, &DeploymentCard::restoreRequested, this, &HomePage::restore);
    connect(card, &DeploymentCard::deleteRequested, this, &HomePage::deleteNow);
    connect(card, &DeploymentCard::remedyRequested, this, &HomePage::remedyRequested);
    connect(card, &DeploymentCard::acceptRequested, this, &HomePage::accept);
    m_cardOf.insert(id, card);
    return card;
}

QWidget* HomePage::makeEmpty()
{
    auto* choices = new EmptyHome(m_context);
    connect(choices, &EmptyHome::practiseChosen, this, &HomePage::practiseChosen);
    connect(choices, &EmptyHome::hereChosen, this, &HomePage::hereChosen);
    connect(choices, &EmptyHome::connectChosen, this, &HomePage::connectChosen);
    auto* page = new Page(0);
    page->column()->addWidget(choices);
    m_stack->addWidget(page);
    m_empty = page;
    return m_empty;
}

void HomePage::pause(const DeploymentId& id)
{
    whenDone(m_context.service.call(PauseDeployment{id}), this, [this](const Result<void>& done) {
        if (!done)
            report(done.error());
    });
}

void HomePage::resume(const DeploymentId& id)
{
    whenDone(m_context.service.call(ResumeDeployment{id}), this, [this](const Result<void>& done) {
        if (!done)
            report(done.error());
    });
}

void HomePage::accept(const DeploymentId& id)
{
    whenDone(m_context.service.call(AnswerQuestion{id, true}), this, [this](const Result<Deployment>& answered) {
        if (!answered)
            report(answered.error());
    });
}

void HomePage::restore(const DeploymentId& id)
{
    whenDone(m_context.service.call(RestoreDeployment{id}), this, [this](const Result<Deployment>& restored) {
        if (!restored)
            report(restored.error());
    });
}

void HomePage::deleteNow(const DeploymentId& id)
{
    whenDone(m_context.service.call(DeleteDeployment{id}), this, [this](const Result<void>& done) {
        if (!done)
            report(done.error());
    });
}

void HomePage::remove(const DeploymentId& id)
{
    const Deployment* deployment = m_deployments.find(id);
    if (deployment == nullptr)
        return;
    removePendingNow();
    m_removing.append(*deployment);
    m_deployments.setHidden(id, true);
    showRemovalBar();
    m_undoTime.start(undoTime);
    m_removal->button()->setFocus();
}

void HomePage::showRemovalBar()
{
    m_removal->say({Tone::Neutral, tr("%1 is being removed.").arg(m_models.titleOf(m_removing.last().modelId)),
        tr("Its GPU is given back in ten seconds. For a day it can be brought back; logs and pictures stay."),
        tr("Undo"), [this] { undoRemoval(); }});
}

void HomePage::undoRemoval()
{
    m_undoTime.stop();
    m_removal->clear();
    for (const Deployment& deployment : std::exchange(m_removing, {}))
        m_deployments.setHidden(deployment.id, false);
}

void HomePage::removePendingNow()
{
    m_undoTime.stop();
    m_removal->clear();
    for (const Deployment& deployment : std::exchange(m_removing, {})) {
        whenDone(m_context.service.call(KeepDeployment{deployment.id, kKeepTime}), this,
            [this, id = deployment.id](const Result<void>& done) {
                m_deployments.setHidden(id, false); // shown as removed, or as deleting where nothing is kept
                if (!done)
                    report(done.error());
                Q_EMIT removalsDone();
            });
    }
}

void HomePage::report(const Error& error)
{
    const ErrorText text = m_context.language.format().describe(error);
    m_message->say({Tone::Bad, text.message, text.remedy, tr("Close"), [this] { m_message->clear(); }});
}

} // namespace visgate::ui
