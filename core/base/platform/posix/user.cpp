// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/platform/user.h"

#include <QFile>
#include <QFileInfo>

#include <cerrno>
#include <sys/stat.h>
#include <unistd.h>

namespace visgate::platform {

QString userTag()
{
    return QString::number(::getuid());
}

bool isOwnedByUser(const QString& path)
{
    return QFileInfo(path).ownerId() == ::getuid();
}

Place placeAt(const QString& path)
{
    struct stat info { };
    if (::lstat(QFile::encodeName(path).constData(), &info) != 0)
        return errno == ENOENT ? Place::Free : Place::Foreign;
    return S_ISDIR(info.st_mode) && info.st_uid == ::getuid() ? Place::OurFolder : Place::Foreign;
}

bool mayWriteIn(const QString& folder)
{
    return ::access(QFile::encodeName(folder).constData(), W_OK | X_OK) == 0;
}

bool isOpenToOthers(const QString& path)
{
    struct stat info { };
    return ::stat(QFile::encodeName(path).constData(), &info) != 0 || (info.st_mode & (S_IRWXG | S_IRWXO)) != 0;
}

void keepNewFilesPrivate()
{
    ::umask(S_IRWXG | S_IRWXO);
}

} // namespace visgate::platform
