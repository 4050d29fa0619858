// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/domain/storage/storage.h"
#include "core/operations/operation.h"

// The user's own bucket, to which workers deliver what is too big for a direct return.
namespace visgate {

struct GetStorage {
    using Reply = StorageState;
    static constexpr OperationInfo kInfo{"get_storage", Effect::Reads, Audience::User};
};

/// Without a secret key the stored ones stay. InvalidRequest names the bad field.
struct SetStorage {
    using Reply = StorageState;
    static constexpr OperationInfo kInfo{"set_storage", Effect::Repeatable, Audience::User};
    StorageSettings settings;
    StorageKeys keys;
    bool sessionOnly = false;
};

/// Writes a small object, reads it back and deletes it.
struct TestStorage {
    using Reply = void;
    static constexpr OperationInfo kInfo{"test_storage", Effect::Reads, Audience::User};
};

struct ForgetStorage {
    using Reply = void;
    static constexpr OperationInfo kInfo{"forget_storage", Effect::Repeatable, Audience::User};
};

} // namespace visgate
