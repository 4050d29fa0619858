// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/foundation/result.h"

#include <QString>

namespace visgate {

/// Where everything lies. The data folder is VISGATE_DATA_DIR, else $XDG_DATA_HOME/visgate; the runtime folder (for
/// the private socket) lies under $XDG_RUNTIME_DIR, else in a private folder of the temporary one.
struct Paths {
    QString data;
    QString cache;
    QString runtime;

    [[nodiscard]] static Paths fromEnvironment();

    /// Makes the folders, each open to this user only (0700). FileUnwritable names the one that cannot be made, or
    /// that belongs to somebody else.
    [[nodiscard]] Result<void> create() const;

    [[nodiscard]] QString database() const;     ///< visgate.db
    [[nodiscard]] QString settings() const;     ///< settings.ini
    [[nodiscard]] QString logs() const;         ///< a folder: one file a deployment, and the program's own
    [[nodiscard]] QString pictures() const;     ///< a folder: results, one folder a day
    [[nodiscard]] QString practice() const;     ///< a folder: the practice account
    [[nodiscard]] QString thisComputer() const; ///< a folder: what runs on this computer, and its workers' logs
    [[nodiscard]] QString ownLog() const;       ///< visgate.log in logs()
    [[nodiscard]] QString lock() const;         ///< owner.lock
    /// The owner's private socket. Its name depends on the data folder, so that two folders never meet.
    [[nodiscard]] QString socket() const;
};

/// Makes a folder that only this user may enter.
[[nodiscard]] Result<void> makePrivateFolder(const QString& path);

} // namespace visgate
