// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/answer.h"
#include "core/net/http_client.h"
#include "core/providers/this_computer/local_jobs.h"
#include "core/providers/this_computer/local_logs.h"
#include "core/providers/this_computer/worker_process.h"

#include <QProcessEnvironment>
#include <QTimer>

#include <functional>
#include <memory>
#include <optional>

namespace visgate {

class Redactor;

/// An endpoint of this computer: its jobs, and the one process that does them, one after the other. The process is
/// there while a job waits or runs, for the idle time-out after that, and as long as the endpoint keeps a worker. Lives
/// on one thread; ends its process when it is destroyed.
class LocalEndpoint {
public:
    struct Surroundings {
        HttpClient* http = nullptr;                                              ///< outlives it
        QString worker;                                                          ///< the program
        QString folder;                                                          ///< its own, for logs
        QString gpuTypeId;                                                       ///< as the offer names it
        std::function<QProcessEnvironment(const ProviderEndpoint&)> environment; ///< asked at each start
        std::shared_ptr<const Clock> clock;
        std::shared_ptr<Redactor> redactor; ///< masks what the worker prints and answers
    };

    LocalEndpoint(ProviderEndpoint endpoint, Surroundings surroundings);
    ~LocalEndpoint();
    LocalEndpoint(const LocalEndpoint&) = delete;
    LocalEndpoint& operator=(const LocalEndpoint&) = delete;

    [[nodiscard]] const ProviderEndpoint& description() const { return m_endpoint; }
    /// At max 0 the worker is stopped; what it had in hand waits.
    void scale(int workersMin, int workersMax, std::chrono::seconds idleTimeout);
    /// Begins the work that there is; called once after the endpoint was made or read.
    void begin() { advance(); }
    /// The worker is asked to go, whatever it does: the program ends.
    void leave();
    /// Ends every job and the worker; the answer comes once its process is gone. Nothing begins afterwards.
    [[nodiscard]] QFuture<Result<void>> end();

    [[nodiscard]] WorkerList workers() const;
    /// Conflict at max 0.
    [[nodiscard]] Result<ProviderJobId> submit(QJsonObject input, std::chrono::seconds limit);
    /// ResultExpired for one that is not known.
    [[nodiscard]] Result<ProviderJob> job(const ProviderJobId& id);
    [[nodiscard]] Result<void> cancel(const ProviderJobId& id);
    [[nodiscard]] Result<void> retry(const ProviderJobId& id);
    void purge();
    [[nodiscard]] QueueHealth health() const;
    /// Null for a worker of which nothing is kept.
    [[nodiscard]] WorkerLog* log(const WorkerId& worker) { return m_logs.find(worker); }

private:
    /// A process from its start to its end.
    struct Run {
        WorkerId id;
        std::shared_ptr<const Secret> key;
        std::unique_ptr<WorkerProcess> process;
        QUrl base; ///< valid once it listens
        MonotonicPoint startedAt;
        QString lastWords;   ///< of what it says fails it
        bool hadJob = false; ///< it was given one
    };
    /// The job that the worker does.
    struct InHand {
        ProviderJobId id;
        std::string workersId;                   ///< as the worker calls it; empty until it has taken it
        std::optional<MonotonicPoint> stoppedAt; ///< given up then; the worker has yet to stop
    };

    void advance();
    void startWorker();
    void onListening(std::uint16_t port);
    void onLine(const QString& line);
    void onEnded(const QString& how);
    void loseJob(LocalJobs::Entry& entry, const QString& how);
    void note(const QString& line);
    /// The job in hand is over for those who asked for it; the worker is told to stop.
    void giveUp(JobStatus status);
    Task<void> give(ProviderJobId id);
    Task<void> look();
    Task<void> tellToStop();
    void take(const ProviderJob& answer);
    [[nodiscard]] bool isJobRunning() const;
    [[nodiscard]] HttpRequest call(const char* method, const QString& path) const;
    [[nodiscard]] MonotonicPoint now() const { return m_around.clock->monotonic(); }

    ProviderEndpoint m_endpoint;
    Surroundings m_around;
    LocalJobs m_jobs;
    LocalLogs m_logs;
    std::optional<InHand> m_inHand;
    int m_silences = 0;  ///< looks at the job in a row without an answer
    int m_fruitless = 0; ///< starts in a row that ended before any job was done
    MonotonicPoint m_idleSince;
    QTimer m_look;
    QTimer m_idle;
    QTimer m_again; ///< after a start that came to nothing
    std::unique_ptr<Answer<void>> m_ending;
    std::unique_ptr<Run> m_last; ///< the one that ended last
    std::unique_ptr<Run> m_run;
    std::shared_ptr<const bool> m_alive = std::make_shared<const bool>(true); ///< for what goes on after a wait
};

} // namespace visgate
