// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/practice/world/chance.h"

#include "core/practice/hub/hub.h"
#include "core/practice/world/placement.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>

namespace visgate::practice {

namespace {

// Play values. Medians in seconds; sigma is the spread of the logarithm.
constexpr std::array<std::pair<double, double>, 4> placement{{{60, 0.9}, {45, 0.8}, {9, 0.6}, {3, 0.5}}}; // by stock
constexpr double pullMedian = 75;
constexpr double pullSigma = 0.45;
constexpr double placeSigma = 0.15; ///< data centers differ
constexpr double warmPullMedian = 4;
constexpr double downloadRate = 250e6; ///< bytes a second
constexpr double downloadSigma = 0.4;
constexpr double downloadOverhead = 3;
constexpr double loadRate = 1.2e9;
constexpr double loadSigma = 0.3;
constexpr double loadOverhead = 9;
constexpr double pictureMedian = 4; ///< of a 7 GB model on a 48 GB card
constexpr double pictureSigma = 0.22;
constexpr std::int64_t unknownModelBytes = 7'000'000'000;

constexpr double marketStepSeconds = 1200;
constexpr double priceStepSigma = 0.02;
constexpr double priceLow = 0.85;
constexpr double priceHigh = 1.2;

/// How much quicker than a 48 GB card of its time; rough, by memory.
double speedOf(const GpuType* gpu)
{
    return gpu ? std::clamp(gpu->memoryGb / 48.0, 0.5, 3.0) : 0.1;
}

} // namespace

std::string_view toString(Stuck stuck)
{
    switch (stuck) {
    case Stuck::Nowhere:
        return "no";
    case Stuck::Pulling:
        return "pulling";
    case Stuck::Booting:
        return "booting";
    case Stuck::Downloading:
        return "downloading";
    }
    return "";
}

Chance::Chance(Settings settings) : m_settings(settings)
{
    const Hub hub;
    for (const HubModel& model : hub.models()) {
        std::int64_t bytes = 0;
        for (const HubFile& file : model.files)
            bytes += file.name.find('/') != std::string::npos ? file.size : 0; // the parts, not the single-file copies
        m_modelBytes[model.id] = bytes;
    }
}

double Chance::uniform(const std::string& what) const
{
    return (static_cast<double>(diceFor(m_settings.seed, what) >> 11U) + 0.5) / 9007199254740992.0;
}

double Chance::normal(const std::string& what) const
{
    // Box and Muller.
    return std::sqrt(-2 * std::log(uniform(what + "/r"))) * std::cos(2 * std::numbers::pi * uniform(what + "/a"));
}

double Chance::lognormal(const std::string& what, double median, double sigma) const
{
    return median * std::exp(sigma * normal(what));
}

std::int64_t Chance::bytesOf(const std::string& modelId) const
{
    const auto found = m_modelBytes.find(modelId);
    return found == m_modelBytes.end() || found->second == 0 ? unknownModelBytes : found->second;
}

double Chance::placementSeconds(const std::string& who, Stock stock) const
{
    const auto [median, sigma] = placement.at(static_cast<std::size_t>(stock));
    return lognormal("place/" + who, median, sigma);
}

StartFate Chance::fateOf(
    const std::string& who, const GpuType* gpu, const std::string& dataCenter, const std::string& modelId) const
{
    StartFate fate;
    const double slowness = lognormal("dc/" + dataCenter, 1, placeSigma);
    fate.pull = lognormal("pull/" + who, pullMedian * slowness, pullSigma);
    fate.warmPull = lognormal("pull/" + who, warmPullMedian, pullSigma);
    fate.create = lognormal("create/" + who, 2, 0.2);
    fate.start = lognormal("start/" + who, 1, 0.2);
    fate.modelBytes = bytesOf(modelId);
    const double bytes = static_cast<double>(fate.modelBytes);
    fate.download = downloadOverhead + lognormal("download/" + who, bytes / downloadRate * slowness, downloadSigma);
    fate.load = lognormal("load/" + who, loadOverhead + bytes / loadRate / std::sqrt(speedOf(gpu)), loadSigma);
    if (uniform("stuck/" + who) < m_settings.stuckShare) {
        const double where = uniform("where/" + who);
        fate.stuck = where < 0.4 ? Stuck::Pulling : where < 0.7 ? Stuck::Booting : Stuck::Downloading;
    }
    return fate;
}

double Chance::pictureSeconds(const std::string& who, const GpuType* gpu, const std::string& modelId) const
{
    const double size = static_cast<double>(bytesOf(modelId)) / static_cast<double>(unknownModelBytes);
    return 0.5 + lognormal("picture/" + who, pictureMedian * size / speedOf(gpu), pictureSigma);
}

std::int64_t Chance::marketEpoch(std::chrono::duration<double> elapsed)
{
    return static_cast<std::int64_t>(elapsed.count() / marketStepSeconds);
}

void Chance::applyMarket(const Catalog& base, std::chrono::duration<double> elapsed, Catalog& catalog) const
{
    const std::int64_t epoch = marketEpoch(elapsed);
    for (std::size_t i = 0; i < base.gpus.size() && i < catalog.gpus.size(); ++i) {
        const GpuType& type = base.gpus[i];
        double walk = 0;
        for (std::int64_t step = 0; step <= epoch; ++step)
            walk += priceStepSigma * normal("price/" + type.pool + '/' + std::to_string(step));
        catalog.gpus[i].usdPerSecond = type.usdPerSecond * std::clamp(std::exp(walk), priceLow, priceHigh);
        if (type.stock == Stock::None)
            continue; // not offered at all
        const double mood = uniform("stock/" + type.pool + '/' + std::to_string(epoch / 3));
        const int shift = mood < 0.2 ? -1 : mood > 0.85 ? 1 : 0;
        const int level = std::clamp(static_cast<int>(type.stock) + shift, 1, 3);
        catalog.gpus[i].stock = static_cast<Stock>(level);
    }
}

} // namespace visgate::practice
