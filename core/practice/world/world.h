// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/practice/faults/surroundings.h"
#include "core/practice/platform/command.h"
#include "core/practice/storage/log_book.h"
#include "core/practice/storage/object_store.h"
#include "core/practice/world/account.h"
#include "core/practice/world/catalog.h"
#include "core/practice/world/chance.h"
#include "core/practice/world/keys.h"
#include "core/practice/world/warp_clock.h"

#include <cstdint>
#include <filesystem>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

namespace visgate::practice {

/// The image that a practice deployment uses unless a setting says otherwise.
inline constexpr const char* defaultWorkerImage = "visgate/practice-worker:1";
/// A worker without a program, only while chance rules: practice plays it, and its pictures have no content.
inline constexpr const char* simulatedWorkerImage = "visgate/simulated-worker:1";

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
    std::filesystem::path folder;                 ///< account, logs and the workers' scratch folders
    std::map<std::string, Command> imageCommands; ///< by image reference
    double speed = 15;                            ///< divides every simulated duration
    std::uint64_t seed = 0;                       ///< decides placement and durations
    std::optional<Chance::Settings> stochastic;   ///< unset: hardly any chance, for a quick journey
    std::filesystem::path weightsFile;            ///< what the hub gives out as weights; may be empty
    std::string origin;                           ///< "http://127.0.0.1:PORT"
    std::string hub;                              ///< the hub's base URL
    Keys keys = Keys::open();
    bool tellsSecrets = true; ///< `state` shows keys and prompts
};

/// Everything the practice provider knows, under one lock. The HTTP thread and the provider's own thread hold
/// `mutex` while they touch any of it.
struct World {
    World(Account loadedAccount, WorldSettings chosen);
    ~World() = default;
    World(const World&) = delete;
    World& operator=(const World&) = delete;

    std::mutex mutex;
    WorldSettings settings;
    WarpClock clock;
    Account account;
    Catalog catalog;
    LogBook logs;
    std::optional<Chance> chance; ///< unset: usual times that hardly vary
    std::vector<Condition> conditions;
    Surroundings surroundings;
    ObjectStore objects;

    [[nodiscard]] TimePoint now() const { return clock.now(); }
    [[nodiscard]] bool holds(Condition::Kind kind, const Endpoint& endpoint) const;
    /// A condition that holds for every endpoint: a new one has no id yet, only a name.
    [[nodiscard]] bool holdsFor(Condition::Kind kind, const std::string& endpointName) const;
    /// Real seconds for a simulated duration.
    [[nodiscard]] std::chrono::nanoseconds scaled(std::chrono::duration<double> simulated) const;
    /// The digest by which registries know an image of this name and tag.
    [[nodiscard]] static std::string digestOf(const std::string& image);
    /// The image that is meant: "runpod/pytorch:1" for "runpod/pytorch@sha256:...", where there is one.
    [[nodiscard]] std::string imageMeantBy(const std::string& reference) const;
    /// Whether a registry has this image.
    [[nodiscard]] bool hasImage(const std::string& image) const;
    [[nodiscard]] std::string queueBase() const { return settings.origin + "/queue/v2"; }

    /// From now on the provider's times, stock and prices follow chance; unset: back to the usual ones.
    void setChance(std::optional<Chance::Settings> chosen);
    /// Moves stock and prices to where chance has them by now.
    void moveMarket(TimePoint at);

private:
    Catalog m_quietCatalog; ///< as loaded
    TimePoint m_chanceSince;
    std::int64_t m_marketEpoch = -1;
};

} // namespace visgate::practice
