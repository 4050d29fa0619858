// SPDX-License-Identifier: GPL-3.0-or-later
#include "worker/platform/sized_file.h"

#include "core/foundation/platform/posix/descriptor.h"

#include <cerrno>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>
#include <utility>

namespace visgate::worker::platform {

using visgate::platform::descriptorOf;
using visgate::platform::failWith;

SizedFile::~SizedFile()
{
    if (m_handle >= 0) {
        ::close(descriptorOf(m_handle));
    }
}

SizedFile::SizedFile(SizedFile&& other) noexcept
    : m_path(std::move(other.m_path)), m_handle(std::exchange(other.m_handle, -1))
{
}

Result<SizedFile> SizedFile::open(const std::filesystem::path& path, std::uint64_t bytes)
{
    constexpr mode_t readable = S_IRUSR | S_IWUSR | S_IRGRP | S_IROTH;
    const int handle = ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, readable);
    if (handle < 0) {
        return failWith(ErrorCode::FileUnwritable, path, errno);
    }
    SizedFile file(path, handle);
    struct stat info { };
    if (::fstat(handle, &info) != 0 || !S_ISREG(info.st_mode)) {
        return fail(fileError(ErrorCode::FileUnwritable, path, "not a file"));
    }
    if (::ftruncate(handle, static_cast<off_t>(bytes)) != 0) {
        return failWith(ErrorCode::FileUnwritable, path, errno);
    }
    return file;
}

Result<void> SizedFile::write(std::uint64_t offset, std::string_view bytes) const
{
    while (!bytes.empty()) {
        const ssize_t written
            = ::pwrite(descriptorOf(m_handle), bytes.data(), bytes.size(), static_cast<off_t>(offset));
        if (written < 0 && errno == EINTR) {
            continue;
        }
        if (written <= 0) {
            return failWith(ErrorCode::FileUnwritable, m_path, written < 0 ? errno : EIO);
        }
        bytes.remove_prefix(static_cast<std::size_t>(written));
        offset += static_cast<std::uint64_t>(written);
    }
    return {};
}

Result<std::string> SizedFile::read(std::uint64_t offset, std::size_t length) const
{
    std::string bytes(length, '\0');
    std::size_t got = 0;
    while (got < length) {
        const ssize_t part
            = ::pread(descriptorOf(m_handle), bytes.data() + got, length - got, static_cast<off_t>(offset + got));
        if (part < 0 && errno == EINTR) {
            continue;
        }
        if (part < 0) {
            return failWith(ErrorCode::FileUnreadable, m_path, errno);
        }
        if (part == 0) {
            break;
        }
        got += static_cast<std::size_t>(part);
    }
    bytes.resize(got);
    return bytes;
}

Result<void> SizedFile::sync() const
{
    if (::fsync(descriptorOf(m_handle)) != 0) {
        return failWith(ErrorCode::FileUnwritable, m_path, errno);
    }
    return {};
}

} // namespace visgate::worker::platform
