// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/practice/platform/signals.h"

#include "core/foundation/platform/windows/end_event.h"
#include "core/foundation/platform/windows/owner_only.h"

namespace visgate::practice::platform {
namespace {

/// One for the process, as its console and its name are.
HANDLE endEvent()
{
    static HANDLE event = [] {
        visgate::platform::OwnerOnly owner;
        const auto name = visgate::platform::endEventName(GetCurrentProcessId());
        return CreateEventW(owner.attributes(), TRUE, FALSE, name.c_str());
    }();
    return event;
}

BOOL WINAPI onConsole(DWORD)
{
    return SetEvent(endEvent());
}

} // namespace

void holdEndSignals()
{
    endEvent();
    SetConsoleCtrlHandler(onConsole, TRUE);
}

bool waitForEndSignal(std::chrono::milliseconds most)
{
    return WaitForSingleObject(endEvent(), static_cast<DWORD>(most.count())) == WAIT_OBJECT_0;
}

long ownPid()
{
    return static_cast<long>(GetCurrentProcessId());
}

} // namespace visgate::practice::platform
