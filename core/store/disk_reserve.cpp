// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/disk_reserve.h"

#include <QByteArray>
#include <QDir>
#include <QFile>
#include <QRandomGenerator>
#include <QStorageInfo>

#include <array>

namespace visgate {

using namespace Qt::Literals::StringLiterals;

namespace {

constexpr qint64 kReserveBytes = 128 * 1024;
/// Below, the reserve would take what others need.
constexpr qint64 kPlenty = 8 * 1024 * 1024;
/// SQLite's shared memory and a few pages of its journal.
constexpr qint64 kLeast = 64 * 1024;

} // namespace

DiskReserve::DiskReserve(const QString& folder) : m_folder(folder), m_file(QDir(folder).filePath(u"reserve"_s)) { }

bool DiskReserve::refill() const
{
    if (QFile::exists(m_file))
        return true;
    if (QStorageInfo(m_folder).bytesAvailable() < kPlenty)
        return false;
    // Not zeros: a file system that compresses would keep no room for them.
    std::array<quint32, kReserveBytes / sizeof(quint32)> noise{};
    QRandomGenerator::global()->fillRange(noise.data(), static_cast<qsizetype>(noise.size()));
    QFile file(m_file);
    const auto* const bytes = reinterpret_cast<const char*>(noise.data());
    if (file.open(QIODevice::WriteOnly) && file.write(bytes, kReserveBytes) == kReserveBytes && file.flush())
        return true;
    file.remove();
    return false;
}

bool DiskReserve::release() const
{
    return QFile::remove(m_file);
}

bool DiskReserve::isDiskFull() const
{
    const QStorageInfo storage(m_folder);
    return storage.isValid() && storage.bytesAvailable() < kLeast;
}

} // namespace visgate
