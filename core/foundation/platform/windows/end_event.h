// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>

namespace visgate::platform {

/// The event by which a process without a window or a console is asked to end: what SIGTERM is elsewhere. The process
/// makes it; whoever started it sets it.
[[nodiscard]] inline std::wstring endEventName(unsigned long processId)
{
    return L"Local\\visgate-end-" + std::to_wstring(processId);
}

} // namespace visgate::platform
