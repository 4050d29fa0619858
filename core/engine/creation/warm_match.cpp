// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/engine/creation/warm_match.h"

#include <algorithm>
#include <utility>

namespace visgate {

using namespace Qt::Literals::StringLiterals;

namespace {

/// Absent says nothing: programs with our naming need not set it.
bool agrees(const ProviderEndpoint& endpoint, const QString& variable, const QString& value)
{
    const QString found = endpoint.env.value(variable);
    return found.isEmpty() || found == value;
}

/// What the worker is and does. Where the set-up names a commit, it must be told.
bool sameWork(const ProviderEndpoint& endpoint, const WarmQuery& query)
{
    const EndpointSetup& setup = query.setup;
    const bool sameRevision = query.anyRevision || endpoint.env.value(u"HF_REVISION"_s) == setup.revision;
    return endpoint.image == setup.image && sameRevision && agrees(endpoint, u"HF_MODEL_ID"_s, setup.modelId)
        && agrees(endpoint, u"TASK"_s, toString(setup.task));
}

/// An endpoint keeps its name when its limits are changed: what holds counts. One that is asleep shows no numbers of
/// workers; one of our own may be held warm just now, and its deployment knows what it is outside of that.
bool sameLimits(const ProviderEndpoint& endpoint, const WarmQuery& query)
{
    const EndpointLimits& limits = query.setup.limits;
    const bool isAsleep = endpoint.workersMax == 0;
    EndpointLimits real = limits; // what no endpoint shows is part of its name
    real.workersMin = isAsleep ? limits.workersMin : endpoint.workersMin;
    real.workersMax = isAsleep ? limits.workersMax : endpoint.workersMax;
    real.idleTimeout = endpoint.idleTimeout;
    if (const auto own = query.limitsAt ? query.limitsAt(endpoint.id) : std::nullopt) {
        real.workersMin = own->workersMin;
        real.idleTimeout = own->idleTimeout;
    }
    return endpoint.executionTimeout == limits.executionTimeout && real == limits;
}

/// Where a place was asked for: it may run there and nowhere else.
bool samePlace(const ProviderEndpoint& endpoint, const WarmQuery& query)
{
    if (!query.dataCenters)
        return true;
    const auto isAsked = [&query](const QString& place) { return query.dataCenters->contains(place); };
    return !endpoint.dataCenters.isEmpty()
        && std::all_of(endpoint.dataCenters.cbegin(), endpoint.dataCenters.cend(), isAsked);
}

} // namespace

WarmMatch matchOf(const ProviderEndpoint& endpoint, const WarmQuery& query)
{
    if ((!query.gpuPools.isEmpty() && endpoint.gpuPools != query.gpuPools) || !samePlace(endpoint, query))
        return WarmMatch::None;
    EndpointSetup setup = query.setup;
    if (query.anyRevision)
        setup.revision = endpoint.env.value(u"HF_REVISION"_s);
    for (const QString& hash : QStringList{query.setup.userHash} + query.earlierHashes) {
        setup.userHash = hash;
        if (endpoint.name == endpointName(setup) && sameLimits(endpoint, query))
            return WarmMatch::Exact;
        if (setup.distinct.isEmpty() && endpoint.name == legacyName(hash, setup.modelId) && sameWork(endpoint, query)
            && sameLimits(endpoint, query))
            return WarmMatch::Legacy;
    }
    // A pool's limits are its maker's business.
    if (setup.distinct.isEmpty() && endpoint.name == poolName(setup.modelId) && sameWork(endpoint, query))
        return WarmMatch::Pool;
    return WarmMatch::None;
}

std::optional<ProviderEndpoint> bestMatch(const QList<ProviderEndpoint>& list, const WarmQuery& query)
{
    std::optional<ProviderEndpoint> best;
    std::pair<bool, WarmMatch> rank(false, WarmMatch::None);
    for (const ProviderEndpoint& endpoint : list) {
        const WarmMatch match = matchOf(endpoint, query);
        const std::pair<bool, WarmMatch> candidate(endpoint.workersMax > 0, match);
        if (match == WarmMatch::None || (best && candidate <= rank))
            continue;
        best = endpoint;
        rank = candidate;
    }
    return best;
}

} // namespace visgate
