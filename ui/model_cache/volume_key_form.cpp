// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/model_cache/volume_key_form.h"

#include "core/domain/errors/error_catalog.h"
#include "core/foundation/secret.h"
#include "core/operations/keys.h"
#include "core/operations/volumes.h"
#include "core/service/deployment_service.h"
#include "core/service/when_done.h"
#include "ui/common/language.h"
#include "ui/widgets/busy_bar.h"
#include "ui/widgets/message_bar.h"
#include "ui/widgets/widgets.h"

#include <QCheckBox>
#include <QLineEdit>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace visgate::ui {

VolumeKeyForm::VolumeKeyForm(const UiContext& context, QWidget* parent)
    : Retranslated(parent), m_context(context), m_title(makeLabel(TextStyle::Heading)),
      m_purpose(makeLabel(TextStyle::Muted)), m_id(new QLineEdit), m_secret(new QLineEdit),
      m_sessionOnly(new QCheckBox), m_store(makeButton(ButtonKind::Normal)), m_busy(new BusyBar(context.theme)),
      m_message(new MessageBar(context.theme))
{
    m_id->setObjectName(u"volumeKeyId"_s);
    m_secret->setObjectName(u"volumeKeySecret"_s);
    m_secret->setEchoMode(QLineEdit::Password);
    m_sessionOnly->setObjectName(u"volumeKeySessionOnly"_s);
    m_store->setObjectName(u"volumeKeyStore"_s);
    m_busy->hide();
    auto* column = makeLayout<QVBoxLayout>(1);
    column->addWidget(m_title);
    column->addWidget(m_purpose);
    column->addWidget(m_id);
    column->addWidget(m_secret);
    column->addWidget(m_sessionOnly);
    column->addWidget(m_busy);
    column->addWidget(m_message);
    column->addWidget(m_store, 0, Qt::AlignLeft);
    setLayout(column);
    connect(m_id, &QLineEdit::textChanged, this, &VolumeKeyForm::retranslate);
    connect(m_secret, &QLineEdit::textChanged, this, &VolumeKeyForm::retranslate);
    connect(m_secret, &QLineEdit::returnPressed, this, &VolumeKeyForm::store);
    connect(m_store, &QPushButton::clicked, this, &VolumeKeyForm::store);
    retranslate();
}

void VolumeKeyForm::takeFocus()
{
    m_id->setFocus();
}

void VolumeKeyForm::store()
{
    if (!m_store->isEnabled())
        return;
    const StorageKeys keys{
        m_id->text().trimmed(), std::make_shared<const Secret>(m_secret->text().trimmed().toStdString())};
    m_secret->clear();
    m_message->clear();
    m_busyNow = true;
    retranslate();
    whenDone(m_context.service.call(SetVolumeKeys{keys, m_sessionOnly->isChecked(), m_target}), this,
        [this](const Result<void>& done) {
            m_busyNow = false;
            retranslate();
            if (!done) {
                report(done.error());
                return;
            }
            m_message->say({Tone::Good, tr("The key is stored."), {}, {}, {}});
            Q_EMIT stored();
        });
}

void VolumeKeyForm::report(const Error& error)
{
    const ErrorText text = m_context.language.format().describe(error);
    if (text.action == RemedyAction::UseSessionKey)
        m_message->say(
            {Tone::Bad, text.message, text.remedy, text.button, [this] { m_sessionOnly->setChecked(true); }});
    else if (text.action == RemedyAction::UnlockKeychain)
        m_message->say({Tone::Bad, text.message, text.remedy, text.button, [this] {
                            whenDone(
                                m_context.service.call(UnlockKeychain{}), this, [this](const Result<void>& unlocked) {
                                    if (unlocked)
                                        m_message->clear();
                                    else
                                        report(unlocked.error());
                                });
                        }});
    else
        m_message->say({Tone::Bad, text.message, text.remedy, {}, {}});
}

void VolumeKeyForm::retranslate()
{
    m_title->setText(tr("Key of the volumes"));
    m_purpose->setText(
        tr("Runpod gives volumes a key of their own: create an S3 API key in its settings and paste both "
           "halves. No GPU machine ever sees it."));
    m_id->setPlaceholderText(tr("Key id"));
    m_id->setAccessibleName(tr("Id of the volumes' key"));
    m_secret->setPlaceholderText(tr("Secret key"));
    m_secret->setAccessibleName(tr("Secret half of the volumes' key"));
    m_sessionOnly->setText(tr("Only for this session"));
    m_sessionOnly->setToolTip(tr("The key is forgotten when Visgate is closed."));
    m_busy->setVisible(m_busyNow);
    m_store->setText(tr("Store"));
    m_store->setAccessibleName(tr("Store the volumes' key"));
    m_store->setEnabled(!m_busyNow && !m_id->text().trimmed().isEmpty() && !m_secret->text().trimmed().isEmpty());
}

} // namespace visgate::ui
