// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/account_choice.h"

#include "core/domain/provider/provider_descriptor.h"
#include "ui/common/account_list.h"
#include "ui/widgets/widgets.h"

#include <QButtonGroup>
#include <QHBoxLayout>
#include <QPushButton>

namespace visgate::ui {

namespace {

/// "runpod:studio" is "RunpodStudio" in the name of a button.
QString capitalised(const AccountId& account)
{
    QString name;
    for (const QString& word : account.text().split(u':'))
        name += word.left(1).toUpper() + word.mid(1);
    return name;
}

} // namespace

AccountChoice::AccountChoice(const AccountList& accounts, const QString& name,
    std::function<bool(const ProviderAccount&)> offered, QWidget* parent)
    : Retranslated(parent), m_accounts(accounts), m_name(name), m_offered(std::move(offered)),
      m_row(makeLayout<QHBoxLayout>(1)), m_group(new QButtonGroup(this))
{
    setLayout(m_row);
    connect(&m_accounts, &AccountList::changed, this, &AccountChoice::build);
    build();
}

void AccountChoice::build()
{
    clearRows(*m_row);
    m_buttons.clear();
    for (const ProviderAccount& account : m_accounts.all()) {
        if (m_offered && !m_offered(account))
            continue;
        QPushButton* const button = makeSegment(m_name + capitalised(account.id));
        connect(button, &QPushButton::clicked, this, [this, id = account.id] {
            m_chosen = id;
            Q_EMIT chosen(id);
        });
        m_group->addButton(button);
        m_row->addWidget(button, 1);
        m_buttons.append({account.id, button});
    }
    retranslate();
    setChosen(m_chosen);
}

void AccountChoice::setChosen(const AccountId& account)
{
    m_chosen = account;
    m_group->setExclusive(false); // else the last one that is checked stays so
    for (const auto& [id, button] : std::as_const(m_buttons))
        button->setChecked(id == account);
    m_group->setExclusive(true);
}

void AccountChoice::retranslate()
{
    for (const auto& [id, button] : std::as_const(m_buttons))
        button->setText(m_accounts.nameOf(id));
}

} // namespace visgate::ui
