// SPDX-License-Identifier: GPL-3.0-or-later
// The keys of the accounts: where they are kept, whether they work, who may have them.
#include "core/domain/model/demo_model.h"
#include "core/engine/sessions/model_source.h"
#include "core/engine/sessions/provider_sessions.h"
#include "core/foundation/ids.h"
#include "core/foundation/redactor.h"
#include "core/secrets/session_store.h"

#include <chrono>
#include <utility>

namespace visgate {

using namespace Qt::Literals::StringLiterals;

namespace {

/// Practice's hub knows its own tokens by this; the user's real one never goes there.
constexpr std::string_view kPracticeTokenPrefix = "hf_practice_";
/// Practice's own model stands in for whatever is asked for: its hub opens every gate to this one.
constexpr std::string_view kStandInToken = "hf_practice_stands_in";

/// So long may somebody look for a password.
constexpr std::chrono::minutes kUnlockPatience{2};

QString entryName(KeyKind kind)
{
    return kind == KeyKind::Runpod ? u"runpod"_s : u"hf"_s;
}

std::shared_ptr<const Secret> shared(Secret secret)
{
    return std::make_shared<const Secret>(std::move(secret));
}

} // namespace

SecretStore& ProviderSessions::keychain()
{
    if (!m_keychain)
        m_keychain = m_config.makeSecrets ? m_config.makeSecrets() : std::make_unique<SessionStore>();
    return *m_keychain;
}

Task<Result<std::shared_ptr<const Secret>>> ProviderSessions::load(QString name)
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

Task<Result<std::shared_ptr<const Secret>>> ProviderSessions::loadKey(KeyKind kind)
{
    return load(entryName(kind));
}

bool ProviderSessions::mayUseToken(AccountId target, const Secret& token)
{
    return !target.isPractice() || token.reveal().starts_with(kPracticeTokenPrefix);
}

QString ProviderSessions::addGuest(AccountId target, std::shared_ptr<const Secret> key)
{
    m_config.redactor->addSecret(key->reveal());
    AccountRef ref(target, QString::fromStdString(key->sha256Hex()));
    m_guestKeys[ref] = std::move(key);
    return ref.guest;
}

bool ProviderSessions::hasGuest(AccountId target, const QString& userHash) const
{
    return m_guestKeys.contains(AccountRef(target, userHash));
}

Task<Result<std::shared_ptr<const Secret>>> ProviderSessions::hubToken(AccountId target, QString modelId)
{
    if (isDemoModel(modelId) || isModelFolder(modelId))
        co_return std::shared_ptr<const Secret>(); // on no hub
    if (target.isPractice()) {
        const auto preset = m_registry->preset(modelId);
        if (modelId.isEmpty() || (preset && preset->gating == Gating::Open))
            co_return std::shared_ptr<const Secret>();
    }
    auto token = co_await load(entryName(KeyKind::HuggingFace));
    const bool isUsable = token && *token && mayUseToken(target, **token);
    if (target.isPractice() && !isUsable)
        co_return std::make_shared<const Secret>(std::string(kStandInToken));
    co_return token;
}

Task<KeyState> ProviderSessions::keyState(KeyKind kind)
{
    KeyState state;
    state.kind = kind;
    const QString name = entryName(kind);
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

Task<Result<void>> ProviderSessions::checkWith(KeyKind kind, std::shared_ptr<const Secret> key)
{
    if (m_stopped)
        co_return fail(ErrorCode::Cancelled);
    const TargetAddress address = runpodAddress();
    if (kind == KeyKind::Runpod) {
        const auto provider = m_checkedProviders.insert(
            m_checkedProviders.end(), m_config.makeProvider(AccountId::runpod(), address, key));
        auto valid = co_await (*provider)->validateKey();
        if (!m_stopped)
            m_checkedProviders.erase(provider);
        co_return valid;
    }
    const auto models = m_checkedModels.insert(m_checkedModels.end(), m_config.makeModels(address));
    auto valid = co_await (*models)->checkToken(key);
    if (!m_stopped)
        m_checkedModels.erase(models);
    co_return valid;
}

Task<Result<KeyVerdict>> ProviderSessions::tryKey(std::shared_ptr<const Secret> key)
{
    if (!key || key->isEmpty())
        co_return fail(ErrorCode::InvalidRequest, "key");
    if (m_stopped)
        co_return fail(ErrorCode::Cancelled);
    m_config.redactor->addSecret(key->reveal());
    const auto provider = m_checkedProviders.insert(
        m_checkedProviders.end(), m_config.makeProvider(AccountId::runpod(), runpodAddress(), std::move(key)));
    KeyVerdict verdict;
    auto asked = co_await (*provider)->validateKey();
    if (m_stopped)
        co_return fail(ErrorCode::Cancelled);
    if (asked) {
        verdict.valid = true;
        verdict.scope = u"read"_s;
        asked = co_await (*provider)->checkMayCreate();
        if (m_stopped)
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

Task<Result<KeyState>> ProviderSessions::setKey(KeyKind kind, std::shared_ptr<const Secret> key, bool sessionOnly)
{
    if (!key || key->isEmpty())
        co_return fail(ErrorCode::InvalidRequest, "key");
    m_config.redactor->addSecret(key->reveal());
    auto valid = co_await checkWith(kind, key);
    if (!valid)
        co_return fail(std::move(valid.error()));
    const QString name = entryName(kind);
    SecretStore& store = sessionOnly ? *m_session : keychain();
    Secret copy = key->clone();
    auto written = co_await store.write(name, std::move(copy));
    if (!written)
        co_return fail(std::move(written.error()));
    if (!sessionOnly) {
        [[maybe_unused]] auto replaced = co_await m_session->remove(name);
    }
    if (kind == KeyKind::Runpod)
        close(AccountId::runpod());
    auto state = co_await keyState(kind);
    co_return state;
}

Task<Result<void>> ProviderSessions::checkKey(KeyKind kind)
{
    auto key = co_await load(entryName(kind));
    if (!key)
        co_return fail(std::move(key.error()));
    if (!*key)
        co_return fail(kind == KeyKind::Runpod ? ErrorCode::KeyMissing : ErrorCode::TokenMissing);
    auto valid = co_await checkWith(kind, *key);
    co_return valid;
}

Task<Result<void>> ProviderSessions::forgetKey(KeyKind kind)
{
    auto removed = co_await forgetEntry(entryName(kind));
    if (kind == KeyKind::Runpod)
        close(AccountId::runpod());
    co_return removed;
}

Task<Result<void>> ProviderSessions::forgetEntry(QString name)
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

Task<EngineHealth> ProviderSessions::secretsHealth()
{
    EngineHealth health;
    health.secretBackend = keychain().backendName();
    health.secretsSessionOnly = keychain().isSessionOnly();
    auto works = co_await keychain().probe();
    if (!works)
        health.secretsProblem = std::move(works.error());
    co_return health;
}

Task<Result<void>> ProviderSessions::unlockKeychain()
{
    auto unlocked = co_await keychain().unlock(kUnlockPatience);
    co_return unlocked;
}

} // namespace visgate
