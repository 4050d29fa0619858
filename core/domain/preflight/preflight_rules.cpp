// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/domain/preflight/preflight_rules.h"

#include "core/domain/preflight/preflight_lines.h"

#include <QHash>

namespace visgate::preflight {

using namespace Qt::Literals::StringLiterals;

QString title(const QString& id)
{
    static const QHash<QString, const char*> titles{
        {u"connection"_s, QT_TRANSLATE_NOOP("Preflight", "Connection")},
        {u"clock"_s, QT_TRANSLATE_NOOP("Preflight", "Clock")},
        {u"keychain"_s, QT_TRANSLATE_NOOP("Preflight", "Keychain")},
        {u"here"_s, QT_TRANSLATE_NOOP("Preflight", "Picture engine")},
        {u"key"_s, QT_TRANSLATE_NOOP("Preflight", "Account key")},
        {u"billing"_s, QT_TRANSLATE_NOOP("Preflight", "Bills")},
        {u"credit"_s, QT_TRANSLATE_NOOP("Preflight", "Credit")},
        {u"quota"_s, QT_TRANSLATE_NOOP("Preflight", "Worker slots")},
        {u"worker_image"_s, QT_TRANSLATE_NOOP("Preflight", "Worker image")},
        {u"cuda"_s, QT_TRANSLATE_NOOP("Preflight", "Host driver")},
        {u"model"_s, QT_TRANSLATE_NOOP("Preflight", "Model")},
        {u"task"_s, QT_TRANSLATE_NOOP("Preflight", "Task")},
        {u"licence"_s, QT_TRANSLATE_NOOP("Preflight", "Licence")},
        {u"memory"_s, QT_TRANSLATE_NOOP("Preflight", "GPU memory")},
        {u"stock"_s, QT_TRANSLATE_NOOP("Preflight", "Free machines")},
        {u"size"_s, QT_TRANSLATE_NOOP("Preflight", "Size asked for")},
        {u"disk"_s, QT_TRANSLATE_NOOP("Preflight", "Worker disk")},
        {u"start_limit"_s, QT_TRANSLATE_NOOP("Preflight", "Start limit")},
        {u"time_limit"_s, QT_TRANSLATE_NOOP("Preflight", "Time limit")},
        {u"output"_s, QT_TRANSLATE_NOOP("Preflight", "Size of the result")},
    };
    return say(titles.value(id, ""));
}

PreflightReport judge(const PreflightFacts& facts)
{
    PreflightReport report;
    for (const auto rule : {here, connection, keychain, key, money, workerSlots, image, model, licence, memory, size,
             disk, limits, output})
        report.lines.append(rule(facts));
    return report;
}

} // namespace visgate::preflight
