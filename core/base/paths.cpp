// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/paths.h"

#include "core/base/platform/user.h"
#include "core/foundation/file_error.h"

#include <QCryptographicHash>
#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QProcessEnvironment>
#include <QStandardPaths>
#include <QStringList>

#include <utility>

namespace visgate {

using namespace Qt::Literals::StringLiterals;

namespace {

QString fromEnvironmentOr(const char* name, const QString& fallback)
{
    const QString value = qEnvironmentVariable(name);
    return value.isEmpty() ? fallback : QDir(value).absolutePath();
}

/// The owner's socket, in `folder`.
QString socketIn(const QString& folder, const QString& data)
{
    const QByteArray tag = QCryptographicHash::hash(data.toUtf8(), QCryptographicHash::Sha256).toHex().left(12);
    return folder + "/owner-"_L1 + QString::fromLatin1(tag) + ".sock"_L1;
}

/// Whether our own private folder is, or can be made, there, and a socket's path in it is not too long.
bool isUsable(const QString& folder, const QString& data)
{
    constexpr qsizetype longestSocketPath = 103; // of all systems' the shortest
    if (QFile::encodeName(socketIn(folder, data)).size() > longestSocketPath)
        return false;
    switch (platform::placeAt(folder)) {
    case platform::Place::OurFolder:
        return platform::mayWriteIn(folder);
    case platform::Place::Free:
        return platform::mayWriteIn(QFileInfo(folder).absolutePath());
    case platform::Place::Foreign:
        break;
    }
    return false;
}

/// The first that can be used: what others have put into a shared folder is neither used nor in the way.
QString runtimeFolder(const QString& data)
{
    const QString name = u"visgate-%1"_s.arg(platform::userTag());
    QStringList folders;
    if (const QString given = qEnvironmentVariable("XDG_RUNTIME_DIR"); !given.isEmpty())
        folders.append(QDir(given).absoluteFilePath(u"visgate"_s));
    folders += {QDir::temp().absoluteFilePath(name), u"/tmp/"_s + name, data + "/run"_L1};
    for (const QString& folder : std::as_const(folders)) {
        if (isUsable(folder, data))
            return folder;
    }
    return folders.constLast(); // making it says what is wrong
}

} // namespace

Paths Paths::fromEnvironment()
{
    const QString data = QStandardPaths::writableLocation(QStandardPaths::GenericDataLocation) + "/visgate"_L1;
    const QString cache = QStandardPaths::writableLocation(QStandardPaths::GenericCacheLocation) + "/visgate"_L1;
    const QString chosen = fromEnvironmentOr("VISGATE_DATA_DIR", data);
    return {chosen, fromEnvironmentOr("VISGATE_CACHE_DIR", cache), runtimeFolder(chosen)};
}

Result<void> makePrivateFolder(const QString& path)
{
    if (!QDir().mkpath(path))
        return fail(fileError(ErrorCode::FileUnwritable, path.toStdString()));
    if (!platform::isOwnedByUser(path))
        return fail(fileError(ErrorCode::FileUnwritable, path.toStdString(), "belongs to another user"));
    if (!QFile::setPermissions(path, QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner))
        return fail(fileError(ErrorCode::FileUnwritable, path.toStdString()));
    return {};
}

Result<void> Paths::create() const
{
    for (const QString& folder : {data, cache, runtime, logs(), pictures()}) {
        if (auto made = makePrivateFolder(folder); !made)
            return made;
    }
    if (platform::placeAt(runtime) != platform::Place::OurFolder)
        return fail(fileError(ErrorCode::FileUnwritable, runtime.toStdString(), "is not a folder of this user"));
    return {};
}

QString Paths::database() const
{
    return data + "/visgate.db"_L1;
}
QString Paths::settings() const
{
    return data + "/settings.ini"_L1;
}
QString Paths::logs() const
{
    return data + "/logs"_L1;
}
QString Paths::pictures() const
{
    return data + "/pictures"_L1;
}
QString Paths::practice() const
{
    return data + "/practice"_L1;
}
QString Paths::thisComputer() const
{
    return data + "/this-computer"_L1;
}
QString Paths::ownLog() const
{
    return logs() + "/visgate.log"_L1;
}
QString Paths::lock() const
{
    return data + "/owner.lock"_L1;
}

QString Paths::socket() const
{
    return socketIn(runtime, data);
}

} // namespace visgate
