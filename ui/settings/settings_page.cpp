// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/settings/settings_page.h"

#include "core/domain/errors/error_catalog.h"
#include "core/operations/keys.h"
#include "core/service/deployment_service.h"
#include "core/service/when_done.h"
#include "ui/common/account_list.h"
#include "ui/common/desktop.h"
#include "ui/common/language.h"
#include "ui/settings/account_cards.h"
#include "ui/settings/key_card.h"
#include "ui/settings/look_card.h"
#include "ui/settings/picture_engine_card.h"
#include "ui/settings/storage_card.h"
#include "ui/settings/worker_card.h"
#include "ui/theme/theme.h"
#include "ui/widgets/message_bar.h"
#include "ui/widgets/page.h"
#include "ui/widgets/widgets.h"

#include <QPushButton>
#include <QScrollBar>
#include <QVBoxLayout>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace visgate::ui {

SettingsPage::SettingsPage(const UiContext& context, QWidget* parent)
    : Retranslated(parent), m_context(context), m_page(new Page(760)), m_title(makeLabel(TextStyle::Title)),
      m_waiting(new MessageBar(context.theme)), m_keychain(new MessageBar(context.theme)),
      m_accounts(new AccountCards(context)), m_hub(new KeyCard(context, KeyKind::HuggingFace)),
      m_engine(new PictureEngineCard(context)), m_worker(new WorkerCard(context)), m_storage(new StorageCard(context)),
      m_about(makeLabel(TextStyle::Caption)),
      m_logFolder(makeButton(ButtonKind::Normal, context.theme.icon(u"folder"_s)))
{
    m_logFolder->setObjectName(u"logFolder"_s);
    m_keychain->button()->setObjectName(u"keychainRemedy"_s);
    auto* column = m_page->column();
    column->addWidget(m_title);
    column->addWidget(m_keychain);
    column->addWidget(new LookCard(context));
    column->addWidget(m_accounts);
    column->addWidget(m_hub);
    column->addWidget(m_worker);
    column->addWidget(m_engine);
    column->addWidget(m_storage);
    column->addWidget(m_about);
    column->addWidget(m_logFolder, 0, Qt::AlignLeft);
    column->addStretch(1);
    auto* whole = makeLayout<QVBoxLayout>(0);
    m_waiting->setProperty("place", u"top"_s);
    m_waiting->button()->setObjectName(u"backToSheet"_s);
    whole->addWidget(m_waiting);
    whole->addWidget(m_page);
    setLayout(whole);
    connect(m_accounts, &AccountCards::modelsWanted, this, &SettingsPage::modelsWanted);
    connect(m_accounts, &AccountCards::changed, this, &SettingsPage::changed);
    connect(m_hub, &KeyCard::changed, this, &SettingsPage::changed);
    connect(m_engine, &PictureEngineCard::installed, this, &SettingsPage::changed);
    connect(m_logFolder, &QPushButton::clicked, this,
        [this] { m_context.desktop.showFile(m_context.logFolder + u"/visgate.log"_s); });
    connect(m_accounts, &AccountCards::adding, this, [this] { lookAt(m_accounts); });
    connect(m_accounts, &AccountCards::keyWanted, this, [this](const AccountId& account) { startAccountKey(account); });
    // The keychain may have opened for all of them.
    connect(m_accounts, &AccountCards::changed, this, &SettingsPage::reload);
    connect(m_hub, &KeyCard::changed, this, &SettingsPage::reload);
    connect(&context.accounts, &AccountList::changed, this, &SettingsPage::reload);
    // Cards come to their height over several rounds of layout, and with what they load.
    connect(m_page->verticalScrollBar(), &QScrollBar::rangeChanged, this, &SettingsPage::followFocus);
    retranslate();
    reload();
}

void SettingsPage::reload()
{
    whenDone(m_context.service.call(ListKeys{}), this, [this](const Result<QList<KeyState>>& keys) {
        if (!keys)
            return; // the health line below says why
        m_accounts->show(*keys);
        const auto hub = std::find_if(
            keys->cbegin(), keys->cend(), [](const KeyState& key) { return key.kind == KeyKind::HuggingFace; });
        if (hub != keys->cend())
            m_hub->show(*hub);
    });
    whenDone(m_context.service.call(GetHealth{}), this, [this](const Result<EngineHealth>& health) {
        if (!health || !health->secretsProblem) {
            m_keychain->clear();
            return;
        }
        const ErrorText text = m_context.language.format().describe(*health->secretsProblem);
        const auto act = [this, action = text.action] {
            if (action == RemedyAction::UnlockKeychain)
                unlockKeychain();
            else
                startAccountKey(m_context.accounts.standard(), true);
        };
        m_keychain->say({Tone::Warning, text.message, text.remedy, text.button, act});
    });
}

void SettingsPage::unlockKeychain()
{
    whenDone(m_context.service.call(UnlockKeychain{}), this, [this](const Result<void>& unlocked) {
        reload();
        if (unlocked)
            Q_EMIT changed();
    });
}

void SettingsPage::startAccountKey(const AccountId& account, bool sessionOnly)
{
    KeyCard* const card = m_accounts->card(account);
    card->startPaste(sessionOnly);
    lookAt(card);
}

void SettingsPage::startHubToken()
{
    m_hub->startPaste(false);
    lookAt(m_hub);
}

void SettingsPage::startWorkerImage()
{
    m_worker->startEdit();
    lookAt(m_worker);
}

void SettingsPage::startPictureEngine()
{
    m_engine->startInstall();
    lookAt(m_engine);
}

void SettingsPage::startStorage()
{
    m_storage->startEdit();
    lookAt(m_storage);
}

void SettingsPage::lookAt(QWidget* card)
{
    m_lookedAt = card;
    followFocus();
}

void SettingsPage::followFocus()
{
    QWidget* const focus = window()->focusWidget();
    if (m_lookedAt == nullptr || focus == nullptr || !m_lookedAt->isAncestorOf(focus))
        return;
    m_page->ensureWidgetVisible(m_lookedAt);
    m_page->ensureWidgetVisible(focus); // a low window does not show the whole card
}

void SettingsPage::showWaiting(const QString& title)
{
    m_waitingTitle = title;
    m_accounts->setLeadsOn(title.isEmpty());
    retranslate();
}

void SettingsPage::retranslate()
{
    if (m_waitingTitle.isEmpty())
        m_waiting->clear();
    else
        m_waiting->say({Tone::Neutral, tr("%1 is waiting to be deployed.").arg(m_waitingTitle),
            tr("Go back when it is put right here; it is checked again."), tr("Back to it"), [this] {
                showWaiting({});
                Q_EMIT sheetWanted();
            }});
    m_title->setText(tr("Settings"));
    m_about->setText(tr("Visgate %1. Free software under the GNU General Public License, version 3 or later.")
                         .arg(QStringLiteral(VISGATE_VERSION)));
    m_logFolder->setText(tr("Open log folder"));
}

} // namespace visgate::ui
