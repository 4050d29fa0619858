// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/practice/platform/child_process.h"

#include "core/foundation/file_error.h"
#include "core/practice/platform/lines.h"
#include "core/practice/platform/posix/spawning.h"

#include <array>
#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <signal.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

namespace visgate::practice::platform {

namespace {

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

std::vector<std::string> words(const Command& command)
{
    std::vector<std::string> result{command.program.native()};
    result.insert(result.end(), command.arguments.begin(), command.arguments.end());
    return result;
}

std::vector<std::string> pairs(const std::map<std::string, std::string>& environment)
{
    std::vector<std::string> result;
    for (const auto& [name, value] : environment)
        result.push_back(name + '=' + value);
    return result;
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
std::optional<Error> startFailure(int pipeEnd, const std::filesystem::path& program)
{
    int reason = 0;
    ssize_t got = 0;
    do {
        got = ::read(pipeEnd, &reason, sizeof reason);
    } while (got < 0 && errno == EINTR);
    if (got <= 0)
        return std::nullopt;
    return Error{ErrorCode::FileUnreadable, toUtf8(program) + ": " + std::strerror(reason), 0, {}, {}};
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
            m_lines.add({buffer.data(), static_cast<std::size_t>(got)});
        }
        return m_lines.take(atEnd || m_status);
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
    Lines m_lines;
};

} // namespace

Result<std::unique_ptr<ChildProcess>> ChildProcess::start(const Command& command,
    const std::map<std::string, std::string>& environment, const std::filesystem::path& workingFolder)
{
    std::array<int, 2> output{};
    std::array<int, 2> failure{};
    if (!makePipe(output))
        return fail(ErrorCode::Internal, std::string("pipe: ") + std::strerror(errno));
    if (!makePipe(failure)) {
        ::close(output[0]);
        ::close(output[1]);
        return fail(ErrorCode::Internal, std::string("pipe: ") + std::strerror(errno));
    }
    ExecStrings arguments(words(command));
    ExecStrings variables(pairs(environment));
    const pid_t parent = ::getpid();
    const pid_t pid = ::fork();
    if (pid == 0) {
        ::setpgid(0, 0);
        endWith(parent);
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
    const auto reason = startFailure(failure[0], command.program);
    ::close(failure[0]);
    if (reason)
        return fail(*reason);
    return child;
}

Result<void> startDetached(const Command& command, const std::filesystem::path& logFile)
{
    const int log = ::open(logFile.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, S_IRUSR | S_IWUSR);
    std::array<int, 2> failure{};
    if (log < 0 || !makePipe(failure)) {
        const int reason = errno;
        if (log >= 0)
            ::close(log);
        return fail(ErrorCode::FileUnwritable, toUtf8(logFile) + ": " + std::strerror(reason));
    }
    ExecStrings arguments(words(command));
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
    const auto reason = startFailure(failure[0], command.program);
    ::close(failure[0]);
    if (reason)
        return fail(*reason);
    if (middle < 0 || status != 0)
        return fail(ErrorCode::Internal, "could not start " + toUtf8(command.program));
    return {};
}

bool processExists(long pid)
{
    return ::kill(static_cast<pid_t>(pid), 0) == 0 || errno == EPERM;
}

} // namespace visgate::practice::platform
