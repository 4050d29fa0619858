// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/domain/picture_engine/picture_engine.h"
#include "core/operations/operation.h"

// What draws real models on this computer. It is asked for again and again while it is being installed.
namespace visgate {

struct GetPictureEngine {
    using Reply = PictureEngine;
    static constexpr OperationInfo kInfo{"get_picture_engine", Effect::Reads, Audience::User};
};

/// Begins, or goes on where it was paused. Answers at once.
struct InstallPictureEngine {
    using Reply = PictureEngine;
    static constexpr OperationInfo kInfo{"install_picture_engine", Effect::Repeatable, Audience::User};
};

struct PausePictureEngine {
    using Reply = PictureEngine;
    static constexpr OperationInfo kInfo{"pause_picture_engine", Effect::Repeatable, Audience::User};
};

/// What is installed or begun goes from the disk. Conflict while it is being installed.
struct RemovePictureEngine {
    using Reply = void;
    static constexpr OperationInfo kInfo{"remove_picture_engine", Effect::Repeatable, Audience::User};
};

} // namespace visgate
