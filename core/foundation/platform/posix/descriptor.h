// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/foundation/file_error.h"

#include <cerrno>
#include <cstdint>
#include <cstring>
#include <filesystem>

namespace visgate::platform {

/// What went wrong with a file, by `errno`: StoreFull of its folder where there is no room left, else `code`.
[[nodiscard]] inline tl::unexpected<Error> failWith(ErrorCode code, const std::filesystem::path& path, int error)
{
    const bool isFull = error == ENOSPC || error == EDQUOT || error == EFBIG;
    return fail(isFull ? fileError(ErrorCode::StoreFull, path.parent_path(), std::strerror(error))
                       : fileError(code, path, std::strerror(error)));
}

/// Of a handle that an interface keeps for every system alike.
[[nodiscard]] inline int descriptorOf(std::intptr_t handle)
{
    return static_cast<int>(handle);
}

} // namespace visgate::platform
