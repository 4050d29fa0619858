// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/platform/file_lock.h"
#include "core/base/platform/user.h"
#include "core/foundation/file_error.h"

#include <QFile>
#include <QFileInfo>

#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <sys/file.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>
#include <utility>

#ifdef __linux__
#include <sys/prctl.h>
#endif

namespace visgate::platform {

using namespace Qt::Literals::StringLiterals;

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

void joinSessionBus()
{
    if (!qEnvironmentVariableIsEmpty("DBUS_SESSION_BUS_ADDRESS"))
        return;
    const QString usual = u"/run/user/%1"_s.arg(::getuid());
    const QString bus = qEnvironmentVariable("XDG_RUNTIME_DIR", usual) + "/bus"_L1;
    struct stat info { };
    if (::lstat(QFile::encodeName(bus).constData(), &info) == 0 && S_ISSOCK(info.st_mode) && info.st_uid == ::getuid())
        qputenv("DBUS_SESSION_BUS_ADDRESS", "unix:path=" + QFile::encodeName(bus));
}

void keepNewFilesPrivate()
{
    ::umask(S_IRWXG | S_IRWXO);
}

void forbidCoreDumps()
{
    const rlimit none{0, 0};
    ::setrlimit(RLIMIT_CORE, &none);
#if defined(__linux__) && !defined(__SANITIZE_ADDRESS__)
    ::prctl(PR_SET_DUMPABLE, 0); // the sanitizer's search for leaks reads its own process
#endif
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
        return fail(fileError(ErrorCode::FileUnwritable, name.toStdString(), std::strerror(errno)));
    FileLock lock;
    lock.m_handle = file;
    if (::flock(file, LOCK_EX | LOCK_NB) != 0) {
        if (errno == EWOULDBLOCK)
            return fail(ErrorCode::Conflict, name.toStdString());
        return fail(fileError(ErrorCode::FileUnwritable, name.toStdString(), std::strerror(errno)));
    }
    return lock;
}

void FileLock::note(const QByteArray& text) const
{
    const int file = static_cast<int>(m_handle);
    // It helps to find the holder, and no more: on a full disk it is left out.
    if (::ftruncate(file, 0) == 0 && ::pwrite(file, text.constData(), static_cast<std::size_t>(text.size()), 0) < 0)
        [[maybe_unused]]
        const int emptied = ::ftruncate(file, 0);
}

} // namespace visgate::platform
