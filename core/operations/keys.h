// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/domain/deployment/request.h"
#include "core/domain/deployment/worker_image.h"
#include "core/foundation/secret.h"
#include "core/operations/operation.h"

#include <QList>
#include <QString>

#include <memory>

// Keys, and what the program needs to know besides.
namespace visgate {

/// Those of every account, then the hub's.
struct ListKeys {
    using Reply = QList<KeyState>;
    static constexpr OperationInfo kInfo{"list_keys", Effect::Reads, Audience::User};
};

/// Stores, reads back and checks with the service itself. `sessionOnly` keeps it out of the keychain. `account` is
/// whose it is; the hub's is nobody's. KeyOfOtherAccount.
struct SetKey {
    using Reply = KeyState;
    static constexpr OperationInfo kInfo{"set_key", Effect::Repeatable, Audience::User};
    KeyKind kind = KeyKind::Runpod;
    std::shared_ptr<const Secret> key = {};
    bool sessionOnly = false;
    AccountId account = AccountId::runpod();
};

struct CheckKey {
    using Reply = void;
    static constexpr OperationInfo kInfo{"check_key", Effect::Reads, Audience::User};
    KeyKind kind = KeyKind::Runpod;
    AccountId account = AccountId::runpod();
};

struct ForgetKey {
    using Reply = void;
    static constexpr OperationInfo kInfo{"forget_key", Effect::Repeatable, Audience::User};
    KeyKind kind = KeyKind::Runpod;
    AccountId account = AccountId::runpod();
};

/// Asks the provider what this key may do. It is kept nowhere.
struct TryKey {
    using Reply = KeyVerdict;
    static constexpr OperationInfo kInfo{"try_key", Effect::Reads};
    std::shared_ptr<const Secret> key = {};
};

/// Opens the system's own password dialog, which its caller has announced, and waits for it. KeychainLocked when
/// that is refused.
struct UnlockKeychain {
    using Reply = void;
    static constexpr OperationInfo kInfo{"unlock_keychain", Effect::Once, Audience::User};
};

struct GetWorkerImage {
    using Reply = WorkerImage;
    static constexpr OperationInfo kInfo{"get_worker_image", Effect::Reads, Audience::User};
};

/// The user's own image; empty: the public one.
struct SetWorkerImage {
    using Reply = void;
    static constexpr OperationInfo kInfo{"set_worker_image", Effect::Repeatable, Audience::User};
    QString image;
};

/// Whether store and keychain work, for Settings and `doctor`.
struct GetHealth {
    using Reply = EngineHealth;
    static constexpr OperationInfo kInfo{"get_health", Effect::Reads};
};

} // namespace visgate
