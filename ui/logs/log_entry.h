// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/foundation/logs/log_line.h"

#include <QString>

#include <memory>

namespace visgate::ui {

/// A line of the log of one of the deployments that are shown together.
struct LogEntry {
    LogLine line;
    int deployment = 0; ///< its place among those shown
};

/// Shared by the model's rows; never changed.
using LogEntryPtr = std::shared_ptr<const LogEntry>;

/// By time; lines of one moment by deployment and number, so that the order is the same however they arrived.
[[nodiscard]] bool isBefore(const LogEntryPtr& left, const LogEntryPtr& right);
/// Says the same as the other: of the same worker, level and words.
[[nodiscard]] bool saysTheSame(const LogEntry& left, const LogEntry& right);
/// The worker's id, also for what it posted itself; empty for Visgate's own lines.
[[nodiscard]] QString workerOf(const LogLine& line);
/// Text that others wrote, on one line and as it reads: control characters as their pictures, without the marks that
/// would turn the line around.
[[nodiscard]] QString oneLine(const QString& text);
/// What is compared when somebody looks for words: as long as the text, without regard to case, with the four letters i
/// of Turkish as one.
[[nodiscard]] QString folded(const QString& text);

} // namespace visgate::ui
