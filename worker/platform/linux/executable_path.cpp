// SPDX-License-Identifier: GPL-3.0-or-later
#include "worker/platform/process.h"

namespace visgate::worker::platform {

std::filesystem::path executablePath()
{
    std::error_code error;
    const auto path = std::filesystem::read_symlink("/proc/self/exe", error);
    return error ? std::filesystem::path() : path;
}

} // namespace visgate::worker::platform
