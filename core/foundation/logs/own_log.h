// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/foundation/logs/log_line.h"

#include <concepts>
#include <memory>
#include <string>
#include <string_view>

namespace visgate {

/// How one part of the program writes to the program's own log, which is for whoever looks for a fault later. What it
/// writes is masked on the way; a line that cannot be written is dropped. Thread-safe.
class OwnLog {
public:
    virtual ~OwnLog() = default;
    [[nodiscard]] virtual bool takes(LogLevel level) const = 0;
    virtual void write(LogLevel level, std::string_view text) = 0;
};

/// The parts, each with a level of its own. Passed to whoever writes; null writes nothing.
struct OwnLogs {
    std::shared_ptr<OwnLog> program{}; ///< its start and end, and who owns the data folder
    std::shared_ptr<OwnLog> engine{};  ///< what deployments went through, and what the store refused
    std::shared_ptr<OwnLog> network{}; ///< each call of another service
    std::shared_ptr<OwnLog> api{};     ///< each call on the private socket
};

/// Writes the text that `makeText` makes, which is not made where nobody takes it.
template <std::invocable MakeText> void logTo(const std::shared_ptr<OwnLog>& log, LogLevel level, MakeText makeText)
{
    if (log && log->takes(level))
        log->write(level, makeText());
}

} // namespace visgate
