// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/settings/account_cards.h"

#include "core/domain/errors/error_catalog.h"
#include "core/operations/accounts.h"
#include "core/service/deployment_service.h"
#include "core/service/when_done.h"
#include "ui/common/account_list.h"
#include "ui/common/language.h"
#include "ui/settings/account_tools.h"
#include "ui/settings/key_card.h"
#include "ui/theme/theme.h"
#include "ui/widgets/message_bar.h"
#include "ui/widgets/widgets.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QVBoxLayout>

#include <algorithm>
#include <iterator>
#include <utility>

using namespace Qt::StringLiterals;

namespace visgate::ui {

namespace {

/// Before the service has answered, the one that everybody has.
QList<ProviderAccount> withKeys(const AccountList& accounts)
{
    QList<ProviderAccount> found;
    std::copy_if(accounts.all().cbegin(), accounts.all().cend(), std::back_inserter(found),
        [](const ProviderAccount& account) { return account.provider.needsKey && !account.id.isPractice(); });
    if (found.isEmpty())
        found.append(ProviderAccount{AccountId::runpod(), u"Runpod"_s, {}, true});
    return found;
}

} // namespace

AccountCards::AccountCards(const UiContext& context, QWidget* parent)
    : Retranslated(parent), m_context(context), m_column(makeLayout<QVBoxLayout>(2)),
      m_another(makeButton(ButtonKind::Normal)), m_form(new QWidget), m_caption(makeLabel(TextStyle::Caption)),
      m_name(new QLineEdit), m_add(makeButton(ButtonKind::Primary)), m_message(new MessageBar(context.theme))
{
    m_another->setObjectName(u"addAccount"_s);
    m_name->setObjectName(u"accountName"_s);
    m_name->setMaxLength(kLongestAccountName);
    m_add->setObjectName(u"accountAdd"_s);
    auto* row = makeLayout<QHBoxLayout>(1);
    row->addWidget(m_name, 1);
    row->addWidget(m_add);
    auto* form = makeLayout<QVBoxLayout>(1);
    form->addWidget(m_caption);
    form->addLayout(row);
    form->addWidget(m_message);
    m_form->setLayout(form);
    m_form->hide();
    m_column->addWidget(m_another, 0, Qt::AlignLeft);
    m_column->addWidget(m_form);
    setLayout(m_column);

    connect(m_another, &QPushButton::clicked, this, &AccountCards::startAdding);
    connect(m_add, &QPushButton::clicked, this, &AccountCards::add);
    connect(m_name, &QLineEdit::returnPressed, this, &AccountCards::add);
    connect(m_name, &QLineEdit::textChanged, this, &AccountCards::retranslate);
    connect(&context.accounts, &AccountList::changed, this, &AccountCards::build);
    build();
    retranslate();
}

void AccountCards::build()
{
    const QList<ProviderAccount> accounts = withKeys(m_context.accounts);
    std::erase_if(m_cards, [&accounts](const auto& entry) {
        const bool isThere = std::any_of(accounts.cbegin(), accounts.cend(),
            [&entry](const ProviderAccount& account) { return account.id == entry.first; });
        if (!isThere) {
            entry.second.key->hide();
            entry.second.key->deleteLater();
        }
        return !isThere;
    });
    int place = 0;
    for (const ProviderAccount& account : accounts) {
        Card& card = m_cards[account.id];
        const bool isNew = card.key == nullptr;
        if (isNew)
            card = makeCard(account);
        // Moved only where it stands elsewhere: the focus in it stays.
        if (m_column->indexOf(card.key) != place)
            m_column->insertWidget(place, card.key);
        ++place;
        card.tools->show(account);
        card.tools->setVisible(accounts.size() > 1);
        card.key->setAccountName(accounts.size() > 1 ? account.name : QString());
    }
    orderFocus(accounts);
    if (m_cards.contains(m_added)) {
        const AccountId account = std::exchange(m_added, AccountId());
        Q_EMIT keyWanted(account);
    }
}

void AccountCards::showEvent(QShowEvent* event)
{
    Retranslated::showEvent(event);
    orderFocus(withKeys(m_context.accounts)); // put into a page, what follows this widget in the order comes first
}

/// Cards that come later stand at the end of the window's order, and not where they are seen.
void AccountCards::orderFocus(const QList<ProviderAccount>& accounts)
{
    QList<QWidget*> order;
    for (const ProviderAccount& account : accounts) {
        const QList<QWidget*> inside = m_cards.at(account.id).key->findChildren<QWidget*>();
        std::copy_if(inside.cbegin(), inside.cend(), std::back_inserter(order),
            [](const QWidget* widget) { return widget->focusPolicy() & Qt::TabFocus; });
    }
    order.append({m_another, m_name, m_add});
    for (qsizetype i = 1; i < order.size(); ++i)
        setTabOrder(order.at(i - 1), order.at(i));
}

AccountCards::Card AccountCards::makeCard(const ProviderAccount& account)
{
    Card card{new KeyCard(m_context, KeyKind::Runpod, account.id), new AccountTools(m_context, account)};
    card.key->addFoot(card.tools);
    card.key->setLeadsOn(m_leadsOn);
    connect(card.key, &KeyCard::changed, this, &AccountCards::changed);
    connect(card.key, &KeyCard::modelsWanted, this, &AccountCards::modelsWanted);
    connect(card.tools, &AccountTools::changed, this, [this] {
        m_context.accounts.load();
        Q_EMIT changed();
    });
    return card;
}

void AccountCards::show(const QList<KeyState>& keys)
{
    for (const KeyState& key : keys) {
        const auto card = key.account ? m_cards.find(*key.account) : m_cards.end();
        if (card != m_cards.end())
            card->second.key->show(key);
    }
}

KeyCard* AccountCards::card(const AccountId& account) const
{
    auto found = m_cards.find(account);
    if (found == m_cards.end())
        found = m_cards.find(m_context.accounts.standard());
    return found == m_cards.end() ? m_cards.begin()->second.key : found->second.key;
}

void AccountCards::setLeadsOn(bool leadsOn)
{
    m_leadsOn = leadsOn;
    for (const auto& [account, card] : m_cards)
        card.key->setLeadsOn(leadsOn);
}

void AccountCards::startAdding()
{
    m_form->show();
    m_name->setFocus();
    Q_EMIT adding();
}

void AccountCards::add()
{
    const QString name = m_name->text().trimmed();
    if (name.isEmpty() || m_isAdding)
        return;
    m_isAdding = true;
    m_message->clear();
    retranslate();
    whenDone(m_context.service.call(AddAccount{AccountId::runpod().provider(), name}), this,
        [this](const Result<ProviderAccount>& added) {
            m_isAdding = false;
            retranslate();
            if (!added) {
                const ErrorText text = m_context.language.format().describe(added.error());
                m_message->say({Tone::Bad, text.message, text.remedy, {}, {}});
                return;
            }
            m_added = added->id;
            m_name->clear();
            m_form->hide();
            m_context.accounts.load();
            Q_EMIT changed();
        });
}

void AccountCards::retranslate()
{
    m_another->setText(tr("Add another Runpod account"));
    m_another->setToolTip(tr("Of a client or a team, say: with its own key, its own credit and its own list."));
    m_caption->setText(tr("What shall it be called?"));
    m_name->setAccessibleName(tr("Name of the new account"));
    m_name->setPlaceholderText(tr("Studio, for example"));
    m_add->setText(tr("Add"));
    m_add->setAccessibleName(tr("Add the account"));
    m_add->setEnabled(!m_isAdding && !m_name->text().trimmed().isEmpty());
}

} // namespace visgate::ui
