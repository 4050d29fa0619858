// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/foundation/crypto/crypto_thread.h"

#include <openssl/crypto.h>

namespace visgate {

void endCryptoOfThread()
{
    OPENSSL_thread_stop();
}

} // namespace visgate
