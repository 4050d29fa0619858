// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/common/account_list.h"

#include "core/operations/accounts.h"
#include "core/service/deployment_service.h"
#include "core/service/when_done.h"

#include <algorithm>

namespace visgate::ui {

AccountList::AccountList(DeploymentService& service, QObject* parent) : QObject(parent), m_service(service)
{
    // Another owner of the data folder may know others.
    connect(&service, &DeploymentService::connectionChanged, this, [this](bool connected) {
        if (connected)
            load();
    });
    // Accounts that come, go or are renamed change what is in them as well.
    connect(&service, &DeploymentService::endpointsChanged, this, &AccountList::load);
}

void AccountList::load()
{
    whenDone(m_service.call(ListAccounts{}), this, [this](const Result<QList<ProviderAccount>>& accounts) {
        if (!accounts || *accounts == m_accounts)
            return;
        m_accounts = *accounts;
        Q_EMIT changed();
    });
}

const ProviderAccount* AccountList::find(const AccountId& account) const
{
    const auto found = std::find_if(
        m_accounts.begin(), m_accounts.end(), [&](const ProviderAccount& known) { return known.id == account; });
    return found == m_accounts.end() ? nullptr : &*found;
}

const ProviderDescriptor& AccountList::provider(const AccountId& account) const
{
    const ProviderAccount* const known = find(account);
    return known ? known->provider : m_none;
}

QString AccountList::nameOf(const AccountId& account) const
{
    if (account.isPractice())
        return tr("Practice");
    if (account.isThisComputer())
        return tr("This computer");
    const ProviderAccount* const known = find(account);
    if (known)
        return known->name;
    return m_accounts.isEmpty() ? account.text() : tr("Removed account (%1)").arg(account.text());
}

AccountId AccountList::standard() const
{
    const auto found = std::find_if(
        m_accounts.begin(), m_accounts.end(), [](const ProviderAccount& known) { return known.isDefault; });
    return found == m_accounts.end() ? AccountId::runpod() : found->id;
}

bool AccountList::isOneOfSeveral(const AccountId& account) const
{
    return std::any_of(m_accounts.begin(), m_accounts.end(),
        [&](const ProviderAccount& known) { return known.id != account && known.provider.id == account.provider(); });
}

} // namespace visgate::ui
