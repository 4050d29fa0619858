// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/foundation/logs/log_line.h"

#include <algorithm>

namespace visgate {

std::string_view toString(LogLevel level)
{
    switch (level) {
    case LogLevel::Debug:
        return "DEBUG";
    case LogLevel::Info:
        return "INFO";
    case LogLevel::Warning:
        return "WARNING";
    case LogLevel::Error:
        return "ERROR";
    }
    return "INFO";
}

std::optional<LogLevel> logLevelFromString(std::string_view text)
{
    std::string upper(text);
    std::transform(upper.begin(), upper.end(), upper.begin(),
        [](char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c; });
    if (upper == "DEBUG" || upper == "TRACE" || upper == "NOTSET")
        return LogLevel::Debug;
    if (upper == "INFO")
        return LogLevel::Info;
    if (upper == "WARNING" || upper == "WARN")
        return LogLevel::Warning;
    if (upper == "ERROR" || upper == "CRITICAL" || upper == "FATAL")
        return LogLevel::Error;
    return std::nullopt;
}

} // namespace visgate
