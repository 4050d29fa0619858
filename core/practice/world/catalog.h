// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace visgate::practice {

enum class Stock { None, Low, Medium, High };
[[nodiscard]] std::string_view toString(Stock stock);
/// None for an unknown word.
[[nodiscard]] Stock stockFromString(std::string_view text);

struct GpuType {
    std::string id;
    std::string name;
    int memoryGb = 0;
    std::string pool; ///< empty: not offered for serverless
    std::string manufacturer;
    double usdPerSecond = 0; ///< serverless, one GPU; 0 without a pool
    double secureUsdPerHour = 0;
    double communityUsdPerHour = 0;
    int maxSecure = 1;
    int maxCommunity = 1;
    std::vector<std::string> cudaVersions;
    Stock stock = Stock::None; ///< may be changed by the control route
    std::vector<std::string> dataCenters;
};

struct CpuType {
    std::string id;
    std::string name;
    std::string group;
    int minVcpu = 2;
    int maxVcpu = 32;
    double ramGbPerVcpu = 2;
    double securePerVcpu = 0;     ///< USD per hour
    double serverlessPerVcpu = 0; ///< USD per hour
};

struct DataCenter {
    std::string id;
    std::string name;
    std::string region;
    std::string country;
    std::vector<std::string> volumeTypes;
    bool globalNetwork = false;
    std::vector<std::string> compliance;
};

/// What the practice provider offers: a dated snapshot from resources/practice/catalog.json plus play stock.
struct Catalog {
    std::vector<GpuType> gpus;
    std::vector<CpuType> cpus;
    std::vector<DataCenter> dataCenters;

    [[nodiscard]] static Catalog load();
    [[nodiscard]] const GpuType* gpu(std::string_view id) const;
    [[nodiscard]] const CpuType* cpu(std::string_view id) const;
    [[nodiscard]] const DataCenter* dataCenter(std::string_view id) const;
    [[nodiscard]] bool hasPool(std::string_view pool) const;
};

/// "12.11" is above "12.2"; a bare major counts as major.0.
[[nodiscard]] bool cudaAtLeast(std::string_view version, std::string_view floor);

} // namespace visgate::practice
