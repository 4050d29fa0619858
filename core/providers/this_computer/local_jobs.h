// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/foundation/clock.h"
#include "core/providers/provider.h"

#include <QJsonObject>

#include <chrono>
#include <list>
#include <memory>
#include <optional>
#include <string>

namespace visgate {

/// The jobs of one endpoint of this computer, in the order in which they came. Lives in memory: a job of an earlier
/// run of the program is known by its id alone, and has failed with its worker. One thread.
class LocalJobs {
public:
    struct Entry {
        ProviderJob job;
        QJsonObject input;
        std::chrono::seconds limit{0}; ///< of its running
        MonotonicPoint cameAt;
        MonotonicPoint beganAt;   ///< once it runs
        bool isHandedOut = false; ///< a worker has it, running or not yet
        std::optional<MonotonicPoint> endedAt;
    };

    explicit LocalJobs(std::shared_ptr<const Clock> clock);

    ProviderJobId add(QJsonObject input, std::chrono::seconds limit);
    /// Null for one that is not known, or whose result was kept for as long as results are.
    [[nodiscard]] Entry* find(const ProviderJobId& id);
    [[nodiscard]] const Entry* find(const ProviderJobId& id) const;
    /// Whether it is a job of an earlier run of the program.
    [[nodiscard]] bool isOfEarlierRun(const ProviderJobId& id) const;
    /// The oldest that waits for a worker; null for none.
    [[nodiscard]] Entry* next();

    /// It runs.
    void begin(Entry& entry, const WorkerId& worker);
    /// What the worker answered, or what became of it.
    void end(Entry& entry, JobStatus status, QJsonObject output = {}, QString error = {});
    /// Its worker was stopped by us: it waits again.
    void putBack(Entry& entry);
    /// All that wait for a worker end so.
    void endWaiting(JobStatus status, const QString& error = {});
    [[nodiscard]] QueueHealth counts() const;

private:
    void forgetOld();

    std::shared_ptr<const Clock> m_clock;
    std::string m_run; ///< of the program; part of each id
    std::list<Entry> m_entries;
};

} // namespace visgate
