// SPDX-License-Identifier: GPL-3.0-or-later
#include "worker/platform/process.h"

#include "core/foundation/platform/windows/end_event.h"
#include "core/foundation/platform/windows/owner_only.h"
#include "core/foundation/platform/windows/utf16.h"

#include <array>
#include <atomic>
#include <string_view>
#include <thread>
#include <utility>

namespace visgate::worker::platform {
namespace {

using visgate::platform::toUtf8;

/// What the console's handler, on a thread of the system, may touch. Null without an EndRequests.
std::atomic<HANDLE> asked{nullptr};

BOOL WINAPI onConsole(DWORD)
{
    HANDLE event = asked;
    return event != nullptr && SetEvent(event);
}

} // namespace

std::map<std::string, std::string> environment()
{
    std::map<std::string, std::string> variables;
    wchar_t* const block = GetEnvironmentStringsW();
    for (const wchar_t* entry = block; *entry != L'\0';) {
        const std::wstring_view text = entry;
        entry += text.size() + 1;
        const auto equals = text.find(L'=', 1); // what begins with one is a drive's current folder
        if (equals != std::wstring_view::npos && text.front() != L'=') {
            variables.emplace(toUtf8(text.substr(0, equals)), toUtf8(text.substr(equals + 1)));
        }
    }
    FreeEnvironmentStringsW(block);
    return variables;
}

std::filesystem::path executablePath()
{
    constexpr std::size_t longest = 32 * 1024;
    std::wstring path(longest, L'\0');
    path.resize(GetModuleFileNameW(nullptr, path.data(), static_cast<DWORD>(path.size())));
    return path;
}

std::vector<std::filesystem::path> usualModelFolders()
{
    return {}; // no provider runs this system's containers
}

std::vector<std::filesystem::path> ownModelFolders()
{
    return {std::filesystem::temp_directory_path() / "visgate-models"};
}

struct EndRequests::State {
    std::function<void()> onRequest;
    HANDLE isAsked = nullptr;
    HANDLE isOver = nullptr;
    std::thread thread;

    void wait() const
    {
        const std::array events{isOver, isAsked};
        while (WaitForMultipleObjects(2, events.data(), FALSE, INFINITE) == WAIT_OBJECT_0 + 1) {
            onRequest();
        }
    }
};

EndRequests::EndRequests(std::function<void()> onRequest) : m_state(std::make_unique<State>())
{
    m_state->onRequest = std::move(onRequest);
    visgate::platform::OwnerOnly owner;
    const auto name = visgate::platform::endEventName(GetCurrentProcessId());
    m_state->isAsked = CreateEventW(owner.attributes(), FALSE, FALSE, name.c_str());
    m_state->isOver = CreateEventW(nullptr, TRUE, FALSE, nullptr);
    asked = m_state->isAsked;
    SetConsoleCtrlHandler(onConsole, TRUE);
    m_state->thread = std::thread([state = m_state.get()] { state->wait(); });
}

EndRequests::~EndRequests()
{
    SetConsoleCtrlHandler(onConsole, FALSE);
    asked = nullptr;
    SetEvent(m_state->isOver);
    m_state->thread.join();
    CloseHandle(m_state->isOver);
    CloseHandle(m_state->isAsked);
}

} // namespace visgate::worker::platform
