// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/async.h"

#include <QByteArray>
#include <QProcess>
#include <QString>
#include <QStringList>

#include <chrono>
#include <functional>

namespace visgate {

/// A program that is run to its end by a coroutine, and can be ended from outside. One at a time; one thread.
class ChildProgram {
public:
    struct Outcome {
        int exitCode = -1; ///< -1: it did not start, crashed or was ended
        QByteArray output; ///< its standard output, the last part of it
        QByteArray errors; ///< the same of standard error
    };

    ChildProgram();

    void setEnvironment(const QProcessEnvironment& environment) { m_process.setProcessEnvironment(environment); }
    void setFolder(const QString& folder) { m_process.setWorkingDirectory(folder); }
    /// Calls `meanwhile` about once in `every` until the program has ended.
    Task<Outcome> run(
        QString program, QStringList arguments, std::chrono::milliseconds every, std::function<void()> meanwhile);
    /// Ends what runs, at once.
    void end();

private:
    void take();

    Waker m_waker;
    QProcess m_process; ///< after the waker that it wakes
    Outcome m_outcome;
};

} // namespace visgate
