// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/foundation/result.h"
#include "core/foundation/secret.h"

#include <QCoroTask>
#include <QString>

#include <chrono>
#include <optional>

namespace visgate {

/// Where keys live. Entries are named ("runpod", "hf", "local-api"). Lives on the thread that made it. "Not stored" and
/// "could not be read" are two answers, and no call opens a dialog but unlock(). Every call asks anew.
class SecretStore {
public:
    virtual ~SecretStore() = default;

    /// Empty optional: there is no such entry, for certain. KeychainUnavailable / KeychainLocked otherwise.
    virtual QCoro::Task<Result<std::optional<Secret>>> read(QString name) = 0;
    /// Writes and reads back; a success means that the next program start finds it (unless sessionOnly()).
    virtual QCoro::Task<Result<void>> write(QString name, Secret value) = 0;
    virtual QCoro::Task<Result<void>> remove(QString name) = 0;
    /// Whether entries can be read and written now.
    virtual QCoro::Task<Result<void>> probe() = 0;
    /// Lets the system ask for the keychain's password, and waits for that. Nothing to do for most.
    virtual QCoro::Task<Result<void>> unlock([[maybe_unused]] std::chrono::milliseconds patience)
    {
        auto works = co_await probe();
        co_return works;
    }
    /// Ends the wait of unlock().
    virtual void giveUp() { }
    [[nodiscard]] virtual QString backendName() const = 0;
    [[nodiscard]] virtual bool isSessionOnly() const = 0;
};

} // namespace visgate
