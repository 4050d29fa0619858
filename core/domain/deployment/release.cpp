// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/domain/deployment/release.h"

#include <QCoreApplication>
#include <QHash>
#include <QMap>

#include <algorithm>

namespace visgate {

using namespace Qt::Literals::StringLiterals;

namespace {

QString inUsersWords(const char* text)
{
    return QCoreApplication::translate("Releases", text);
}

/// What people call a setting; fields of the environment keep their own name.
QString nameOf(const QString& field)
{
    static const QHash<QString, const char*> names{
        {u"image"_s, QT_TRANSLATE_NOOP("Releases", "Worker image")},
        {u"args"_s, QT_TRANSLATE_NOOP("Releases", "Arguments of the worker")},
        {u"disk"_s, QT_TRANSLATE_NOOP("Releases", "Worker disk (GB)")},
        {u"ports"_s, QT_TRANSLATE_NOOP("Releases", "Ports")},
        {u"registry"_s, QT_TRANSLATE_NOOP("Releases", "Registry login")},
        {u"gpu.pools"_s, QT_TRANSLATE_NOOP("Releases", "GPUs")},
        {u"gpu.excludedTypes"_s, QT_TRANSLATE_NOOP("Releases", "Excluded GPUs")},
        {u"gpu.count"_s, QT_TRANSLATE_NOOP("Releases", "GPUs a worker")},
        {u"gpu.minCudaVersion"_s, QT_TRANSLATE_NOOP("Releases", "Lowest CUDA version")},
        {u"gpu.allowedCudaVersions"_s, QT_TRANSLATE_NOOP("Releases", "CUDA versions")},
        {u"dataCenterIds"_s, QT_TRANSLATE_NOOP("Releases", "Data centers")},
        {u"networkVolumes"_s, QT_TRANSLATE_NOOP("Releases", "Volumes")},
        {u"timeout"_s, QT_TRANSLATE_NOOP("Releases", "Execution limit (ms)")},
        {u"flashboot"_s, QT_TRANSLATE_NOOP("Releases", "FlashBoot")},
        {u"workers.min"_s, QT_TRANSLATE_NOOP("Releases", "Fewest workers")},
        {u"workers.max"_s, QT_TRANSLATE_NOOP("Releases", "Most workers")},
        {u"workers.idleTimeout"_s, QT_TRANSLATE_NOOP("Releases", "Idle time-out (s)")},
    };
    if (const auto known = names.constFind(field); known != names.constEnd())
        return inUsersWords(*known);
    return field.startsWith("env."_L1) ? field.mid(4) : field;
}

} // namespace

bool ReleaseHistory::has(int version) const
{
    return std::any_of(
        releases.cbegin(), releases.cend(), [version](const Release& release) { return release.version == version; });
}

QList<ReleaseChange> changesBetween(const ReleaseHistory& history, int from, int to)
{
    const int older = std::min(from, to);
    const int newer = std::max(from, to);
    QList<Release> steps = history.releases;
    std::sort(steps.begin(), steps.end(), [](const Release& a, const Release& b) { return a.version < b.version; });
    QMap<QString, ReleaseChange> byField;
    for (const Release& step : std::as_const(steps)) {
        if (step.version <= older || step.version > newer)
            continue;
        for (const ReleaseChange& change : step.changes) {
            if (const auto known = byField.find(change.field); known != byField.end())
                known->after = change.after;
            else
                byField.insert(change.field, change);
        }
    }
    QList<ReleaseChange> changes;
    for (ReleaseChange& change : byField) {
        if (change.before == change.after)
            continue;
        if (from > to)
            std::swap(change.before, change.after);
        changes.append(change);
    }
    return changes;
}

QStringList inWords(const QList<ReleaseChange>& changes)
{
    QStringList words;
    for (const ReleaseChange& change : changes) {
        const QString name = nameOf(change.field);
        if (change.before.isEmpty())
            words.append(inUsersWords(QT_TRANSLATE_NOOP("Releases", "%1 set to %2")).arg(name, change.after));
        else if (change.after.isEmpty())
            words.append(
                inUsersWords(QT_TRANSLATE_NOOP("Releases", "%1 removed (it was %2)")).arg(name, change.before));
        else
            words.append(inUsersWords(QT_TRANSLATE_NOOP("Releases", "%1 changed from %2 to %3"))
                             .arg(name, change.before, change.after));
    }
    return words;
}

} // namespace visgate
