// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/async.h"
#include "core/domain/deployment/request.h"
#include "core/domain/storage/storage.h"
#include "core/engine/context/engine_config.h"

#include <QString>

#include <memory>

namespace visgate {

class SessionStore;

/// Keys by the names of their entries: in the system's keychain, or for this session in memory. What is loaded here is
/// masked from then on, wherever it is written. Engine thread only.
class StoredKeys {
public:
    explicit StoredKeys(const EngineConfig& config);
    ~StoredKeys();
    StoredKeys(const StoredKeys&) = delete;
    StoredKeys& operator=(const StoredKeys&) = delete;

    /// Null where there is none. KeychainLocked and KeychainUnavailable: that is not known.
    Task<Result<std::shared_ptr<const Secret>>> load(QString name);
    Task<Result<void>> store(QString name, Secret value, bool sessionOnly);
    Task<Result<void>> forget(QString name);
    /// Whether there is one, and where. Never a failure: that it could not be read is part of it.
    Task<KeyState> state(QString name);

    /// Keys that come in pairs are one entry, its two halves on two lines. Empty ones if none are stored.
    Task<Result<StorageKeys>> loadPair(QString name);
    /// InvalidRequest for a pair that is none.
    Task<Result<void>> storePair(QString name, StorageKeys keys, bool sessionOnly);

    Task<EngineHealth> health();
    /// Opens the desktop's own password dialog where the keychain is locked.
    Task<Result<void>> unlock();
    /// Ends what waits for the keychain.
    void stop();

private:
    /// Asked anew at each use: one that was locked or absent when the program began is found when it answers.
    [[nodiscard]] SecretStore& keychain();

    const EngineConfig& m_config;
    std::unique_ptr<SecretStore> m_keychain; ///< made when first needed
    std::unique_ptr<SessionStore> m_session;
};

} // namespace visgate
