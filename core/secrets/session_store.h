// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/secrets/secret_store.h"

#include <map>

namespace visgate {

/// Keys in memory, gone with the program.
class SessionStore final : public SecretStore {
public:
    QCoro::Task<Result<std::optional<Secret>>> read(QString name) override;
    QCoro::Task<Result<void>> write(QString name, Secret value) override;
    QCoro::Task<Result<void>> remove(QString name) override;
    QCoro::Task<Result<void>> probe() override;
    [[nodiscard]] QString backendName() const override;
    [[nodiscard]] bool isSessionOnly() const override { return true; }

private:
    std::map<QString, Secret> m_entries;
};

} // namespace visgate
