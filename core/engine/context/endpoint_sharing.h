// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/store/records.h"

#include <QList>

#include <chrono>
#include <functional>
#include <map>
#include <optional>

namespace visgate {

struct ProviderEndpoint;

/// A deployment that lives on an endpoint, as the others on it know it.
class EndpointResident {
public:
    virtual ~EndpointResident() = default;
    [[nodiscard]] virtual const DeploymentRecord& record() const = 0;
    /// The endpoint is as the provider has just told it, by a change of ours.
    virtual void acceptEndpoint(const ProviderEndpoint& endpoint) = 0;
    /// Somebody else on it changed its limits.
    virtual void takeLimits(const EndpointLimits& limits) = 0;
    /// The endpoint it was put away with is `owner`'s now: its record ends, the endpoint stays.
    virtual void endKept(const DeploymentId& owner) = 0;
};

/// What deployments on one endpoint must know of each other, and tell each other. Those that have given it up
/// (deleted, or failed with nothing to contain) are no residents any more. In each question `id` is who asks: it is
/// about the others; an empty one asks about all. Engine thread only.
class EndpointSharing {
public:
    /// Until leave(). `resident` answers record() as long.
    void join(EndpointResident& resident);
    void leave(const EndpointResident& resident);
    [[nodiscard]] bool knows(const DeploymentId& id) const { return m_residents.contains(id); }

    /// Whether another lives on this endpoint, or is just waking it.
    [[nodiscard]] bool isShared(const EndpointId& endpoint, const DeploymentId& id) const;
    /// Whether another has an endpoint of this name.
    [[nodiscard]] bool isNameInUse(const QString& name, const DeploymentId& id) const;
    /// Whether one of the others wants it to run: not paused, not put away.
    [[nodiscard]] bool isUsedElsewhere(const EndpointId& endpoint, const DeploymentId& id) const;
    /// Whether one of them is just now being paused or deleted, which puts the endpoint to sleep when it was the last.
    [[nodiscard]] bool isBeingLeft(const EndpointId& endpoint, const DeploymentId& id) const;
    /// Whether one of them has shown that the endpoint works.
    [[nodiscard]] bool isReadyElsewhere(const EndpointId& endpoint, const DeploymentId& id) const;

    /// What the others on this endpoint have it held at: 0 where they do not.
    struct PoolDemand {
        int workersMin = 0;
        std::chrono::seconds idleTimeout{0};
    };
    [[nodiscard]] PoolDemand demandElsewhere(const EndpointId& endpoint, const DeploymentId& id) const;
    /// The limits of an endpoint that a deployment here holds warm, as they are outside of that; empty: none does.
    [[nodiscard]] std::optional<EndpointLimits> limitsOutsideWarmTimes(const EndpointId& endpoint) const;
    /// Who lives on this deployment's endpoint, the one that pays for it first.
    [[nodiscard]] QList<DeploymentId> payersOf(const Deployment& deployment) const;
    /// Calls `action` for each that lives there.
    void forEach(const EndpointId& endpoint, const DeploymentId& except,
        const std::function<void(EndpointResident&)>& action) const;

    /// Tells the others that it has these limits now.
    void shareLimits(const EndpointId& endpoint, const DeploymentId& id, const EndpointLimits& limits) const;
    /// Tells the others that `id` has changed it.
    void shareEndpoint(const ProviderEndpoint& endpoint, const DeploymentId& id) const;
    /// `id` has taken the endpoint into use: those that were put away with it have nothing left to keep.
    void endKept(const EndpointId& endpoint, const DeploymentId& id) const;

private:
    template <typename IsMeant>
    [[nodiscard]] bool isThere(const EndpointId& endpoint, const DeploymentId& except, IsMeant isMeant) const;

    std::map<DeploymentId, EndpointResident*> m_residents;
};

} // namespace visgate
