// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/practice/world/catalog.h"

#include "core/foundation/json/json_value.h"
#include "core/practice/storage/embedded.h"

#include <algorithm>
#include <array>
#include <charconv>

namespace visgate::practice {

using nlohmann::json;

namespace {

constexpr std::array<std::string_view, 4> stockNames{"NONE", "LOW", "MEDIUM", "HIGH"};

std::string textOrEmpty(const json& value)
{
    return value.is_string() ? value.get<std::string>() : std::string();
}

std::pair<int, int> versionParts(std::string_view version)
{
    std::pair<int, int> parts{0, 0};
    const auto dot = version.find('.');
    const auto major = version.substr(0, dot);
    std::from_chars(major.data(), major.data() + major.size(), parts.first);
    if (dot != std::string_view::npos) {
        const auto minor = version.substr(dot + 1);
        std::from_chars(minor.data(), minor.data() + minor.size(), parts.second);
    }
    return parts;
}

template <typename Item> const Item* findById(const std::vector<Item>& items, std::string_view id)
{
    const auto found = std::find_if(items.begin(), items.end(), [&](const Item& item) { return item.id == id; });
    return found == items.end() ? nullptr : &*found;
}

} // namespace

std::string_view toString(Stock stock)
{
    return stockNames.at(static_cast<std::size_t>(stock));
}

Stock stockFromString(std::string_view text)
{
    const auto* const found = std::find(stockNames.begin(), stockNames.end(), text);
    return found == stockNames.end() ? Stock::None : static_cast<Stock>(found - stockNames.begin());
}

Catalog Catalog::load()
{
    const json data = json::parse(embeddedCatalog());
    Catalog catalog;
    for (const json& from : data.at("gpus")) {
        GpuType gpu;
        gpu.id = from.at("id");
        gpu.name = from.at("name");
        gpu.memoryGb = from.at("memory");
        gpu.pool = textOrEmpty(from.at("pool"));
        gpu.manufacturer = from.at("manufacturer");
        gpu.usdPerSecond = gpu.pool.empty() ? 0 : from.at("usdPerSecond").get<double>();
        gpu.secureUsdPerHour = from.at("secureUsdPerHour");
        gpu.communityUsdPerHour = from.at("communityUsdPerHour");
        gpu.maxSecure = from.at("maxSecure");
        gpu.maxCommunity = from.at("maxCommunity");
        gpu.cudaVersions = from.at("cudaVersions").get<std::vector<std::string>>();
        gpu.stock = stockFromString(from.at("stock").get<std::string>());
        gpu.dataCenters = from.at("dataCenters").get<std::vector<std::string>>();
        catalog.gpus.push_back(std::move(gpu));
    }
    for (const json& from : data.at("cpus")) {
        catalog.cpus.push_back({from.at("id"), from.at("name"), from.at("group"), from.at("minVcpu"),
            from.at("maxVcpu"), from.at("ramGbPerVcpu"), from.at("securePerVcpu"), from.at("serverlessPerVcpu")});
    }
    for (const json& from : data.at("dataCenters")) {
        catalog.dataCenters.push_back({from.at("id"), from.at("name"), from.at("region"), from.at("country"),
            from.at("volumeTypes").get<std::vector<std::string>>(), from.at("globalNetwork"),
            from.at("compliance").get<std::vector<std::string>>()});
    }
    return catalog;
}

const GpuType* Catalog::gpu(std::string_view id) const
{
    return findById(gpus, id);
}

const CpuType* Catalog::cpu(std::string_view id) const
{
    return findById(cpus, id);
}

const DataCenter* Catalog::dataCenter(std::string_view id) const
{
    return findById(dataCenters, id);
}

bool Catalog::hasPool(std::string_view pool) const
{
    return std::any_of(gpus.begin(), gpus.end(), [&](const GpuType& gpu) { return gpu.pool == pool; });
}

bool cudaAtLeast(std::string_view version, std::string_view floor)
{
    return versionParts(version) >= versionParts(floor);
}

} // namespace visgate::practice
