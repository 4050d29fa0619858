// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/domain/errors/error_rows.h"

#include <array>

namespace visgate {

namespace {

// clang-format off: a table reads best as one
constexpr std::array kWorkerRows{
    ErrorRow{ErrorCode::WorkerCrashLoop, QT_TRANSLATE_NOOP("Errors", "The worker crashes each time it starts."),
        nullptr, QT_TRANSLATE_NOOP("Errors", "Its last lines in the log tell why; nothing is billed any more."),
        QT_TRANSLATE_NOOP("Errors", "Show the log"), RemedyAction::ShowLog, true},
    ErrorRow{ErrorCode::WorkerRestarted,
        QT_TRANSLATE_NOOP("Errors", "The worker ended while it was starting, and is started again."), nullptr,
        QT_TRANSLATE_NOOP("Errors", "Its log tells why. After some such ends in a row Visgate stops it."),
        QT_TRANSLATE_NOOP("Errors", "Show the log"), RemedyAction::ShowLog, true},
    ErrorRow{ErrorCode::StartTimedOut, QT_TRANSLATE_NOOP("Errors", "The worker did not start within its time limit."),
        nullptr, QT_TRANSLATE_NOOP("Errors", "Try again; another machine often helps. Nothing is billed any more."),
        QT_TRANSLATE_NOOP("Errors", "Try again"), RemedyAction::Retry, true},
    ErrorRow{ErrorCode::MachineLate,
        QT_TRANSLATE_NOOP("Errors", "No machine with this GPU has become free for longer than usual (%1 minutes)."),
        QT_TRANSLATE_NOOP("Errors", "No machine with this GPU has become free for longer than usual."),
        QT_TRANSLATE_NOOP("Errors", "Waiting costs nothing. Allow more kinds of GPU, or wait."),
        QT_TRANSLATE_NOOP("Errors", "Add GPUs"), RemedyAction::AddGpus, false},
    ErrorRow{ErrorCode::ImagePullStuck,
        QT_TRANSLATE_NOOP("Errors", "The worker image has been on its way for longer than usual (%1 minutes)."),
        QT_TRANSLATE_NOOP("Errors", "The worker image has been on its way for longer than usual."),
        QT_TRANSLATE_NOOP("Errors", "This machine is probably stuck. Delete the deployment and try another place."),
        QT_TRANSLATE_NOOP("Errors", "Try again"), RemedyAction::Retry, false},
    ErrorRow{ErrorCode::ModelDownloadStuck,
        QT_TRANSLATE_NOOP(
            "Errors", "The worker runs, and nothing has come of its download for longer than usual (%1 minutes)."),
        QT_TRANSLATE_NOOP("Errors", "The worker runs, and nothing has come of its download for longer than usual."),
        QT_TRANSLATE_NOOP(
            "Errors", "It is probably stuck and may be billed. Delete the deployment and try another place."),
        QT_TRANSLATE_NOOP("Errors", "Try again"), RemedyAction::Retry, false},
    ErrorRow{ErrorCode::ModelLoadStuck,
        QT_TRANSLATE_NOOP("Errors", "Loading the model into the GPU takes longer than usual (%1 minutes)."),
        QT_TRANSLATE_NOOP("Errors", "Loading the model into the GPU takes longer than usual."),
        QT_TRANSLATE_NOOP(
            "Errors", "It is probably stuck and is billed. Look at its log, or delete the deployment and try again."),
        QT_TRANSLATE_NOOP("Errors", "Show the log"), RemedyAction::ShowLog, false},
    ErrorRow{ErrorCode::ImagePullDenied,
        QT_TRANSLATE_NOOP("Errors", "The image registry does not give the worker image to the provider."), nullptr,
        QT_TRANSLATE_NOOP("Errors",
            "Make the image public, or add a login for the registry at the provider; check its full name as well."),
        QT_TRANSLATE_NOOP("Errors", "Set the worker image"), RemedyAction::SetWorkerImage, true},
    ErrorRow{ErrorCode::ImagePullLimited,
        QT_TRANSLATE_NOOP(
            "Errors", "The image registry gives out no more images for the moment: its pull limit is reached."),
        nullptr,
        QT_TRANSLATE_NOOP(
            "Errors", "Try again in some hours, or keep the image in another registry. Nothing is billed any more."),
        QT_TRANSLATE_NOOP("Errors", "Set the worker image"), RemedyAction::SetWorkerImage, true},
    ErrorRow{ErrorCode::ImagePullFailing,
        QT_TRANSLATE_NOOP("Errors", "The provider cannot fetch the worker image so far."), nullptr,
        QT_TRANSLATE_NOOP("Errors",
            "It tries again by itself until the start limit. Read its words: the image's name and its registry have to "
            "be right."),
        QT_TRANSLATE_NOOP("Errors", "Show the log"), RemedyAction::ShowLog, true},
    ErrorRow{ErrorCode::ImageWrongMachine,
        QT_TRANSLATE_NOOP("Errors", "The worker image is made for another kind of processor."), nullptr,
        QT_TRANSLATE_NOOP("Errors", "Build it for linux/amd64, push it and set it again. Nothing is billed any more."),
        QT_TRANSLATE_NOOP("Errors", "Set the worker image"), RemedyAction::SetWorkerImage, true},
    ErrorRow{ErrorCode::WorkerLacksRuntime,
        QT_TRANSLATE_NOOP("Errors", "The worker image holds nothing that can run this model."), nullptr,
        QT_TRANSLATE_NOOP("Errors", "Set a worker image that can, or practise meanwhile. Nothing is billed any more."),
        QT_TRANSLATE_NOOP("Errors", "Set the worker image"), RemedyAction::SetWorkerImage, true},
    ErrorRow{ErrorCode::WorkerMemoryFull,
        QT_TRANSLATE_NOOP("Errors", "The machine's memory was full, and the worker was ended."), nullptr,
        QT_TRANSLATE_NOOP("Errors", "Choose a larger GPU: its machines have more memory. Nothing is billed any more."),
        QT_TRANSLATE_NOOP("Errors", "Choose a larger GPU"), RemedyAction::ChooseLargerGpu, true},
    ErrorRow{ErrorCode::ModelFetchFailed,
        QT_TRANSLATE_NOOP("Errors", "The worker could not get the model from Hugging Face."), nullptr,
        QT_TRANSLATE_NOOP("Errors", "Try again; another machine often helps. Nothing is billed any more."),
        QT_TRANSLATE_NOOP("Errors", "Try again"), RemedyAction::Retry, true},
    ErrorRow{ErrorCode::WorkerLost, QT_TRANSLATE_NOOP("Errors", "The worker was lost while it made the picture."),
        nullptr,
        QT_TRANSLATE_NOOP(
            "Errors", "Run it again: nothing is wrong with the input. If it stays, look at the worker's log."),
        QT_TRANSLATE_NOOP("Errors", "Run again"), RemedyAction::Retry, false},
};
// clang-format on

} // namespace

std::span<const ErrorRow> workerErrorRows()
{
    return kWorkerRows;
}

} // namespace visgate
