// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/foundation/error.h"
#include "core/foundation/path_text.h"

#include <string>
#include <utility>

namespace visgate {

/// A failure of a file or folder, which is always named, in UTF-8; `why` is the system's own reason.
[[nodiscard]] inline Error fileError(ErrorCode code, const std::string& path, const std::string& why = {})
{
    return Error{code, why.empty() ? path : path + ": " + why, 0, {}, {path}};
}

[[nodiscard]] inline Error fileError(ErrorCode code, const std::filesystem::path& path, const std::string& why = {})
{
    return fileError(code, toUtf8(path), why);
}

} // namespace visgate
