// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/foundation/http/client.h"
#include "core/practice/server.h"

#include <chrono>
#include <filesystem>
#include <optional>

namespace visgate::practice {

/// The running practice process of a data folder, if it answers. Blocks for at most a second.
[[nodiscard]] std::optional<Addresses> findRunning(
    const std::filesystem::path& dataFolder, const http::CancelToken& cancel = {});

/// Finds the practice process of a data folder, or starts `command` (which must serve that folder) in the background
/// and waits until it answers. Two callers at once end with the same process. Blocks; call it off the GUI thread.
/// PracticeUnavailable, with the process's last words, if it does not come up in time; Cancelled at once when `cancel`
/// is.
[[nodiscard]] Result<Addresses> findOrStart(const std::filesystem::path& dataFolder, const Command& command,
    const http::CancelToken& cancel = {}, std::chrono::milliseconds patience = std::chrono::seconds(15));

} // namespace visgate::practice
