// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/foundation/platform/memory.h"

#include <windows.h>

namespace visgate::platform {

std::uint64_t physicalMemoryBytes()
{
    MEMORYSTATUSEX status{};
    status.dwLength = sizeof(status);
    return GlobalMemoryStatusEx(&status) != 0 ? status.ullTotalPhys : 0;
}

} // namespace visgate::platform
