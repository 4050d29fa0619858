// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/exit_code.h"

namespace visgate::cli {

ExitCode exitCodeFor(ErrorCode code)
{
    switch (code) {
    case ErrorCode::KeyMissing:
    case ErrorCode::KeyNeeded:
    case ErrorCode::TokenMissing:
    case ErrorCode::WorkerImageMissing:
    case ErrorCode::PictureEngineMissing:
    case ErrorCode::PythonMissing:
    case ErrorCode::KeychainUnavailable:
    case ErrorCode::KeychainLocked:
    case ErrorCode::PracticeUnavailable:
    case ErrorCode::OwnerUnavailable:
        return ExitCode::MissingPrerequisite;
    case ErrorCode::NotFound:
    case ErrorCode::ModelNotFound:
    case ErrorCode::ModelNameUnknown:
        return ExitCode::NotFound;
    case ErrorCode::Cancelled:
    case ErrorCode::NetworkTimeout:
    case ErrorCode::StartTimedOut:
    case ErrorCode::JobTimedOut:
        return ExitCode::Interrupted;
    default:
        return ExitCode::Failed;
    }
}

} // namespace visgate::cli
