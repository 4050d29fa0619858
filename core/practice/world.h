// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/practice/account.h"
#include "core/practice/catalog.h"
#include "core/practice/keys.h"
#include "core/practice/log_book.h"
#include "core/practice/object_store.h"
#include "core/practice/stochastic_model.h"
#include "core/practice/surroundings.h"
#include "core/practice/warp_clock.h"

#include <atomic>
#include <cstdint>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

namespace visgate::practice {

class Fleet;
class JobQueue;

/// A state of the provider that the control route brings about, for one endpoint (id or name) or for all.
struct Condition {
    enum class Kind {
        Throttled,         ///< no machine is ever found for new workers
        NoCapacity,        ///< creates are refused for lack of capacity, and workers are throttled
        CrashLoop,         ///< containers end at once, again and again
        StuckInitializing, ///< containers run and never ask for a job
    };
    Kind kind;
    std::string endpoint; ///< empty: all
};

/// How one practice provider is set up.
struct WorldSettings {
    std::string folder;                                            ///< account, logs and the workers' scratch folders
    std::map<std::string, std::vector<std::string>> imageCommands; ///< image reference -> program and arguments
    double speed = 15;                                             ///< divides every simulated duration
    std::uint64_t seed = 0;                                        ///< decides placement and durations
    std::optional<StochasticModel::Settings> stochastic;           ///< unset: hardly any chance, for a quick journey
    std::string weightsFile;                                       ///< what the hub gives out as weights; may be empty
    std::string origin;                                            ///< "http://127.0.0.1:PORT"
    std::string hub;                                               ///< the hub's base URL
    Keys keys = Keys::open();
    bool tellsSecrets = true; ///< `state` shows keys and prompts
};

/// Everything the practice provider knows, under one lock. The HTTP thread and the provider's own thread hold
/// `mutex` while they touch any of it.
struct World {
    World(Account loadedAccount, WorldSettings chosen);
    ~World();
    World(const World&) = delete;
    World& operator=(const World&) = delete;

    std::mutex mutex;
    WorldSettings settings;
    WarpClock clock;
    Account account;
    Catalog catalog;
    LogBook logs;
    std::optional<StochasticModel> model;
    std::vector<Condition> conditions;
    Surroundings surroundings;
    ObjectStore objects;
    std::unique_ptr<JobQueue> queue;
    std::unique_ptr<Fleet> fleet;

    [[nodiscard]] TimePoint now() const { return clock.now(); }
    [[nodiscard]] bool holds(Condition::Kind kind, const Endpoint& endpoint) const;
    /// A condition that holds for every endpoint: a new one has no id yet, only a name.
    [[nodiscard]] bool holdsFor(Condition::Kind kind, const std::string& endpointName) const;
    /// Real seconds for a simulated duration.
    [[nodiscard]] std::chrono::nanoseconds scaled(std::chrono::duration<double> simulated) const;
    /// Whether a registry has this image.
    [[nodiscard]] bool hasImage(const std::string& image) const;
    [[nodiscard]] std::string queueBase() const { return settings.origin + "/queue/v2"; }

    /// From now on the provider's times, stock and prices follow the stochastic model; unset: back to the usual ones.
    void setModel(std::optional<StochasticModel::Settings> chosen);
    /// Moves everything that time moves: placement, starts, jobs' limits, scaling, money.
    void tick();
    /// Ends an endpoint: its workers, its jobs, its record.
    void deleteEndpoint(const std::string& id);

private:
    void moveMarket(TimePoint at);

    Catalog m_quietCatalog; ///< as loaded
    TimePoint m_modelSince;
    std::int64_t m_marketEpoch = -1;
};

} // namespace visgate::practice
