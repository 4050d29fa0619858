// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "worker/platform/channel.h"
#include "worker/runners/runner.h"

namespace visgate::worker {

/// The other side of a ChildRunner: does what is asked for over the channel until the worker is gone or says "unload".
/// The process' exit code.
[[nodiscard]] int serveRunner(Runner& runner, platform::Channel& channel);

} // namespace visgate::worker
