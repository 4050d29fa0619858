// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/small_disk.h"

#include <QDir>
#include <QFile>
#include <QProcess>
#include <QStorageInfo>

#include <gtest/gtest.h>

namespace visgate::test {

using namespace Qt::Literals::StringLiterals;

SmallDisk::SmallDisk(const QString& folder) : m_folder(folder)
{
    QDir().mkpath(folder);
    QProcess mount;
    mount.setStandardErrorFile(QProcess::nullDevice());
    mount.start(u"mount"_s, {u"-t"_s, u"tmpfs"_s, u"-o"_s, u"size=12m,mode=700"_s, u"tmpfs"_s, folder});
    m_isMounted = mount.waitForFinished() && mount.exitStatus() == QProcess::NormalExit && mount.exitCode() == 0;
}

SmallDisk::~SmallDisk()
{
    if (m_isMounted)
        QProcess::execute(u"umount"_s, {u"-l"_s, m_folder});
}

void SmallDisk::fill() const
{
    QFile filler(m_folder + "/filler"_L1);
    ASSERT_TRUE(filler.open(QIODevice::WriteOnly | QIODevice::Append | QIODevice::Unbuffered));
    const QByteArray page(4096, 'x');
    while (filler.write(page) > 0) { }
    ASSERT_EQ(QStorageInfo(m_folder).bytesAvailable(), 0);
}

void SmallDisk::makeRoom() const
{
    QFile::remove(m_folder + "/filler"_L1);
}

} // namespace visgate::test
