// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/async.h"
#include "core/domain/deployment/request.h"
#include "core/engine/context/account_book.h"
#include "core/engine/context/engine_config.h"
#include "core/engine/sessions/provider_sessions.h"
#include "core/engine/sessions/stored_keys.h"

#include <QString>

#include <list>
#include <memory>

namespace visgate {

class MetaRepository;

/// The keys of the accounts and the hub's token: set, checked with their services, forgotten. Engine thread only.
class AccountKeys {
public:
    /// All of them outlive this object.
    AccountKeys(const EngineConfig& config, const AccountBook& book, StoredKeys& keys, ProviderSessions& accounts,
        MetaRepository& meta);
    ~AccountKeys();
    AccountKeys(const AccountKeys&) = delete;
    AccountKeys& operator=(const AccountKeys&) = delete;

    /// Never a failure: that a key could not be read is part of its state.
    Task<KeyState> accountKey(AccountId account);
    Task<KeyState> hubToken();
    /// Stores what its service accepts. What was made with the key before stays the account's. KeyOfOtherAccount: the
    /// same account under two names would be counted twice.
    Task<Result<KeyState>> setAccountKey(AccountId account, std::shared_ptr<const Secret> key, bool sessionOnly);
    Task<Result<KeyState>> setHubToken(std::shared_ptr<const Secret> token, bool sessionOnly);
    Task<Result<void>> checkAccountKey(AccountId account);
    Task<Result<void>> checkHubToken();
    Task<Result<void>> forgetAccountKey(AccountId account);
    Task<Result<void>> forgetHubToken();
    /// What this Runpod key may do; it is kept nowhere.
    Task<Result<KeyVerdict>> tryKey(std::shared_ptr<const Secret> key);
    void stop();

private:
    using Checked = std::list<std::unique_ptr<Provider>>::iterator;

    [[nodiscard]] Checked makeChecked(const AccountId& account, std::shared_ptr<const Secret> key);
    Task<Result<void>> checkWithProvider(AccountId account, std::shared_ptr<const Secret> key);
    Task<Result<void>> checkWithHub(std::shared_ptr<const Secret> token);
    Task<Result<void>> checkNotElsewhere(AccountId account, std::shared_ptr<const Secret> key);
    /// Endpoints that were made with the stored key carry its hash, whatever key comes after it.
    Task<void> rememberStored(AccountId account);

    const EngineConfig& m_config;
    const AccountBook& m_book;
    StoredKeys& m_keys;
    ProviderSessions& m_accounts;
    MetaRepository& m_meta;
    std::list<std::unique_ptr<Provider>> m_checkedProviders; ///< of a key that is being tried
    std::list<std::unique_ptr<ModelSource>> m_checkedModels;
};

} // namespace visgate
