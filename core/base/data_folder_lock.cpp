// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/data_folder_lock.h"

#include "core/base/path.h"
#include "core/base/paths.h"

#include <QCoreApplication>
#include <QFile>

#include <utility>

namespace visgate {

DataFolderLock::DataFolderLock(platform::FileLock lock) : m_lock(std::move(lock)) { }

Result<DataFolderLock> DataFolderLock::take(const Paths& paths)
{
    auto lock = platform::FileLock::take(toPath(paths.lock()));
    if (!lock)
        return fail(std::move(lock.error()));
    lock->note(paths.socket().toStdString() + '\n' + std::to_string(QCoreApplication::applicationPid()));
    return DataFolderLock(std::move(*lock));
}

QString DataFolderLock::socketOfHolder(const Paths& paths)
{
    constexpr qint64 longest = 4096;
    QFile file(paths.lock());
    const QString noted = file.open(QIODevice::ReadOnly) ? QString::fromUtf8(file.read(longest)) : QString();
    const QString socket = noted.section(u'\n', 0, 0);
    return socket.isEmpty() ? paths.socket() : socket;
}

} // namespace visgate
