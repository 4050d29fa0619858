// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/foundation/error.h"

namespace visgate::cli {

/// How a command ends. `visgatectl --help` lists them.
enum class ExitCode {
    Ok = 0,
    Failed = 1,              ///< with an error of the catalogue
    Usage = 2,               ///< the command line cannot be understood
    MissingPrerequisite = 3, ///< a key, worker image, keychain or program is missing
    NotFound = 4,            ///< no such deployment, job or model
    Interrupted = 5,         ///< timed out or cancelled
};

[[nodiscard]] ExitCode exitCodeFor(ErrorCode code);

} // namespace visgate::cli
