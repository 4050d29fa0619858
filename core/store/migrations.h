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

/// The copy that migrate() keeps; what is still in the write-ahead log is part of it.
[[nodiscard]] Result<void> keepCopy(Database& database, const QString& file, int version);

} // namespace visgate
