// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/foundation/result.h"

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace visgate::practice::platform {

/// A worker's process, in a process group of its own. It dies with the thread that started it (Linux), so start it
/// on a thread that lives as long as the server. Not thread-safe.
class ChildProcess {
public:
    /// `environment` is the whole environment. stdout and stderr come together in readLines(); stdin is empty.
    [[nodiscard]] static Result<std::unique_ptr<ChildProcess>> start(const std::vector<std::string>& command,
        const std::map<std::string, std::string>& environment, const std::string& workingFolder);
    virtual ~ChildProcess() = default; ///< kills and reaps what is left
    /// Whole lines printed since the last call, never blocks; after the end the last unfinished one as well.
    [[nodiscard]] virtual std::vector<std::string> readLines() = 0;
    /// How it ended: the exit status, or 128 + signal. Nothing while it runs.
    [[nodiscard]] virtual std::optional<int> exitStatus() = 0;
    [[nodiscard]] virtual long pid() const = 0;
    virtual void terminate() = 0; ///< asks the process to end
    virtual void kill() = 0;      ///< ends the whole group
};

/// Starts a program that outlives this one, with its output in `logFile`. For the practice process itself.
[[nodiscard]] Result<void> startDetached(const std::vector<std::string>& command, const std::string& logFile);

/// False once no process has that id.
[[nodiscard]] bool processExists(long pid);

} // namespace visgate::practice::platform
