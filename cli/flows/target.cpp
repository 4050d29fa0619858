// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/flows/target.h"

#include "core/operations/accounts.h"

#include <algorithm>

namespace visgate::cli {

AccountId targetOf(Context& context)
{
    if (const auto named = accountIdFromString(context.line.text("target")))
        return *named;
    const auto accounts = context.session().ask(ListAccounts{}, std::nullopt);
    if (!accounts)
        return AccountId::runpod(); // what is asked next says why nobody answers
    const auto standard = std::find_if(
        accounts->cbegin(), accounts->cend(), [](const ProviderAccount& account) { return account.isDefault; });
    return standard == accounts->cend() ? AccountId::runpod() : standard->id;
}

Result<ProviderAccount> accountNamed(Context& context, const QString& idOrName)
{
    const auto accounts = context.session().ask(ListAccounts{});
    if (!accounts)
        return fail(accounts.error());
    auto found = std::find_if(accounts->cbegin(), accounts->cend(),
        [&](const ProviderAccount& account) { return toString(account.id) == idOrName; });
    if (found == accounts->cend())
        found = std::find_if(accounts->cbegin(), accounts->cend(),
            [&](const ProviderAccount& account) { return account.name.compare(idOrName, Qt::CaseInsensitive) == 0; });
    if (found != accounts->cend())
        return *found;
    const std::string name = idOrName.toStdString();
    return fail(Error{ErrorCode::AccountUnknown, name, 0, {}, {name}});
}

} // namespace visgate::cli
