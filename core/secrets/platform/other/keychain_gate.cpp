// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/secrets/platform/keychain_gate.h"

namespace visgate::platform {

std::unique_ptr<KeychainGate> makeKeychainGate(std::chrono::milliseconds)
{
    return nullptr;
}

} // namespace visgate::platform
