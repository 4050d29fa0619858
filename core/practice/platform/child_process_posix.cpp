// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/practice/platform/child_process.h"

#include <fcntl.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>
#ifdef __linux__
#include <sys/prctl.h>
#endif

#include <array>
#include <cerrno>
#include <cstring>

namespace visgate::practice::platform {

namespace {

constexpr std::size_t longestLine = 64 * 1024;

/// What execve wants, made before fork: afterwards a child of a threaded process may not allocate.
class ExecStrings {
public:
    explicit ExecStrings(std::vector<std::string> strings) : m_strings(std::move(strings))
    {
        for (std::string& text : m_strings)
            m_pointers.push_back(text.data());
        m_pointers.push_back(nullptr);
    }
    [[nodiscard]] char** get() { return m_pointers.data(); }

private:
    std::vector<std::string> m_strings;
    std::vector<char*> m_pointers;
};

std::vector<std::string> pairs(const std::map<std::string, std::string>& environment)
{
    std::vector<std::string> result;
    for (const auto& [name, value] : environment)
        result.push_back(name + '=' + value);
    return result;
}

/// Files that this program has open are none of the child's business: a lock would live on in it.
void closeAllBut(int kept)
{
#ifdef __linux__
    ::close_range(STDERR_FILENO + 1, static_cast<unsigned>(kept) - 1, 0);
    ::close_range(static_cast<unsigned>(kept) + 1, ~0U, 0);
#else
    for (int descriptor = STDERR_FILENO + 1; descriptor < ::getdtablesize(); ++descriptor) {
        if (descriptor != kept)
            ::close(descriptor);
    }
#endif
}

/// In the child: only calls that are safe after fork. exec's failure is reported through `failurePipe`.
[[noreturn]] void becomeProgram(ExecStrings& command, char** environment, int output, int failurePipe)
{
    const int nothing = ::open("/dev/null", O_RDONLY);
    ::dup2(nothing, STDIN_FILENO);
    ::dup2(output, STDOUT_FILENO);
    ::dup2(output, STDERR_FILENO);
    closeAllBut(failurePipe);
    sigset_t none;
    sigemptyset(&none);
    sigprocmask(SIG_SETMASK, &none, nullptr);
    for (const int number : {SIGPIPE, SIGTERM, SIGINT})
        signal(number, SIG_DFL);
    if (environment)
        ::execve(command.get()[0], command.get(), environment);
    else
        ::execvp(command.get()[0], command.get());
    const int reason = errno;
    [[maybe_unused]] const auto written = ::write(failurePipe, &reason, sizeof reason);
    ::_exit(127);
}

/// Waits until the child has become the program. Its reason if it could not.
std::optional<Error> startFailure(int pipeEnd, const std::string& program)
{
    int reason = 0;
    ssize_t got = 0;
    do {
        got = ::read(pipeEnd, &reason, sizeof reason);
    } while (got < 0 && errno == EINTR);
    if (got <= 0)
        return std::nullopt;
    return Error{ErrorCode::FileUnreadable, program + ": " + std::strerror(reason), 0, {}, {}};
}

class PosixChild final : public ChildProcess {
public:
    PosixChild(pid_t pid, int output) : m_pid(pid), m_output(output) { }
    ~PosixChild() override
    {
        if (!m_status) {
            PosixChild::kill();
            int status = 0;
            ::waitpid(m_pid, &status, 0);
        }
        ::close(m_output);
    }

    std::vector<std::string> readLines() override
    {
        std::array<char, 16 * 1024> buffer{};
        bool atEnd = false;
        for (int rounds = 0; rounds < 16; ++rounds) { // a flood waits for the next call
            const ssize_t got = ::read(m_output, buffer.data(), buffer.size());
            if (got < 0 && errno == EINTR)
                continue;
            atEnd = got == 0;
            if (got <= 0)
                break;
            m_pending.append(buffer.data(), static_cast<std::size_t>(got));
        }
        std::vector<std::string> lines;
        std::size_t begin = 0;
        for (std::size_t end = 0; (end = m_pending.find('\n', begin)) != std::string::npos; begin = end + 1)
            lines.push_back(m_pending.substr(begin, end - begin));
        m_pending.erase(0, begin);
        if (!m_pending.empty() && (atEnd || m_status || m_pending.size() > longestLine))
            lines.push_back(std::exchange(m_pending, {}));
        return lines;
    }

