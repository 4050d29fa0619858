// SPDX-License-Identifier: GPL-3.0-or-later
#include "worker/platform/process.h"

#include <array>
#include <atomic>
#include <thread>
#include <windows.h>

namespace visgate::worker::platform {

struct InputWatch::State {
    std::function<void()> onEnd;
    std::atomic<DWORD> threadId{0};
    std::atomic<bool> isOver{false};
    std::atomic<bool> isDone{false};
    std::thread thread;

    void watch()
    {
        threadId = GetCurrentThreadId();
        const HANDLE input = GetStdHandle(STD_INPUT_HANDLE);
        std::array<char, 4096> ignored{};
        DWORD got = 0;
        do {
            if (ReadFile(input, ignored.data(), static_cast<DWORD>(ignored.size()), &got, nullptr) == 0) {
                got = 0;
            }
        } while (!isOver && got > 0);
        if (!isOver) {
            onEnd();
        }
        isDone = true;
    }
};

InputWatch::InputWatch(std::function<void()> onEnd) : m_state(std::make_unique<State>())
{
    m_state->onEnd = std::move(onEnd);
    m_state->thread = std::thread([state = m_state.get()] { state->watch(); });
}

InputWatch::~InputWatch()
{
    constexpr DWORD untilItReads = 10; // what is not yet in its call cannot be called off
    m_state->isOver = true;
    while (!m_state->isDone) {
        if (const HANDLE thread = OpenThread(THREAD_TERMINATE, FALSE, m_state->threadId)) {
            CancelSynchronousIo(thread);
            CloseHandle(thread);
        }
        Sleep(untilItReads);
    }
    m_state->thread.join();
}

} // namespace visgate::worker::platform
