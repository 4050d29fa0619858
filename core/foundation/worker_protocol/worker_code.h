// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/foundation/error.h"

#include <optional>
#include <string>
#include <string_view>

namespace visgate {

/// Why a worker of ours refuses or fails: the one list that both sides of the queue use. Workers say nothing else; what
/// others spell differently is read as well (workerCodeFromString).
enum class WorkerCode {
    Input,          ///< the job's input cannot be used; its fields are named
    Config,         ///< the worker's own settings cannot be used
    NoRuntime,      ///< this worker holds nothing that can run the model
    Load,           ///< the model did not load
    LoadTimeout,    ///< ... in time
    Timeout,        ///< a step or the job took too long
    Runtime,        ///< the runner failed
    OutputTooLarge, ///< the result is too big for a direct return
    Delivery,       ///< the result could not be returned
    OutOfMemory,    ///< the GPU's memory is too small
    Disk,           ///< the worker's disk is too small
    Gated,          ///< the hub does not let this token have the model
    Token,          ///< the hub does not know the token
    ModelNotFound,  ///< the hub has no such model
    Weights,        ///< the model has no weights that this worker reads
    Download,       ///< the model could not be fetched
    Task,           ///< the model cannot do the task
};

[[nodiscard]] std::string toString(WorkerCode code); ///< "E_OUTPUT_TOO_LARGE"
[[nodiscard]] std::optional<WorkerCode> workerCodeFromString(std::string_view text);
/// What it means to the user; JobFailed where only the worker's own words tell.
[[nodiscard]] ErrorCode meaningOf(WorkerCode code);

} // namespace visgate
