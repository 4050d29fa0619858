// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace visgate {

/// Frees what OpenSSL keeps for the calling thread. The last thing that a thread does which nobody joins:
/// QThread::wait() returns before the destructors of thread-local data have run, and OpenSSL's, left to that, runs
/// beside its clean-up at the program's end and frees the same memory.
void endCryptoOfThread();

} // namespace visgate
