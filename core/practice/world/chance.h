// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/practice/world/catalog.h"

#include <chrono>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>

namespace visgate::practice {

/// Where a start stays for ever, if it does.
enum class Stuck {
    Nowhere,
    Pulling,     ///< the image never arrives; nothing is billed
    Booting,     ///< the container runs, and not a word comes from it
    Downloading, ///< the model's download stops half way
};
[[nodiscard]] std::string_view toString(Stuck stuck);

/// What one worker meets on its way up. Simulated seconds.
struct StartFate {
    double pull = 0;
    double warmPull = 0; ///< the image is in that data center already
    double create = 0;
    double start = 0;
    std::int64_t modelBytes = 0;
    double download = 0;
    double load = 0;
    Stuck stuck = Stuck::Nowhere;
};

/// Practice's model of a provider on an ordinary day: lognormal times, five starts in a hundred that never come up,
/// stock and prices that move, and one of the two documented readings of when billing begins. Everything is drawn from
/// the seed, so that the same seed tells the same story. Its parameters are written down in its .cpp and nowhere else:
/// whoever estimates them must learn them from what is seen on the wire. Values only; no state.
class Chance {
public:
    struct Settings {
        std::uint64_t seed = 0;
        bool billsInitializing = true; ///< from the container's start; else from the moment the worker is up
        double stuckShare = 0.05;
    };
    explicit Chance(Settings settings);

    [[nodiscard]] const Settings& settings() const { return m_settings; }
    /// How long a machine takes to be found where there is this much stock.
    [[nodiscard]] double placementSeconds(const std::string& who, Stock stock) const;
    /// `who` names the worker's start; `modelId` may be unknown or empty.
    [[nodiscard]] StartFate fateOf(
        const std::string& who, const GpuType* gpu, const std::string& dataCenter, const std::string& modelId) const;
    /// One picture on a loaded worker.
    [[nodiscard]] double pictureSeconds(const std::string& who, const GpuType* gpu, const std::string& modelId) const;
    /// Moves stock and prices to where they are `elapsed` after the world's beginning. `base` is the catalogue as it
    /// was loaded.
    void applyMarket(const Catalog& base, std::chrono::duration<double> elapsed, Catalog& catalog) const;
    /// Changes when applyMarket() would change something.
    [[nodiscard]] static std::int64_t marketEpoch(std::chrono::duration<double> elapsed);

private:
    [[nodiscard]] double uniform(const std::string& what) const; ///< above 0, below 1
    [[nodiscard]] double normal(const std::string& what) const;
    [[nodiscard]] double lognormal(const std::string& what, double median, double sigma) const;
    [[nodiscard]] std::int64_t bytesOf(const std::string& modelId) const;

    Settings m_settings;
    std::map<std::string, std::int64_t, std::less<>> m_modelBytes;
};

} // namespace visgate::practice
