// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/engine/sessions/provider_sessions.h"

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

struct ProviderSessions::Account {
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

ProviderSessions::ProviderSessions(const EngineConfig& config, Settings& settings)
    : m_config(config), m_settings(settings), m_session(std::make_unique<SessionStore>()),
      m_pool(std::make_unique<QThreadPool>())
{
    m_pool->setMaxThreadCount(1);
    for (const ProviderDescriptor& provider : m_config.providers) {
        const auto id = accountIdFromString(provider.id);
        m_known.append({*id, provider.name, provider});
    }
    m_registry = m_config.makeModels(runpodAddress());
}

ProviderSessions::~ProviderSessions()
{
    m_pool->waitForDone();
}

TargetAddress ProviderSessions::runpodAddress() const
{
    const SettingsTable& table = Settings::table();
    return {QUrl(m_settings.value(table.runpodRestUrl)), QUrl(m_settings.value(table.runpodQueueUrl)),
        QUrl(m_settings.value(table.hubUrl)), QUrl(m_settings.value(table.imageRegistryUrl)),
        m_settings.value(table.runpodVolumesUrl), QUrl(m_settings.value(table.runpodGraphqlUrl))};
}

void ProviderSessions::stop()
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

ProviderSessions::Account& ProviderSessions::of(const AccountRef& ref) const
{
    std::unique_ptr<Account>& account = m_accounts[ref];
    if (!account)
        account = std::make_unique<Account>();
    return *account;
}

Result<void> ProviderSessions::checkKnown(const AccountId& account) const
{
    if (std::any_of(m_known.begin(), m_known.end(), [&](const ProviderAccount& known) { return known.id == account; }))
        return {};
    const std::string name = account.text().toStdString();
    return fail(Error{ErrorCode::AccountUnknown, name, 0, {}, {name}});
}

const ProviderDescriptor& ProviderSessions::descriptor(const AccountId& account) const
{
    for (const ProviderAccount& known : m_known) {
        if (known.id == account)
            return known.provider;
    }
    return m_none;
}

bool ProviderSessions::isOpen(const AccountRef& account) const
{
    return of(account).provider != nullptr;
}

Provider* ProviderSessions::provider(const AccountRef& account)
{
    return of(account).provider.get();
}

ModelSource* ProviderSessions::models(const AccountRef& account)
{
    return of(account).models.get();
}

ImageRegistry* ProviderSessions::images(const AccountRef& account)
{
    return of(account).images.get();
}

StorageKeys ProviderSessions::practiceVolumeKeys() const
{
    return of(AccountId::practice()).volumeKeys;
}

TargetAddress ProviderSessions::addressOf(AccountId target) const
{
    return of(target).address;
}

QString ProviderSessions::userHash(const AccountRef& account) const
{
    return of(account).userHash;
}

QUrl ProviderSessions::hubUrl(AccountId target) const
{
    return addressOf(target).hub;
}

void ProviderSessions::close(const AccountRef& ref)
{
    Account& account = of(ref);
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

void ProviderSessions::doubt(const AccountRef& ref)
{
    of(ref).isDoubted = true;
}

void ProviderSessions::use(const AccountRef& ref, TargetAddress address, std::shared_ptr<const Secret> key)
{
    Account& account = of(ref);
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

Task<Result<void>> ProviderSessions::open(AccountRef ref, double speed)
{
    if (m_stopped)
        co_return fail(ErrorCode::Cancelled);
    if (auto known = checkKnown(ref.target); !known)
        co_return known;
    Account& account = of(ref);
    if (isOpen(ref) && !account.isDoubted && (!ref.target.isPractice() || speed <= 0.0))
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

QFuture<Result<PracticeAddress>> ProviderSessions::startPractice(double speed)
{
    auto answer = std::make_shared<Answer<PracticeAddress>>();
    QFuture<Result<PracticeAddress>> future = answer->future();
    m_pool->start([answer = std::move(answer), begin = m_config.startPractice, speed, cancel = m_ending] {
        answer->give(begin(speed, cancel));
    });
    return future;
}

Task<Result<void>> ProviderSessions::openNow(AccountRef ref, double speed)
{
    if (!ref.guest.isEmpty()) {
        use(ref, runpodAddress(), m_guestKeys.at(ref));
        co_return Result<void>();
    }
    if (!ref.target.isPractice() && !descriptor(ref.target).needsKey) {
        use(ref, runpodAddress(), std::make_shared<const Secret>(std::string()));
        co_return Result<void>();
    }
    if (!ref.target.isPractice()) {
        if (ref.target != AccountId::runpod())
            co_return fail(ErrorCode::KeyMissing); // the one that is stored is Runpod's, and goes to nobody else
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
    of(ref).volumeKeys = practice->volumeKeys;
    co_return Result<void>();
}

Task<Result<QList<ProviderEndpoint>>> ProviderSessions::endpoints(AccountRef ref, std::chrono::milliseconds age)
{
    {
        const Account& account = of(ref);
        if (account.endpointsAt && m_config.clock->monotonic() - *account.endpointsAt < age)
            co_return account.endpoints;
    }
    Provider* const service = provider(ref);
    if (!service)
        co_return fail(ErrorCode::Cancelled);
    auto endpoints = co_await service->listEndpoints(CallFor::Deployment);
    if (!endpoints || m_stopped)
        co_return endpoints;
    Account& account = of(ref);
    account.endpoints = *endpoints;
    account.endpointsAt = m_config.clock->monotonic();
    co_return endpoints;
}

void ProviderSessions::noteEndpoints(const AccountRef& ref, const QList<ProviderEndpoint>& endpoints)
{
    Account& account = of(ref);
    account.endpoints = endpoints;
    account.endpointsAt = m_config.clock->monotonic();
}

Task<Result<QList<GpuOffer>>> ProviderSessions::offers(AccountRef ref)
{
    {
        const Account& account = of(ref);
        if (account.offersAt && m_config.clock->monotonic() - *account.offersAt < kOffersAge)
            co_return account.offers;
    }
    Provider* const service = provider(ref);
    if (!service)
        co_return fail(ErrorCode::Cancelled);
    // Everybody who asks meanwhile shares the answer.
    if (of(ref).askingOffers) {
        const QFuture<Result<QList<GpuOffer>>> asked = *of(ref).askingOffers;
        auto shared = co_await asked;
        co_return shared;
    }
    Answer<QList<GpuOffer>> answer;
    of(ref).askingOffers = answer.future();
    auto offers = co_await service->offers();
    Account& account = of(ref);
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

Task<Result<QList<DataCenter>>> ProviderSessions::dataCenters(AccountRef ref)
{
    {
        const Account& account = of(ref);
        if (account.dataCentersAt && m_config.clock->monotonic() - *account.dataCentersAt < kPlacesAge)
            co_return account.dataCenters;
    }
    Provider* const service = provider(ref);
    if (!service)
        co_return fail(ErrorCode::Cancelled);
    auto places = co_await service->dataCenters();
    if (!places || m_stopped)
        co_return places;
    Account& account = of(ref);
    account.dataCenters = *places;
    account.dataCentersAt = m_config.clock->monotonic();
    co_return places;
}

std::optional<double> ProviderSessions::priceOf(const AccountRef& account, const QString& gpuTypeId) const
{
    for (const GpuOffer& offer : of(account).offers) {
        if (offer.typeId == gpuTypeId)
            return offer.usdPerHour;
    }
    return std::nullopt;
}

double ProviderSessions::practiceSpeed() const
{
    return m_practiceSpeed > 0.0 ? m_practiceSpeed : m_settings.value(Settings::table().practiceSpeed);
}

double ProviderSessions::dearestOf(const AccountRef& account, const QStringList& pools) const
{
    const auto dearest = [&pools](const QList<GpuOffer>& offers) {
        double usd = 0.0;
        for (const GpuOffer& offer : offers) {
            if (pools.contains(offer.pool))
                usd = std::max(usd, offer.usdPerHour);
        }
        return usd;
    };
    const double known = dearest(of(account).offers);
    return known > 0.0 ? known : dearest(builtInGpuSnapshot().offers);
}

bool ProviderSessions::arePricesOlderThan(AccountId target, std::chrono::milliseconds age) const
{
    const auto& at = of(target).offersAt;
    return !at || m_config.clock->monotonic() - *at > age;
}

QString ProviderSessions::poolOf(const AccountRef& account, const QString& gpuTypeId) const
{
    for (const GpuOffer& offer : of(account).offers) {
        if (offer.typeId == gpuTypeId)
            return offer.pool;
    }
    return {};
}

std::optional<QString> ProviderSessions::knownRevision(
    AccountId target, const QString& modelId, const QString& wish) const
{
    const auto known = m_revisions.constFind(toString(target) + u'/' + modelId + u'@' + wish);
    if (known == m_revisions.constEnd() || m_config.clock->monotonic() - known->at > kFactsAge)
        return std::nullopt;
    return known->commit;
}

void ProviderSessions::noteRevision(
    AccountId target, const QString& modelId, const QString& wish, const QString& commit)
{
    m_revisions.insert(toString(target) + u'/' + modelId + u'@' + wish, {commit, m_config.clock->monotonic()});
}

std::optional<int> ProviderSessions::workerQuota(const AccountRef& ref) const
{
    const Account& account = of(ref);
    const bool isFresh = account.workerQuota && m_config.clock->monotonic() - account.workerQuotaAt < kQuotaAge;
    return isFresh ? account.workerQuota : std::nullopt;
}

void ProviderSessions::noteRefusal(const AccountRef& account, const Error& error)
{
    if (error.code != ErrorCode::WorkerQuotaExceeded || error.arguments.empty())
        return;
    bool isNumber = false;
    const int quota = QString::fromStdString(error.arguments.front()).toInt(&isNumber);
    if (!isNumber)
        return;
    Account& known = of(account);
    known.workerQuota = quota;
    known.workerQuotaAt = m_config.clock->monotonic();
}

} // namespace visgate
