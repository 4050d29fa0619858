// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "cli/terminal/terminal.h"

#include <QString>

#include <chrono>

namespace visgate::cli {

/// Stage lines on standard error, with times. On a terminal the last line is alive: it counts the seconds and shows a
/// bar; elsewhere each stage is one line when it begins.
class Progress {
public:
    explicit Progress(Terminal& terminal);
    ~Progress();
    Progress(const Progress&) = delete;
    Progress& operator=(const Progress&) = delete;

    /// The same words again change nothing.
    void stage(const QString& words);
    /// `fraction` 0 to 1, or below 0 when not known; `detail` stands behind the bar. Where the line is not redrawn,
    /// each tenth of the way is a line of its own.
    void tick(double fraction = -1.0, const QString& detail = {});
    /// Ends the live line.
    void finish();
    [[nodiscard]] double elapsedSeconds() const;

private:
    void drawLive(double fraction, const QString& detail = {});
    void tellTenth(double fraction, const QString& detail);
    void closeStage();

    using Clock = std::chrono::steady_clock;
    Terminal& m_terminal;
    bool m_live;
    QString m_words;
    int m_tenth = 0; ///< of this stage, that was told
    Clock::time_point m_start = Clock::now();
    Clock::time_point m_stageStart = m_start;
};

} // namespace visgate::cli
