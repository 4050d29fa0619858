// SPDX-License-Identifier: GPL-3.0-or-later
#include "worker/platform/process.h"

#include <cstdint>
#include <mach-o/dyld.h>

namespace visgate::worker::platform {

std::filesystem::path executablePath()
{
    std::uint32_t size = 0;
    _NSGetExecutablePath(nullptr, &size);
    std::string path(size, '\0');
    if (_NSGetExecutablePath(path.data(), &size) != 0)
        return {};
    path.resize(path.find('\0'));
    std::error_code error;
    const auto resolved = std::filesystem::canonical(path, error);
    return error ? std::filesystem::path() : resolved;
}

} // namespace visgate::worker::platform
