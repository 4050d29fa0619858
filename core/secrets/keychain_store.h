// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/secrets/secret_store.h"

#include <chrono>

namespace visgate {

/// The desktop's keychain through QtKeychain: Secret Service or KWallet on Linux, Keychain on macOS, Credential Store
/// on Windows. A locked keyring never answers, so every call has our own time-out (KeychainLocked); each write is read
/// back.
class KeychainStore final : public SecretStore {
public:
    /// `service` groups the entries in the keychain's own window, e.g. "visgate".
    explicit KeychainStore(QString service, std::chrono::milliseconds timeout = std::chrono::seconds(8));

    QCoro::Task<Result<std::optional<Secret>>> read(QString name) override;
    QCoro::Task<Result<void>> write(QString name, Secret value) override;
    QCoro::Task<Result<void>> remove(QString name) override;
    QCoro::Task<Result<void>> probe() override;
    [[nodiscard]] QString backendName() const override;
    [[nodiscard]] bool isSessionOnly() const override { return false; }

private:
    QString m_service;
    std::chrono::milliseconds m_timeout;
};

} // namespace visgate
