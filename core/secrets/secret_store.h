// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/foundation/result.h"
#include "core/foundation/secret.h"

#include <QCoroTask>
#include <QString>

#include <optional>

namespace visgate {

/// Where keys live. Entries are named ("runpod", "hf", "local-api"). Lives on the thread that made it.
class SecretStore {
public:
    virtual ~SecretStore() = default;

    /// Empty optional: there is no such entry. KeychainUnavailable / KeychainLocked otherwise.
    virtual QCoro::Task<Result<std::optional<Secret>>> read(QString name) = 0;
    /// Writes and reads back; a success means that the next program start finds it (unless sessionOnly()).
    virtual QCoro::Task<Result<void>> write(QString name, Secret value) = 0;
    virtual QCoro::Task<Result<void>> remove(QString name) = 0;
    /// Whether the backend answers (probed with a write, since "not found" may mean "no service").
    virtual QCoro::Task<Result<void>> probe() = 0;
    [[nodiscard]] virtual QString backendName() const = 0;
    [[nodiscard]] virtual bool isSessionOnly() const = 0;
};

} // namespace visgate
