// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/secrets/secret_store.h"

#include <memory>
#include <vector>

namespace visgate {

struct OpenedSecrets {
    std::unique_ptr<SecretStore> store; ///< never null
    std::optional<Error> problem;       ///< why the first candidate is not used; to be said to the user
};

/// The first candidate that answers its probe, else a SessionStore. The choice is made once: never change the backend
/// behind the user's back.
[[nodiscard]] QCoro::Task<OpenedSecrets> openBestStore(std::vector<std::unique_ptr<SecretStore>> candidates);

} // namespace visgate
