// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/chaos/host_runs.h"

#include <QCoreApplication>
#include <QJsonArray>
#include <QJsonDocument>
#include <QMap>
#include <QProcess>

#include <algorithm>
#include <csignal>

namespace visgate::test {

using namespace Qt::Literals::StringLiterals;

namespace {

constexpr int kLongestLifeMs = 1'200'000;

/// "accepted dep_…" and so on, one a line.
void readLines(const QByteArray& text, Ending& ending)
{
    const QStringList lines = QString::fromUtf8(text).split(u'\n', Qt::SkipEmptyParts);
    for (const QString& line : lines) {
        const QString value = line.section(u' ', 1);
        if (line.startsWith("accepted "_L1))
            ending.accepted.append(value);
        else if (line.startsWith("found "_L1))
            ending.found.append(value);
        else if (line.startsWith("state "_L1))
            ending.states.append(value);
    }
}

} // namespace

Ending runHost(const PracticeProcess& practice, const HostRun& run)
{
    QJsonObject address = practice.addresses();
    address[u"key"_s] = run.key;
    QProcess process;
    process.setProcessChannelMode(QProcess::ForwardedErrorChannel);
    process.start(QCoreApplication::applicationDirPath() + "/engine_host"_L1,
        QStringList{u"--data"_s, run.folder, u"--practice"_s,
            QString::fromUtf8(QJsonDocument(address).toJson(QJsonDocument::Compact))}
            + run.arguments);
    if (run.killAfter && !process.waitForFinished(static_cast<int>(run.killAfter->count())))
        process.kill();
    Ending ending;
    if (!process.waitForFinished(kLongestLifeMs)) {
        process.kill();
        process.waitForFinished();
        ending.exitCode = -1;
        return ending;
    }
    ending.wasKilled = process.exitStatus() == QProcess::CrashExit && process.exitCode() == SIGKILL;
    ending.exitCode = process.exitCode();
    readLines(process.readAllStandardOutput(), ending);
    return ending;
}

int mostOfOneName(const PracticeProcess& practice)
{
    QMap<QString, int> names;
    const QJsonArray endpoints = practice.state()["endpoints"_L1].toArray();
    for (const QJsonValue& endpoint : endpoints)
        ++names[endpoint["name"_L1].toString()];
    return names.isEmpty() ? 0 : *std::max_element(names.cbegin(), names.cend());
}

} // namespace visgate::test
