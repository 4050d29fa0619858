// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/domain/gpu/memory_need.h"

#include <algorithm>

namespace visgate {

QList<MemoryNeed> memoryModesFor(const ModelSpec& model, double memoryGb)
{
    QList<MemoryNeed> modes;
    for (const MemoryNeed& need : model.memory) {
        if (need.peakGb > 0.0 && need.peakGb <= memoryGb && need.resolution != QLatin1String("-"))
            modes.append(need);
    }
    std::stable_sort(
        modes.begin(), modes.end(), [](const MemoryNeed& a, const MemoryNeed& b) { return a.peakGb > b.peakGb; });
    return modes;
}

double generationVramGb(const ModelSpec& model, const JobInput& input)
{
    const double usual = plannedVramGb(model);
    if (usual <= 0.0)
        return 0.0;
    const GenerationDefaults& defaults = model.defaults;
    const double usualPixels = static_cast<double>(defaults.width) * defaults.height;
    const double pixels = static_cast<double>(input.width.value_or(defaults.width))
        * input.height.value_or(defaults.height) * std::max(1, input.count);
    if (usualPixels <= 0.0 || pixels <= usualPixels)
        return usual;
    // Text encoders may have left the GPU by then; a tenth of the peak is the least that the picture itself takes.
    const double resident = std::min(weightsGb(model) + kCudaContextGb, usual * 0.9);
    return resident + (usual - resident) * pixels / usualPixels;
}

TierMemory tierMemory(const QList<GpuOffer>& offers, const QString& tier, double neededGb)
{
    TierMemory found;
    for (const GpuOffer& offer : offers) {
        const bool isNamed = tier == offer.typeId || tier == offer.name || tier == offer.pool;
        if (isNamed && (found.memoryGb == 0.0 || offer.memoryGb < found.memoryGb)) {
            found.memoryGb = offer.memoryGb;
            found.usdPerHour = offer.usdPerHour;
        }
        const bool isEnough
            = !offer.pool.isEmpty() && offer.memoryGb >= neededGb && (offer.usdPerHour > 0.0 || offer.isFree);
        if (isEnough && (!found.next || offer.usdPerHour < found.next->usdPerHour))
            found.next = offer;
    }
    return found;
}

} // namespace visgate
