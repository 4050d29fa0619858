// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/foundation/worker_protocol/worker_code.h"

#include <array>

namespace visgate {
namespace {

struct Row {
    WorkerCode code;
    std::string_view text;
    ErrorCode meaning;
};

/// The first row of a code is its spelling; further ones are read only.
constexpr std::array kCodes{
    Row{WorkerCode::Input, "E_INPUT", ErrorCode::JobFailed},
    Row{WorkerCode::Config, "E_CONFIG", ErrorCode::JobFailed},
    Row{WorkerCode::NoRuntime, "E_NO_RUNTIME", ErrorCode::WorkerLacksRuntime},
    Row{WorkerCode::Load, "E_LOAD", ErrorCode::JobFailed},
    Row{WorkerCode::LoadTimeout, "E_LOAD_TIMEOUT", ErrorCode::JobFailed},
    Row{WorkerCode::Timeout, "E_TIMEOUT", ErrorCode::JobTimedOut},
    Row{WorkerCode::Runtime, "E_RUNTIME", ErrorCode::JobFailed},
    Row{WorkerCode::OutputTooLarge, "E_OUTPUT_TOO_LARGE", ErrorCode::OutputTooLarge},
    Row{WorkerCode::Delivery, "E_DELIVERY", ErrorCode::JobFailed},
    Row{WorkerCode::OutOfMemory, "E_OUT_OF_MEMORY", ErrorCode::OutOfGpuMemory},
    Row{WorkerCode::OutOfMemory, "E_OOM", ErrorCode::OutOfGpuMemory},
    Row{WorkerCode::Disk, "E_DISK_FULL", ErrorCode::WorkerDiskFull},
    Row{WorkerCode::Disk, "E_DISK", ErrorCode::WorkerDiskFull},
    Row{WorkerCode::Gated, "E_GATED", ErrorCode::LicenceNotAccepted},
    Row{WorkerCode::Gated, "E_LICENCE", ErrorCode::LicenceNotAccepted},
    Row{WorkerCode::Token, "E_TOKEN", ErrorCode::TokenRejected},
    Row{WorkerCode::ModelNotFound, "E_MODEL_NOT_FOUND", ErrorCode::ModelNotFound},
    Row{WorkerCode::Weights, "E_WEIGHTS", ErrorCode::ModelWeightsMissing},
    Row{WorkerCode::Download, "E_DOWNLOAD", ErrorCode::ModelFetchFailed},
    Row{WorkerCode::Task, "E_TASK", ErrorCode::UnsupportedTask},
};

} // namespace

std::string toString(WorkerCode code)
{
    for (const Row& row : kCodes) {
        if (row.code == code)
            return std::string(row.text);
    }
    return {};
}

std::optional<WorkerCode> workerCodeFromString(std::string_view text)
{
    for (const Row& row : kCodes) {
        if (row.text == text)
            return row.code;
    }
    return std::nullopt;
}

ErrorCode meaningOf(WorkerCode code)
{
    for (const Row& row : kCodes) {
        if (row.code == code)
            return row.meaning;
    }
    return ErrorCode::JobFailed;
}

} // namespace visgate
