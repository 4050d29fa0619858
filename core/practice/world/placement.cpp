// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/practice/world/placement.h"

#include <algorithm>

namespace visgate::practice {

namespace {

bool contains(const std::vector<std::string>& items, const std::string& item)
{
    return std::find(items.begin(), items.end(), item) != items.end();
}

bool fitsCuda(const GpuType& type, const GpuRequest& request)
{
    if (!request.allowedCudaVersions.empty()) {
        return std::any_of(type.cudaVersions.begin(), type.cudaVersions.end(),
            [&](const std::string& version) { return contains(request.allowedCudaVersions, version); });
    }
    return request.minCudaVersion.empty()
        || std::any_of(type.cudaVersions.begin(), type.cudaVersions.end(),
            [&](const std::string& version) { return cudaAtLeast(version, request.minCudaVersion); });
}

/// The data centers a worker may go to; empty: all.
std::vector<std::string> allowedPlaces(const EndpointConfig& config, const std::map<std::string, Volume>& volumes)
{
    std::vector<std::string> pinned;
    for (const std::string& id : config.networkVolumes) {
        const auto volume = volumes.find(id);
        if (volume != volumes.end()
            && (config.dataCenterIds.empty() || contains(config.dataCenterIds, volume->second.dataCenter)))
            pinned.push_back(volume->second.dataCenter);
    }
    return config.networkVolumes.empty() ? config.dataCenterIds : pinned;
}

} // namespace

std::uint64_t diceFor(std::uint64_t seed, const std::string& text)
{
    std::uint64_t value = seed ^ 0xcbf29ce484222325U;
    for (const char c : text)
        value = (value ^ static_cast<unsigned char>(c)) * 0x100000001b3U; // FNV-1a
    value ^= value >> 30U;
    value *= 0xbf58476d1ce4e5b9U;
    value ^= value >> 27U;
    value *= 0x94d049bb133111ebU;
    return value ^ (value >> 31U);
}

std::optional<Place> findPlace(const EndpointConfig& config, const Catalog& catalog,
    const std::map<std::string, Volume>& volumes, std::uint64_t dice)
{
    const std::vector<std::string> places = allowedPlaces(config, volumes);
    if (!config.networkVolumes.empty() && places.empty())
        return std::nullopt;
    if (!config.gpu) {
        const CpuChoice& choice = config.cpu.front();
        const CpuType* const type = catalog.cpu(choice.id);
        const std::string where = places.empty() ? catalog.dataCenters.front().id : places.front();
        return Place{{}, choice.id + '-' + std::to_string(choice.vcpuCount), where,
            (type ? type->serverlessPerVcpu : 0) * choice.vcpuCount / 3600};
    }

    std::vector<Place> candidates; // one entry for each ticket of the draw
    for (const GpuType& type : catalog.gpus) {
        const bool selected = contains(config.gpu->pools, type.pool) && !contains(config.gpu->excludedTypes, type.id);
        if (!selected || !fitsCuda(type, *config.gpu))
            continue;
        const int tickets = type.stock == Stock::High ? 9
            : type.stock == Stock::Medium             ? 3
            : type.stock == Stock::Low                ? 1
                                                      : 0;
        for (const std::string& where : type.dataCenters) {
            if (places.empty() || contains(places, where)) {
                candidates.insert(candidates.end(), static_cast<std::size_t>(tickets),
                    Place{type.id, {}, where, type.usdPerSecond * config.gpu->count});
            }
        }
    }
    if (candidates.empty())
        return std::nullopt;
    return candidates[dice % candidates.size()];
}

} // namespace visgate::practice
