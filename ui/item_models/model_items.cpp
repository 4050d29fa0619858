// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/item_models/model_items.h"

#include "core/catalog/hub_reference.h"
#include "core/domain/model/demo_model.h"

#include <algorithm>

namespace visgate::ui {

int ModelItems::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

QVariant ModelItems::data(const QModelIndex& index, int role) const
{
    if (!index.isValid() || index.row() >= m_rows.size())
        return {};
    const ModelSpec& model = m_rows.at(index.row());
    switch (role) {
    case Qt::DisplayRole:
    case Qt::AccessibleTextRole:
        return model.title;
    case Qt::AccessibleDescriptionRole:
        return model.id;
    case SpecRole:
        return QVariant::fromValue(model);
    default:
        return {};
    }
}

void ModelItems::setPresets(const QList<ModelSpec>& presets)
{
    beginResetModel();
    m_rows = presets;
    m_presetCount = presets.size();
    endResetModel();
}

void ModelItems::setFound(const QList<ModelSpec>& found)
{
    const auto count = static_cast<int>(m_rows.size());
    if (count > m_presetCount) {
        beginRemoveRows({}, static_cast<int>(m_presetCount), count - 1);
        m_rows.resize(m_presetCount);
        endRemoveRows();
    }
    QList<ModelSpec> fresh;
    std::copy_if(found.cbegin(), found.cend(), std::back_inserter(fresh),
        [this](const ModelSpec& model) { return find(model.id) == nullptr; });
    if (fresh.isEmpty())
        return;
    const auto first = static_cast<int>(m_rows.size());
    beginInsertRows({}, first, first + static_cast<int>(fresh.size()) - 1);
    m_rows += fresh;
    endInsertRows();
}

const ModelSpec* ModelItems::find(const QString& modelId) const
{
    const auto found = std::find_if(m_rows.cbegin(), m_rows.cend(),
        [&](const ModelSpec& model) { return model.id == modelId || model.aliases.contains(modelId); });
    return found == m_rows.cend() ? nullptr : &*found;
}

QString ModelItems::titleOf(const QString& modelId) const
{
    if (isDemoModel(modelId))
        return demoModel().title;
    const ModelSpec* model = find(modelId);
    return model != nullptr && !model->title.isEmpty() ? model->title : modelId.section(u'/', -1);
}

void ModelFilter::setWords(const QString& typed)
{
    // A pasted link is as good as an id.
    const auto reference = parseHubReference(typed);
    m_words = reference ? QStringList{reference->id} : typed.split(u' ', Qt::SkipEmptyParts);
    invalidateFilter();
}

bool ModelFilter::filterAcceptsRow(int row, const QModelIndex& parent) const
{
    const auto model = sourceModel()->index(row, 0, parent).data(ModelItems::SpecRole).value<ModelSpec>();
    if (!model.preset)
        return true;
    return std::all_of(m_words.cbegin(), m_words.cend(), [&](const QString& word) {
        return model.title.contains(word, Qt::CaseInsensitive) || model.id.contains(word, Qt::CaseInsensitive)
            || model.family.contains(word, Qt::CaseInsensitive)
            || model.aliases.join(u' ').contains(word, Qt::CaseInsensitive);
    });
}

} // namespace visgate::ui
