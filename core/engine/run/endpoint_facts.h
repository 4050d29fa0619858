// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/domain/deployment/deployment.h"
#include "core/providers/provider.h"
#include "core/store/records.h"

#include <QList>

namespace visgate {

/// The settings of an endpoint that somebody may have changed at the provider's own pages. Of the environment only a
/// digest over its names and values: what stands in it may be anything.
[[nodiscard]] EndpointFacts factsOf(const ProviderEndpoint& endpoint);
/// What differs, by the name of the setting. Nothing is known before the first look: no facts give no changes.
[[nodiscard]] QList<EndpointChange> changesBetween(
    const EndpointFacts& before, const EndpointFacts& after, TimePoint noticed);

} // namespace visgate
