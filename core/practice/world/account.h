// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/practice/storage/journal.h"
#include "core/practice/world/records.h"

#include <string>

namespace visgate::practice {

/// What a key may do; changed by the control route.
struct KeyRights {
    bool readOnly = false;  ///< 403 on everything that changes something
    bool noBilling = false; ///< 403 on the billing routes
};

/// The one practice account: everything it holds, kept in the journal. Not thread-safe: see World.
class Account {
public:
    explicit Account(Journal journal);

    std::map<std::string, Endpoint> endpoints;
    std::map<std::string, Worker> workers; ///< removed ones stay while their log can be read
    std::map<std::string, Job> jobs;
    std::map<std::string, Charge> charges;
    std::map<std::string, Template> templates;
    std::map<std::string, Volume> volumes;
    std::map<std::string, Registry> registries;
    double creditUsd = 25;
    std::optional<int> quotaOverride;
    std::vector<std::string> acceptedLicences; ///< hub models

    /// Each puts the record's present form on disk.
    void save(const Endpoint& value);
    void save(const Worker& value);
    void save(const Job& value);
    void save(const Charge& value);
    void save(const Template& value);
    void save(const Volume& value);
    void save(const Registry& value);
    void saveMoney();
    void saveLicences();
    /// Remembers that the provider was alive at `now`: what ran is billed up to here if it is killed.
    void saveHeartbeat(TimePoint now, std::chrono::nanoseconds clockAhead);
    void eraseEndpoint(const std::string& id);
    void eraseWorker(const std::string& id);
    void eraseJob(const std::string& id);
    void eraseTemplate(const std::string& id);
    void eraseVolume(const std::string& id);
    void eraseRegistry(const std::string& id);

    [[nodiscard]] std::optional<TimePoint> lastHeartbeat() const { return m_lastHeartbeat; }
    [[nodiscard]] std::chrono::nanoseconds savedClockAhead() const { return m_clockAhead; }

    /// Money spent up to `now`, each container's time rounded up to the second.
    [[nodiscard]] double spentUsd(TimePoint now) const;
    /// USD per second of all running containers.
    [[nodiscard]] double spendRate() const;
    /// Workers that all endpoints may have together: grows with the credit (facts 5).
    [[nodiscard]] int quota(TimePoint now) const;

    /// Live workers of an endpoint, oldest first.
    [[nodiscard]] std::vector<Worker*> workersOf(const std::string& endpointId);
    [[nodiscard]] std::vector<const Worker*> workersOf(const std::string& endpointId) const;

private:
    Journal m_journal;
    std::optional<TimePoint> m_lastHeartbeat;
    std::chrono::nanoseconds m_clockAhead{0};
};

/// `length` random lower-case letters and digits, as the provider's ids look.
[[nodiscard]] std::string newProviderId(std::size_t length = 14);

} // namespace visgate::practice
