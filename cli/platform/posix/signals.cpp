// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/platform/signals.h"

#include <array>
#include <cerrno>
#include <csignal>
#include <fcntl.h>
#include <thread>
#include <unistd.h>
#include <utility>

namespace visgate::cli::platform {

namespace {

constexpr std::array kSignals{SIGINT, SIGTERM, SIGHUP};
constexpr char kSignal = 's';
constexpr char kEnd = 'e';

/// The only thing a signal handler may touch: the writing end of the watch's pipe. -1 without a watch.
volatile std::sig_atomic_t pipeEnd = -1;

extern "C" void forward(int)
{
    const int saved = errno;
    [[maybe_unused]] const auto written = ::write(pipeEnd, &kSignal, 1);
    errno = saved;
}

} // namespace

/// A handler (and not a blocked mask, which children would inherit) writes to a pipe that a thread reads.
class SignalWatch::Impl {
public:
    explicit Impl(std::function<void()> wish) : m_wish(std::move(wish))
    {
        if (::pipe(m_pipe.data()) != 0)
            return;
        for (const int end : m_pipe)
            ::fcntl(end, F_SETFD, FD_CLOEXEC);
        pipeEnd = m_pipe[1];
        m_thread = std::thread([this] { run(); });
        struct sigaction action = {};
        action.sa_handler = forward;
        action.sa_flags = SA_RESTART;
        for (std::size_t i = 0; i < kSignals.size(); ++i)
            ::sigaction(kSignals[i], &action, &m_before[i]);
    }

    ~Impl()
    {
        if (!m_thread.joinable())
            return;
        for (std::size_t i = 0; i < kSignals.size(); ++i)
            ::sigaction(kSignals[i], &m_before[i], nullptr);
        pipeEnd = -1;
        [[maybe_unused]] const auto written = ::write(m_pipe[1], &kEnd, 1);
        m_thread.join();
        ::close(m_pipe[0]);
        ::close(m_pipe[1]);
    }

    Impl(const Impl&) = delete;
    Impl& operator=(const Impl&) = delete;

private:
    void run() const
    {
        char what = 0;
        while (true) {
            const auto got = ::read(m_pipe[0], &what, 1);
            if (got < 0 && errno == EINTR)
                continue;
            if (got != 1 || what == kEnd)
                return;
            m_wish();
        }
    }

    std::function<void()> m_wish;
    std::array<int, 2> m_pipe{-1, -1};
    std::array<struct sigaction, kSignals.size()> m_before{};
    std::thread m_thread;
};

void ignoreClosedPipes()
{
    std::signal(SIGPIPE, SIG_IGN);
}

SignalWatch::SignalWatch(std::function<void()> wish) : m_impl(std::make_unique<Impl>(std::move(wish))) { }
SignalWatch::~SignalWatch() = default;

} // namespace visgate::cli::platform
