// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/engine/context/account_book.h"

#include "core/engine/context/error_kinds.h"
#include "core/store/repositories.h"

#include <algorithm>
#include <utility>

namespace visgate {

using namespace Qt::Literals::StringLiterals;

namespace {

constexpr qsizetype kLongestAccountName = 40;

QString standardEntry()
{
    return u"default_account"_s;
}

Error unknown(const AccountId& account)
{
    const std::string name = account.text().toStdString();
    return Error{ErrorCode::AccountUnknown, name, 0, {}, {name}};
}

} // namespace

AccountBook::AccountBook(
    const QList<ProviderDescriptor>& providers, AccountRepository& rows, MetaRepository& meta, const Clock& clock)
    : m_providers(providers), m_repository(rows), m_meta(meta), m_clock(clock)
{
}

Result<void> AccountBook::load()
{
    auto rows = m_repository.all();
    if (!rows)
        return fail(std::move(rows.error()));
    m_rows = std::move(*rows);
    auto standard = m_meta.value(standardEntry());
    if (!standard)
        return fail(std::move(standard.error()));
    const auto chosen = accountIdFromString(standard->value_or(QString()));
    if (chosen && isKnown(*chosen))
        m_standard = *chosen;
    return {};
}

const ProviderDescriptor* AccountBook::provider(const QString& id) const
{
    const auto found = std::find_if(m_providers.cbegin(), m_providers.cend(),
        [&id](const ProviderDescriptor& candidate) { return candidate.id == id; });
    return found == m_providers.cend() ? nullptr : &*found;
}

const AccountRow* AccountBook::row(const AccountId& account) const
{
    const auto found = std::find_if(
        m_rows.cbegin(), m_rows.cend(), [&account](const AccountRow& candidate) { return candidate.id == account; });
    return found == m_rows.cend() ? nullptr : &*found;
}

bool AccountBook::isKnown(const AccountId& account) const
{
    if (!provider(account.provider()))
        return false;
    const AccountRow* const known = row(account);
    return account.isFirst() || (known && !known->removedAt);
}

QList<ProviderAccount> AccountBook::all() const
{
    QList<ProviderAccount> accounts;
    for (const ProviderDescriptor& provider : m_providers) {
        const qsizetype begin = accounts.size();
        accounts.append(shown(*accountIdFromString(provider.id)));
        std::for_each(m_rows.cbegin(), m_rows.cend(), [&](const AccountRow& row) {
            if (!row.removedAt && !row.id.isFirst() && row.id.provider() == provider.id)
                accounts.append(shown(row.id));
        });
        std::stable_partition(
            accounts.begin() + begin, accounts.end(), [](const ProviderAccount& account) { return account.isDefault; });
    }
    return accounts;
}

ProviderAccount AccountBook::shown(const AccountId& account) const
{
    return {account, nameOf(account), descriptor(account), account == m_standard};
}

Result<void> AccountBook::checkKnown(const AccountId& account) const
{
    if (isKnown(account))
        return {};
    return fail(unknown(account));
}

const ProviderDescriptor& AccountBook::descriptor(const AccountId& account) const
{
    return isKnown(account) ? *provider(account.provider()) : m_none;
}

QString AccountBook::nameOf(const AccountId& account) const
{
    if (const AccountRow* const known = row(account))
        return known->name;
    const ProviderDescriptor* const found = account.isFirst() ? provider(account.provider()) : nullptr;
    return found ? found->name : account.text();
}

AccountId AccountBook::standard() const
{
    return m_standard;
}

Result<QString> AccountBook::usableName(const QString& name, const AccountId& of) const
{
    const QString usable = name.simplified();
    const bool isPrintable = std::all_of(usable.cbegin(), usable.cend(), [](QChar c) { return c.isPrint(); });
    if (usable.isEmpty() || usable.size() > kLongestAccountName || !isPrintable)
        return fail(invalidSetting("account_name"));
    const QList<ProviderAccount> accounts = all();
    const bool isTaken = std::any_of(accounts.cbegin(), accounts.cend(), [&](const ProviderAccount& other) {
        return other.id != of && other.name.compare(usable, Qt::CaseInsensitive) == 0;
    });
    if (isTaken)
        return fail(invalidSetting("account_name"));
    return usable;
}

Result<void> AccountBook::keep(AccountRow row)
{
    if (auto saved = m_repository.save(row); !saved)
        return saved;
    const auto found = std::find_if(
        m_rows.begin(), m_rows.end(), [&row](const AccountRow& candidate) { return candidate.id == row.id; });
    if (found == m_rows.end())
        m_rows.append(std::move(row));
    else
        *found = std::move(row);
    return {};
}

Result<ProviderAccount> AccountBook::add(const QString& providerId, const QString& name)
{
    const ProviderDescriptor* const at = provider(providerId);
    if (!at || !at->needsKey)
        return fail(invalidSetting("account_provider"));
    auto usable = usableName(name, AccountId());
    if (!usable)
        return fail(std::move(usable.error()));
    const QString word = accountWord(*usable);
    auto id = accountIdFromString(providerId + u':' + word);
    for (int number = 2; id && row(*id); ++number)
        id = accountIdFromString(u"%1:%2-%3"_s.arg(providerId, word).arg(number));
    if (!id)
        return fail(invalidSetting("account_name"));
    if (auto kept = keep({*id, *usable, m_clock.now()}); !kept)
        return fail(std::move(kept.error()));
    return shown(*id);
}

Result<ProviderAccount> AccountBook::rename(const AccountId& account, const QString& name)
{
    if (!isKnown(account))
        return fail(unknown(account));
    if (!descriptor(account).needsKey)
        return fail(ErrorCode::Conflict, "it has its name from the program");
    auto usable = usableName(name, account);
    if (!usable)
        return fail(std::move(usable.error()));
    const AccountRow* const known = row(account);
    AccountRow renamed = known ? *known : AccountRow{account, {}, m_clock.now()};
    renamed.name = *usable;
    if (auto kept = keep(std::move(renamed)); !kept)
        return fail(std::move(kept.error()));
    return shown(account);
}

Result<void> AccountBook::setStandard(const AccountId& account)
{
    if (!isKnown(account))
        return fail(unknown(account));
    if (!descriptor(account).needsKey)
        return fail(ErrorCode::Conflict, "only an account with a key can be the default");
    if (auto kept = m_meta.set(standardEntry(), toString(account)); !kept)
        return kept;
    m_standard = account;
    return {};
}

Result<void> AccountBook::checkRemovable(const AccountId& account) const
{
    if (!isKnown(account))
        return fail(unknown(account));
    if (account.isFirst())
        return fail(ErrorCode::Conflict, "a provider's first account stays; its key can be forgotten");
    return {};
}

Result<void> AccountBook::remove(const AccountId& account)
{
    if (auto checked = checkRemovable(account); !checked)
        return checked;
    AccountRow removed = *row(account);
    removed.removedAt = m_clock.now();
    if (auto kept = keep(std::move(removed)); !kept)
        return kept;
    if (m_standard == account)
        m_standard = AccountId::runpod(); // what load() makes of it as well
    return {};
}

} // namespace visgate
