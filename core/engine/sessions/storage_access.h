// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/async.h"
#include "core/domain/storage/storage.h"
#include "core/domain/storage/volume.h"
#include "core/engine/context/engine_config.h"
#include "core/engine/sessions/provider_sessions.h"
#include "core/engine/sessions/stored_keys.h"
#include "core/net/s3_client.h"

#include <QString>

#include <optional>

namespace visgate {

class Settings;

/// What can be written to over S3, and with which keys: the volumes of each account, and the user's own bucket. Engine
/// thread only.
class StorageAccess {
public:
    /// All of them outlive this object.
    StorageAccess(const EngineConfig& config, Settings& settings, StoredKeys& keys, const ProviderSessions& accounts);

    /// The keys of the account's volumes; VolumeKeyMissing where none are stored.
    Task<Result<StorageKeys>> volumeKeys(AccountId target);
    Task<Result<void>> setVolumeKeys(AccountId target, StorageKeys keys, bool sessionOnly);
    Task<Result<void>> forgetVolumeKeys(AccountId target);
    [[nodiscard]] S3Bucket volumeBucket(
        const AccountId& target, const VolumeId& volume, const QString& dataCenter, const StorageKeys& keys) const;

    /// The user's own bucket; empty where none is set up, or not for this target.
    Task<Result<std::optional<S3Bucket>>> storageBucket(AccountId target);
    [[nodiscard]] StorageSettings storageSettings() const;
    Result<void> setStorageSettings(const StorageSettings& settings);
    Task<Result<StorageKeys>> storageKeys(); ///< empty ones if none are stored
    Task<Result<void>> setStorageKeys(StorageKeys keys, bool sessionOnly);
    Task<Result<void>> forgetStorageKeys();

private:
    const EngineConfig& m_config;
    Settings& m_settings;
    StoredKeys& m_keys;
    const ProviderSessions& m_accounts;
};

} // namespace visgate
