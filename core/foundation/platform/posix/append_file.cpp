// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/foundation/platform/append_file.h"

#include "core/foundation/platform/posix/descriptor.h"

#include <cerrno>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>
#include <utility>

namespace visgate::platform {
AppendFile::AppendFile(std::filesystem::path path, Handle handle, std::uint64_t size)
    : m_path(std::move(path)), m_handle(handle), m_size(size)
{
}

AppendFile::~AppendFile()
{
    if (m_handle >= 0)
        close(descriptorOf(m_handle));
}

AppendFile::AppendFile(AppendFile&& other) noexcept
    : m_path(std::move(other.m_path)), m_handle(std::exchange(other.m_handle, -1)), m_size(other.m_size)
{
}

Result<AppendFile> AppendFile::open(const std::filesystem::path& path)
{
    const int handle = ::open(path.c_str(), O_RDWR | O_APPEND | O_CREAT | O_CLOEXEC | O_NOFOLLOW, S_IRUSR | S_IWUSR);
    if (handle < 0)
        return failWith(ErrorCode::FileUnwritable, path, errno);
    struct stat info { };
    if (fstat(handle, &info) != 0 || !S_ISREG(info.st_mode)) {
        close(handle);
        return fail(fileError(ErrorCode::FileUnwritable, path, "not a file"));
    }
    return AppendFile(path, handle, static_cast<std::uint64_t>(info.st_size));
}

Result<void> AppendFile::append(std::string_view bytes)
{
    std::string_view rest = bytes;
    while (!rest.empty()) {
        const ssize_t written = write(descriptorOf(m_handle), rest.data(), rest.size());
        if (written < 0 && errno == EINTR)
            continue;
        if (written <= 0) {
            const int error = written < 0 ? errno : EIO;
            if (rest.size() < bytes.size())
                static_cast<void>(truncate(m_size)); // takes back the part that fitted
            return failWith(ErrorCode::FileUnwritable, m_path, error);
        }
        rest.remove_prefix(static_cast<std::size_t>(written));
    }
    m_size += bytes.size();
    return {};
}

Result<void> AppendFile::truncate(std::uint64_t size)
{
    if (ftruncate(descriptorOf(m_handle), static_cast<off_t>(size)) != 0)
        return failWith(ErrorCode::FileUnwritable, m_path, errno);
    m_size = size;
    return {};
}

Result<std::string> AppendFile::read(std::uint64_t offset, std::size_t length) const
{
    std::string out(length, '\0');
    std::size_t got = 0;
    while (got < length) {
        const ssize_t part
            = pread(descriptorOf(m_handle), out.data() + got, length - got, static_cast<off_t>(offset + got));
        if (part < 0 && errno == EINTR)
            continue;
        if (part < 0)
            return failWith(ErrorCode::FileUnreadable, m_path, errno);
        if (part == 0)
            break;
        got += static_cast<std::size_t>(part);
    }
    out.resize(got);
    return out;
}

Result<void> AppendFile::sync() const
{
    if (fsync(descriptorOf(m_handle)) != 0)
        return failWith(ErrorCode::FileUnwritable, m_path, errno);
    return {};
}

} // namespace visgate::platform
