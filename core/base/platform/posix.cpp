// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/platform/file_lock.h"
#include "core/base/platform/user.h"

#include <QFile>
#include <QFileInfo>

#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>
#include <utility>

namespace visgate::platform {

QString userTag()
{
    return QString::number(::getuid());
}

bool isOwnedByUser(const QString& path)
{
    return QFileInfo(path).ownerId() == ::getuid();
}

FileLock::~FileLock()
{
    release();
}

FileLock::FileLock(FileLock&& other) noexcept : m_handle(std::exchange(other.m_handle, -1)) { }

FileLock& FileLock::operator=(FileLock&& other) noexcept
{
    if (this != &other) {
        release();
        m_handle = std::exchange(other.m_handle, -1);
    }
    return *this;
}

void FileLock::release()
{
    if (m_handle >= 0)
        ::close(static_cast<int>(std::exchange(m_handle, -1)));
}

Result<FileLock> FileLock::take(const QString& path)
{
    const QByteArray name = QFile::encodeName(path);
    // Close-on-exec: a child must not keep the folder locked after we are gone.
    const int file = ::open(name.constData(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (file < 0)
        return fail(ErrorCode::FileUnwritable, name.toStdString() + ": " + std::strerror(errno));
    FileLock lock;
    lock.m_handle = file;
    if (::flock(file, LOCK_EX | LOCK_NB) != 0) {
        if (errno == EWOULDBLOCK)
            return fail(ErrorCode::Conflict, name.toStdString());
        return fail(ErrorCode::FileUnwritable, name.toStdString() + ": " + std::strerror(errno));
    }
    return lock;
}

} // namespace visgate::platform
