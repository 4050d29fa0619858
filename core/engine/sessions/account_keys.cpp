// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/engine/sessions/account_keys.h"

#include "core/engine/sessions/hub_tokens.h"
#include "core/engine/sessions/key_history.h"
#include "core/engine/sessions/model_source.h"
#include "core/foundation/redactor.h"

#include <utility>

namespace visgate {

using namespace Qt::Literals::StringLiterals;

namespace {

QString hashOf(const Secret& key)
{
    return QString::fromStdString(key.sha256Hex());
}

Error takenBy(const ProviderAccount& account)
{
    return Error{ErrorCode::KeyOfOtherAccount, {}, 0, {}, {account.name.toStdString()}};
}

} // namespace

AccountKeys::AccountKeys(const EngineConfig& config, const AccountBook& book, StoredKeys& keys,
    ProviderSessions& accounts, MetaRepository& meta)
    : m_config(config), m_book(book), m_keys(keys), m_accounts(accounts), m_meta(meta)
{
}

AccountKeys::~AccountKeys() = default;

void AccountKeys::stop()
{
    m_checkedProviders.clear();
    m_checkedModels.clear();
}

Task<KeyState> AccountKeys::accountKey(AccountId account)
{
    auto state = co_await m_keys.state(keyEntry(account));
    state.kind = KeyKind::Runpod;
    state.account = account;
    co_return state;
}

Task<KeyState> AccountKeys::hubToken()
{
    auto state = co_await m_keys.state(hubEntry());
    state.kind = KeyKind::HuggingFace;
    co_return state;
}

AccountKeys::Checked AccountKeys::makeChecked(const AccountId& account, std::shared_ptr<const Secret> key)
{
    return m_checkedProviders.insert(
        m_checkedProviders.end(), m_config.makeProvider(account, m_accounts.cloudAddress(), std::move(key)));
}

Task<Result<void>> AccountKeys::checkWithProvider(AccountId account, std::shared_ptr<const Secret> key)
{
    if (m_accounts.isStopped())
        co_return fail(ErrorCode::Cancelled);
    const Checked provider = makeChecked(account, std::move(key));
    auto valid = co_await (*provider)->validateKey();
    if (!m_accounts.isStopped())
        m_checkedProviders.erase(provider);
    co_return valid;
}

Task<Result<void>> AccountKeys::checkWithHub(std::shared_ptr<const Secret> token)
{
    if (m_accounts.isStopped())
        co_return fail(ErrorCode::Cancelled);
    const auto models = m_checkedModels.insert(m_checkedModels.end(), m_config.makeModels(m_accounts.cloudAddress()));
    auto valid = co_await (*models)->checkToken(std::move(token));
    if (!m_accounts.isStopped())
        m_checkedModels.erase(models);
    co_return valid;
}

Task<Result<void>> AccountKeys::checkNotElsewhere(AccountId account, std::shared_ptr<const Secret> key)
{
    const QList<ProviderAccount> accounts = m_book.all();
    for (const ProviderAccount& other : accounts) {
        if (other.id == account || !other.provider.needsKey)
            continue;
        const auto stored = co_await m_keys.load(keyEntry(other.id));
        // Where the keychain does not answer, storing this one says so.
        if (stored && *stored && (*stored)->equals(key->reveal()))
            co_return fail(takenBy(other));
    }
    co_return Result<void>();
}

Task<void> AccountKeys::rememberStored(AccountId account)
{
    const auto stored = co_await m_keys.load(keyEntry(account));
    if (!stored || !*stored)
        co_return;
    // Without it, what stands there is taken for somebody else's: that is safe, and is put right by hand.
    [[maybe_unused]] const auto kept = rememberHash(m_meta, account, hashOf(**stored));
}

Task<Result<KeyState>> AccountKeys::setAccountKey(
    AccountId account, std::shared_ptr<const Secret> key, bool sessionOnly)
{
    if (!key || key->isEmpty())
        co_return fail(ErrorCode::InvalidRequest, "key");
    if (auto known = m_book.checkKnown(account); !known)
        co_return fail(std::move(known.error()));
    if (!m_book.descriptor(account).needsKey)
        co_return fail(ErrorCode::Conflict, "this account needs no key");
    m_config.redactor->addSecret(key->reveal());
    auto alone = co_await checkNotElsewhere(account, key);
    if (!alone)
        co_return fail(std::move(alone.error()));
    auto valid = co_await checkWithProvider(account, key);
    if (!valid)
        co_return fail(std::move(valid.error()));
    co_await rememberStored(account);
    Secret copy = key->clone();
    auto written = co_await m_keys.store(keyEntry(account), std::move(copy), sessionOnly);
    if (!written)
        co_return fail(std::move(written.error()));
    m_accounts.close(account);
    auto state = co_await accountKey(account);
    co_return state;
}

Task<Result<KeyState>> AccountKeys::setHubToken(std::shared_ptr<const Secret> token, bool sessionOnly)
{
    if (!token || token->isEmpty())
        co_return fail(ErrorCode::InvalidRequest, "key");
    m_config.redactor->addSecret(token->reveal());
    auto valid = co_await checkWithHub(token);
    if (!valid)
        co_return fail(std::move(valid.error()));
    Secret copy = token->clone();
    auto written = co_await m_keys.store(hubEntry(), std::move(copy), sessionOnly);
    if (!written)
        co_return fail(std::move(written.error()));
    auto state = co_await hubToken();
    co_return state;
}

Task<Result<void>> AccountKeys::checkAccountKey(AccountId account)
{
    if (auto known = m_book.checkKnown(account); !known)
        co_return known;
    auto key = co_await m_keys.load(keyEntry(account));
    if (!key)
        co_return fail(std::move(key.error()));
    if (!*key)
        co_return fail(ErrorCode::KeyMissing);
    auto valid = co_await checkWithProvider(std::move(account), *key);
    co_return valid;
}

Task<Result<void>> AccountKeys::checkHubToken()
{
    auto token = co_await m_keys.load(hubEntry());
    if (!token)
        co_return fail(std::move(token.error()));
    if (!*token)
        co_return fail(ErrorCode::TokenMissing);
    auto valid = co_await checkWithHub(*token);
    co_return valid;
}

Task<Result<void>> AccountKeys::forgetAccountKey(AccountId account)
{
    if (auto known = m_book.checkKnown(account); !known)
        co_return known;
    co_await rememberStored(account);
    auto removed = co_await m_keys.forget(keyEntry(account));
    m_accounts.close(account);
    co_return removed;
}

Task<Result<void>> AccountKeys::forgetHubToken()
{
    return m_keys.forget(hubEntry());
}

Task<Result<KeyVerdict>> AccountKeys::tryKey(std::shared_ptr<const Secret> key)
{
    if (!key || key->isEmpty())
        co_return fail(ErrorCode::InvalidRequest, "key");
    if (m_accounts.isStopped())
        co_return fail(ErrorCode::Cancelled);
    m_config.redactor->addSecret(key->reveal());
    const Checked provider = makeChecked(AccountId::runpod(), std::move(key));
    KeyVerdict verdict;
    auto asked = co_await (*provider)->validateKey();
    if (m_accounts.isStopped())
        co_return fail(ErrorCode::Cancelled);
    if (asked) {
        verdict.valid = true;
        verdict.scope = u"read"_s;
        asked = co_await (*provider)->checkMayCreate();
        if (m_accounts.isStopped())
            co_return fail(ErrorCode::Cancelled);
    }
    m_checkedProviders.erase(provider);
    if (asked) {
        verdict.scope = u"create"_s;
        co_return verdict;
    }
    // Anything else says something about the way to the service, not about the key.
    if (asked.error().code != ErrorCode::KeyRejected && asked.error().code != ErrorCode::KeyLacksPermission)
        co_return fail(std::move(asked.error()));
    verdict.error = std::move(asked.error());
    co_return verdict;
}

} // namespace visgate
