// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/foundation/error.h"

#include <QString>

#include <optional>

namespace visgate {

enum class PictureEngineStatus {
    Absent,
    Installing,
    Paused, ///< begun; goes on where it ended
    Installed,
    Removing,
};

/// What draws real models on this computer: a Python of its own with torch and diffusers, in the data folder.
struct PictureEngine {
    PictureEngineStatus status = PictureEngineStatus::Absent;
    QString folder;
    QString version; ///< of what is installed: "diffusers 0.42.1, torch 2.15.0"
    QString device;  ///< what would draw: "NVIDIA GeForce RTX 4090"; empty: the processor
    QString step;    ///< what is fetched at present: "torch 2.15.0"
    qint64 doneBytes = 0;
    qint64 downloadBytes = 0;     ///< of all of it
    qint64 diskBytes = 0;         ///< what it takes, or will
    qint64 freeBytes = 0;         ///< on that disk
    std::optional<Error> problem; ///< why it cannot be installed here, or why the last try ended
    bool operator==(const PictureEngine&) const = default;
};

} // namespace visgate
