// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/foundation/file_error.h"
#include "core/practice/platform/file.h"

#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

namespace visgate::practice::platform {

namespace {

tl::unexpected<Error> refused(const std::string& path)
{
    return fail(fileError(ErrorCode::FileUnwritable, path, std::strerror(errno)));
}

} // namespace

Result<int> openForAppend(const std::string& path, std::size_t keepBytes)
{
    const int descriptor = ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC | O_APPEND, 0600);
    if (descriptor < 0)
        return refused(path);
    if (::ftruncate(descriptor, static_cast<off_t>(keepBytes)) != 0) {
        ::close(descriptor);
        return refused(path);
    }
    return descriptor;
}

bool writeAll(int descriptor, std::string_view bytes)
{
    while (!bytes.empty()) {
        const ssize_t written = ::write(descriptor, bytes.data(), bytes.size());
        if (written < 0 && errno == EINTR)
            continue;
        if (written <= 0)
            return false;
        bytes.remove_prefix(static_cast<std::size_t>(written));
    }
    return true;
}

void closeFile(int descriptor)
{
    if (descriptor >= 0)
        ::close(descriptor);
}

std::string readFile(const std::string& path)
{
    std::ifstream in(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
}

Result<void> replaceFile(const std::string& path, std::string_view bytes)
{
    const std::string beside = path + ".new";
    const int descriptor = ::open(beside.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    if (descriptor < 0)
        return refused(beside);
    const bool written = writeAll(descriptor, bytes);
    ::close(descriptor);
    if (!written || ::rename(beside.c_str(), path.c_str()) != 0)
        return refused(path);
    return {};
}

Result<void> makePrivateFolder(const std::string& path)
{
    std::error_code error;
    std::filesystem::create_directories(path, error);
    if (error)
        return fail(fileError(ErrorCode::FileUnwritable, path, error.message()));
    if (::chmod(path.c_str(), 0700) != 0)
        return refused(path);
    return {};
}

Result<int> lockFile(const std::string& path)
{
    const int descriptor = ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (descriptor < 0)
        return refused(path);
    if (::flock(descriptor, LOCK_EX | LOCK_NB) != 0) {
        const bool taken = errno == EWOULDBLOCK;
        const auto error = refused(path);
        ::close(descriptor);
        if (taken)
            return fail(fileError(ErrorCode::AlreadyServed, path.substr(0, path.rfind('/'))));
        return error;
    }
    return descriptor;
}

} // namespace visgate::practice::platform
