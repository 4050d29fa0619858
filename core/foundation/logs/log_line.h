// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/foundation/clock.h"
#include "core/foundation/logs/line_no.h"

#include <optional>
#include <string>
#include <string_view>

namespace visgate {

enum class LogLevel { Debug, Info, Warning, Error };

/// "DEBUG", "INFO", "WARNING", "ERROR".
[[nodiscard]] std::string_view toString(LogLevel level);
/// Without regard to case; also the spellings of other loggers (TRACE, WARN, CRITICAL, FATAL). None if it is no level.
[[nodiscard]] std::optional<LogLevel> logLevelFromString(std::string_view text);

/// One stored log line of a deployment, already redacted.
struct LogLine {
    LineNo number; ///< its place in the file; assigned by the store
    TimePoint at;
    LogLevel level = LogLevel::Info;
    std::string source;     ///< "engine", "container" or "system"
    std::string worker;     ///< the provider's worker id; empty for our own lines
    std::string stage;      ///< deployment status while it was written
    std::string requestId;  ///< the job it belongs to, if the worker said so
    std::string providerId; ///< the provider's opaque line id, for resuming; empty for our own lines
    std::string text;
    bool operator==(const LogLine&) const = default;
};

} // namespace visgate
