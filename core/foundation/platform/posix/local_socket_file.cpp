// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/foundation/platform/local_socket_file.h"

#include "core/foundation/file_error.h"

#include <cerrno>
#include <cstring>
#include <sys/stat.h>
#include <unistd.h>

namespace visgate::platform {

Result<FileIdentity> restrictToOwner(const std::string& path)
{
    struct stat info { };
    if (chmod(path.c_str(), S_IRUSR | S_IWUSR) != 0 || lstat(path.c_str(), &info) != 0)
        return fail(fileError(ErrorCode::FileUnwritable, path, std::strerror(errno)));
    return FileIdentity{info.st_dev, info.st_ino};
}

void removeIfSame(const std::string& path, const FileIdentity& identity)
{
    struct stat info { };
    if (lstat(path.c_str(), &info) == 0 && info.st_dev == identity.device && info.st_ino == identity.inode)
        unlink(path.c_str());
}

bool removeStaleSocket(const std::string& path)
{
    struct stat info { };
    return lstat(path.c_str(), &info) == 0 && S_ISSOCK(info.st_mode) && unlink(path.c_str()) == 0;
}

} // namespace visgate::platform
