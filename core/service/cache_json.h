// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/domain/storage/storage.h"
#include "core/domain/storage/volume.h"
#include "core/foundation/result.h"

#include <QJsonObject>

// The JSON of the model cache and of the user's storage, both ways (see domain_json.h).
namespace visgate {

[[nodiscard]] QJsonObject toJson(const ModelVolume& volume);
[[nodiscard]] Result<ModelVolume> volumeFromJson(const QJsonObject& object);
[[nodiscard]] QJsonObject toJson(const KeepNear& wish);

/// Without keys: a secret goes one way only, in the body of the call that stores it.
[[nodiscard]] QJsonObject toJson(const StorageState& state);
[[nodiscard]] Result<StorageState> storageFromJson(const QJsonObject& object);
[[nodiscard]] QJsonObject toJson(const StorageSettings& settings);
/// The body that stores keys.
[[nodiscard]] QJsonObject keysJson(const StorageKeys& keys, bool sessionOnly);

} // namespace visgate
