// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/domain/preflight/preflight_lines.h"

#include <cmath>

namespace visgate::preflight {

using namespace Qt::Literals::StringLiterals;

QList<PreflightLine> disk(const PreflightFacts& facts)
{
    const ModelSpec* const known = facts.knownModel();
    if (facts.isHere || !known || known->downloadBytes <= 0)
        return {};
    const QString asked = u"GET /api/models"_s;
    const int needed = plannedDiskGb(*known);
    const int wanted = facts.request.diskGb;
    // A model that lies in a mounted volume takes nothing of the worker's own disk.
    if (wanted == 0 || wanted >= needed || facts.modelIsCached)
        return {good(u"disk"_s, asked, gigabytes(std::max(needed, wanted)))};
    const int advised = static_cast<int>(std::ceil(needed * 1.3));
    return {blocked(u"disk"_s, asked,
        problem(ErrorCode::WorkerDiskFull, {std::to_string(needed), std::to_string(advised)}), gigabytes(wanted))};
}

} // namespace visgate::preflight
