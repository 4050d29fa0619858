// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/engine/context/naming.h"
#include "core/providers/provider.h"

#include <QList>
#include <QStringList>

#include <functional>
#include <optional>

namespace visgate {

/// How an endpoint in the account's list belongs to a set-up, the surest last.
enum class WarmMatch {
    None,
    Pool,   ///< "visgate-pool-{org}--{model}", made for everybody who uses this account
    Legacy, ///< a name of ours without a suffix, whose settings agree
    Exact,  ///< the very name: same account, model and settings
};

/// What is looked for.
struct WarmQuery {
    EndpointSetup setup;
    QStringList earlierHashes;                ///< of keys that the account had before
    bool anyRevision = false;                 ///< the request names none, and the hub has not told the newest lately
    QStringList gpuPools;                     ///< only these; empty: any
    std::optional<QStringList> dataCenters{}; ///< only there; unset: anywhere
    /// What an endpoint that is held warm by a deployment here is outside of that; empty: none holds it.
    std::function<std::optional<EndpointLimits>(const EndpointId&)> limitsAt{};
};

[[nodiscard]] WarmMatch matchOf(const ProviderEndpoint& endpoint, const WarmQuery& query);

/// The best of the account's endpoints: one that may run before one that sleeps at max 0, then by the match.
[[nodiscard]] std::optional<ProviderEndpoint> bestMatch(const QList<ProviderEndpoint>& list, const WarmQuery& query);

} // namespace visgate
