// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/secrets/secret_store.h"

namespace visgate {

/// Read-only entries given from outside, one file each (systemd's $CREDENTIALS_DIRECTORY). A file that anybody but
/// this user may read is refused (FileUnreadable); one line end at its end is not part of the secret.
class CredentialsFolderStore final : public SecretStore {
public:
    explicit CredentialsFolderStore(QString folder);

    QCoro::Task<Result<std::optional<Secret>>> read(QString name) override;
    QCoro::Task<Result<void>> write(QString name, Secret value) override; ///< FileUnwritable, always
    QCoro::Task<Result<void>> remove(QString name) override;              ///< FileUnwritable, always
    QCoro::Task<Result<void>> probe() override;
    [[nodiscard]] QString backendName() const override;
    [[nodiscard]] bool isSessionOnly() const override { return false; }

private:
    QString m_folder;
};

} // namespace visgate
