// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/foundation/clock.h"
#include "core/store/records.h"

#include <QStringList>

// Of what is wanted of a deployment: what the provider's own figures have shown, and what not yet. Pure.
namespace visgate {

/// Held warm now; also while its end is only asked for.
[[nodiscard]] bool isHeldWarm(const DeploymentRecord& record);
/// Whether the pool policy wants something else of the endpoint than what was confirmed.
[[nodiscard]] bool isPoolUnsettled(const DeploymentRecord& record, TimePoint now);
/// Wishes that are not fulfilled yet, by their names in the API.
[[nodiscard]] QStringList unconfirmedChanges(const DeploymentRecord& record, TimePoint now);

} // namespace visgate
