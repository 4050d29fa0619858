// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/foundation/platform/windows/system_error.h"

#include "core/foundation/file_error.h"

#include <system_error>
#include <windows.h>

namespace visgate::platform {

std::string describeError(unsigned long error)
{
    return std::system_category().message(static_cast<int>(error));
}

Error fileFailure(ErrorCode code, const std::filesystem::path& path, unsigned long error)
{
    const bool isFull = error == ERROR_DISK_FULL || error == ERROR_HANDLE_DISK_FULL || error == ERROR_FILE_TOO_LARGE;
    return isFull ? fileError(ErrorCode::StoreFull, path.parent_path(), describeError(error))
                  : fileError(code, path, describeError(error));
}

} // namespace visgate::platform
