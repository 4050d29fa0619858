// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/quit_sheet.h"

#include "core/domain/errors/error_catalog.h"
#include "core/operations/deployments.h"
#include "core/service/deployment_service.h"
#include "core/service/when_done.h"
#include "ui/common/format.h"
#include "ui/common/language.h"
#include "ui/item_models/state_words.h"
#include "ui/theme/theme.h"
#include "ui/widgets/busy_bar.h"
#include "ui/widgets/message_bar.h"
#include "ui/widgets/page.h"
#include "ui/widgets/widgets.h"

#include <QVBoxLayout>

#include <utility>

using namespace Qt::StringLiterals;

namespace visgate::ui {

QuitSheet::QuitSheet(const UiContext& context, QWidget* parent)
    : Retranslated(parent), m_context(context), m_title(new ElidedLabel), m_explanation(makeLabel(TextStyle::Body)),
      m_list(makeLabel(TextStyle::Strong)), m_message(new MessageBar(context.theme)),
      m_busy(new BusyBar(context.theme)), m_pause(makeButton(ButtonKind::Primary)),
      m_leave(makeButton(ButtonKind::Normal)), m_stay(makeButton(ButtonKind::Plain))
{
    m_title->setProperty("text-style", u"title"_s);
    m_pause->setObjectName(u"quitPause"_s);
    m_leave->setObjectName(u"quitLeave"_s);
    m_stay->setObjectName(u"quitStay"_s);
    m_busy->hide();

    auto* header = makeFrame("header");
    auto* head = makeLayout<QVBoxLayout>(0);
    head->setContentsMargins(24, 16, 16, 16);
    head->addWidget(m_title);
    header->setLayout(head);
    auto* body = new Page(0);
    body->column()->addWidget(m_list);
    body->column()->addWidget(m_explanation);
    body->column()->addStretch(1);
    auto* footer = makeFrame("footer");
    auto* foot = makeLayout<QVBoxLayout>(1);
    foot->setContentsMargins(24, 16, 24, 16);
    for (QWidget* widget : std::initializer_list<QWidget*>{m_message, m_busy, m_pause, m_leave, m_stay})
        foot->addWidget(widget);
    footer->setLayout(foot);
    auto* whole = makeLayout<QVBoxLayout>(0);
    whole->addWidget(header);
    whole->addWidget(body, 1);
    whole->addWidget(footer);
    setLayout(whole);

    connect(m_pause, &QPushButton::clicked, this, &QuitSheet::pauseAll);
    connect(m_leave, &QPushButton::clicked, this, &QuitSheet::mayClose);
    connect(m_stay, &QPushButton::clicked, this, &QuitSheet::stayChosen);
    retranslate();
}

void QuitSheet::ask(const QList<Deployment>& working, const QStringList& titles)
{
    m_working = working;
    m_titles = titles;
    m_message->clear();
    retranslate();
    m_pause->setFocus();
}

void QuitSheet::pauseAll()
{
    m_pausing = m_working.size();
    m_message->clear();
    retranslate();
    for (const Deployment& deployment : std::as_const(m_working)) {
        whenDone(m_context.service.call(PauseDeployment{deployment.id}), this,
            [this](const Result<void>& paused) { takeOutcome(paused); });
    }
}

void QuitSheet::takeOutcome(const Result<void>& paused)
{
    --m_pausing;
    if (!paused) {
        const ErrorText text = m_context.language.format().describe(paused.error());
        m_message->say({Tone::Bad, text.message, text.remedy, {}, {}});
    }
    retranslate();
    if (m_pausing == 0 && m_message->sentence().isEmpty())
        Q_EMIT mayClose();
}

void QuitSheet::retranslate()
{
    const Format& format = m_context.language.format();
    QStringList lines;
    for (qsizetype row = 0; row < m_working.size(); ++row) {
        const Deployment& deployment = m_working.at(row);
        lines << u"%1  ·  %2  ·  %3"_s.arg(m_titles.at(row), States::of(deployment).word,
            format.moneyPerHour(deployment.cost.usdPerHourNow, deployment.target));
    }
    const bool pausing = m_pausing > 0;
    m_title->setFullText(tr("Something still costs money"));
    m_list->setText(lines.join(u'\n'));
    m_explanation->setText(tr("Leave it running and it goes on without the window: the limits on each endpoint hold, "
                              "and Visgate keeps watch in the background until nothing runs. Paused, it costs nothing "
                              "and can be resumed at any time."));
    m_busy->setVisible(pausing);
    m_pause->setEnabled(!pausing);
    m_pause->setText(pausing ? tr("Pausing …") : tr("Pause all and quit"));
    m_leave->setText(tr("Leave it running and quit"));
    m_stay->setText(tr("Do not quit"));
}

} // namespace visgate::ui
