// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/domain/error_rows.h"

#include <array>

namespace visgate {

namespace {

// clang-format off: a table reads best as one
constexpr std::array kWorkerRows{
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
    ErrorRow{ErrorCode::ImageWrongMachine,
        QT_TRANSLATE_NOOP("Errors", "The worker image is made for another kind of processor."), nullptr,
        QT_TRANSLATE_NOOP("Errors", "Build it for linux/amd64, push it and set it again. Nothing is billed any more."),
        QT_TRANSLATE_NOOP("Errors", "Set the worker image"), RemedyAction::SetWorkerImage, true},
    ErrorRow{ErrorCode::WorkerMemoryFull,
        QT_TRANSLATE_NOOP("Errors", "The machine's memory was full, and the worker was ended."), nullptr,
        QT_TRANSLATE_NOOP("Errors", "Choose a larger GPU: its machines have more memory. Nothing is billed any more."),
        QT_TRANSLATE_NOOP("Errors", "Choose a larger GPU"), RemedyAction::ChooseLargerGpu, true},
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
