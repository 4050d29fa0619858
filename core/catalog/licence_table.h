// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/domain/model/licence.h"

#include <QString>

/// What licences allow: data in resources/registry/licences.json, compiled in. Thread-safe.
namespace visgate::hub {

/// By the name that the hub gives it, without case; of one that does not stand there: unknown.
[[nodiscard]] LicenceTerms licenceTerms(const QString& licence);

} // namespace visgate::hub
