// SPDX-License-Identifier: GPL-3.0-or-later
#include "worker/platform/child_process.h"

#include "core/foundation/path_text.h"
#include "worker/platform/posix/socket_channel.h"
#include "worker/platform/posix/spawning.h"

#include <array>
#include <cerrno>
#include <csignal>
#include <cstring>
#include <fcntl.h>
#include <sys/wait.h>
#include <thread>
#include <unistd.h>
#include <utility>

namespace visgate::worker::platform {
namespace {

constexpr int failedStart = 127;
constexpr std::size_t mostOutput = 256 * 1024; ///< of a flood, the rest waits for the next call

/// What execve wants, made before fork: afterwards a child of a threaded process may not allocate.
class ExecStrings {
public:
    explicit ExecStrings(std::vector<std::string> strings) : m_strings(std::move(strings))
    {
        for (std::string& text : m_strings) {
            m_pointers.push_back(text.data());
        }
        m_pointers.push_back(nullptr);
    }
    [[nodiscard]] char** get() { return m_pointers.data(); }

private:
    std::vector<std::string> m_strings;
    std::vector<char*> m_pointers;
};

ExecStrings words(const Command& command)
{
    std::vector<std::string> result{command.program.native()};
    result.insert(result.end(), command.arguments.begin(), command.arguments.end());
    return ExecStrings(std::move(result));
}

ExecStrings pairs(const Command& command)
{
    std::vector<std::string> result;
    for (const auto& [name, value] : command.environment) {
        result.push_back(name + '=' + value);
    }
    return ExecStrings(std::move(result));
}

/// In the child: only calls that are safe after fork. exec's failure is reported through `failurePipe`.
[[noreturn]] void becomeProgram(
    ExecStrings& command, ExecStrings& environment, int channel, int output, int failurePipe)
{
    ::dup2(channel, STDIN_FILENO);
    ::dup2(output, STDOUT_FILENO);
    ::dup2(output, STDERR_FILENO);
    closeAllBut(failurePipe);
    // Ours are blocked for the thread that waits for them; a runner's libraries have their own ideas.
    sigset_t none;
    sigemptyset(&none);
    ::sigprocmask(SIG_SETMASK, &none, nullptr);
    for (const int number : {SIGPIPE, SIGTERM, SIGINT, SIGHUP, SIGUSR1, SIGCHLD}) {
        std::signal(number, SIG_DFL);
    }
    ::execve(command.get()[0], command.get(), environment.get());
    const int reason = errno;
    [[maybe_unused]] const auto written = ::write(failurePipe, &reason, sizeof reason);
    ::_exit(failedStart);
}

/// Waits until the child has become the program. Why it could not; 0 if it could.
int startFailure(int pipeEnd)
{
    int reason = 0;
    ssize_t got = 0;
    do {
        got = ::read(pipeEnd, &reason, sizeof reason);
    } while (got < 0 && errno == EINTR);
    return got <= 0 ? 0 : reason;
}

class PosixChild final : public ChildProcess {
public:
    PosixChild(pid_t pid, int channel, int output) : m_pid(pid), m_channel(channel), m_output(output) { }
    ~PosixChild() override
    {
        if (!m_status) {
            PosixChild::kill();
            while (::waitpid(m_pid, nullptr, 0) < 0 && errno == EINTR) { }
            reapGroup();
        }
        ::close(m_output);
    }

    [[nodiscard]] Channel& channel() override { return m_channel; }

    [[nodiscard]] std::string takeOutput() override
    {
        std::string text;
        std::array<char, 16 * 1024> buffer{};
        while (text.size() < mostOutput) {
            const auto got = ::read(m_output, buffer.data(), buffer.size());
            if (got < 0 && errno == EINTR) {
                continue;
            }
            if (got <= 0) {
                break;
            }
            text.append(buffer.data(), static_cast<std::size_t>(got));
        }
        return text;
    }

    [[nodiscard]] std::optional<int> exitStatus() override
    {
        int status = 0;
        if (!m_status && ::waitpid(m_pid, &status, WNOHANG) == m_pid) {
            m_status = WIFSIGNALED(status) ? 128 + WTERMSIG(status) : WEXITSTATUS(status);
            ::kill(-m_pid, SIGKILL); // whatever it started
            reapGroup();
        }
        return m_status;
    }

    void terminate() override
    {
        if (!m_status) {
            ::kill(m_pid, SIGTERM);
        }
    }

    void kill() override
    {
        if (!m_status) {
            ::kill(-m_pid, SIGKILL);
        }
    }

private:
    /// As process 1 of a container this process inherits what the child leaves behind, and nobody else reaps it.
    void reapGroup() const
    {
        constexpr int tries = 50;
        for (int i = 0; i < tries; ++i) {
            const pid_t reaped = ::waitpid(-m_pid, nullptr, WNOHANG);
            if (reaped < 0 && errno != EINTR) {
                return; // none is left, or none is ours
            }
            if (reaped == 0) {
                std::this_thread::sleep_for(std::chrono::milliseconds(2));
            }
        }
    }

    pid_t m_pid;
    SocketChannel m_channel;
    int m_output;
    std::optional<int> m_status;
};

Error cannotStart(const std::string& why)
{
    return Error{ErrorCode::Internal, "the runner could not be started: " + why, 0, {}, {}};
}

/// Pairs of descriptors that are closed unless they are taken over.
class Ends {
public:
    ~Ends()
    {
        for (const auto& pair : {channel, output, failure}) {
            for (const int end : pair) {
                if (end >= 0) {
                    ::close(end);
                }
            }
        }
    }
    [[nodiscard]] bool make() { return makeSocketPair(channel) && makePipe(output) && makePipe(failure); }
    static int release(int& end) { return std::exchange(end, -1); }
    static void close(int& end) { ::close(release(end)); }

    std::array<int, 2> channel{-1, -1};
    std::array<int, 2> output{-1, -1};
    std::array<int, 2> failure{-1, -1};
};

} // namespace

bool ChildProcess::isPossible()
{
    return true;
}

Result<std::unique_ptr<ChildProcess>> ChildProcess::start(const Command& command)
{
    Ends ends;
    if (!ends.make()) {
        return fail(cannotStart(std::strerror(errno)));
    }
    ExecStrings arguments = words(command);
    ExecStrings variables = pairs(command);
    const pid_t parent = ::getpid();
    const pid_t pid = ::fork();
    if (pid == 0) {
        ::setpgid(0, 0);
        endWith(parent);
        becomeProgram(arguments, variables, ends.channel[1], ends.output[1], ends.failure[1]);
    }
    if (pid < 0) {
        return fail(cannotStart(std::strerror(errno)));
    }
    ::setpgid(pid, pid);
    Ends::close(ends.channel[1]);
    Ends::close(ends.output[1]);
    Ends::close(ends.failure[1]);
    ::fcntl(ends.output[0], F_SETFL, O_NONBLOCK);
    auto child = std::make_unique<PosixChild>(pid, Ends::release(ends.channel[0]), Ends::release(ends.output[0]));
    if (const int reason = startFailure(ends.failure[0]); reason != 0) {
        return fail(cannotStart(toUtf8(command.program) + ": " + std::strerror(reason)));
    }
    return child;
}

} // namespace visgate::worker::platform
