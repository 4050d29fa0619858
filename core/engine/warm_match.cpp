// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/engine/warm_match.h"

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

bool sameLimits(const ProviderEndpoint& endpoint, const EndpointLimits& limits)
{
    return endpoint.executionTimeout == limits.executionTimeout && endpoint.idleTimeout == limits.idleTimeout
        && endpoint.workersMin == limits.workersMin
        && (endpoint.workersMax == limits.workersMax || endpoint.workersMax == 0);
}

} // namespace

WarmMatch matchOf(const ProviderEndpoint& endpoint, const WarmQuery& query)
{
    if (!query.gpuPools.isEmpty() && endpoint.gpuPools != query.gpuPools)
        return WarmMatch::None;
    EndpointSetup setup = query.setup;
    if (query.anyRevision)
        setup.revision = endpoint.env.value(u"HF_REVISION"_s);
    for (const QString& hash : QStringList{query.setup.userHash} + query.earlierHashes) {
        setup.userHash = hash;
        if (endpoint.name == endpointName(setup))
            return WarmMatch::Exact;
        if (setup.distinct.isEmpty() && endpoint.name == legacyName(hash, setup.modelId) && sameWork(endpoint, query)
            && sameLimits(endpoint, setup.limits))
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
