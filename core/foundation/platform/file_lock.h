// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/foundation/result.h"

#include <cstdint>
#include <filesystem>
#include <string_view>

namespace visgate::platform {

/// An exclusive lock on a file that the system drops with the process, however it ends. The file stays.
class FileLock {
public:
    ~FileLock();
    FileLock(FileLock&& other) noexcept;
    FileLock& operator=(FileLock&& other) noexcept;
    FileLock(const FileLock&) = delete;
    FileLock& operator=(const FileLock&) = delete;

    /// Conflict when another process holds it, FileUnwritable when the file cannot be made.
    [[nodiscard]] static Result<FileLock> take(const std::filesystem::path& path);
    /// Writes into the file who holds it, for those who come too late: they may read it while it is locked.
    void note(std::string_view text) const;

private:
    using Handle = std::intptr_t; ///< a file descriptor, or a HANDLE
    static constexpr Handle kNone = -1;

    explicit FileLock(Handle handle) : m_handle(handle) { }
    void release();
    Handle m_handle;
};

} // namespace visgate::platform
