// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/domain/deployment/release.h"
#include "core/foundation/result.h"

#include <QByteArray>

/// An endpoint's releases, read and turned back: pure functions over the provider's reply. REST v2 has no call that
/// rolls back; a release is undone by a PATCH with the values that the newer ones replaced.
namespace visgate::runpod {

/// Values of settings whose name says that they are secret are replaced by "(hidden)".
[[nodiscard]] Result<ReleaseHistory> readReleases(const QByteArray& body);

/// The PATCH that brings back the configuration of `version`. Workers, scaling and the name stay as they are: they are
/// limits and identity, not configuration. NotFound for an unknown version, InvalidRequest for the present one and for
/// a change that cannot be set back (named in the detail).
[[nodiscard]] Result<QByteArray> rollBackBody(const QByteArray& releases, int version);

} // namespace visgate::runpod
