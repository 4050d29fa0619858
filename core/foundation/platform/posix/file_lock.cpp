// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/foundation/platform/file_lock.h"

#include "core/foundation/file_error.h"

#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>
#include <utility>

namespace visgate::platform {

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
    if (m_handle != kNone)
        ::close(static_cast<int>(std::exchange(m_handle, kNone)));
}

Result<FileLock> FileLock::take(const std::filesystem::path& path)
{
    // Close-on-exec: a child must not keep the file locked after we are gone.
    const int file = ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, S_IRUSR | S_IWUSR);
    if (file < 0)
        return fail(fileError(ErrorCode::FileUnwritable, path, std::strerror(errno)));
    FileLock lock(file);
    // Not in POSIX, but in every system of its family: POSIX's own locks fall with any descriptor of the file.
    if (::flock(file, LOCK_EX | LOCK_NB) != 0) {
        if (errno == EWOULDBLOCK)
            return fail(ErrorCode::Conflict, toUtf8(path));
        return fail(fileError(ErrorCode::FileUnwritable, path, std::strerror(errno)));
    }
    return lock;
}

void FileLock::note(std::string_view text) const
{
    const int file = static_cast<int>(m_handle);
    // It helps to find the holder, and no more: on a full disk it is left out.
    if (::ftruncate(file, 0) == 0 && ::pwrite(file, text.data(), text.size(), 0) < 0) [[maybe_unused]]
        const int emptied = ::ftruncate(file, 0);
}

} // namespace visgate::platform
