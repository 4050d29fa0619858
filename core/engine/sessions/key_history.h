// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/domain/deployment/deployment.h"
#include "core/foundation/result.h"

#include <QString>
#include <QStringList>

namespace visgate {

class MetaRepository;

/// User hashes of keys that this account had before its present one: endpoints made then carry them in their names.
[[nodiscard]] QStringList earlierHashes(MetaRepository& meta, AccountId target);
Result<void> rememberHash(MetaRepository& meta, AccountId target, const QString& userHash);

} // namespace visgate
