// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/foundation/result.h"

#include <cstdint>
#include <string>

/// The file that a local socket leaves in the file system.
namespace visgate::platform {

/// Which file it is, so that a successor's file of the same name is told apart.
struct FileIdentity {
    std::uint64_t device = 0;
    std::uint64_t inode = 0;
};

/// Only our own user may connect. Call between bind and listen: before that nobody can.
[[nodiscard]] Result<FileIdentity> restrictToOwner(const std::string& path);
/// Removes the file if it is still the one that was made.
void removeIfSame(const std::string& path, const FileIdentity& identity);
/// Removes a socket that nobody serves any more. False if the path is free of any socket file to remove, holds
/// something else than a socket, or cannot be removed.
[[nodiscard]] bool removeStaleSocket(const std::string& path);

} // namespace visgate::platform
