// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/domain/deployment/deployment.h"
#include "core/foundation/clock.h"
#include "core/foundation/error.h"
#include "core/providers/provider.h"

#include <QHash>
#include <QSet>
#include <QString>

#include <optional>

namespace visgate {

/// Who tells of a crash. One crash is told by up to all of them.
enum class CrashWitness { WorkerLog, Callback, WorkerList, SystemLog };

/// Watches a start for the ways in which it never ends: crash after crash, a model that does not fit, a worker that
/// stays in INITIALIZING. Pure: told what was seen, asked for a verdict.
class StartWatch {
public:
    void onWorkers(const WorkerList& list, MonotonicPoint now);
    /// A worker's `failed`, in its log or reported to the callback.
    void onFailed(CrashWitness witness, const QString& code, const QString& message);
    /// A line of a worker's log, as it is shown: `isSystem` if the provider wrote it. Containers that cannot start, or
    /// start again and again, are told of by such lines alone.
    void onLine(const QString& worker, const QString& line, bool isSystem);
    /// Anything that shows the start is moving: download bytes, load phases.
    void onProgress(MonotonicPoint now);
    /// It came up; earlier trouble is forgotten.
    void onReady();

    /// Why the start has failed for good; empty while there is hope.
    [[nodiscard]] std::optional<Error> verdict(const EndpointLimits& limits, MonotonicPoint now) const;
    /// What keeps it from coming up, as the log or the list of workers tells so far. Nothing once it moves again.
    [[nodiscard]] std::optional<Error> suspicion() const;

private:
    void noteCrash(CrashWitness witness, const QString& worker);
    [[nodiscard]] int crashes() const;
    /// Of a worker that went away.
    [[nodiscard]] std::string lastWords() const;

    /// How many crashes each witness has told of. They tell of the same ones: the most that one of them knows is what
    /// is certain.
    QHash<CrashWitness, int> m_crashes;
    std::optional<Error> m_fatal; ///< trying again cannot help
    std::optional<Error> m_cause; ///< fatal once a worker has gone away over it
    bool m_isSuspect = false;     ///< nothing has moved since the last sign of trouble
    QString m_lastMessage;        ///< what a worker said when it failed
    QString m_lastWords;          ///< the last line before one went away
    QString m_latestLine;         ///< of any worker: the line may come after the news of the end
    QHash<QString, QString> m_lastLine;
    QHash<QString, int> m_containerStarts;
    QSet<QString> m_unhealthy;
    std::optional<MonotonicPoint> m_initializingSince;
};

/// What a worker's error code means to the user (core/foundation/worker_protocol/worker_code.h).
[[nodiscard]] ErrorCode errorCodeOfWorker(const QString& code);

} // namespace visgate
