// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/domain/model/model.h"

#include <QString>

#include <optional>

/// How pipeline classes count frames: the very document that the worker's runner goes by
/// (worker/runners/diffusers/visgate_diffusers/table.json), compiled in. Thread-safe.
namespace visgate::hub {

struct VideoRule {
    FrameRule frames;
    int fps = 0; ///< that it was trained at
};

/// Nothing for a class that makes no videos, or that the document does not know.
[[nodiscard]] std::optional<VideoRule> videoRule(const QString& className);

} // namespace visgate::hub
