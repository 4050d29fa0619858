// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/domain/model.h"

#include <algorithm>
#include <cmath>

namespace visgate {

namespace {

constexpr double kBytesPerGb = 1e9;
constexpr double kCudaContextGb = 0.6;
constexpr double kActivationsShare = 0.15; ///< of the weights, where nobody measured
constexpr double kWorkerImageGb = 12.0;

bool isFullSize(const MemoryNeed& need)
{
    const bool sixteenBit
        = need.precision.startsWith(QLatin1String("bf16")) || need.precision.startsWith(QLatin1String("fp16"));
    return sixteenBit && need.offload == QLatin1String("none") && need.resolution != QLatin1String("-");
}

} // namespace

double plannedVramGb(const ModelSpec& model)
{
    double peakGb = 0.0;
    for (const MemoryNeed& need : model.memory) {
        if (isFullSize(need))
            peakGb = std::max(peakGb, need.peakGb);
    }
    if (peakGb > 0.0)
        return peakGb;
    double weightsGb = 0.0;
    for (const ModelComponent& component : model.components)
        weightsGb += static_cast<double>(component.bytes) / kBytesPerGb;
    if (weightsGb == 0.0)
        weightsGb = static_cast<double>(model.downloadBytes) / kBytesPerGb;
    return weightsGb == 0.0 ? 0.0 : weightsGb * (1.0 + kActivationsShare) + kCudaContextGb;
}

int plannedDiskGb(const ModelSpec& model)
{
    const double downloadGb = static_cast<double>(model.downloadBytes) / kBytesPerGb;
    return static_cast<int>(std::ceil(downloadGb * 1.1 + kWorkerImageGb));
}

} // namespace visgate
