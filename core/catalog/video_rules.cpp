// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/catalog/video_rules.h"

#include "core/catalog/registry_file.h"

#include <QHash>
#include <QJsonDocument>
#include <QJsonObject>

namespace visgate::hub {

using namespace Qt::Literals::StringLiterals;

namespace {

using RuleTable = QHash<QString, VideoRule>;

RuleTable readRules()
{
    const QJsonObject rows = QJsonDocument::fromJson(registryFile(QStringLiteral("pipeline_calls.json"))).object();
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
