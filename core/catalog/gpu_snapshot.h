// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/domain/gpu/gpu.h"
#include "core/foundation/result.h"

#include <QByteArray>
#include <QList>
#include <QString>

namespace visgate {

/// GPUs and prices as published on one day (resources/registry/gpus.json), for plans and price tags before the first
/// live answer. Stock is unknown; an unpublished price is 0.
struct GpuSnapshot {
    QString date; ///< "2026-08-20": the source that a figure of it names
    QList<GpuOffer> offers;
};

[[nodiscard]] GpuSnapshot builtInGpuSnapshot();
[[nodiscard]] Result<GpuSnapshot> parseGpuSnapshot(const QByteArray& json);

} // namespace visgate
