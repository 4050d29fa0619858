// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/domain/model/model.h"
#include "core/foundation/result.h"

#include <QString>

namespace visgate {

/// A model in a folder of this computer, laid out as on the hub: what its model_index.json and its files say. Its id is
/// the folder's path. ModelNotFound without the folder, ModelNotDiffusers without the index, and what the hub's models
/// are refused for (each with the path as argument).
[[nodiscard]] Result<ModelSpec> readModelFolder(const QString& path);

} // namespace visgate
