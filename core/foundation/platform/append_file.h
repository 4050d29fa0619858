// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/foundation/result.h"

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>

namespace visgate::platform {

/// A file that grows at its end. What append() has taken is with the operating system: killing this process loses
/// nothing. append and truncate from one thread at a time; read from any.
class AppendFile {
public:
    /// Creates it for our own user alone if it is missing. FileUnwritable says why not.
    [[nodiscard]] static Result<AppendFile> open(const std::filesystem::path& path);
    ~AppendFile();
    AppendFile(AppendFile&& other) noexcept;
    AppendFile& operator=(AppendFile&&) = delete;

    /// All or nothing: StoreFull or FileUnwritable leave the file as it was.
    [[nodiscard]] Result<void> append(std::string_view bytes);
    [[nodiscard]] Result<void> truncate(std::uint64_t size);
    /// Up to `length` bytes; fewer at the end. FileUnreadable.
    [[nodiscard]] Result<std::string> read(std::uint64_t offset, std::size_t length) const;
    [[nodiscard]] std::uint64_t size() const { return m_size; }
    /// Down to the disk, for what must outlive a power cut.
    [[nodiscard]] Result<void> sync() const;

private:
    /// A file descriptor, or a HANDLE.
    using Handle = std::intptr_t;
    AppendFile(std::filesystem::path path, Handle handle, std::uint64_t size);

    std::filesystem::path m_path;
    Handle m_handle;
    std::uint64_t m_size;
};

} // namespace visgate::platform
