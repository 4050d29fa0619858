// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/practice/platform/child_process.h"

#include "core/foundation/file_error.h"
#include "core/foundation/platform/windows/end_event.h"
#include "core/foundation/platform/windows/owner_only.h"
#include "core/foundation/platform/windows/system_error.h"
#include "core/foundation/platform/windows/utf16.h"
#include "core/practice/platform/lines.h"

#include <array>
#include <utility>

namespace visgate::practice::platform {
namespace {

using visgate::platform::describeError;
using visgate::platform::endEventName;
using visgate::platform::OwnerOnly;
using visgate::platform::toUtf16;

constexpr UINT kKilled = 128 + 9; ///< what ends a process by force is told as its exit status
constexpr DWORD kAlone = CREATE_NO_WINDOW | CREATE_NEW_PROCESS_GROUP | CREATE_UNICODE_ENVIRONMENT;

/// Closed with its owner.
class Handle {
public:
    Handle() = default;
    explicit Handle(HANDLE handle) : m_handle(handle == INVALID_HANDLE_VALUE ? nullptr : handle) { }
    ~Handle()
    {
        if (m_handle != nullptr)
            CloseHandle(m_handle);
    }
    Handle(Handle&& other) noexcept : m_handle(std::exchange(other.m_handle, nullptr)) { }
    Handle& operator=(Handle&& other) noexcept
    {
        std::swap(m_handle, other.m_handle);
        return *this;
    }
    Handle(const Handle&) = delete;
    Handle& operator=(const Handle&) = delete;

    [[nodiscard]] HANDLE get() const { return m_handle; }
    explicit operator bool() const { return m_handle != nullptr; }

private:
    HANDLE m_handle = nullptr;
};

/// One argument as the C library of the program takes the command line apart.
std::wstring quoted(const std::wstring& argument)
{
    std::wstring out = L"\"";
    std::size_t backslashes = 0;
    for (const wchar_t c : argument) {
        if (c == L'"')
            out.append(backslashes + 1, L'\\'); // those before a quote count double, and one for the quote
        backslashes = c == L'\\' ? backslashes + 1 : 0;
        out += c;
    }
    out.append(backslashes, L'\\');
    return out + L'"';
}

std::wstring commandLine(const Command& command)
{
    std::wstring line = quoted(command.program.native());
    for (const std::string& argument : command.arguments)
        line += L' ' + quoted(toUtf16(argument));
    return line;
}

/// Name=value, each ended by a null, and one more. Programs do not start without the system's own folder.
std::wstring environmentBlock(const std::map<std::string, std::string>& environment)
{
    std::wstring block;
    for (const auto& [name, value] : environment)
        block += toUtf16(name) + L'=' + toUtf16(value) + L'\0';
    for (const wchar_t* name : {L"SystemRoot", L"SystemDrive"}) {
        std::array<wchar_t, MAX_PATH> value{};
        if (GetEnvironmentVariableW(name, value.data(), MAX_PATH) > 0)
            block += std::wstring(name) + L'=' + value.data() + L'\0';
    }
    return block + L'\0';
}

SECURITY_ATTRIBUTES inheritable()
{
    return {sizeof(SECURITY_ATTRIBUTES), nullptr, TRUE};
}

Handle emptyInput()
{
    SECURITY_ATTRIBUTES attributes = inheritable();
    return Handle(
        CreateFileW(L"NUL", GENERIC_READ, FILE_SHARE_READ | FILE_SHARE_WRITE, &attributes, OPEN_EXISTING, 0, nullptr));
}

/// What a new process may inherit: its input and its output, and no other file that this one has open.
class Inheritance {
public:
    Inheritance(HANDLE input, HANDLE output) : m_handles{input, output}
    {
        SIZE_T size = 0;
        InitializeProcThreadAttributeList(nullptr, 1, 0, &size);
        m_list.resize(size);
        InitializeProcThreadAttributeList(list(), 1, 0, &size);
        UpdateProcThreadAttribute(
            list(), 0, PROC_THREAD_ATTRIBUTE_HANDLE_LIST, m_handles.data(), sizeof m_handles, nullptr, nullptr);
    }
    ~Inheritance() { DeleteProcThreadAttributeList(list()); }
    Inheritance(const Inheritance&) = delete;
    Inheritance& operator=(const Inheritance&) = delete;

    [[nodiscard]] STARTUPINFOEXW startup()
    {
        STARTUPINFOEXW info{};
        info.StartupInfo.cb = sizeof info;
        info.StartupInfo.dwFlags = STARTF_USESTDHANDLES;
        info.StartupInfo.hStdInput = m_handles[0];
        info.StartupInfo.hStdOutput = m_handles[1];
        info.StartupInfo.hStdError = m_handles[1];
        info.lpAttributeList = list();
        return info;
    }

private:
    LPPROC_THREAD_ATTRIBUTE_LIST list() { return reinterpret_cast<LPPROC_THREAD_ATTRIBUTE_LIST>(m_list.data()); }
    std::array<HANDLE, 2> m_handles;
    std::vector<unsigned char> m_list;
};

struct Started {
    Handle process;
    Handle thread;
    DWORD id = 0;
};

Result<Started> startProcess(
    const Command& command, HANDLE output, DWORD flags, wchar_t* environment, const wchar_t* workingFolder)
{
    const Handle input = emptyInput();
    Inheritance inheritance(input.get(), output);
    STARTUPINFOEXW startup = inheritance.startup();
    std::wstring line = commandLine(command);
    PROCESS_INFORMATION info{};
    if (!CreateProcessW(command.program.c_str(), line.data(), nullptr, nullptr, TRUE,
            flags | EXTENDED_STARTUPINFO_PRESENT, environment, workingFolder, &startup.StartupInfo, &info))
        return fail(ErrorCode::FileUnreadable, toUtf8(command.program) + ": " + describeError(GetLastError()));
    return Started{Handle(info.hProcess), Handle(info.hThread), info.dwProcessId};
}

/// All its processes end with its last handle, which is ours: also when this process is killed.
Handle makeJob()
{
    Handle job(CreateJobObjectW(nullptr, nullptr));
    JOBOBJECT_EXTENDED_LIMIT_INFORMATION limits{};
    limits.BasicLimitInformation.LimitFlags = JOB_OBJECT_LIMIT_KILL_ON_JOB_CLOSE;
    if (!SetInformationJobObject(job.get(), JobObjectExtendedLimitInformation, &limits, sizeof limits))
        return {};
    return job;
}

class WindowsChild final : public ChildProcess {
public:
    WindowsChild(Handle job, Started started, Handle output)
        : m_job(std::move(job)), m_started(std::move(started)), m_output(std::move(output))
    {
    }
    ~WindowsChild() override
    {
        WindowsChild::kill();
        WaitForSingleObject(m_started.process.get(), INFINITE); // its files are free from here on
    }

