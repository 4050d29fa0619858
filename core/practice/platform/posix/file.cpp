// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/practice/platform/file.h"

#include "core/foundation/file_error.h"

#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace visgate::practice::platform {

namespace {

tl::unexpected<Error> refused(const std::filesystem::path& path)
{
    return fail(fileError(ErrorCode::FileUnwritable, path, std::strerror(errno)));
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

} // namespace

Result<void> replaceFile(const std::filesystem::path& path, std::string_view bytes)
{
    std::filesystem::path beside = path;
    beside += ".new";
    const int descriptor = ::open(beside.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, S_IRUSR | S_IWUSR);
    if (descriptor < 0)
        return refused(beside);
    const bool written = writeAll(descriptor, bytes);
    ::close(descriptor);
    if (!written || ::rename(beside.c_str(), path.c_str()) != 0)
        return refused(path);
    return {};
}

Result<void> makePrivateFolder(const std::filesystem::path& path)
{
    std::error_code error;
    std::filesystem::create_directories(path, error);
    if (error)
        return fail(fileError(ErrorCode::FileUnwritable, path, error.message()));
    if (::chmod(path.c_str(), S_IRWXU) != 0)
        return refused(path);
    return {};
}

} // namespace visgate::practice::platform
