// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/engine/accounts.h"

#include "core/base/settings.h"
#include "core/engine/model_source.h"
#include "core/engine/probed_provider.h"
#include "core/foundation/ids.h"
#include "core/foundation/redactor.h"
#include "core/secrets/open_best_store.h"
#include "core/secrets/session_store.h"

#include <QCoroFuture>
#include <QPromise>
#include <QThreadPool>

#include <utility>

namespace visgate {

using namespace Qt::Literals::StringLiterals;

namespace {

constexpr std::chrono::seconds kOffersAge{60};
/// Practice's hub knows its own tokens by this; the user's real one never goes there.
constexpr std::string_view kPracticeTokenPrefix = "hf_practice_";

QString entryName(KeyKind kind)
{
    return kind == KeyKind::Runpod ? u"runpod"_s : u"hf"_s;
}

std::shared_ptr<const Secret> shared(Secret secret)
{
    return std::make_shared<const Secret>(std::move(secret));
}

/// Ends what waits for it, whatever happens to the work that should have answered.
template <typename T> class Answer {
public:
    Answer() { m_promise.start(); }
    ~Answer() { give(fail(ErrorCode::Cancelled)); }
    Answer(const Answer&) = delete;
    Answer& operator=(const Answer&) = delete;
    void give(Result<T> result)
    {
        if (m_given)
            return;
        m_given = true;
        m_promise.addResult(std::move(result));
        m_promise.finish();
    }
    [[nodiscard]] QFuture<Result<T>> future() const { return m_promise.future(); }

private:
    QPromise<Result<T>> m_promise;
    bool m_given = false;
};

} // namespace

struct Accounts::Account {
    TargetAddress address;
    std::shared_ptr<const Secret> key;
    QString userHash;
    std::unique_ptr<Provider> provider;
    std::unique_ptr<ModelSource> models;
    std::optional<QFuture<Result<void>>> opening;
    QList<GpuOffer> offers;
    std::optional<MonotonicPoint> offersAt;
    QList<ProviderEndpoint> endpoints;
    std::optional<MonotonicPoint> endpointsAt;
    std::optional<int> workerQuota;
};

Accounts::Accounts(const EngineConfig& config, Settings& settings)
    : m_config(config), m_settings(settings), m_session(std::make_unique<SessionStore>()),
      m_pool(std::make_unique<QThreadPool>())
{
    m_pool->setMaxThreadCount(1);
    for (const Target target : {Target::Practice, Target::Runpod})
        m_accounts[target] = std::make_unique<Account>();
    m_registry = m_config.makeModels(runpodAddress());
}

Accounts::~Accounts()
{
    m_pool->waitForDone();
}

TargetAddress Accounts::runpodAddress() const
{
    const SettingsTable& table = Settings::table();
    return {QUrl(m_settings.value(table.runpodRestUrl)), QUrl(m_settings.value(table.runpodQueueUrl)),
        QUrl(m_settings.value(table.hubUrl))};
}

Task<SecretStore*> Accounts::secrets()
{
    if (!m_secrets && m_openingSecrets) {
        const QFuture<void> opening = *m_openingSecrets;
        co_await opening;
    }
    if (!m_secrets) {
        QPromise<void> promise;
        promise.start();
        m_openingSecrets = promise.future();
        auto opened = co_await openBestStore(m_config.makeSecrets());
        m_secrets = std::move(opened.store);
        m_secretsProblem = std::move(opened.problem);
        promise.finish();
    }
    co_return m_secrets.get();
}

void Accounts::stop()
{
    m_stopped = true;
    for (const Target target : {Target::Practice, Target::Runpod})
        close(target);
    m_checkedProviders.clear();
    m_checkedModels.clear();
}

bool Accounts::isOpen(Target target) const
{
    return m_accounts.at(target)->provider != nullptr;
}

Provider* Accounts::provider(Target target)
{
    return m_accounts.at(target)->provider.get();
}

ModelSource* Accounts::models(Target target)
{
    return m_accounts.at(target)->models.get();
}

QString Accounts::userHash(Target target) const
{
    return m_accounts.at(target)->userHash;
}

QUrl Accounts::hubUrl(Target target) const
{
    return m_accounts.at(target)->address.hub;
}

void Accounts::close(Target target)
{
    Account& account = *m_accounts.at(target);
    account.offersAt.reset();
    account.endpointsAt.reset();
    // Ending the calls under way lets their callers go on at once, and they may open the account again: so it is
    // closed before the first of them is told.
    const std::unique_ptr<ModelSource> models = std::move(account.models);
    const std::unique_ptr<Provider> provider = std::move(account.provider);
}

void Accounts::use(Target target, TargetAddress address, std::shared_ptr<const Secret> key)
{
    Account& account = *m_accounts.at(target);
    if (account.provider && account.address == address && account.key->equals(key->reveal()))
        return;
    m_config.redactor->addSecret(key->reveal());
    close(target);
    account.address = address;
    account.key = key;
    account.userHash = QString::fromStdString(key->sha256Hex());
    account.models = m_config.makeModels(address);
    account.provider = m_config.makeProvider(target, address, std::move(key));
    if (m_config.probe)
        account.provider = std::make_unique<ProbedProvider>(std::move(account.provider), m_config.probe);
}

Task<Result<void>> Accounts::open(Target target, double speed)
{
    Account& account = *m_accounts.at(target);
    if (m_stopped)
        co_return fail(ErrorCode::Cancelled);
    if (isOpen(target) && (target != Target::Practice || speed <= 0.0))
        co_return Result<void>();
    // One opening at a time: a second one would replace what the first one's caller has begun to use.
    if (account.opening) {
        const QFuture<Result<void>> future = *account.opening;
        auto outcome = co_await future;
        co_return outcome;
    }
    Answer<void> answer;
    account.opening = answer.future();
    auto outcome = co_await openNow(target, speed);
    account.opening.reset();
    answer.give(outcome);
    co_return outcome;
}

Task<Result<void>> Accounts::openNow(Target target, double speed)
{
    if (target == Target::Runpod) {
        auto key = co_await load(entryName(KeyKind::Runpod));
        if (!key)
            co_return fail(std::move(key.error()));
        if (!*key)
            co_return fail(ErrorCode::KeyMissing);
        use(target, runpodAddress(), std::move(*key));
        co_return Result<void>();
    }
    auto answer = std::make_shared<Answer<PracticeAddress>>();
    const auto future = answer->future();
    m_pool->start([answer, begin = m_config.startPractice, speed] { answer->give(begin(speed)); });
    answer.reset();
    auto practice = co_await future;
    if (!practice)
        co_return fail(std::move(practice.error()));
    if (m_stopped)
        co_return fail(ErrorCode::Cancelled);
    use(target, practice->address, practice->key);
    co_return Result<void>();
}

Task<Result<QList<ProviderEndpoint>>> Accounts::endpoints(Target target, std::chrono::milliseconds age)
{
    {
        const Account& account = *m_accounts.at(target);
        if (account.endpointsAt && m_config.clock->monotonic() - *account.endpointsAt < age)
            co_return account.endpoints;
    }
    Provider* const service = provider(target);
    if (!service)
        co_return fail(ErrorCode::Cancelled);
    auto endpoints = co_await service->listEndpoints();
    if (!endpoints || m_stopped)
        co_return endpoints;
    Account& account = *m_accounts.at(target);
    account.endpoints = *endpoints;
    account.endpointsAt = m_config.clock->monotonic();
    co_return endpoints;
}

Task<Result<QList<GpuOffer>>> Accounts::offers(Target target)
{
    {
        const Account& account = *m_accounts.at(target);
        if (account.offersAt && m_config.clock->monotonic() - *account.offersAt < kOffersAge)
            co_return account.offers;
    }
    Provider* const service = provider(target);
    if (!service)
        co_return fail(ErrorCode::Cancelled);
    auto offers = co_await service->offers();
    if (!offers || m_stopped)
        co_return offers;
    Account& account = *m_accounts.at(target);
    account.offers = *offers;
    account.offersAt = m_config.clock->monotonic();
    co_return offers;
}

std::optional<double> Accounts::priceOf(Target target, const QString& gpuTypeId) const
{
    for (const GpuOffer& offer : m_accounts.at(target)->offers) {
        if (offer.typeId == gpuTypeId)
            return offer.usdPerHour;
    }
    return std::nullopt;
}

std::optional<int> Accounts::workerQuota(Target target) const
{
    return m_accounts.at(target)->workerQuota;
}

void Accounts::noteRefusal(Target target, const Error& error)
{
    if (error.code != ErrorCode::WorkerQuotaExceeded || error.arguments.empty())
        return;
    bool isNumber = false;
    const int quota = QString::fromStdString(error.arguments.front()).toInt(&isNumber);
    if (isNumber)
        m_accounts.at(target)->workerQuota = quota;
}

Task<Result<std::shared_ptr<const Secret>>> Accounts::load(QString name)
{
    auto kept = co_await m_session->read(name);
    if (kept && *kept)
        co_return shared(std::move(**kept));
    auto keychain = co_await secrets();
    auto stored = co_await keychain->read(name);
    if (!stored)
        co_return fail(std::move(stored.error()));
    if (!*stored)
        co_return std::shared_ptr<const Secret>();
    m_config.redactor->addSecret((*stored)->reveal());
    co_return shared(std::move(**stored));
}

Task<Result<std::shared_ptr<const Secret>>> Accounts::hubToken(Target target, QString modelId)
{
    if (target == Target::Practice) {
        const auto preset = m_registry->preset(modelId);
        if (modelId.isEmpty() || (preset && preset->gating == Gating::Open))
            co_return std::shared_ptr<const Secret>();
    }
    auto token = co_await load(entryName(KeyKind::HuggingFace));
    if (target == Target::Practice && token && *token && !(*token)->reveal().starts_with(kPracticeTokenPrefix))
        co_return std::shared_ptr<const Secret>();
    co_return token;
}

Task<Result<KeyState>> Accounts::keyState(KeyKind kind)
{
    auto keychain = co_await secrets();
    KeyState state;
    state.kind = kind;
    state.backend = keychain->backendName();
    state.sessionOnly = keychain->isSessionOnly();
    const QString name = entryName(kind);
    auto kept = co_await m_session->read(name);
    if (kept && *kept) {
        state.present = true;
        state.sessionOnly = true;
        state.backend = m_session->backendName();
        co_return state;
    }
    auto stored = co_await keychain->read(name);
    if (!stored)
        co_return fail(std::move(stored.error()));
    state.present = stored->has_value();
    co_return state;
}

Task<Result<void>> Accounts::checkWith(KeyKind kind, std::shared_ptr<const Secret> key)
{
    if (m_stopped)
        co_return fail(ErrorCode::Cancelled);
    const TargetAddress address = runpodAddress();
    if (kind == KeyKind::Runpod) {
        const auto provider
            = m_checkedProviders.insert(m_checkedProviders.end(), m_config.makeProvider(Target::Runpod, address, key));
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

Task<Result<KeyState>> Accounts::setKey(KeyKind kind, std::shared_ptr<const Secret> key, bool sessionOnly)
{
    if (!key || key->isEmpty())
        co_return fail(ErrorCode::InvalidRequest, "key");
    m_config.redactor->addSecret(key->reveal());
    auto valid = co_await checkWith(kind, key);
    if (!valid)
        co_return fail(std::move(valid.error()));
    const QString name = entryName(kind);
    SecretStore* store = m_session.get();
    if (!sessionOnly)
        store = co_await secrets();
    Secret copy = key->clone();
    auto written = co_await store->write(name, std::move(copy));
    if (!written)
        co_return fail(std::move(written.error()));
    if (!sessionOnly) {
        [[maybe_unused]] auto replaced = co_await m_session->remove(name);
    }
    if (kind == KeyKind::Runpod)
        close(Target::Runpod);
    auto state = co_await keyState(kind);
    co_return state;
}

Task<Result<void>> Accounts::checkKey(KeyKind kind)
{
    auto key = co_await load(entryName(kind));
    if (!key)
        co_return fail(std::move(key.error()));
    if (!*key)
        co_return fail(kind == KeyKind::Runpod ? ErrorCode::KeyMissing : ErrorCode::TokenRejected);
    auto valid = co_await checkWith(kind, *key);
    co_return valid;
}

Task<Result<void>> Accounts::forgetKey(KeyKind kind)
{
    const QString name = entryName(kind);
    [[maybe_unused]] auto kept = co_await m_session->remove(name);
    auto keychain = co_await secrets();
    auto removed = co_await keychain->remove(name);
    if (kind == KeyKind::Runpod)
        close(Target::Runpod);
    co_return removed;
}

Task<Result<std::shared_ptr<const Secret>>> Accounts::localApiKey()
{
    constexpr std::size_t keyBytes = 32;
    const QString name = u"local-api"_s;
    auto stored = co_await load(name);
    if (!stored || *stored)
        co_return stored;
    Secret fresh(randomHex(keyBytes));
    auto result = shared(fresh.clone());
    auto keychain = co_await secrets();
    auto written = co_await keychain->write(name, std::move(fresh));
    if (!written)
        co_return fail(std::move(written.error()));
    m_config.redactor->addSecret(result->reveal());
    co_return result;
}

Task<EngineHealth> Accounts::secretsHealth()
{
    auto keychain = co_await secrets();
    EngineHealth health;
    health.secretBackend = keychain->backendName();
    health.secretsSessionOnly = keychain->isSessionOnly();
    health.secretsProblem = m_secretsProblem;
    co_return health;
}

} // namespace visgate
