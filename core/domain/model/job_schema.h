// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/domain/model/model.h"

#include <QJsonObject>

namespace visgate {

/// A model with the document that says what may be asked of it.
struct ModelDetails {
    ModelSpec model;
    QJsonObject inputSchema;
    bool operator==(const ModelDetails&) const = default;
};

/// The JSON Schema (draft 2020-12) of this model's job input, with the model's own defaults: what forms are built from
/// and what `input` of a job is held to.
[[nodiscard]] QJsonObject jobInputSchema(const ModelSpec& model);

} // namespace visgate
