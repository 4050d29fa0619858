// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/foundation/result.h"

#include <QString>

namespace visgate {

class Database;

/// The schema version this program writes.
[[nodiscard]] int currentSchemaVersion();

/// Brings the file up to currentSchemaVersion(), one transaction a version. Before each step on a file that has data,
/// a copy is kept beside it as "<file>.v<version>.bak". StoreTooNew: a newer program wrote it; nothing is touched.
[[nodiscard]] Result<void> migrate(Database& database, const QString& file);

} // namespace visgate
