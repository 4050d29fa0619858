// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/catalog/video_rules.h"

#include <QFile>
#include <QHash>
#include <QJsonDocument>
#include <QJsonObject>

/// See model_registry.cpp.
static void initRulesResource()
{
    Q_INIT_RESOURCE(registry);
}

namespace visgate::hub {

using namespace Qt::Literals::StringLiterals;

namespace {

using RuleTable = QHash<QString, VideoRule>;

RuleTable readRules()
{
    initRulesResource();
    QFile file(u":/visgate/registry/pipeline_calls.json"_s);
    if (!file.open(QIODevice::ReadOnly))
        return {};
    const QJsonObject rows = QJsonDocument::fromJson(file.readAll()).object();
    RuleTable table;
    for (auto row = rows.begin(); row != rows.end(); ++row) {
        const QJsonObject frames = row.value()["frames"_L1].toObject();
        if (!frames.isEmpty())
            table.insert(
                row.key(), {{frames["step"_L1].toInt(1), frames["offset"_L1].toInt()}, row.value()["fps"_L1].toInt()});
    }
    return table;
}

} // namespace

std::optional<VideoRule> videoRule(const QString& className)
{
    static const RuleTable table = readRules();
    const auto found = table.constFind(className);
    return found == table.constEnd() ? std::nullopt : std::optional(*found);
}

} // namespace visgate::hub
