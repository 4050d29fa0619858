// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/settings/picture_engine_card.h"

#include "core/domain/errors/error_catalog.h"
#include "core/operations/picture_engine.h"
#include "core/service/deployment_service.h"
#include "core/service/when_done.h"
#include "ui/common/language.h"
#include "ui/theme/theme.h"
#include "ui/widgets/badge.h"
#include "ui/widgets/busy_bar.h"
#include "ui/widgets/message_bar.h"
#include "ui/widgets/widgets.h"

#include <QHBoxLayout>
#include <QVBoxLayout>

#include <chrono>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace visgate::ui {

PictureEngineCard::PictureEngineCard(const UiContext& context, QWidget* parent)
    : Retranslated(parent), m_context(context), m_title(makeLabel(TextStyle::Heading)),
      m_badge(new Badge(context.theme)), m_purpose(makeLabel(TextStyle::Muted)), m_busy(new BusyBar(context.theme)),
      m_explanation(makeLabel(TextStyle::Caption)), m_message(new MessageBar(context.theme)),
      m_install(makeButton(ButtonKind::Primary)), m_pause(makeButton(ButtonKind::Normal)),
      m_remove(makeButton(ButtonKind::Plain))
{
    setProperty("frame-kind", u"card"_s);
    m_install->setObjectName(u"pictureEngineInstall"_s);
    m_pause->setObjectName(u"pictureEnginePause"_s);
    m_remove->setObjectName(u"pictureEngineRemove"_s);
    m_explanation->setObjectName(u"pictureEngineState"_s);
    auto* head = makeLayout<QHBoxLayout>(2);
    head->addWidget(m_title, 1);
    head->addWidget(m_badge);
    auto* buttons = makeLayout<QHBoxLayout>(1);
    buttons->addWidget(m_install);
    buttons->addWidget(m_pause);
    buttons->addWidget(m_remove);
    buttons->addStretch(1);
    auto* column = makeLayout<QVBoxLayout>(1.5, metrics::cardPadding);
    column->addLayout(head);
    column->addWidget(m_purpose);
    column->addWidget(m_busy);
    column->addWidget(m_explanation);
    column->addWidget(m_message);
    column->addLayout(buttons);
    setLayout(column);
    m_follow.setInterval(1s);
    m_follow.setSingleShot(true);
    connect(&m_follow, &QTimer::timeout, this, &PictureEngineCard::reload);
    connect(m_install, &QPushButton::clicked, this, &PictureEngineCard::install);
    connect(m_pause, &QPushButton::clicked, this, &PictureEngineCard::pause);
    connect(m_remove, &QPushButton::clicked, this, &PictureEngineCard::remove);
    retranslate();
    reload();
}

void PictureEngineCard::reload()
{
    whenDone(m_context.service.call(GetPictureEngine{}), this,
        [this](const Result<PictureEngine>& engine) { take(engine); });
}

void PictureEngineCard::startInstall()
{
    m_install->setFocus();
}

void PictureEngineCard::showEvent(QShowEvent* event)
{
    QFrame::showEvent(event);
    reload();
}

void PictureEngineCard::install()
{
    m_isSure = false;
    whenDone(m_context.service.call(InstallPictureEngine{}), this,
        [this](const Result<PictureEngine>& engine) { take(engine); });
}

void PictureEngineCard::pause()
{
    whenDone(m_context.service.call(PausePictureEngine{}), this,
        [this](const Result<PictureEngine>& engine) { take(engine); });
}

void PictureEngineCard::remove()
{
    if (!std::exchange(m_isSure, true)) {
        retranslate();
        return;
    }
    m_isSure = false;
    m_engine->status = PictureEngineStatus::Removing;
    retranslate();
    whenDone(m_context.service.call(RemovePictureEngine{}), this, [this](const Result<void>& removed) {
        if (removed)
            reload();
        else
            take(fail(removed.error()));
    });
}

