// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/engine/sessions/accounts.h"

#include "core/base/answer.h"
#include "core/base/settings.h"
#include "core/catalog/gpu_snapshot.h"
#include "core/engine/sessions/model_source.h"
#include "core/foundation/redactor.h"
#include "core/secrets/session_store.h"

#include <QCoroFuture>
#include <QThreadPool>

#include <utility>

namespace visgate {

using namespace Qt::Literals::StringLiterals;

namespace {

constexpr std::chrono::seconds kOffersAge{60};
constexpr std::chrono::minutes kOldestOffers{60};
constexpr std::chrono::minutes kQuotaAge{10};
constexpr std::chrono::hours kPlacesAge{1};
constexpr std::chrono::seconds kFactsAge{60};

} // namespace

struct Accounts::Account {
    TargetAddress address;
    std::shared_ptr<const Secret> key;
    QString userHash;
    std::unique_ptr<Provider> provider;
    std::unique_ptr<ModelSource> models;
    std::unique_ptr<ImageRegistry> images;
    std::optional<QFuture<Result<void>>> opening;
    QList<GpuOffer> offers;
    std::optional<MonotonicPoint> offersAt;
    std::optional<QFuture<Result<QList<GpuOffer>>>> askingOffers;
    QList<DataCenter> dataCenters;
    std::optional<MonotonicPoint> dataCentersAt;
    QList<ProviderEndpoint> endpoints;
    std::optional<MonotonicPoint> endpointsAt;
    std::optional<int> workerQuota;
    StorageKeys volumeKeys; ///< practice tells its own
    MonotonicPoint workerQuotaAt;
    bool isDoubted = false;
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
        QUrl(m_settings.value(table.hubUrl)), {}, m_settings.value(table.runpodVolumesUrl),
        QUrl(m_settings.value(table.runpodGraphqlUrl))};
}

void Accounts::stop()
{
    m_stopped = true;
    m_ending.cancel();
    for (const auto& [ref, account] : m_accounts)
        close(ref);
    if (m_keychain)
        m_keychain->giveUp();
    m_checkedProviders.clear();
    m_checkedModels.clear();
    m_registry->stop();
}

bool Accounts::isOpen(const AccountRef& account) const
{
    return m_accounts.at(account)->provider != nullptr;
}

Provider* Accounts::provider(const AccountRef& account)
{
    return m_accounts.at(account)->provider.get();
}

ModelSource* Accounts::models(const AccountRef& account)
{
    return m_accounts.at(account)->models.get();
}

ImageRegistry* Accounts::images(const AccountRef& account)
{
    return m_accounts.at(account)->images.get();
}

StorageKeys Accounts::practiceVolumeKeys() const
{
    return m_accounts.at(Target::Practice)->volumeKeys;
}

TargetAddress Accounts::addressOf(Target target) const
{
    return m_accounts.at(target)->address;
}

QString Accounts::userHash(const AccountRef& account) const
{
    return m_accounts.at(account)->userHash;
}

QUrl Accounts::hubUrl(Target target) const
{
    return m_accounts.at(target)->address.hub;
}

void Accounts::addAccount(const AccountRef& ref)
{
    if (!m_accounts.contains(ref))
        m_accounts[ref] = std::make_unique<Account>();
}

void Accounts::close(const AccountRef& ref)
{
    Account& account = *m_accounts.at(ref);
    account.offersAt.reset();
    account.dataCentersAt.reset();
    account.endpointsAt.reset();
    // Ending the calls under way lets their callers go on at once, and they may open the account again: so it is
    // closed before the first of them is told.
    const std::unique_ptr<ImageRegistry> images = std::move(account.images);
    const std::unique_ptr<ModelSource> models = std::move(account.models);
    const std::unique_ptr<Provider> provider = std::move(account.provider);
    account.key.reset();
}

void Accounts::doubt(const AccountRef& ref)
{
    m_accounts.at(ref)->isDoubted = true;
}

void Accounts::use(const AccountRef& ref, TargetAddress address, std::shared_ptr<const Secret> key)
{
    Account& account = *m_accounts.at(ref);
    account.isDoubted = false;
    if (account.provider && account.address == address && account.key->equals(key->reveal()))
        return;
    m_config.redactor->addSecret(key->reveal());
    close(ref);
    account.address = address;
    account.key = key;
    account.userHash = QString::fromStdString(key->sha256Hex());
    account.models = m_config.makeModels(address);
    account.images
        = std::make_unique<ImageRegistry>(address.registry, HttpClientSettings::loggingTo(m_config.log.network));
    account.provider = m_config.makeProvider(ref.target, address, std::move(key));
}

