// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/foundation/platform/file_lock.h"

#include <QString>

namespace visgate {

struct Paths;

/// Held by the one process that owns the data folder, for as long as the object lives.
class DataFolderLock {
public:
    /// Conflict: another process is the owner; become its client.
    [[nodiscard]] static Result<DataFolderLock> take(const Paths& paths);
    /// Where the owner answers: it may have been started with another runtime folder.
    [[nodiscard]] static QString socketOfHolder(const Paths& paths);

private:
    explicit DataFolderLock(platform::FileLock lock);
    platform::FileLock m_lock;
};

} // namespace visgate
