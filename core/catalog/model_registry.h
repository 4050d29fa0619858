// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/domain/model/model.h"
#include "core/foundation/result.h"

#include <QByteArray>
#include <QHash>
#include <QList>
#include <QString>

#include <optional>

namespace visgate {

/// The models that are known before anybody is asked: data in resources/registry/models.json, compiled in. Each figure
/// carries its evidence. A plain value; thread-safe once made.
class ModelRegistry {
public:
    /// The compiled-in registry.
    [[nodiscard]] static ModelRegistry builtIn();
    /// UnexpectedReply naming the entry and the field if the data breaks its own rules.
    [[nodiscard]] static Result<ModelRegistry> parse(const QByteArray& json);

    [[nodiscard]] const QList<ModelSpec>& presets() const { return m_presets; }
    /// By id, alias or hub link; without case, as the hub itself does.
    [[nodiscard]] std::optional<ModelSpec> find(const QString& idOrLink) const;
    /// The model id that a short name stands for: the exact (name, provider) pair first, then the name alone.
    [[nodiscard]] std::optional<QString> resolveName(const QString& name, const QString& provider) const;
    /// Presets that match every word of `text` in id, alias, title, family or task; all of them for an empty text.
    [[nodiscard]] QList<ModelSpec> search(const QString& text) const;
    /// The day the data was compiled, "2026-11-21".
    [[nodiscard]] const QString& date() const { return m_date; }

private:
    struct ShortName {
        QString name;
        QString provider; ///< empty: any
        QString model;
    };

    QString m_date;
    QList<ModelSpec> m_presets;
    QHash<QString, qsizetype> m_indexById; ///< ids and aliases, case-folded
    QList<ShortName> m_names;
};

} // namespace visgate