Task<Result<void>> Accounts::open(AccountRef ref, double speed)
{
    Account& account = *m_accounts.at(ref);
    if (m_stopped)
        co_return fail(ErrorCode::Cancelled);
    if (isOpen(ref) && !account.isDoubted && (ref.target != Target::Practice || speed <= 0.0))
        co_return Result<void>();
    // One opening at a time: a second one would replace what the first one's caller has begun to use.
    if (account.opening) {
        const QFuture<Result<void>> future = *account.opening;
        auto outcome = co_await future;
        co_return outcome;
    }
    Answer<void> answer;
    account.opening = answer.future();
    auto outcome = co_await openNow(ref, speed);
    account.opening.reset();
    answer.give(outcome);
    co_return outcome;
}

QFuture<Result<PracticeAddress>> Accounts::startPractice(double speed)
{
    auto answer = std::make_shared<Answer<PracticeAddress>>();
    QFuture<Result<PracticeAddress>> future = answer->future();
    m_pool->start([answer = std::move(answer), begin = m_config.startPractice, speed, cancel = m_ending] {
        answer->give(begin(speed, cancel));
    });
    return future;
}

Task<Result<void>> Accounts::openNow(AccountRef ref, double speed)
{
    if (!ref.guest.isEmpty()) {
        use(ref, runpodAddress(), m_guestKeys.at(ref));
        co_return Result<void>();
    }
    if (ref.target == Target::Runpod) {
        auto key = co_await loadKey(KeyKind::Runpod);
        if (!key)
            co_return fail(std::move(key.error()));
        if (!*key)
            co_return fail(ErrorCode::KeyMissing);
        use(ref, runpodAddress(), std::move(*key));
        co_return Result<void>();
    }
    if (speed > 0.0)
        m_practiceSpeed = speed;
    const QFuture<Result<PracticeAddress>> starting = startPractice(speed);
    auto practice = co_await starting;
    if (!practice)
        co_return fail(std::move(practice.error()));
    if (m_stopped)
        co_return fail(ErrorCode::Cancelled);
    use(ref, practice->address, practice->key);
    if (practice->volumeKeys.secretKey)
        m_config.redactor->addSecret(practice->volumeKeys.secretKey->reveal());
    m_accounts.at(ref)->volumeKeys = practice->volumeKeys;
    co_return Result<void>();
}

Task<Result<QList<ProviderEndpoint>>> Accounts::endpoints(AccountRef ref, std::chrono::milliseconds age)
{
    {
        const Account& account = *m_accounts.at(ref);
        if (account.endpointsAt && m_config.clock->monotonic() - *account.endpointsAt < age)
            co_return account.endpoints;
    }
    Provider* const service = provider(ref);
    if (!service)
        co_return fail(ErrorCode::Cancelled);
    auto endpoints = co_await service->listEndpoints(CallFor::Deployment);
    if (!endpoints || m_stopped)
        co_return endpoints;
    Account& account = *m_accounts.at(ref);
    account.endpoints = *endpoints;
    account.endpointsAt = m_config.clock->monotonic();
    co_return endpoints;
}

void Accounts::noteEndpoints(const AccountRef& ref, const QList<ProviderEndpoint>& endpoints)
{
    Account& account = *m_accounts.at(ref);
    account.endpoints = endpoints;
    account.endpointsAt = m_config.clock->monotonic();
}

