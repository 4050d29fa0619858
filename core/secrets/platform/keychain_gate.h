// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/foundation/result.h"

#include <QCoroTask>
#include <QString>

#include <chrono>
#include <memory>

namespace visgate::platform {

/// Asks the desktop's keychain how it stands, without a dialog: a library that only reads or writes entries says "not
/// found" of a locked one, and opens password dialogs of its own accord. KeychainUnavailable: there is none;
/// KeychainLocked: it is locked, or does not answer. Lives on one thread, with an event loop.
class KeychainGate {
public:
    enum class Entry { Absent, Locked, Open };

    virtual ~KeychainGate() = default;
    /// Absent only when that is certain.
    virtual QCoro::Task<Result<Entry>> look(QString service, QString name) = 0;
    /// Whether an entry can be written without a dialog.
    virtual QCoro::Task<Result<void>> mayWrite() = 0;
    /// Lets the desktop ask its user for the password, and waits for the answer. KeychainLocked when it is refused.
    virtual QCoro::Task<Result<void>> unlock(QString service, std::chrono::milliseconds patience) = 0;
    /// Lets the library that reads and writes entries begin anew: it keeps a session which a keychain that was started
    /// again does not know.
    virtual void reconnect() = 0;
    /// Ends the wait of unlock(), as if it had been refused.
    virtual void giveUp() = 0;
};

/// Null where the keychain's own calls tell all of that (KWallet, macOS, Windows).
[[nodiscard]] std::unique_ptr<KeychainGate> makeKeychainGate(std::chrono::milliseconds timeout);

} // namespace visgate::platform