void PictureEngineCard::take(const Result<PictureEngine>& engine)
{
    if (!engine) {
        const ErrorText text = m_context.language.format().describe(engine.error());
        m_message->say({Tone::Bad, text.message, text.remedy, {}, {}});
        return;
    }
    const bool was = m_engine && m_engine->status == PictureEngineStatus::Installing;
    m_engine = *engine;
    if (was && engine->status == PictureEngineStatus::Installed)
        Q_EMIT installed();
    retranslate();
    const bool moves
        = engine->status == PictureEngineStatus::Installing || engine->status == PictureEngineStatus::Removing;
    if (moves && isVisible())
        m_follow.start();
}

QString PictureEngineCard::explanation() const
{
    const Format& format = m_context.language.format();
    switch (m_engine->status) {
    case PictureEngineStatus::Absent:
        return tr("Fetches %1 and takes %2 of the disk; %3 are free. Nothing else on this computer changes.")
            .arg(format.bytes(m_engine->downloadBytes), format.bytes(m_engine->diskBytes),
                format.bytes(m_engine->freeBytes));
    case PictureEngineStatus::Installing:
        return m_engine->step.isEmpty()
            ? tr("Checking that it works…")
            : tr("%1 of %2: %3")
                  .arg(format.bytes(m_engine->doneBytes), format.bytes(m_engine->downloadBytes), m_engine->step);
    case PictureEngineStatus::Paused:
        return tr("%1 of %2 are there; it goes on from there.")
            .arg(format.bytes(m_engine->doneBytes), format.bytes(m_engine->downloadBytes));
    case PictureEngineStatus::Installed:
        return m_engine->device.isEmpty()
            ? tr("%1. It draws on the processor: minutes a picture, not seconds.").arg(m_engine->version)
            : tr("%1. It draws on %2.").arg(m_engine->version, m_engine->device);
    case PictureEngineStatus::Removing:
        return tr("Being removed…");
    }
    return {};
}

void PictureEngineCard::showProblem()
{
    if (!m_engine->problem) {
        m_message->clear();
        return;
    }
    const ErrorText text = m_context.language.format().describe(*m_engine->problem);
    m_message->say({Tone::Bad, text.message, text.remedy, {}, {}});
}

void PictureEngineCard::showButtons()
{
    const PictureEngineStatus status = m_engine->status;
    const bool isBegun = status == PictureEngineStatus::Paused;
    m_install->setVisible(isBegun || status == PictureEngineStatus::Absent);
    m_install->setText(isBegun ? tr("Go on") : tr("Install the picture engine"));
    m_pause->setVisible(status == PictureEngineStatus::Installing);
    m_pause->setText(tr("Pause"));
    m_remove->setVisible(isBegun || status == PictureEngineStatus::Installed);
    m_remove->setText(m_isSure ? tr("Really remove it") : tr("Remove"));
    m_busy->setVisible(status == PictureEngineStatus::Installing || status == PictureEngineStatus::Removing);
    const bool hasShare = status == PictureEngineStatus::Installing && m_engine->downloadBytes > 0;
    m_busy->setShare(
        hasShare ? static_cast<double>(m_engine->doneBytes) / static_cast<double>(m_engine->downloadBytes) : -1.0);
}

void PictureEngineCard::retranslate()
{
    m_title->setText(tr("Picture engine"));
    m_purpose->setText(tr(
        "Draws real models on this computer, without any account: PyTorch and diffusers, in a folder of their own."));
    m_badge->setVisible(m_engine.has_value());
    if (!m_engine) {
        for (QWidget* widget : std::initializer_list<QWidget*>{m_busy, m_install, m_pause, m_remove})
            widget->hide();
        return;
    }
    m_explanation->setText(explanation());
    showProblem();
    showButtons();
    if (m_engine->status == PictureEngineStatus::Installed)
        m_badge->show(Tone::Good, u"ready"_s, tr("Installed"));
    else if (m_engine->status == PictureEngineStatus::Installing)
        m_badge->show(Tone::Working, u"download"_s, tr("Being installed"));
    else
        m_badge->show(Tone::Neutral, u"info"_s, tr("Not installed"));
}

} // namespace visgate::ui
