// SPDX-License-Identifier: GPL-3.0-or-later
#include "worker/platform/process.h"

#include <array>
#include <cerrno>
#include <fcntl.h>
#include <poll.h>
#include <thread>
#include <unistd.h>

namespace visgate::worker::platform {

struct InputWatch::State {
    std::function<void()> onEnd;
    std::array<int, 2> wake{-1, -1}; ///< written to at our own end
    std::thread thread;

    /// Until standard input ends (true), or we do.
    [[nodiscard]] bool hasEnded() const
    {
        std::array<char, 4096> ignored{};
        for (;;) {
            std::array<pollfd, 2> watched{pollfd{STDIN_FILENO, POLLIN, 0}, pollfd{wake[0], POLLIN, 0}};
            if (::poll(watched.data(), watched.size(), -1) < 0) {
                if (errno == EINTR) {
                    continue;
                }
                return false;
            }
            if (watched[1].revents != 0) {
                return false;
            }
            const auto got = ::read(STDIN_FILENO, ignored.data(), ignored.size());
            const bool isLater = got < 0 && (errno == EINTR || errno == EAGAIN);
            if (got <= 0 && !isLater) {
                return true;
            }
        }
    }
};

InputWatch::InputWatch(std::function<void()> onEnd) : m_state(std::make_unique<State>())
{
    m_state->onEnd = std::move(onEnd);
    if (::pipe(m_state->wake.data()) == 0) {
        for (const int end : m_state->wake) {
            ::fcntl(end, F_SETFD, FD_CLOEXEC);
        }
    }
    m_state->thread = std::thread([state = m_state.get()] {
        if (state->hasEnded()) {
            state->onEnd();
        }
    });
}

InputWatch::~InputWatch()
{
    [[maybe_unused]] const auto written = ::write(m_state->wake[1], "", 1);
    m_state->thread.join();
    for (const int end : m_state->wake) {
        ::close(end);
    }
}

} // namespace visgate::worker::platform
