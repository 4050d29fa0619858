// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/domain/metrics/spans.h"
#include "core/engine/context/engine_context.h"
#include "core/providers/provider.h"
#include "core/store/metrics/metrics_repository.h"

#include <QList>
#include <QTimer>

#include <chrono>
#include <map>
#include <optional>

namespace visgate {

/// What each deployment's workers were over time, from the looks that the provider has answered: whoever learns
/// something says it here, nothing is asked for. An open span goes on in memory and is written now and then, with those
/// of all other deployments; what the store does not take is tried again with the next. Each run of the program begins
/// new spans: in between nobody looked. Engine thread only.
class WorkerHistory {
public:
    /// Both outlive this object.
    WorkerHistory(EngineContext& context, MetricsRepository& store);

    /// A look at its workers, now, after the record's counts and cost were brought up to date.
    void onWorkers(const DeploymentRecord& record, const WorkerList& list, JobLoad load);
    /// Its jobs went on; its workers are as they were seen last.
    void onJobs(const DeploymentId& deployment, JobLoad load);
    /// Nothing of it is left at the provider: a span without workers, which does not go on by itself.
    void onEnded(const DeploymentRecord& record);
    /// Writes what is only in memory.
    void flush();

    /// What is stored, and what is known here and may not be written yet. Oldest first.
    [[nodiscard]] Result<QList<WorkerSpan>> spans(const DeploymentId& deployment, TimePoint from, TimePoint to);
    /// Whose workers were seen in that time, newest first.
    [[nodiscard]] Result<QList<DeploymentId>> seenIn(TimePoint from, TimePoint to);

private:
    struct Book {
        QList<WorkerSpan> spans;                ///< not written yet, and the last one, which may go on
        TimePoint written;                      ///< the end of the last one as it is in the store
        MonotonicPoint seenAt;                  ///< when the last look was
        std::chrono::nanoseconds mostUnseen{0}; ///< after so long another should have come

        void shorten();
    };

    void take(const DeploymentId& deployment, const WorkerSpan& seen, std::chrono::nanoseconds mostUnseen);
    [[nodiscard]] std::chrono::nanoseconds mostUnseenAfter(const WorkerSpan& seen, const AccountId& target) const;
    [[nodiscard]] bool hasSlept(const Book& book, TimePoint now) const;
    void writeWithin(std::chrono::milliseconds time);
    void write();
    void tidy();

    EngineContext& m_context;
    MetricsRepository& m_store;
    std::map<DeploymentId, Book> m_books;
    QTimer m_writing;
    std::optional<MonotonicPoint> m_tidiedAt;
    bool m_isRefused = false; ///< by the store, at the last try: a full disk is not tried again with every change
};

} // namespace visgate
