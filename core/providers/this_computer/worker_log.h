// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/providers/provider.h"

#include <QFile>
#include <QList>
#include <QString>

#include <functional>
#include <memory>

namespace visgate {

/// What one worker printed: the latest lines, in memory and in a file that outlives the program. A full disk costs the
/// file and not the log. Lines are numbered from 1; the number is the id by which a reader goes on. One thread.
class WorkerLog {
public:
    /// Lines that are kept.
    static constexpr qsizetype kMostLines = 5000;

    /// With what the file holds, if there is one.
    explicit WorkerLog(QString path);
    ~WorkerLog();
    WorkerLog(const WorkerLog&) = delete;
    WorkerLog& operator=(const WorkerLog&) = delete;

    /// `source`: "container" for what the worker prints, "system" for what is said of it.
    void append(const QString& timestamp, const QString& source, const QString& line);
    /// No further line will come.
    void end();
    /// Every line after `resumeAfter` (empty: from the first that is kept), then those to come.
    [[nodiscard]] std::unique_ptr<LogStream> open(
        const QString& resumeAfter, std::function<void(ProviderLogLine)> onLine);

private:
    class Stream;
    struct State;
    void write(const ProviderLogLine& line);
    void rewrite();

    QString m_path;
    QFile m_file;
    qsizetype m_inFile = 0; ///< lines
    std::shared_ptr<State> m_state;
};

} // namespace visgate
