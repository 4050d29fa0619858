// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QProcess>
#include <QProcessEnvironment>
#include <QString>
#include <QTimer>

#include <cstdint>
#include <functional>

namespace visgate {

/// The worker's program at work on this computer: what it prints, where it listens, how it ends. Its standard input is
/// held open: should this process die, it ends and the worker leaves. Never outlives this object. One thread, with an
/// event loop.
class WorkerProcess {
public:
    struct Start {
        QString program;
        QProcessEnvironment environment;
        QString folder; ///< it works there
    };
    /// Called from the event loop. May destroy nothing of this.
    struct Heard {
        std::function<void(const QString& line)> line; ///< each line that it prints, without its end
        std::function<void(std::uint16_t port)> listening;
        std::function<void(const QString& how)> ended; ///< once, also where it did not start; "exited with status 1"
    };

    WorkerProcess(Start start, Heard heard);
    /// Ends it, and waits until it is gone: a moment, or a few seconds where it does not leave by itself.
    ~WorkerProcess();
    WorkerProcess(const WorkerProcess&) = delete;
    WorkerProcess& operator=(const WorkerProcess&) = delete;

    /// Starts it. What comes of it is heard from the event loop.
    void start();
    /// Asks it to leave; after a few seconds it is ended.
    void leave();
    /// Ends it at once.
    void kill();
    /// Whether it was asked to leave.
    [[nodiscard]] bool isLeaving() const { return m_isLeaving; }

private:
    void readLines();
    void take(QByteArray line);
    void onEnded(const QString& how);

    Start m_start;
    Heard m_heard;
    QTimer m_patience;
    bool m_isListening = false;
    bool m_isLeaving = false;
    bool m_hasEnded = false;
    QProcess m_process; // last: goes first, and what it still tells finds the rest
};

} // namespace visgate
