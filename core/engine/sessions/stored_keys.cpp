// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/engine/sessions/stored_keys.h"

#include "core/foundation/redactor.h"
#include "core/secrets/session_store.h"

#include <chrono>
#include <utility>

namespace visgate {

namespace {

/// So long may somebody look for a password.
constexpr std::chrono::minutes kUnlockPatience{2};

std::shared_ptr<const Secret> shared(Secret secret)
{
    return std::make_shared<const Secret>(std::move(secret));
}

StorageKeys pairFrom(const Secret& both)
{
    const std::string_view text = both.reveal();
    const std::size_t end = text.find('\n');
    if (end == std::string_view::npos)
        return {};
    return {QString::fromUtf8(text.data(), static_cast<qsizetype>(end)),
        std::make_shared<const Secret>(std::string(text.substr(end + 1)))};
}

} // namespace

StoredKeys::StoredKeys(const EngineConfig& config) : m_config(config), m_session(std::make_unique<SessionStore>()) { }

StoredKeys::~StoredKeys() = default;

SecretStore& StoredKeys::keychain()
{
    if (!m_keychain)
        m_keychain = m_config.makeSecrets ? m_config.makeSecrets() : std::make_unique<SessionStore>();
    return *m_keychain;
}

void StoredKeys::stop()
{
    if (m_keychain)
        m_keychain->giveUp();
}

Task<Result<std::shared_ptr<const Secret>>> StoredKeys::load(QString name)
{
    auto kept = co_await m_session->read(name);
    if (kept && *kept)
        co_return shared(std::move(**kept));
    auto stored = co_await keychain().read(name);
    if (!stored)
        co_return fail(std::move(stored.error()));
    if (!*stored)
        co_return std::shared_ptr<const Secret>();
    m_config.redactor->addSecret((*stored)->reveal());
    co_return shared(std::move(**stored));
}

Task<Result<void>> StoredKeys::store(QString name, Secret value, bool sessionOnly)
{
    SecretStore& store = sessionOnly ? *m_session : keychain();
    auto written = co_await store.write(name, std::move(value));
    if (written && !sessionOnly) {
        [[maybe_unused]] auto replaced = co_await m_session->remove(name);
    }
    co_return written;
}

Task<Result<void>> StoredKeys::forget(QString name)
{
    const auto kept = co_await m_session->read(name);
    const bool wasOfTheSession = kept && *kept;
    const auto known = co_await load(name);
    [[maybe_unused]] auto dropped = co_await m_session->remove(name);
    auto removed = co_await keychain().remove(name);
    // Where there is no keychain, nothing else can be stored.
    if (!removed && removed.error().code == ErrorCode::KeychainUnavailable && wasOfTheSession)
        removed = {};
    if (removed && known && *known) {
        const std::string_view value = (*known)->reveal();
        m_config.redactor->forget(value);
        if (const std::size_t end = value.find('\n'); end != std::string_view::npos)
            m_config.redactor->forget(value.substr(end + 1)); // a pair's secret half was known by itself
    }
    co_return removed;
}

Task<KeyState> StoredKeys::state(QString name)
{
    KeyState state;
    auto kept = co_await m_session->read(name);
    if (kept && *kept) {
        state.present = true;
        state.sessionOnly = true;
        state.backend = m_session->backendName();
        co_return state;
    }
    state.backend = keychain().backendName();
    state.sessionOnly = keychain().isSessionOnly();
    auto stored = co_await keychain().read(name);
    if (stored)
        state.present = stored->has_value();
    else
        state.problem = std::move(stored.error());
    co_return state;
}

Task<Result<StorageKeys>> StoredKeys::loadPair(QString name)
{
    auto both = co_await load(name);
    if (!both)
        co_return fail(std::move(both.error()));
    if (!*both)
        co_return StorageKeys();
    StorageKeys keys = pairFrom(**both);
    if (keys.secretKey)
        m_config.redactor->addSecret(keys.secretKey->reveal());
    co_return keys;
}

Task<Result<void>> StoredKeys::storePair(QString name, StorageKeys keys, bool sessionOnly)
{
    if (!keys.secretKey || keys.secretKey->isEmpty() || keys.accessKeyId.isEmpty() || keys.accessKeyId.contains(u'\n'))
        co_return fail(ErrorCode::InvalidRequest, "keys");
    m_config.redactor->addSecret(keys.secretKey->reveal());
    Secret both(keys.accessKeyId.toStdString() + '\n' + std::string(keys.secretKey->reveal()));
    auto written = co_await store(std::move(name), std::move(both), sessionOnly);
    co_return written;
}

Task<EngineHealth> StoredKeys::health()
{
    EngineHealth health;
    health.secretBackend = keychain().backendName();
    health.secretsSessionOnly = keychain().isSessionOnly();
    auto works = co_await keychain().probe();
    if (!works)
        health.secretsProblem = std::move(works.error());
    co_return health;
}

Task<Result<void>> StoredKeys::unlock()
{
    auto unlocked = co_await keychain().unlock(kUnlockPatience);
    co_return unlocked;
}

} // namespace visgate
