// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/paths.h"

#include "core/base/platform/user.h"

#include <QCryptographicHash>
#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QProcessEnvironment>
#include <QStandardPaths>

namespace visgate {

using namespace Qt::Literals::StringLiterals;

namespace {

QString fromEnvironmentOr(const char* name, const QString& fallback)
{
    const QString value = qEnvironmentVariable(name);
    return value.isEmpty() ? fallback : QDir(value).absolutePath();
}

QString runtimeFolder()
{
    const QString given = qEnvironmentVariable("XDG_RUNTIME_DIR");
    if (!given.isEmpty() && QFileInfo(given).isDir())
        return QDir(given).absoluteFilePath(u"visgate"_s);
    return QDir::temp().absoluteFilePath(u"visgate-%1"_s.arg(platform::userTag()));
}

} // namespace

Paths Paths::fromEnvironment()
{
    const QString data = QStandardPaths::writableLocation(QStandardPaths::GenericDataLocation) + "/visgate"_L1;
    const QString cache = QStandardPaths::writableLocation(QStandardPaths::GenericCacheLocation) + "/visgate"_L1;
    return {
        fromEnvironmentOr("VISGATE_DATA_DIR", data), fromEnvironmentOr("VISGATE_CACHE_DIR", cache), runtimeFolder()};
}

Result<void> makePrivateFolder(const QString& path)
{
    if (!QDir().mkpath(path))
        return fail(ErrorCode::FileUnwritable, path.toStdString());
    if (!platform::isOwnedByUser(path))
        return fail(ErrorCode::FileUnwritable, path.toStdString() + " belongs to another user");
    if (!QFile::setPermissions(path, QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner))
        return fail(ErrorCode::FileUnwritable, path.toStdString());
    return {};
}

Result<void> Paths::create() const
{
    for (const QString& folder : {data, cache, runtime, logs(), pictures()}) {
        if (auto made = makePrivateFolder(folder); !made)
            return made;
    }
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
    const QByteArray tag = QCryptographicHash::hash(data.toUtf8(), QCryptographicHash::Sha256).toHex().left(12);
    return runtime + "/owner-"_L1 + QString::fromLatin1(tag) + ".sock"_L1;
}

} // namespace visgate
