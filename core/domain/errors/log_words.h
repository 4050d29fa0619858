// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/foundation/logs/log_line.h"

#include <QString>

#include <functional>

namespace visgate {

/// Writes "$0.79" or "5.1" as the user does.
using LogFigure = std::function<QString(const QString& plain)>;

/// A log line's text in the user's words. The log itself stays English, as the API gives it; the sentences that are
/// Visgate's own are known here by their form, and said in the language that is installed. Error codes become their
/// sentences. What others say comes back as it is. Figures without `figure` stay as they stand.
[[nodiscard]] QString logWords(const LogLine& line, const LogFigure& figure = {});

} // namespace visgate
