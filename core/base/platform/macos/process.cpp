// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/platform/user.h"

#include <sys/resource.h>

namespace visgate::platform {

void joinSessionBus() { } // the keychain is reached without one

void forbidCoreDumps()
{
    const rlimit none{0, 0};
    ::setrlimit(RLIMIT_CORE, &none);
}

} // namespace visgate::platform
