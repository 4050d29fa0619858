// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/foundation/platform/file_lock.h"

#include "core/foundation/file_error.h"
#include "core/foundation/platform/windows/owner_only.h"
#include "core/foundation/platform/windows/system_error.h"

#include <utility>
#include <windows.h>

namespace visgate::platform {
namespace {

HANDLE lockedFile(std::intptr_t handle)
{
    return reinterpret_cast<HANDLE>(handle);
}

/// Nobody may read what is locked: a byte far behind the note's end.
OVERLAPPED lockedByte()
{
    OVERLAPPED where{};
    where.OffsetHigh = 0x40000000;
    return where;
}

} // namespace

FileLock::~FileLock()
{
    release();
}

FileLock::FileLock(FileLock&& other) noexcept : m_handle(std::exchange(other.m_handle, kNone)) { }

FileLock& FileLock::operator=(FileLock&& other) noexcept
{
    if (this != &other) {
        release();
        m_handle = std::exchange(other.m_handle, kNone);
    }
    return *this;
}

void FileLock::release()
{
    if (m_handle == kNone)
        return;
    OVERLAPPED where = lockedByte();
    HANDLE file = lockedFile(std::exchange(m_handle, kNone));
    UnlockFileEx(file, 0, 1, 0, &where); // closing alone would give it back at some later time
    CloseHandle(file);
}

Result<FileLock> FileLock::take(const std::filesystem::path& path)
{
    OwnerOnly owner;
    if (owner.attributes() == nullptr)
        return fail(fileError(ErrorCode::FileUnwritable, path, describeError(GetLastError())));
    HANDLE file = CreateFileW(path.c_str(), GENERIC_READ | GENERIC_WRITE,
        FILE_SHARE_READ | FILE_SHARE_WRITE | FILE_SHARE_DELETE, owner.attributes(), OPEN_ALWAYS, FILE_ATTRIBUTE_NORMAL,
        nullptr);
    if (file == INVALID_HANDLE_VALUE)
        return fail(fileFailure(ErrorCode::FileUnwritable, path, GetLastError()));
    OVERLAPPED where = lockedByte();
    if (LockFileEx(file, LOCKFILE_EXCLUSIVE_LOCK | LOCKFILE_FAIL_IMMEDIATELY, 0, 1, 0, &where))
        return FileLock(reinterpret_cast<Handle>(file));
    const DWORD error = GetLastError();
    CloseHandle(file);
    if (error == ERROR_LOCK_VIOLATION || error == ERROR_IO_PENDING)
        return fail(ErrorCode::Conflict, toUtf8(path));
    return fail(fileFailure(ErrorCode::FileUnwritable, path, error));
}

void FileLock::note(std::string_view text) const
{
    FILE_END_OF_FILE_INFO empty{};
    OVERLAPPED begin{};
    DWORD written = 0;
    // It helps to find the holder, and no more: on a full disk it is left out.
    if (SetFileInformationByHandle(lockedFile(m_handle), FileEndOfFileInfo, &empty, sizeof empty)
        && !WriteFile(lockedFile(m_handle), text.data(), static_cast<DWORD>(text.size()), &written, &begin))
        SetFileInformationByHandle(lockedFile(m_handle), FileEndOfFileInfo, &empty, sizeof empty);
}

} // namespace visgate::platform
