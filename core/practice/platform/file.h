// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/foundation/result.h"

#include <string>
#include <string_view>

namespace visgate::practice::platform {

/// Private files (owner only) and the lock that makes a practice folder belong to one process.

/// Opens for appending after cutting the file to `keepBytes`.
[[nodiscard]] Result<int> openForAppend(const std::string& path, std::size_t keepBytes);
/// False when the disk refused.
bool writeAll(int descriptor, std::string_view bytes);
void closeFile(int descriptor);
/// Empty when there is none.
[[nodiscard]] std::string readFile(const std::string& path);
/// Puts a whole new file in the place of `path`: readers see the old or the new one, never half.
[[nodiscard]] Result<void> replaceFile(const std::string& path, std::string_view bytes);
/// Creates the folder (and parents), owner only.
[[nodiscard]] Result<void> makePrivateFolder(const std::string& path);

/// Takes the lock file; held until the descriptor is closed or the process dies. AlreadyServed if another process has
/// it.
[[nodiscard]] Result<int> lockFile(const std::string& path);

} // namespace visgate::practice::platform
