// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/foundation/platform/memory.h"

#include <unistd.h>

namespace visgate::platform {

std::uint64_t physicalMemoryBytes()
{
    const long pages = sysconf(_SC_PHYS_PAGES);
    const long size = sysconf(_SC_PAGESIZE);
    return pages > 0 && size > 0 ? static_cast<std::uint64_t>(pages) * static_cast<std::uint64_t>(size) : 0;
}

} // namespace visgate::platform
