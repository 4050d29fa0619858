// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/async.h"
#include "core/domain/storage/storage.h"
#include "core/engine/context/engine_config.h"

namespace visgate {

class StorageAccess;
class Handlers;
struct SetStorage;

/// The user's own bucket: set up, tried out, forgotten. Engine thread only.
class StorageHandlers {
public:
    StorageHandlers(const EngineConfig& config, StorageAccess& storage) : m_config(config), m_storage(storage) { }

    void addTo(Handlers& handlers);

private:
    Task<Result<StorageState>> present();
    Task<Result<StorageState>> set(SetStorage op);
    Task<Result<void>> tryOut();
    Task<Result<void>> forget();

    const EngineConfig& m_config;
    StorageAccess& m_storage;
};

} // namespace visgate
