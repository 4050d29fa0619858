// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/foundation/result.h"

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>

namespace visgate::worker::platform {

/// A file whose size is known before its bytes are: several threads write at different places at once. What write() has
/// taken is with the operating system: killing this process loses nothing.
class SizedFile {
public:
    /// Makes it if it is missing, and gives it this size; what is not written yet reads as zeros. StoreFull,
    /// FileUnwritable.
    [[nodiscard]] static Result<SizedFile> open(const std::filesystem::path& path, std::uint64_t bytes);
    ~SizedFile();
    SizedFile(SizedFile&& other) noexcept;
    SizedFile& operator=(SizedFile&&) = delete;

    /// Thread-safe. StoreFull, FileUnwritable.
    [[nodiscard]] Result<void> write(std::uint64_t offset, std::string_view bytes) const;
    /// Up to `length` bytes; fewer at the end. Thread-safe. FileUnreadable.
    [[nodiscard]] Result<std::string> read(std::uint64_t offset, std::size_t length) const;
    /// Down to the disk, for what must outlive a power cut.
    [[nodiscard]] Result<void> sync() const;

private:
    using Handle = std::intptr_t; ///< a file descriptor, or a HANDLE
    SizedFile(std::filesystem::path path, Handle handle) : m_path(std::move(path)), m_handle(handle) { }

    std::filesystem::path m_path;
    Handle m_handle;
};

} // namespace visgate::worker::platform
