// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/domain/storage/storage.h"
#include "core/foundation/result.h"

#include <QFuture>

namespace visgate {

/// The user's own bucket, to which workers deliver what is too big for a direct return.
class StorageService {
public:
    virtual ~StorageService() = default;

    virtual QFuture<Result<StorageState>> storage() = 0;
    /// Without a secret key the stored ones stay. InvalidRequest names the bad field.
    virtual QFuture<Result<StorageState>> setStorage(StorageSettings settings, StorageKeys keys, bool sessionOnly) = 0;
    /// Writes a small object, reads it back and deletes it.
    virtual QFuture<Result<void>> testStorage() = 0;
    virtual QFuture<Result<void>> forgetStorage() = 0;
};

} // namespace visgate
