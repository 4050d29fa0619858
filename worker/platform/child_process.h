// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/foundation/result.h"
#include "worker/platform/channel.h"

#include <filesystem>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace visgate::worker::platform {

/// What is started, with its whole environment.
struct Command {
    std::filesystem::path program;
    std::vector<std::string> arguments;
    std::map<std::string, std::string> environment;
};

/// A process and all that it starts, in a process group of its own and with the system's own treatment of signals. It
/// ends with this process, and on Linux with the thread that started it. Not thread-safe.
class ChildProcess {
public:
    /// False where this worker cannot start processes with a channel yet: start() then fails.
    [[nodiscard]] static bool isPossible();
    [[nodiscard]] static Result<std::unique_ptr<ChildProcess>> start(const Command& command);
    virtual ~ChildProcess() = default; ///< ends it and all that it started, and leaves no dead process behind

    [[nodiscard]] virtual Channel& channel() = 0;
    /// What it has printed since the last call, on standard output and error; never blocks.
    [[nodiscard]] virtual std::string takeOutput() = 0;
    /// How it ended: the exit status, or 128 + signal. Nothing while it runs.
    [[nodiscard]] virtual std::optional<int> exitStatus() = 0;
    virtual void terminate() = 0; ///< asks the process itself to end
    virtual void kill() = 0;      ///< ends it and all that it started
};

} // namespace visgate::worker::platform
