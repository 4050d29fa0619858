// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/domain/deployment/deployment.h"
#include "core/domain/gpu/gpu.h"
#include "core/domain/money/history.h"
#include "core/foundation/clock.h"

#include <QHash>
#include <QList>
#include <QString>

#include <chrono>
#include <optional>

// What running workers cost, told from looks at the worker list. Pure: looks in, shares of money out.
namespace visgate {

/// Why a worker cost something.
enum class CostCause { Picture, ColdStart, StuckStart, Idle, KeepWarm };

[[nodiscard]] QString toString(CostCause cause); ///< "cold_start"
[[nodiscard]] std::optional<CostCause> costCauseFromString(const QString& text);
/// Spent while a container was starting, which the provider's documents call both billed and free.
[[nodiscard]] bool isOfStart(CostCause cause);

struct CostShare {
    CostCause cause = CostCause::Picture;
    double seconds = 0.0;
    double usd = 0.0;
    bool operator==(const CostShare&) const = default;
};

/// One worker at one look.
struct WorkerSight {
    enum class State {
        Waiting, ///< no machine yet, or its image is on the way: no document calls that billed
        Starting,
        Busy,
        Idle,
        Broken, ///< its container has ended
    };
    QString worker;
    State state = State::Waiting;
    std::optional<std::chrono::seconds> age; ///< of the container, where the provider tells it
    double usdPerHour = 0.0;
    bool heard = false; ///< its log has spoken: it has a container, whether or not the provider tells its age
};

/// Counts one endpoint's workers. Seconds are counted by the containers' own age, so that a look that was missed is
/// made up for by the next one, also after a restart of this program. In doubt it counts: a start is counted from the
/// container's beginning, a worker that vanished between two looks as if it had stayed as long as its limits let it,
/// and each container's time is rounded up to the second.
class CostMeter {
public:
    struct Rules {
        EndpointLimits limits;
        bool keepsWarm = false; ///< idle time is wanted: a raised idle time-out, or workers that always run
        /// How long the endpoint has been ours to pay for: older containers began on somebody else's account.
        std::optional<std::chrono::seconds> ours{};
    };
    /// What must be remembered of a worker over a restart.
    struct Worker {
        QString id;
        double counted = 0.0; ///< seconds of the present container that have been given out
        double ofStart = 0.0; ///< thereof while it was starting
        double idle = 0.0;    ///< seconds since it last worked
        double usdPerHour = 0.0;
        WorkerSight::State state = WorkerSight::State::Waiting;
        bool wasUp = false;
        bool hadContainer = false; ///< at some look
        bool isFree = false;       ///< idle beyond what is billed: only remembered by the provider
        MonotonicPoint seenAt;     ///< not kept over a restart
        TimePoint keptAt;          ///< the same by the calendar, for the next run of the program
        bool operator==(const Worker&) const = default;
        [[nodiscard]] bool hasContainer() const
        {
            return state != WorkerSight::State::Waiting && state != WorkerSight::State::Broken;
        }
    };

    /// What became due since the last look.
    [[nodiscard]] QList<CostShare> onWorkers(const QList<WorkerSight>& sights, MonotonicPoint now, const Rules& rules);
    /// The start was given up: what it cost was a stuck start's.
    [[nodiscard]] QList<CostShare> onStartGivenUp();
    /// A job ran on this worker for so long; what no look has seen of that is counted now.
    [[nodiscard]] QList<CostShare> onJobEnded(
        const QString& worker, std::chrono::milliseconds ran, double usdPerHour, const Rules& rules);

    [[nodiscard]] double usdPerHourNow() const;
    [[nodiscard]] QList<Worker> workers() const { return m_workers.values(); }
    /// Forgets the workers and returns them: another meter goes on with them from where this one stood.
    [[nodiscard]] QList<Worker> handOver();
    /// Goes on from what an earlier run of the program remembered; `seenAt` is how long ago that was.
    void resume(const QList<Worker>& workers);

private:
    void look(Worker& worker, const WorkerSight& sight, MonotonicPoint now, const Rules& rules);
    void finish(Worker& worker, double unseen, const Rules& rules);
    void give(Worker& worker, CostCause cause, double seconds);
    void callStuck(Worker& worker);
    [[nodiscard]] QList<CostShare> take();

    QHash<QString, Worker> m_workers;
    QHash<QString, double> m_jobSeconds; ///< run on workers that no look has seen
    QList<CostShare> m_due;
};

/// Which of the provider's two documents the bills have borne out.
enum class StartBilling { Unknown, Billed, Free };

/// What bills said about starts, counted one bill after the other.
struct StartBillingVotes {
    int billed = 0;
    int free = 0;
    [[nodiscard]] StartBilling verdict() const;
    /// Compares one settled bill with both readings of the same looks.
    void count(double usdWithStarts, double usdOfStarts, double billedUsd);
    bool operator==(const StartBillingVotes&) const = default;
};

/// The estimate that counts, once it is known how starts are billed. Unknown is taken as billed.
[[nodiscard]] double estimateUsd(const QList<CostShare>& shares, StartBilling reading);

/// The longest a request may wait and run at the provider (sent with each): then it is gone, whatever happens, and
/// nothing keeps a worker up any longer. This bounds what a start that never ends can cost while nobody watches.
[[nodiscard]] std::chrono::seconds requestTimeToLive(std::chrono::seconds executionTimeout);

/// The price on the button. `ceiling` is the dearest GPU of the plan in USD an hour. The worst case is what one request
/// can cost with this program gone: every worker the endpoint may have starts over and over until the request expires,
/// then one more start, idle time and end; or, with workers that always run, what these cost until the provider parks
/// an unused endpoint.
[[nodiscard]] PriceQuote quotePrice(
    double ceiling, double startSeconds, double pictureSeconds, const EndpointLimits& limits);

} // namespace visgate
