// SPDX-License-Identifier: GPL-3.0-or-later
#include "worker/platform/memory.h"

namespace visgate::worker::platform {

std::uint64_t memoryForFiles()
{
    return 0; // no machine that is paid for runs this system
}

} // namespace visgate::worker::platform
