// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/engine/sessions/account_facts.h"

#include "core/base/answer.h"
#include "core/catalog/gpu_snapshot.h"

#include <QCoroFuture>
#include <QFuture>

#include <algorithm>
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

} // namespace

struct AccountFacts::Known {
    QList<GpuOffer> offers; ///< the last ones are a price to count with, however old
    std::optional<MonotonicPoint> offersAt;
    std::optional<QFuture<Result<QList<GpuOffer>>>> askingOffers;
    QList<DataCenter> dataCenters;
    std::optional<MonotonicPoint> dataCentersAt;
    QList<ProviderEndpoint> endpoints;
    std::optional<MonotonicPoint> endpointsAt;
    std::optional<int> workerQuota;
    std::optional<MonotonicPoint> workerQuotaAt;
    quint64 closings = 0; ///< of the account, when something was last learnt
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
        known = std::make_unique<Known>();
    const quint64 closings = m_accounts.closings(account);
    if (std::exchange(known->closings, closings) != closings) {
        known->offersAt.reset();
        known->dataCentersAt.reset();
        known->endpointsAt.reset();
    }
    return *known;
}

bool AccountFacts::isWithin(const std::optional<MonotonicPoint>& at, std::chrono::nanoseconds age) const
{
    return at && m_config.clock->monotonic() - *at < age;
}

Task<Result<QList<ProviderEndpoint>>> AccountFacts::endpoints(AccountRef ref, std::chrono::milliseconds age)
{
    {
        const Known& known = of(ref);
        if (isWithin(known.endpointsAt, age))
            co_return known.endpoints;
    }
    Provider* const service = m_accounts.provider(ref);
    if (!service)
        co_return fail(ErrorCode::Cancelled);
    auto endpoints = co_await service->listEndpoints(CallFor::Deployment);
    if (endpoints && !m_accounts.isStopped())
        noteEndpoints(ref, *endpoints);
    co_return endpoints;
}

void AccountFacts::noteEndpoints(const AccountRef& ref, const QList<ProviderEndpoint>& endpoints)
{
    Known& known = of(ref);
    known.endpoints = endpoints;
    known.endpointsAt = m_config.clock->monotonic();
}

Task<Result<QList<GpuOffer>>> AccountFacts::offers(AccountRef ref)
{
    {
        const Known& known = of(ref);
        if (isWithin(known.offersAt, kOffersAge))
            co_return known.offers;
    }
    Provider* const service = m_accounts.provider(ref);
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
    Known& known = of(ref);
    known.askingOffers.reset();
    if (offers && !m_accounts.isStopped()) {
        known.offers = *offers;
        known.offersAt = m_config.clock->monotonic();
    }
    // A short request budget is no reason not to deploy: the offers of the last hour will do.
    const bool isShort = !offers && offers.error().code == ErrorCode::RateLimited;
    if (isShort && isWithin(known.offersAt, kOldestOffers))
        offers = known.offers;
    answer.give(offers);
    co_return offers;
}

Task<Result<QList<DataCenter>>> AccountFacts::dataCenters(AccountRef ref)
{
    {
        const Known& known = of(ref);
        if (isWithin(known.dataCentersAt, kPlacesAge))
            co_return known.dataCenters;
    }
    Provider* const service = m_accounts.provider(ref);
    if (!service)
        co_return fail(ErrorCode::Cancelled);
    auto places = co_await service->dataCenters();
    if (!places || m_accounts.isStopped())
        co_return places;
    Known& known = of(ref);
    known.dataCenters = *places;
    known.dataCentersAt = m_config.clock->monotonic();
    co_return places;
}

std::optional<double> AccountFacts::priceOf(const AccountRef& account, const QString& gpuTypeId) const
{
    const QList<GpuOffer>& offers = of(account).offers;
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
    const double known = dearest(of(account).offers);
    return known > 0.0 ? known : dearest(builtInGpuSnapshot().offers);
}

bool AccountFacts::arePricesOlderThan(const AccountId& target, std::chrono::milliseconds age) const
{
    const auto& at = of(target).offersAt;
    return !at || m_config.clock->monotonic() - *at > age;
}

QString AccountFacts::poolOf(const AccountRef& account, const QString& gpuTypeId) const
{
    const QList<GpuOffer>& offers = of(account).offers;
    const auto offer = std::find_if(
        offers.cbegin(), offers.cend(), [&gpuTypeId](const GpuOffer& one) { return one.typeId == gpuTypeId; });
    return offer == offers.cend() ? QString() : offer->pool;
}

std::optional<int> AccountFacts::workerQuota(const AccountRef& account) const
{
    const Known& known = of(account);
    return isWithin(known.workerQuotaAt, kQuotaAge) ? known.workerQuota : std::nullopt;
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
