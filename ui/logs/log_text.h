// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/common/format.h"
#include "ui/logs/log_items.h"

#include <QList>
#include <QString>
#include <QStringList>

namespace visgate::ui {

/// Lines as text for the clipboard and for a file: local date and time, level, deployment (of several), worker, words.
/// Thread-safe.
class LogText {
public:
    LogText(const Format& format, QStringList names) : m_format(format), m_names(std::move(names)) { }

    /// Without its line feed. `count`: how many lines it stands for.
    [[nodiscard]] QString line(const LogEntry& entry, int count = 1) const;

private:
    Format m_format;
    QStringList m_names;
};

/// The rows as they are shown, each with a line feed. Thread-safe.
[[nodiscard]] QString textOfRows(const std::vector<LogItems::Row>& rows, const LogText& text);
/// These rows marked with ">", between the `around` lines before and after each, shown or not; "…" where lines are
/// left out.
[[nodiscard]] QString textAroundRows(const LogItems& items, const QList<int>& rows, int around, const LogText& text);

} // namespace visgate::ui
