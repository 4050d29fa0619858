// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/settings/worker_card.h"

#include "core/domain/errors/error_catalog.h"
#include "core/operations/keys.h"
#include "core/service/deployment_service.h"
#include "core/service/when_done.h"
#include "ui/common/language.h"
#include "ui/theme/theme.h"
#include "ui/widgets/badge.h"
#include "ui/widgets/message_bar.h"
#include "ui/widgets/widgets.h"

#include <QHBoxLayout>
#include <QLineEdit>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace visgate::ui {

WorkerCard::WorkerCard(const UiContext& context, QWidget* parent)
    : Retranslated(parent), m_context(context), m_title(makeLabel(TextStyle::Heading)),
      m_badge(new Badge(context.theme)), m_purpose(makeLabel(TextStyle::Muted)), m_field(new QLineEdit),
      m_save(makeButton(ButtonKind::Normal)), m_message(new MessageBar(context.theme))
{
    setProperty("frame-kind", u"card"_s);
    m_field->setObjectName(u"workerImage"_s);
    m_save->setObjectName(u"workerImageSave"_s);
    auto* head = makeLayout<QHBoxLayout>(2);
    head->addWidget(m_title, 1);
    head->addWidget(m_badge);
    auto* row = makeLayout<QHBoxLayout>(1);
    row->addWidget(m_field, 1);
    row->addWidget(m_save);
    auto* column = makeLayout<QVBoxLayout>(1.5, metrics::cardPadding);
    column->addLayout(head);
    column->addWidget(m_purpose);
    column->addLayout(row);
    column->addWidget(m_message);
    setLayout(column);
    connect(m_field, &QLineEdit::textChanged, this, &WorkerCard::retranslate);
    connect(m_field, &QLineEdit::returnPressed, this, &WorkerCard::save);
    connect(m_save, &QPushButton::clicked, this, &WorkerCard::save);
    retranslate();
    reload();
}

void WorkerCard::reload()
{
    whenDone(m_context.service.call(GetWorkerImage{}), this, [this](const Result<QString>& image) {
        if (!image) {
            report(image.error());
            return;
        }
        m_stored = *image;
        m_loaded = true;
        m_field->setText(m_stored);
        retranslate();
    });
}

void WorkerCard::startEdit()
{
    m_field->setFocus();
    m_field->selectAll();
}

void WorkerCard::save()
{
    const QString image = m_field->text().trimmed();
    if (image == m_stored)
        return;
    whenDone(m_context.service.call(SetWorkerImage{image}), this, [this, image](const Result<void>& done) {
        if (!done) {
            report(done.error());
            return;
        }
        m_stored = image;
        retranslate();
        if (!image.isEmpty())
            m_message->say({Tone::Good, tr("Stored. New deployments on Runpod use it."), {}, {}, {}});
    });
}

void WorkerCard::report(const Error& error)
{
    const ErrorText text = m_context.language.format().describe(error);
    const bool again = text.action == RemedyAction::Retry || text.action == RemedyAction::CheckNetwork;
    m_message->say({Tone::Bad, text.message, text.remedy, again ? text.button : QString(), [this] { save(); }});
}

void WorkerCard::retranslate()
{
    m_title->setText(tr("Worker image"));
    m_purpose->setText(tr("The container that draws on Runpod's machines. Practice does not need it."));
    m_field->setPlaceholderText(tr("Name of the image, best with its digest"));
    m_field->setAccessibleName(tr("Worker image"));
    m_save->setText(tr("Store"));
    m_save->setAccessibleName(tr("Store the worker image"));
    m_save->setEnabled(m_loaded && m_field->text().trimmed() != m_stored);
    m_badge->setVisible(m_loaded);
    if (m_stored.isEmpty())
        m_badge->show(Tone::Warning, u"warning"_s, tr("Not set"));
    else
        m_badge->show(Tone::Good, u"ready"_s, tr("Set"));
    if (m_loaded && m_stored.isEmpty()) {
        const ErrorText missing = m_context.language.format().describe({ErrorCode::WorkerImageMissing, {}, 0, {}, {}});
        m_message->say({Tone::Warning, missing.message, {}, {}, {}});
    } else if (m_loaded
        && m_message->sentence()
            == m_context.language.format().describe({ErrorCode::WorkerImageMissing, {}, 0, {}, {}}).message) {
        m_message->clear();
    }
}

} // namespace visgate::ui
