// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/picture_engine/engine_folder.h"

#include "core/base/paths.h"

#include <QDir>
#include <QDirIterator>
#include <QFile>
#include <QFileInfo>
#include <QJsonDocument>
#include <QJsonObject>
#include <QSaveFile>
#include <QStorageInfo>

namespace visgate {

using namespace Qt::Literals::StringLiterals;

namespace {

#ifdef Q_OS_WIN
constexpr auto kPython = "Scripts/python.exe"_L1;
#else
constexpr auto kPython = "bin/python3"_L1;
#endif
constexpr qint64 kMostRecordBytes = 64 * 1024;

} // namespace

EngineFolder::EngineFolder(const QString& dataFolder) : m_path(QDir(dataFolder).filePath(u"picture-engine"_s)) { }

QString EngineFolder::environment() const
{
    return m_path + "/python"_L1;
}

QString EngineFolder::python() const
{
    return environment() + u'/' + kPython;
}

QString EngineFolder::scratch() const
{
    return m_path + "/scratch"_L1;
}

QString EngineFolder::requirements() const
{
    return m_path + "/requirements.txt"_L1;
}

qint64 EngineFolder::freeBytes() const
{
    QDir folder(m_path);
    while (!folder.exists() && folder.cdUp()) { }
    return QStorageInfo(folder).bytesAvailable();
}

qint64 EngineFolder::scratchBytes() const
{
    qint64 bytes = 0;
    QDirIterator files(scratch(), QDir::Files | QDir::Hidden, QDirIterator::Subdirectories);
    while (files.hasNext()) {
        files.next();
        bytes += files.fileInfo().size();
    }
    return bytes;
}

EngineRecord EngineFolder::record() const
{
    QFile file(m_path + "/installed.json"_L1);
    if (!file.open(QIODevice::ReadOnly))
        return {};
    const QJsonObject object = QJsonDocument::fromJson(file.read(kMostRecordBytes)).object();
    EngineRecord record;
    record.fingerprint = object["fingerprint"_L1].toString();
    record.batches = object["batches"_L1].toInt();
    record.isWhole = object["whole"_L1].toBool() && QFileInfo::exists(python());
    record.version = object["version"_L1].toString();
    record.device = object["device"_L1].toString();
    return record;
}

Result<void> EngineFolder::setRecord(const EngineRecord& record) const
{
    QSaveFile file(m_path + "/installed.json"_L1);
    const QJsonObject object{{u"fingerprint"_s, record.fingerprint}, {u"batches"_s, record.batches},
        {u"whole"_s, record.isWhole}, {u"version"_s, record.version}, {u"device"_s, record.device}};
    if (!file.open(QIODevice::WriteOnly) || file.write(QJsonDocument(object).toJson()) < 0 || !file.commit())
        return fail(Error{ErrorCode::FileUnwritable, file.fileName().toStdString(), 0, {}, {}});
    return {};
}

Result<void> EngineFolder::make() const
{
    if (auto made = makePrivateFolder(m_path); !made)
        return made;
    return makePrivateFolder(scratch());
}

std::optional<QString> pictureEnginePython(const QString& dataFolder)
{
    const EngineFolder folder(dataFolder);
    return folder.record().isWhole ? std::optional(folder.python()) : std::nullopt;
}

} // namespace visgate