Task<Result<QList<GpuOffer>>> Accounts::offers(AccountRef ref)
{
    {
        const Account& account = *m_accounts.at(ref);
        if (account.offersAt && m_config.clock->monotonic() - *account.offersAt < kOffersAge)
            co_return account.offers;
    }
    Provider* const service = provider(ref);
    if (!service)
        co_return fail(ErrorCode::Cancelled);
    // Everybody who asks meanwhile shares the answer.
    if (m_accounts.at(ref)->askingOffers) {
        const QFuture<Result<QList<GpuOffer>>> asked = *m_accounts.at(ref)->askingOffers;
        auto shared = co_await asked;
        co_return shared;
    }
    Answer<QList<GpuOffer>> answer;
    m_accounts.at(ref)->askingOffers = answer.future();
    auto offers = co_await service->offers();
    Account& account = *m_accounts.at(ref);
    account.askingOffers.reset();
    if (offers && !m_stopped) {
        account.offers = *offers;
        account.offersAt = m_config.clock->monotonic();
    }
    // A short request budget is no reason not to deploy: the offers of the last hour will do.
    const bool isShort = !offers && offers.error().code == ErrorCode::RateLimited;
    if (isShort && account.offersAt && m_config.clock->monotonic() - *account.offersAt < kOldestOffers)
        offers = account.offers;
    answer.give(offers);
    co_return offers;
}

Task<Result<QList<DataCenter>>> Accounts::dataCenters(AccountRef ref)
{
    {
        const Account& account = *m_accounts.at(ref);
        if (account.dataCentersAt && m_config.clock->monotonic() - *account.dataCentersAt < kPlacesAge)
            co_return account.dataCenters;
    }
    Provider* const service = provider(ref);
    if (!service)
        co_return fail(ErrorCode::Cancelled);
    auto places = co_await service->dataCenters();
    if (!places || m_stopped)
        co_return places;
    Account& account = *m_accounts.at(ref);
    account.dataCenters = *places;
    account.dataCentersAt = m_config.clock->monotonic();
    co_return places;
}

std::optional<double> Accounts::priceOf(const AccountRef& account, const QString& gpuTypeId) const
{
    for (const GpuOffer& offer : m_accounts.at(account)->offers) {
        if (offer.typeId == gpuTypeId)
            return offer.usdPerHour;
    }
    return std::nullopt;
}

double Accounts::practiceSpeed() const
{
    return m_practiceSpeed > 0.0 ? m_practiceSpeed : m_settings.value(Settings::table().practiceSpeed);
}

double Accounts::dearestOf(const AccountRef& account, const QStringList& pools) const
{
    const auto dearest = [&pools](const QList<GpuOffer>& offers) {
        double usd = 0.0;
        for (const GpuOffer& offer : offers) {
            if (pools.contains(offer.pool))
                usd = std::max(usd, offer.usdPerHour);
        }
        return usd;
    };
    const double known = dearest(m_accounts.at(account)->offers);
    return known > 0.0 ? known : dearest(builtInGpuSnapshot().offers);
}

bool Accounts::arePricesOlderThan(Target target, std::chrono::milliseconds age) const
{
    const auto& at = m_accounts.at(target)->offersAt;
    return !at || m_config.clock->monotonic() - *at > age;
}

QString Accounts::poolOf(const AccountRef& account, const QString& gpuTypeId) const
{
    for (const GpuOffer& offer : m_accounts.at(account)->offers) {
        if (offer.typeId == gpuTypeId)
            return offer.pool;
    }
    return {};
}

std::optional<QString> Accounts::knownRevision(Target target, const QString& modelId, const QString& wish) const
{
    const auto known = m_revisions.constFind(toString(target) + u'/' + modelId + u'@' + wish);
    if (known == m_revisions.constEnd() || m_config.clock->monotonic() - known->at > kFactsAge)
        return std::nullopt;
    return known->commit;
}

void Accounts::noteRevision(Target target, const QString& modelId, const QString& wish, const QString& commit)
{
    m_revisions.insert(toString(target) + u'/' + modelId + u'@' + wish, {commit, m_config.clock->monotonic()});
}

std::optional<int> Accounts::workerQuota(const AccountRef& ref) const
{
    const Account& account = *m_accounts.at(ref);
    const bool isFresh = account.workerQuota && m_config.clock->monotonic() - account.workerQuotaAt < kQuotaAge;
    return isFresh ? account.workerQuota : std::nullopt;
}

void Accounts::noteRefusal(const AccountRef& account, const Error& error)
{
    if (error.code != ErrorCode::WorkerQuotaExceeded || error.arguments.empty())
        return;
    bool isNumber = false;
    const int quota = QString::fromStdString(error.arguments.front()).toInt(&isNumber);
    if (!isNumber)
        return;
    Account& known = *m_accounts.at(account);
    known.workerQuota = quota;
    known.workerQuotaAt = m_config.clock->monotonic();
}

} // namespace visgate
