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

#include <QButtonGroup>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace visgate::ui {

WorkerCard::WorkerCard(const UiContext& context, QWidget* parent)
    : Retranslated(parent), m_context(context), m_title(makeLabel(TextStyle::Heading)),
      m_badge(new Badge(context.theme)), m_purpose(makeLabel(TextStyle::Muted)),
      m_public(makeSegment(u"workerImagePublic"_s)), m_own(makeSegment(u"workerImageOwn"_s)),
      m_explanation(makeLabel(TextStyle::Caption)), m_field(new QLineEdit), m_save(makeButton(ButtonKind::Normal)),
      m_message(new MessageBar(context.theme))
{
    setProperty("frame-kind", u"card"_s);
    m_field->setObjectName(u"workerImage"_s);
    m_save->setObjectName(u"workerImageSave"_s);
    auto* group = new QButtonGroup(this);
    group->addButton(m_public);
    group->addButton(m_own);
    auto* head = makeLayout<QHBoxLayout>(2);
    head->addWidget(m_title, 1);
    head->addWidget(m_badge);
    auto* choice = makeLayout<QHBoxLayout>(1);
    choice->addWidget(m_public, 1);
    choice->addWidget(m_own, 1);
    auto* row = makeLayout<QHBoxLayout>(1);
    row->addWidget(m_field, 1);
    row->addWidget(m_save);
    auto* column = makeLayout<QVBoxLayout>(1.5, metrics::cardPadding);
    column->addLayout(head);
    column->addWidget(m_purpose);
    column->addLayout(choice);
    column->addWidget(m_explanation);
    column->addLayout(row);
    column->addWidget(m_message);
    setLayout(column);
    connect(m_public, &QPushButton::clicked, this, [this] { choose(false); });
    connect(m_own, &QPushButton::clicked, this, [this] { choose(true); });
    connect(m_field, &QLineEdit::textChanged, this, &WorkerCard::retranslate);
    connect(m_field, &QLineEdit::returnPressed, this, [this] { save(m_field->text().trimmed()); });
    connect(m_save, &QPushButton::clicked, this, [this] { save(m_field->text().trimmed()); });
    retranslate();
    reload();
}

void WorkerCard::reload()
{
    whenDone(m_context.service.call(GetWorkerImage{}), this, [this](const Result<WorkerImage>& image) {
        if (!image) {
            report(image.error());
            return;
        }
        m_stored = *image;
        m_isOwn = !image->own.isEmpty() || image->publicImage.isEmpty();
        m_field->setText(image->own);
        retranslate();
    });
}

void WorkerCard::startEdit()
{
    choose(true);
    m_field->setFocus();
    m_field->selectAll();
}

/// An image of the user's counts once it is named and stored; the public one at once.
void WorkerCard::choose(bool own)
{
    m_isOwn = own;
    m_message->clear();
    retranslate();
    if (own)
        m_field->setFocus();
    else
        save({});
}

void WorkerCard::save(const QString& image)
{
    if (!m_stored || image == m_stored->own)
        return;
    m_refused = image;
    whenDone(m_context.service.call(SetWorkerImage{image}), this, [this, image](const Result<void>& done) {
        if (!done) {
            report(done.error());
            return;
        }
        m_stored->own = image;
        m_field->setText(image);
        m_isOwn = !image.isEmpty() || m_stored->publicImage.isEmpty();
        retranslate();
        m_message->say({Tone::Good, tr("Stored. New deployments on Runpod use it."), {}, {}, {}});
    });
}

void WorkerCard::report(const Error& error)
{
    const ErrorText text = m_context.language.format().describe(error);
    const bool again = text.action == RemedyAction::Retry || text.action == RemedyAction::CheckNetwork;
    m_message->say(
        {Tone::Bad, text.message, text.remedy, again ? text.button : QString(), [this] { save(m_refused); }});
}

QString WorkerCard::explanation() const
{
    if (!m_stored)
        return {};
    if (m_isOwn)
        return tr("Starts sooner. Build it and push it with `packaging/container/publish IMAGE`, then paste its name.");
    return tr("%1 holds PyTorch; each cold start installs what draws, about %2. Nothing to build or publish.")
        .arg(m_stored->publicImage, m_context.language.format().duration(m_stored->install));
}

void WorkerCard::retranslate()
{
    m_title->setText(tr("Worker image"));
    m_purpose->setText(tr("The container that draws on Runpod's machines. Practice does not need it."));
    m_public->setText(tr("Without an image of your own"));
    m_own->setText(tr("Your own image"));
    const bool hasChoice = m_stored && !m_stored->publicImage.isEmpty();
    m_public->setVisible(hasChoice);
    m_own->setVisible(hasChoice);
    m_public->setChecked(!m_isOwn);
    m_own->setChecked(m_isOwn);
    m_explanation->setText(explanation());
    m_field->setVisible(m_isOwn);
    m_save->setVisible(m_isOwn);
    m_field->setPlaceholderText(tr("Name of the image, best with its digest"));
    m_field->setAccessibleName(tr("Worker image"));
    m_save->setText(tr("Store"));
    m_save->setAccessibleName(tr("Store the worker image"));
    m_save->setEnabled(m_stored && m_field->text().trimmed() != m_stored->own);
    m_badge->setVisible(m_stored.has_value());
    if (!m_stored)
        return;
    if (m_stored->own.isEmpty() && m_stored->publicImage.isEmpty())
        m_badge->show(Tone::Warning, u"warning"_s, tr("Not set"));
    else
        m_badge->show(Tone::Good, u"ready"_s, m_stored->own.isEmpty() ? tr("Public image") : tr("Your own"));
}

} // namespace visgate::ui
