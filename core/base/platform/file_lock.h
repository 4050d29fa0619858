// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/foundation/result.h"

#include <QByteArray>
#include <QString>

namespace visgate::platform {

/// An exclusive lock on a file that the system drops with the process, however it ends.
class FileLock {
public:
    FileLock() = default;
    ~FileLock();
    FileLock(FileLock&& other) noexcept;
    FileLock& operator=(FileLock&& other) noexcept;
    FileLock(const FileLock&) = delete;
    FileLock& operator=(const FileLock&) = delete;

    /// Conflict when another process holds it, FileUnwritable when the file cannot be made.
    [[nodiscard]] static Result<FileLock> take(const QString& path);
    /// Writes into the file who holds it, for those who come too late.
    void note(const QByteArray& text) const;
    [[nodiscard]] bool isHeld() const { return m_handle >= 0; }

private:
    void release();
    qintptr m_handle = -1;
};

} // namespace visgate::platform
