// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/foundation/error.h"

#include <filesystem>
#include <string>

namespace visgate::platform {

/// What the system says of its error number (GetLastError).
[[nodiscard]] std::string describeError(unsigned long error);
/// A file's failure: StoreFull, naming its folder, when the disk has no more room, else `code`.
[[nodiscard]] Error fileFailure(ErrorCode code, const std::filesystem::path& path, unsigned long error);

} // namespace visgate::platform
