// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/foundation/hash.h"
#include "core/foundation/path_text.h"

#include <filesystem>
#include <string>

namespace visgate::sockets {

/// Pipes have a name space of their own, flat: the path's digest stands for the path.
[[nodiscard]] inline std::wstring pipeName(const std::filesystem::path& path)
{
    const std::string digest = sha256Hex(toUtf8(std::filesystem::absolute(path).lexically_normal()));
    return L"\\\\.\\pipe\\visgate-" + std::wstring(digest.begin(), digest.end());
}

} // namespace visgate::sockets
