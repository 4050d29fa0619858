// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/domain/model/model.h"

#include <QAbstractListModel>
#include <QList>
#include <QSortFilterProxyModel>
#include <QString>

namespace visgate::ui {

/// Models as cards: the registry's presets, then what the hub found. Values only. GUI thread.
class ModelItems final : public QAbstractListModel {
    Q_OBJECT

public:
    enum Role { SpecRole = Qt::UserRole + 1 };
    using QAbstractListModel::QAbstractListModel;

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;

    void setPresets(const QList<ModelSpec>& presets);
    /// Replaces earlier finds; a preset is not listed twice.
    void setFound(const QList<ModelSpec>& found);
    [[nodiscard]] const ModelSpec* find(const QString& modelId) const; ///< by id or alias
    /// The preset's title, else the id's last part.
    [[nodiscard]] QString titleOf(const QString& modelId) const;

private:
    QList<ModelSpec> m_rows;
    qsizetype m_presetCount = 0;
};

/// Rows whose title, id or task contains every word typed; finds of the hub always stay, the hub chose them.
class ModelFilter final : public QSortFilterProxyModel {
    Q_OBJECT

public:
    using QSortFilterProxyModel::QSortFilterProxyModel;
    void setWords(const QString& typed);

protected:
    [[nodiscard]] bool filterAcceptsRow(int row, const QModelIndex& parent) const override;

private:
    QStringList m_words;
};

} // namespace visgate::ui
