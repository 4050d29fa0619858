// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/foundation/result.h"

#include <filesystem>
#include <string>
#include <string_view>

namespace visgate::practice::platform {

/// Files and folders for our own user alone.

/// Puts a whole new file in the place of `path`: readers see the old or the new one, never half.
[[nodiscard]] Result<void> replaceFile(const std::filesystem::path& path, std::string_view bytes);
/// Creates the folder (and parents).
[[nodiscard]] Result<void> makePrivateFolder(const std::filesystem::path& path);

} // namespace visgate::practice::platform
