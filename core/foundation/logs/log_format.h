// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/foundation/logs/log_line.h"

#include <optional>
#include <string>
#include <string_view>

/// The log store's file form: one line a log line, eight columns parted by tabs, so that grep, cut, awk and any viewer
/// read it:
///
///     time (UTC)  level  source  worker  stage  request  provider id  text
///
/// An empty column is empty. Within a column `\t`, `\n`, `\r`, `\\` and `\xHH` stand for tab, line feed, carriage
/// return, backslash and other control characters, which would break the columns or a terminal.
namespace visgate {

/// With its line feed; `number` is not written, it is the line's place in the file.
[[nodiscard]] std::string formatLogLine(const LogLine& line);
/// A line without its line feed. None if it is not of this form, e.g. after somebody edited the file.
[[nodiscard]] std::optional<LogLine> parseLogLine(std::string_view line);

} // namespace visgate
