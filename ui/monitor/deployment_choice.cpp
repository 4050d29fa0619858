// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/monitor/deployment_choice.h"

#include "ui/common/format.h"
#include "ui/common/language.h"
#include "ui/item_models/deployment_items.h"
#include "ui/item_models/model_items.h"

#include <QAbstractItemView>
#include <QSignalBlocker>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace visgate::ui {
namespace {

QString keyOf(const DeploymentId& id)
{
    return QString::fromStdString(id.value());
}

} // namespace

DeploymentChoice::DeploymentChoice(
    const UiContext& context, const DeploymentItems& deployments, const ModelItems& models, QWidget* parent)
    : QComboBox(parent), m_context(context), m_deployments(deployments), m_models(models)
{
    setObjectName(u"monitorWho"_s);
    setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    setMinimumContentsLength(12);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    connect(&deployments, &DeploymentItems::loaded, this, &DeploymentChoice::refresh);
    connect(&deployments, &DeploymentItems::rowsInserted, this, &DeploymentChoice::refresh);
    connect(&deployments, &DeploymentItems::rowsRemoved, this, &DeploymentChoice::refresh);
    connect(&models, &ModelItems::modelReset, this, &DeploymentChoice::refresh);
    refresh();
}

DeploymentId DeploymentChoice::chosen() const
{
    return DeploymentId(currentData().toString().toStdString());
}

void DeploymentChoice::choose(const DeploymentId& id)
{
    const QSignalBlocker quiet(this);
    setCurrentIndex(std::max(0, findData(keyOf(id))));
}

QList<DeploymentChoice::Entry> DeploymentChoice::entries() const
{
    QList<Entry> result;
    for (int row = 0; row < m_deployments.rowCount(); ++row) {
        const Deployment& deployment = m_deployments.at(row);
        result.append({deployment.id, m_models.titleOf(deployment.modelId), deployment.createdAt});
    }
    for (const Entry& known : m_known) {
        const bool isListed
            = std::any_of(result.cbegin(), result.cend(), [&](const Entry& entry) { return entry.id == known.id; });
        if (!isListed)
            result.append({known.id, tr("%1 (removed)").arg(m_models.titleOf(known.title)), known.since});
    }
    return result;
}

void DeploymentChoice::addKnown(const QList<DeploymentMetrics>& metrics)
{
    for (const DeploymentMetrics& of : metrics) {
        const bool isKnown
            = std::any_of(m_known.cbegin(), m_known.cend(), [&](const Entry& entry) { return entry.id == of.id; });
        if (!isKnown)
            m_known.append({of.id, of.modelId, of.stages.isEmpty() ? TimePoint() : of.stages.first().from});
    }
    refresh();
}

void DeploymentChoice::refresh()
{
    const Format& format = m_context.language.format();
    const QList<Entry> all = entries();
    QStringList keys{QString()};
    QStringList texts{tr("All deployments")};
    for (const Entry& entry : all) {
        const auto same
            = std::count_if(all.cbegin(), all.cend(), [&](const Entry& other) { return other.title == entry.title; });
        keys << keyOf(entry.id);
        // Two of one model are told apart by when they were made.
        texts << (same > 1 && entry.since != TimePoint()
                ? u"%1 – %2"_s.arg(entry.title, format.dateAndTime(entry.since))
                : entry.title);
    }
    setAccessibleName(tr("Deployment"));
    QStringList before;
    for (int row = 0; row < count(); ++row)
        before << itemText(row) + u'\n' + itemData(row).toString();
    QStringList now;
    for (qsizetype row = 0; row < keys.size(); ++row)
        now << texts.at(row) + u'\n' + keys.at(row);
    if (before == now)
        return; // whoever has the list open goes on reading
    const QString key = currentData().toString();
    const QSignalBlocker quiet(this);
    clear();
    for (qsizetype row = 0; row < keys.size(); ++row)
        addItem(texts.at(row), keys.at(row));
    setCurrentIndex(std::max(0, findData(key)));
}

} // namespace visgate::ui
