// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/domain/provider/provider_descriptor.h"
#include "core/foundation/clock.h"
#include "core/foundation/result.h"
#include "core/store/account_repository.h"

#include <QList>
#include <QString>

#include <optional>

namespace visgate {

class MetaRepository;

/// The accounts that the program knows: the first of each provider, and those that the user added. An id never changes
/// and is never given twice, because records carry it; the name is as the user likes. Each change is on disk before it
/// counts. Engine thread only.
class AccountBook {
public:
    /// All of them outlive this object.
    AccountBook(
        const QList<ProviderDescriptor>& providers, AccountRepository& rows, MetaRepository& meta, const Clock& clock);

    /// Reads what the user added and called them; before it, only the first ones are known.
    [[nodiscard]] Result<void> load();

    /// Practice first, each provider's own together, the default before the others. A copy: whoever goes through it may
    /// wait meanwhile.
    [[nodiscard]] QList<ProviderAccount> all() const;
    /// AccountUnknown where there is none of that name.
    [[nodiscard]] Result<void> checkKnown(const AccountId& account) const;
    /// What its cloud is like; of a cloud without anything where there is no such account.
    [[nodiscard]] const ProviderDescriptor& descriptor(const AccountId& account) const;
    /// As the user called it, also when it was removed.
    [[nodiscard]] QString nameOf(const AccountId& account) const;
    /// The one that is meant where none is named.
    [[nodiscard]] AccountId standard() const;

    /// Only at a provider that needs a key: the others are there once. InvalidRequest names the bad field.
    [[nodiscard]] Result<ProviderAccount> add(const QString& provider, const QString& name);
    [[nodiscard]] Result<ProviderAccount> rename(const AccountId& account, const QString& name);
    [[nodiscard]] Result<void> setStandard(const AccountId& account);
    /// The first one of a provider stays: Conflict.
    [[nodiscard]] Result<void> checkRemovable(const AccountId& account) const;
    [[nodiscard]] Result<void> remove(const AccountId& account);

private:
    [[nodiscard]] const ProviderDescriptor* provider(const QString& id) const;
    [[nodiscard]] const AccountRow* row(const AccountId& account) const;
    [[nodiscard]] bool isKnown(const AccountId& account) const;
    [[nodiscard]] ProviderAccount shown(const AccountId& account) const;
    /// Trimmed, and no other account's.
    [[nodiscard]] Result<QString> usableName(const QString& name, const AccountId& of) const;
    [[nodiscard]] Result<void> keep(AccountRow row);

    const QList<ProviderDescriptor>& m_providers;
    const ProviderDescriptor m_none;
    AccountRepository& m_repository;
    MetaRepository& m_meta;
    const Clock& m_clock;
    QList<AccountRow> m_rows;
    AccountId m_standard = AccountId::runpod();
};

} // namespace visgate
