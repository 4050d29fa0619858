// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDir>
#include <QFile>
#include <QList>
#include <QProcess>
#include <QString>

namespace visgate::test {

/// The processes that run that program with that in their environment ("NAME=value"), so that another test's are not
/// counted; those that lie dead and unburied are none. Linux only.
/// The first is the one that was started without arguments: the program itself, and not its helpers.
inline QList<qint64> processesOf(const QString& program, const QString& environment)
{
    QList<qint64> found;
    const QStringList entries = QDir(QStringLiteral("/proc")).entryList(QDir::Dirs | QDir::NoDotAndDotDot);
    for (const QString& entry : entries) {
        bool isNumber = false;
        const qint64 pid = entry.toLongLong(&isNumber);
        const auto read = [&entry](const char* name) {
            QFile file(QStringLiteral("/proc/%1/%2").arg(entry, QString::fromLatin1(name)));
            return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
        };
        if (!isNumber || !read("cmdline").startsWith(program.toUtf8()))
            continue;
        const QByteArray status = read("stat");
        const bool isDead = status.mid(status.lastIndexOf(')') + 2).startsWith('Z');
        if (isDead || !read("environ").contains(environment.toUtf8()))
            continue;
        const bool isItself = read("cmdline") == program.toUtf8() + '\0';
        found.insert(isItself ? 0 : found.size(), pid);
    }
    return found;
}

/// As the system does when memory is short, or a user who has had enough: without a word. False if it could not be.
inline bool endWithoutAWord(qint64 process)
{
    return QProcess::execute(QStringLiteral("kill"), {QStringLiteral("-9"), QString::number(process)}) == 0;
}

} // namespace visgate::test
