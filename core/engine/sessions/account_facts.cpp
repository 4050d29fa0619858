// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/engine/sessions/account_facts.h"

#include "core/catalog/gpu_snapshot.h"

#include <algorithm>
#include <functional>
#include <utility>

namespace visgate {

namespace {

constexpr std::chrono::seconds kOffersAge{60};
constexpr std::chrono::minutes kOldestOffers{60};
constexpr std::chrono::minutes kQuotaAge{10};
constexpr std::chrono::hours kPlacesAge{1};
constexpr std::chrono::seconds kFactsAge{60};

QString revisionKey(const AccountId& target, const QString& modelId, const QString& desired)
{
    return toString(target) + u'/' + modelId + u'@' + desired;
}

template <typename T> Task<Result<T>> notOpen()
{
    co_return fail(ErrorCode::Cancelled);
}

} // namespace

struct AccountFacts::Known {
    Known(const Clock& clock, const std::function<quint64()>& closings)
        : offers(clock, closings), dataCenters(clock, closings), endpoints(clock, closings)
    {
    }
    KeptFact<QList<GpuOffer>> offers; ///< the last ones are a price to count with, however old
    KeptFact<QList<DataCenter>> dataCenters;
    KeptFact<QList<ProviderEndpoint>> endpoints;
    std::map<QString, KeptFact<QString>> digests; ///< by image
    std::optional<int> workerQuota;
    MonotonicPoint workerQuotaAt;
};

AccountFacts::AccountFacts(const EngineConfig& config, ProviderSessions& accounts)
    : m_config(config), m_accounts(accounts)
{
}

AccountFacts::~AccountFacts() = default;

AccountFacts::Known& AccountFacts::of(const AccountRef& account) const
{
    std::unique_ptr<Known>& known = m_known[account];
    if (!known)
        known = std::make_unique<Known>(*m_config.clock, closingsOf(account));
    return *known;
}

std::function<quint64()> AccountFacts::closingsOf(const AccountRef& account) const
{
    return [this, account] { return m_accounts.closings(account); };
}

template <typename T, typename Call>
Task<Result<T>> AccountFacts::keptOr(AccountRef ref, KeptFact<T> Known::*fact, std::chrono::nanoseconds age, Call call)
{
    const std::function<Task<Result<T>>()> ask = [this, ref, call]() -> Task<Result<T>> {
        Provider* const service = m_accounts.provider(ref);
        return service ? call(*service) : notOpen<T>();
    };
    auto kept = co_await (of(ref).*fact).get(age, ask);
    co_return kept;
}

Task<Result<QList<ProviderEndpoint>>> AccountFacts::endpoints(AccountRef ref, std::chrono::milliseconds age)
{
    return keptOr(std::move(ref), &Known::endpoints, age,
        [](Provider& service) { return service.listEndpoints(CallFor::Deployment); });
}

Task<std::optional<QList<ProviderEndpoint>>> AccountFacts::knownEndpoints(AccountRef ref, std::chrono::milliseconds age)
{
    return of(ref).endpoints.known(age);
}

void AccountFacts::noteEndpoints(const AccountRef& ref, const QList<ProviderEndpoint>& endpoints)
{
    of(ref).endpoints.take(endpoints);
}

Task<Result<QList<GpuOffer>>> AccountFacts::offers(AccountRef ref)
{
    const auto call = [](Provider& service) { return service.offers(); };
    auto offers = co_await keptOr(ref, &Known::offers, kOffersAge, call);
    // A short request budget is no reason not to deploy: the offers of the last hour will do.
    const KeptFact<QList<GpuOffer>>& known = of(ref).offers;
    const bool isShort = !offers && offers.error().code == ErrorCode::RateLimited;
    if (isShort && known.isWithin(kOldestOffers))
        offers = known.last();
    co_return offers;
}

Task<Result<QList<DataCenter>>> AccountFacts::dataCenters(AccountRef ref)
{
    return keptOr(
        std::move(ref), &Known::dataCenters, kPlacesAge, [](Provider& service) { return service.dataCenters(); });
}

Task<Result<QString>> AccountFacts::imageDigest(AccountRef ref, QString image, std::chrono::milliseconds age)
{
    KeptFact<QString>& digest = of(ref).digests.try_emplace(image, *m_config.clock, closingsOf(ref)).first->second;
    const std::function<Task<Result<QString>>()> ask = [this, ref, image]() -> Task<Result<QString>> {
        ImageRegistry* const registry = m_accounts.images(ref);
        return registry ? registry->digest(image) : notOpen<QString>();
    };
    return digest.get(age, ask);
}

std::optional<double> AccountFacts::priceOf(const AccountRef& account, const QString& gpuTypeId) const
{
    const QList<GpuOffer>& offers = of(account).offers.last();
    const auto offer = std::find_if(
        offers.cbegin(), offers.cend(), [&gpuTypeId](const GpuOffer& one) { return one.typeId == gpuTypeId; });
    return offer == offers.cend() ? std::nullopt : std::optional(offer->usdPerHour);
}

double AccountFacts::dearestOf(const AccountRef& account, const QStringList& pools) const
{
    const auto dearest = [&pools](const QList<GpuOffer>& offers) {
        double usd = 0.0;
        for (const GpuOffer& offer : offers) {
            if (pools.contains(offer.pool))
                usd = std::max(usd, offer.usdPerHour);
        }
        return usd;
    };
    const double known = dearest(of(account).offers.last());
    return known > 0.0 ? known : dearest(builtInGpuSnapshot().offers);
}

bool AccountFacts::arePricesOlderThan(const AccountId& target, std::chrono::milliseconds age) const
{
    return !of(target).offers.isWithin(age);
}

QString AccountFacts::poolOf(const AccountRef& account, const QString& gpuTypeId) const
{
    const QList<GpuOffer>& offers = of(account).offers.last();
    const auto offer = std::find_if(
        offers.cbegin(), offers.cend(), [&gpuTypeId](const GpuOffer& one) { return one.typeId == gpuTypeId; });
    return offer == offers.cend() ? QString() : offer->pool;
}

std::optional<int> AccountFacts::workerQuota(const AccountRef& account) const
{
    const Known& known = of(account);
    const bool isOld = m_config.clock->monotonic() - known.workerQuotaAt >= kQuotaAge;
    return isOld ? std::nullopt : known.workerQuota;
}

void AccountFacts::noteRefusal(const AccountRef& account, const Error& error)
{
    if (error.code != ErrorCode::WorkerQuotaExceeded || error.arguments.empty())
        return;
    bool isNumber = false;
    const int quota = QString::fromStdString(error.arguments.front()).toInt(&isNumber);
    if (!isNumber)
        return;
    Known& known = of(account);
    known.workerQuota = quota;
    known.workerQuotaAt = m_config.clock->monotonic();
}

std::optional<QString> AccountFacts::knownRevision(
    const AccountId& target, const QString& modelId, const QString& desired) const
{
    const auto known = m_revisions.constFind(revisionKey(target, modelId, desired));
    if (known == m_revisions.constEnd() || m_config.clock->monotonic() - known->at > kFactsAge)
        return std::nullopt;
    return known->commit;
}

void AccountFacts::noteRevision(
    const AccountId& target, const QString& modelId, const QString& desired, const QString& commit)
{
    m_revisions.insert(revisionKey(target, modelId, desired), {commit, m_config.clock->monotonic()});
}

} // namespace visgate
