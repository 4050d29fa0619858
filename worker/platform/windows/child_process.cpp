// SPDX-License-Identifier: GPL-3.0-or-later
#include "worker/platform/child_process.h"

namespace visgate::worker::platform {

// A channel takes overlapped pipes and a job object here; until then runners work inside the worker.

bool ChildProcess::isPossible()
{
    return false;
}

Result<std::unique_ptr<ChildProcess>> ChildProcess::start(const Command&)
{
    return fail(ErrorCode::Internal, "this system's worker starts no runner of its own");
}

std::unique_ptr<Channel> Channel::fromStandardInput()
{
    return nullptr;
}

} // namespace visgate::worker::platform
