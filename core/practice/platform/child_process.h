// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/foundation/result.h"
#include "core/practice/platform/command.h"

#include <filesystem>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace visgate::practice::platform {

/// A worker's process and all that it starts. It dies with the thread that started it (Linux) or with this process
/// (Windows), so start it on a thread that lives as long as the server. Not thread-safe.
class ChildProcess {
public:
    /// `environment` is the whole environment. stdout and stderr come together in readLines(); stdin is empty.
    [[nodiscard]] static Result<std::unique_ptr<ChildProcess>> start(const Command& command,
        const std::map<std::string, std::string>& environment, const std::filesystem::path& workingFolder);
    virtual ~ChildProcess() = default; ///< kills and reaps what is left
    /// Whole lines printed since the last call, never blocks; after the end the last unfinished one as well.
    [[nodiscard]] virtual std::vector<std::string> readLines() = 0;
    /// How it ended: the exit status, or 128 + signal (9 where there are none). Nothing while it runs.
    [[nodiscard]] virtual std::optional<int> exitStatus() = 0;
    [[nodiscard]] virtual long pid() const = 0;
    virtual void terminate() = 0; ///< asks the process to end
    virtual void kill() = 0;      ///< ends it and all that it started
};

/// Starts a program that outlives this one, with its output in `logFile`. For the practice process itself.
[[nodiscard]] Result<void> startDetached(const Command& command, const std::filesystem::path& logFile);

/// False once no process has that id.
[[nodiscard]] bool processExists(long pid);

} // namespace visgate::practice::platform
