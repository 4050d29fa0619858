// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/secrets/secret_store.h"

#include <chrono>
#include <memory>

namespace visgate {

namespace platform {
class KeychainGate;
}

/// The desktop's keychain through QtKeychain: Secret Service or KWallet on Linux, Keychain on macOS, Credential Store
/// on Windows. What the desktop's service itself says comes first (KeychainGate); every call has our own time-out
/// (KeychainLocked); each write is read back.
class KeychainStore final : public SecretStore {
public:
    /// `service` groups the entries in the keychain's own window, e.g. "visgate".
    explicit KeychainStore(QString service, std::chrono::milliseconds timeout = std::chrono::seconds(8));
    ~KeychainStore() override;

    QCoro::Task<Result<std::optional<Secret>>> read(QString name) override;
    QCoro::Task<Result<void>> write(QString name, Secret value) override;
    QCoro::Task<Result<void>> remove(QString name) override;
    QCoro::Task<Result<void>> probe() override;
    QCoro::Task<Result<void>> unlock(std::chrono::milliseconds patience) override;
    void giveUp() override;
    [[nodiscard]] QString backendName() const override;
    [[nodiscard]] bool isSessionOnly() const override { return false; }

private:
    QString m_service;
    std::chrono::milliseconds m_timeout;
    std::unique_ptr<platform::KeychainGate> m_gate; ///< null where the calls themselves tell all
};

} // namespace visgate
