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
        else if (line.startsWith("volumes "_L1))
            ending.volumesUsd = value.toDouble();
        else if (line.startsWith("volume "_L1))
            ending.volumes.append(value);
        else if (line.startsWith("shown "_L1))
            ending.shown.append(QJsonDocument::fromJson(value.toUtf8()).object());
        else if (line.startsWith("asked "_L1))
            ending.wishes.remove(value.section(u' ', 0, 0));
        else if (line.startsWith("kept "_L1))
            ending.wishes.insert(value.section(u' ', 0, 0), value.section(u' ', 1));
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

QStringList untruths(const PracticeProcess& practice, const Ending& settled, const QMap<QString, QString>& wishes)
{
    QStringList found;
    const QJsonArray endpoints = practice.state()["endpoints"_L1].toArray();
    for (const QJsonObject& shown : settled.shown) {
        const auto real = std::find_if(endpoints.begin(), endpoints.end(),
            [&shown](const QJsonValue& endpoint) { return endpoint["id"_L1] == shown["endpoint"_L1]; });
        const QString status = shown["status"_L1].toString();
        const QString said = QString::fromUtf8(QJsonDocument(shown).toJson(QJsonDocument::Compact));
        if (!shown["unconfirmed"_L1].toString().isEmpty())
            found.append(u"a wish is open for ever: "_s + said);
        if (real == endpoints.end()) {
            if (status == "ready"_L1 || status == "paused"_L1)
                found.append(u"no such endpoint: "_s + said);
            continue;
        }
        const QJsonObject workers = (*real)["workers"_L1].toObject();
        const int least = workers["min"_L1].toInt();
        const int most = workers["max"_L1].toInt();
        const bool isShared
            = std::count_if(settled.shown.begin(), settled.shown.end(),
                  [&shown](const QJsonObject& other) {
                      return other["endpoint"_L1] == shown["endpoint"_L1] && other["status"_L1] == "ready"_L1;
                  })
            > 0;
        if (status == "paused"_L1 && most > 0 && !isShared)
            found.append(u"shown asleep, and awake: "_s + said);
        if (status == "ready"_L1 && most != shown.value("max"_L1).toInt())
            found.append(u"other limits than shown (%1): "_s.arg(most) + said);
        if (shown.value("warm"_L1).toBool() && shown.value("pool"_L1) == "always_on"_L1 && least < 1)
            found.append(u"shown always on, and not so: "_s + said);
        if (!shown.value("warm"_L1).toBool() && least > 0)
            found.append(u"kept on day and night, and not shown: "_s + said);
    }
    if (settled.shown.size() == 1) {
        const QJsonObject& only = settled.shown.constFirst();
        const QString run = wishes.value(u"run"_s);
        const QString pool = wishes.value(u"pool"_s);
        if ((run == "no"_L1 && only["status"_L1] != "paused"_L1)
            || (run == "yes"_L1 && only["status"_L1] != "ready"_L1))
            found.append(u"not as it was wanted (run %1)"_s.arg(run));
        if (pool == "always"_L1 && run != "no"_L1 && !only["warm"_L1].toBool())
            found.append(u"not always on, although that was kept"_s);
        if (pool == "off"_L1 && only["pool"_L1] != "on_demand"_L1)
            found.append(u"still kept warm, although that was ended"_s);
        if (wishes.contains(u"max"_s) && only["max"_L1].toInt() != wishes.value(u"max"_s).toInt())
            found.append(u"other limits than were kept"_s);
    }
    return found;
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