    std::vector<std::string> readLines() override
    {
        std::array<char, 16 * 1024> buffer{};
        DWORD waiting = 0;
        bool isOpen = true;
        for (int rounds = 0; rounds < 16; ++rounds) { // a flood waits for the next call
            isOpen = PeekNamedPipe(m_output.get(), nullptr, 0, nullptr, &waiting, nullptr) != 0;
            DWORD got = 0;
            if (!isOpen || waiting == 0 || !ReadFile(m_output.get(), buffer.data(), buffer.size(), &got, nullptr))
                break;
            m_lines.add({buffer.data(), got});
        }
        return m_lines.take(!isOpen || (m_status && waiting == 0));
    }

    std::optional<int> exitStatus() override
    {
        DWORD status = 0;
        if (!m_status && WaitForSingleObject(m_started.process.get(), 0) == WAIT_OBJECT_0
            && GetExitCodeProcess(m_started.process.get(), &status)) {
            m_status = static_cast<int>(status);
            TerminateJobObject(m_job.get(), kKilled); // whatever it started
        }
        return m_status;
    }

    [[nodiscard]] long pid() const override { return static_cast<long>(m_started.id); }

    void terminate() override
    {
        const Handle event(OpenEventW(EVENT_MODIFY_STATE, FALSE, endEventName(m_started.id).c_str()));
        if (event)
            SetEvent(event.get());
        else
            kill(); // a program that has no ear for it
    }

    void kill() override { TerminateJobObject(m_job.get(), kKilled); }

private:
    Handle m_job;
    Started m_started;
    Handle m_output;
    std::optional<int> m_status;
    Lines m_lines;
};

} // namespace

Result<std::unique_ptr<ChildProcess>> ChildProcess::start(const Command& command,
    const std::map<std::string, std::string>& environment, const std::filesystem::path& workingFolder)
{
    SECURITY_ATTRIBUTES attributes = inheritable();
    HANDLE readEnd = nullptr;
    HANDLE writeEnd = nullptr;
    if (!CreatePipe(&readEnd, &writeEnd, &attributes, 0))
        return fail(ErrorCode::Internal, "pipe: " + describeError(GetLastError()));
    Handle output(readEnd);
    const Handle childOutput(writeEnd);
    SetHandleInformation(readEnd, HANDLE_FLAG_INHERIT, 0);
    Handle job = makeJob();
    if (!job)
        return fail(ErrorCode::Internal, "job object: " + describeError(GetLastError()));
    std::wstring block = environmentBlock(environment);
    // Suspended: it has no child before it is in the job.
    auto started
        = startProcess(command, childOutput.get(), kAlone | CREATE_SUSPENDED, block.data(), workingFolder.c_str());
    if (!started)
        return fail(started.error());
    if (!AssignProcessToJobObject(job.get(), started->process.get())) {
        const std::string reason = describeError(GetLastError());
        TerminateProcess(started->process.get(), kKilled);
        return fail(ErrorCode::Internal, "job object: " + reason);
    }
    ResumeThread(started->thread.get());
    return std::make_unique<WindowsChild>(std::move(job), std::move(*started), std::move(output));
}

Result<void> startDetached(const Command& command, const std::filesystem::path& logFile)
{
    OwnerOnly owner;
    if (owner.attributes() == nullptr)
        return fail(fileError(ErrorCode::FileUnwritable, logFile, describeError(GetLastError())));
    owner.attributes()->bInheritHandle = TRUE;
    const Handle log(CreateFileW(logFile.c_str(), FILE_APPEND_DATA | SYNCHRONIZE,
        FILE_SHARE_READ | FILE_SHARE_WRITE | FILE_SHARE_DELETE, owner.attributes(), OPEN_ALWAYS, FILE_ATTRIBUTE_NORMAL,
        nullptr));
    if (!log)
        return fail(fileError(ErrorCode::FileUnwritable, logFile, describeError(GetLastError())));
    const auto started = startProcess(command, log.get(), kAlone, nullptr, nullptr);
    if (!started)
        return fail(started.error());
    return {};
}

bool processExists(long pid)
{
    const Handle process(OpenProcess(SYNCHRONIZE, FALSE, static_cast<DWORD>(pid)));
    return process && WaitForSingleObject(process.get(), 0) == WAIT_TIMEOUT;
}

} // namespace visgate::practice::platform