    std::optional<int> exitStatus() override
    {
        int status = 0;
        if (!m_status && ::waitpid(m_pid, &status, WNOHANG) == m_pid) {
            m_status = WIFSIGNALED(status) ? 128 + WTERMSIG(status) : WEXITSTATUS(status);
            ::kill(-m_pid, SIGKILL); // whatever it started
        }
        return m_status;
    }

    [[nodiscard]] long pid() const override { return m_pid; }
    void terminate() override
    {
        if (!m_status)
            ::kill(m_pid, SIGTERM);
    }
    void kill() override
    {
        if (!m_status)
            ::kill(-m_pid, SIGKILL);
    }

private:
    pid_t m_pid;
    int m_output;
    std::optional<int> m_status;
    std::string m_pending;
};

} // namespace

Result<std::unique_ptr<ChildProcess>> ChildProcess::start(const std::vector<std::string>& command,
    const std::map<std::string, std::string>& environment, const std::string& workingFolder)
{
    std::array<int, 2> output{};
    std::array<int, 2> failure{};
    if (::pipe2(output.data(), O_CLOEXEC) != 0)
        return fail(ErrorCode::Internal, std::string("pipe: ") + std::strerror(errno));
    if (::pipe2(failure.data(), O_CLOEXEC) != 0) {
        ::close(output[0]);
        ::close(output[1]);
        return fail(ErrorCode::Internal, std::string("pipe: ") + std::strerror(errno));
    }
    ExecStrings arguments(command);
    ExecStrings variables(pairs(environment));
    [[maybe_unused]] const pid_t parent = ::getpid();
    const pid_t pid = ::fork();
    if (pid == 0) {
        ::setpgid(0, 0);
#ifdef __linux__
        ::prctl(PR_SET_PDEATHSIG, SIGKILL);
        if (::getppid() != parent) // it died before the line above
            ::_exit(127);
#endif
        if (::chdir(workingFolder.c_str()) != 0)
            ::_exit(127);
        becomeProgram(arguments, variables.get(), output[1], failure[1]);
    }
    ::close(output[1]);
    ::close(failure[1]);
    if (pid < 0) {
        ::close(output[0]);
        ::close(failure[0]);
        return fail(ErrorCode::Internal, std::string("fork: ") + std::strerror(errno));
    }
    ::setpgid(pid, pid);
    ::fcntl(output[0], F_SETFL, O_NONBLOCK);
    auto child = std::make_unique<PosixChild>(pid, output[0]);
    const auto reason = startFailure(failure[0], command.front());
    ::close(failure[0]);
    if (reason)
        return fail(*reason);
    return child;
}

Result<void> startDetached(const std::vector<std::string>& command, const std::string& logFile)
{
    const int log = ::open(logFile.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
    std::array<int, 2> failure{};
    if (log < 0 || ::pipe2(failure.data(), O_CLOEXEC) != 0) {
        const int reason = errno;
        if (log >= 0)
            ::close(log);
        return fail(ErrorCode::FileUnwritable, logFile + ": " + std::strerror(reason));
    }
    ExecStrings arguments(command);
    const pid_t middle = ::fork();
    if (middle == 0) {
        ::setsid();
        const pid_t program = ::fork(); // its parent ends at once, so nobody has to reap it
        if (program == 0)
            becomeProgram(arguments, nullptr, log, failure[1]);
        ::_exit(program < 0 ? 1 : 0);
    }
    ::close(log);
    ::close(failure[1]);
    int status = 0;
    if (middle > 0)
        ::waitpid(middle, &status, 0);
    const auto reason = startFailure(failure[0], command.front());
    ::close(failure[0]);
    if (reason)
        return fail(*reason);
    if (middle < 0 || status != 0)
        return fail(ErrorCode::Internal, "could not start " + command.front());
    return {};
}

bool processExists(long pid)
{
    return ::kill(static_cast<pid_t>(pid), 0) == 0 || errno == EPERM;
}

} // namespace visgate::practice::platform
