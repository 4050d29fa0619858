// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/domain/error_catalog.h"

#include <QCoreApplication>

#include <array>

namespace visgate {

namespace {

/// %1, %2 ... are Error::arguments; a row whose arguments may be missing has a second sentence without them.
struct Row {
    ErrorCode code;
    const char* message;
    const char* plainMessage; ///< when the arguments are not known; null if `message` has none
    const char* remedy;
    const char* button;
    RemedyAction action;
    bool showsDetail; ///< the provider's own words help here
};

#define VISGATE_TEXT(text) QT_TRANSLATE_NOOP("Errors", text)

// clang-format off: a table reads best as one
constexpr std::array kRows{
    Row{ErrorCode::Internal, VISGATE_TEXT("Something went wrong inside Visgate."), nullptr,
        VISGATE_TEXT("Please report this with the log; nothing was left running on purpose."),
        VISGATE_TEXT("Show the log"), RemedyAction::ShowLog, true},
    Row{ErrorCode::Cancelled, VISGATE_TEXT("Cancelled."), nullptr, VISGATE_TEXT("Start again whenever you like."),
        VISGATE_TEXT("Try again"), RemedyAction::Retry, false},
    Row{ErrorCode::InvalidRequest, VISGATE_TEXT("A setting has a value that cannot be used."), nullptr,
        VISGATE_TEXT("Correct the value that is named and try again."), VISGATE_TEXT("Try again"), RemedyAction::Retry,
        true},
    Row{ErrorCode::NotFound, VISGATE_TEXT("There is no such entry: %1."), VISGATE_TEXT("There is no such entry."),
        VISGATE_TEXT("Look it up in the list; it may have been deleted."), nullptr, RemedyAction::None, false},
    Row{ErrorCode::Conflict, VISGATE_TEXT("This is not possible while the deployment is in its present state."),
        nullptr, VISGATE_TEXT("Wait until it has settled, then try again."), VISGATE_TEXT("Try again"),
        RemedyAction::Retry, true},
    Row{ErrorCode::KeyMissing, VISGATE_TEXT("No Runpod key is stored on this computer."), nullptr,
        VISGATE_TEXT("Create a key on Runpod's key page and paste it here, or practise without one."),
        VISGATE_TEXT("Paste a key"), RemedyAction::PasteProviderKey, false},
    Row{ErrorCode::KeyNeeded, VISGATE_TEXT("The key that came with this request is gone."), nullptr,
        VISGATE_TEXT("Paste a key of the same account; the deployment then continues."), VISGATE_TEXT("Paste a key"),
        RemedyAction::PasteProviderKey, false},
    Row{ErrorCode::KeyRejected, VISGATE_TEXT("The key was not accepted."), nullptr,
        VISGATE_TEXT("Paste a new key; it may have been deleted or mistyped."), VISGATE_TEXT("Paste a new key"),
        RemedyAction::PasteProviderKey, false},
    Row{ErrorCode::KeyLacksPermission, VISGATE_TEXT("This key may look but not create."), nullptr,
        VISGATE_TEXT("Open the key page and give it write access to Serverless, or paste another key."),
        VISGATE_TEXT("Open the key page"), RemedyAction::OpenProviderKeyPage, false},
    Row{ErrorCode::NoCredit, VISGATE_TEXT("The account has no credit left."), nullptr,
        VISGATE_TEXT("Add credit on the provider's billing page, then try again."), VISGATE_TEXT("Open billing"),
        RemedyAction::OpenProviderBilling, false},
    Row{ErrorCode::WorkerQuotaExceeded, VISGATE_TEXT("All %1 worker slots of the account are taken."),
        VISGATE_TEXT("All worker slots of the account are taken."),
        VISGATE_TEXT("Pause or remove another deployment, then try again."), VISGATE_TEXT("Free a slot"),
        RemedyAction::FreeWorkerSlots, false},
    Row{ErrorCode::NoCapacity, VISGATE_TEXT("No machine with a suitable GPU is free at the moment."), nullptr,
        VISGATE_TEXT("Try again in a few minutes, or allow more kinds of GPU."), VISGATE_TEXT("Add GPUs"),
        RemedyAction::AddGpus, false},
    Row{ErrorCode::ModelNotFound, VISGATE_TEXT("There is no model called “%1”, or it is private."),
        VISGATE_TEXT("There is no such model, or it is private."),
        VISGATE_TEXT("Check the spelling (owner/name), or search for a similar one."), VISGATE_TEXT("Search models"),
        RemedyAction::SearchModels, false},
    Row{ErrorCode::ModelNameUnknown, VISGATE_TEXT("The short name “%1” does not stand for any model here."),
        VISGATE_TEXT("This short name does not stand for any model here."),
        VISGATE_TEXT("Use the full Hugging Face name (owner/name)."), VISGATE_TEXT("Search models"),
        RemedyAction::SearchModels, false},
    Row{ErrorCode::ModelNotDiffusers, VISGATE_TEXT("“%1” is not in the diffusers form that the worker can load."),
        VISGATE_TEXT("This model is not in the diffusers form that the worker can load."),
        VISGATE_TEXT("Choose a variant that has a model_index.json."), VISGATE_TEXT("Search models"),
        RemedyAction::SearchModels, false},
    Row{ErrorCode::UnsupportedTask, VISGATE_TEXT("“%1” is not an image or video model for this task."),
        VISGATE_TEXT("This is not an image or video model for this task."),
        VISGATE_TEXT("Visgate makes images and video; choose one of the image models."),
        VISGATE_TEXT("Show image models"), RemedyAction::ShowImageModels, false},
    Row{ErrorCode::LicenceNotAccepted,
        VISGATE_TEXT("The licence of “%1” has not been accepted, or the Hugging Face token is missing."),
        VISGATE_TEXT("The licence of this model has not been accepted, or the Hugging Face token is missing."),
        VISGATE_TEXT("Accept the licence on the model's page and store a Hugging Face token in the settings."),
        VISGATE_TEXT("Open licence page"), RemedyAction::OpenLicencePage, false},
    Row{ErrorCode::TokenRejected, VISGATE_TEXT("Hugging Face did not accept the token."), nullptr,
        VISGATE_TEXT("Paste a new token with read access."), VISGATE_TEXT("Paste a token"), RemedyAction::PasteHubToken,
        false},
    Row{ErrorCode::WorkerImageMissing,
        VISGATE_TEXT(
            "No worker image yet: build and push it with `packaging/container/publish IMAGE`, then paste its name."),
        nullptr, VISGATE_TEXT("Paste the name of the pushed image in the settings, or practise meanwhile."),
        VISGATE_TEXT("Set the worker image"), RemedyAction::SetWorkerImage, false},
    Row{ErrorCode::WorkerImageUnknown, VISGATE_TEXT("The provider cannot find the worker image “%1”."),
        VISGATE_TEXT("The provider cannot find the worker image."),
        VISGATE_TEXT("Check that it was pushed and may be read, then paste its full name with version."),
        VISGATE_TEXT("Set the worker image"), RemedyAction::SetWorkerImage, false},
    Row{ErrorCode::OutOfGpuMemory, VISGATE_TEXT("The model does not fit into this GPU's memory."), nullptr,
        VISGATE_TEXT("Choose a larger GPU or a smaller picture."), VISGATE_TEXT("Choose a larger GPU"),
        RemedyAction::ChooseLargerGpu, true},
    Row{ErrorCode::WorkerDiskFull, VISGATE_TEXT("The worker's disk is too small for this model."), nullptr,
        VISGATE_TEXT("Deploy again with a larger disk."), VISGATE_TEXT("Try again"), RemedyAction::Retry, false},
    Row{ErrorCode::WorkerCrashLoop, VISGATE_TEXT("The worker crashes each time it starts."), nullptr,
        VISGATE_TEXT("Its last lines in the log tell why; nothing is billed any more."), VISGATE_TEXT("Show the log"),
        RemedyAction::ShowLog, true},
    Row{ErrorCode::StartTimedOut, VISGATE_TEXT("The worker did not start within its time limit."), nullptr,
        VISGATE_TEXT("Try again; another machine often helps. Nothing is billed any more."), VISGATE_TEXT("Try again"),
        RemedyAction::Retry, true},
    Row{ErrorCode::EndpointVanished, VISGATE_TEXT("The provider no longer has this endpoint."), nullptr,
        VISGATE_TEXT("It was removed elsewhere; deploy the model again when you need it."),
        VISGATE_TEXT("Deploy again"), RemedyAction::Retry, false},
    Row{ErrorCode::JobFailed, VISGATE_TEXT("The picture could not be made."), nullptr,
        VISGATE_TEXT("Change the input that is named, or try again."), VISGATE_TEXT("Try again"), RemedyAction::Retry,
        true},
    Row{ErrorCode::JobTimedOut, VISGATE_TEXT("The picture took longer than its time limit."), nullptr,
        VISGATE_TEXT("Raise the limit, or ask for a smaller picture or fewer steps."), VISGATE_TEXT("Raise the limit"),
        RemedyAction::RaiseTimeout, false},
    Row{ErrorCode::ResultExpired, VISGATE_TEXT("The result has expired at the provider."), nullptr,
        VISGATE_TEXT("Run it again with the same seed to get the same picture."), VISGATE_TEXT("Run again"),
        RemedyAction::Retry, false},
    Row{ErrorCode::ResultMissing,
        VISGATE_TEXT("The job ended without a picture; it was probably too big for a direct return."), nullptr,
        VISGATE_TEXT("Ask for a smaller picture."), VISGATE_TEXT("Use a smaller size"), RemedyAction::UseSmallerSize,
        false},
    Row{ErrorCode::NetworkUnreachable, VISGATE_TEXT("%1 cannot be reached."),
        VISGATE_TEXT("The service cannot be reached."),
        VISGATE_TEXT("Check the internet connection and proxy settings, then try again."), VISGATE_TEXT("Try again"),
        RemedyAction::CheckNetwork, false},
    Row{ErrorCode::NetworkTimeout, VISGATE_TEXT("%1 did not answer in time."),
        VISGATE_TEXT("The service did not answer in time."),
        VISGATE_TEXT("Check the internet connection, then try again."), VISGATE_TEXT("Try again"),
        RemedyAction::CheckNetwork, false},
    Row{ErrorCode::TlsFailed,
        VISGATE_TEXT("The secure connection failed; something stands between you and the service."), nullptr,
        VISGATE_TEXT("Check the proxy settings and this computer's clock and certificates."), VISGATE_TEXT("Try again"),
        RemedyAction::CheckNetwork, true},
    Row{ErrorCode::RateLimited, VISGATE_TEXT("Too many requests to the service for the moment."), nullptr,
        VISGATE_TEXT("Visgate waits and goes on by itself."), nullptr, RemedyAction::None, false},
    Row{ErrorCode::ProviderRefused, VISGATE_TEXT("The provider refused this request."), nullptr,
        VISGATE_TEXT("Read its answer; change what it names and try again."), VISGATE_TEXT("Try again"),
        RemedyAction::Retry, true},
    Row{ErrorCode::ProviderFailed, VISGATE_TEXT("The provider has a problem of its own."), nullptr,
        VISGATE_TEXT("Try again in a few minutes; its status page may say more."), VISGATE_TEXT("Try again"),
        RemedyAction::Retry, true},
    Row{ErrorCode::UnexpectedReply, VISGATE_TEXT("The service gave an answer that Visgate does not understand."),
        nullptr, VISGATE_TEXT("Try again; if it stays, look for a newer version of Visgate."),
        VISGATE_TEXT("Try again"), RemedyAction::Retry, true},
    Row{ErrorCode::ReplyTooLarge, VISGATE_TEXT("The service's answer was larger than Visgate accepts."), nullptr,
        VISGATE_TEXT("Ask for a smaller picture or fewer of them."), VISGATE_TEXT("Use a smaller size"),
        RemedyAction::UseSmallerSize, false},
    Row{ErrorCode::KeychainUnavailable, VISGATE_TEXT("This desktop has no keychain that keeps keys."), nullptr,
        VISGATE_TEXT("Use the key for this session only, or install a keychain such as GNOME Keyring or KWallet."),
        VISGATE_TEXT("Use for this session"), RemedyAction::UseSessionKey, false},
    Row{ErrorCode::KeychainLocked, VISGATE_TEXT("The keychain is locked and did not answer."), nullptr,
        VISGATE_TEXT("Unlock it and try again, or use the key for this session only."),
        VISGATE_TEXT("Use for this session"), RemedyAction::UseSessionKey, false},
    Row{ErrorCode::StoreFull, VISGATE_TEXT("The disk of this computer is full."), nullptr,
        VISGATE_TEXT("Free some space, then try again; nothing new is started meanwhile."), VISGATE_TEXT("Try again"),
        RemedyAction::FreeDiskSpace, false},
    Row{ErrorCode::StoreCorrupt, VISGATE_TEXT("Visgate's own records are damaged."), nullptr,
        VISGATE_TEXT("Restore the copy kept in the backups folder beside them, or start with empty records and run the "
                     "clean-up."),
        nullptr, RemedyAction::None, true},
    Row{ErrorCode::StoreTooNew, VISGATE_TEXT("The records were written by a newer version of Visgate."), nullptr,
        VISGATE_TEXT("Install the newer version again."), VISGATE_TEXT("Update"), RemedyAction::UpdateProgram, false},
    Row{ErrorCode::StoreBusy, VISGATE_TEXT("Another program holds Visgate's records."), nullptr,
        VISGATE_TEXT("Close the other program, then try again."), VISGATE_TEXT("Try again"), RemedyAction::Retry,
        false},
    Row{ErrorCode::FileUnreadable, VISGATE_TEXT("The file “%1” cannot be read."),
        VISGATE_TEXT("The file cannot be read."), VISGATE_TEXT("Check that it exists and that you may read it."),
        nullptr, RemedyAction::None, false},
    Row{ErrorCode::FileUnwritable, VISGATE_TEXT("The file “%1” cannot be written."),
        VISGATE_TEXT("The file cannot be written."),
        VISGATE_TEXT("Choose another folder, or check rights and free space."), nullptr, RemedyAction::None, false},
    Row{ErrorCode::PracticeUnavailable, VISGATE_TEXT("Practice mode did not start."), nullptr,
        VISGATE_TEXT("Try again; the log tells what went wrong."), VISGATE_TEXT("Try again"), RemedyAction::Retry,
        true},
    Row{ErrorCode::OwnerUnavailable, VISGATE_TEXT("The Visgate that owns the records does not answer."), nullptr,
        VISGATE_TEXT("Close it and start again."), VISGATE_TEXT("Try again"), RemedyAction::Retry, true},
};
// clang-format on

#undef VISGATE_TEXT

QString translated(const char* text)
{
    return text == nullptr ? QString() : QCoreApplication::translate("Errors", text);
}

QString sentence(const Row& row, const Error& error)
{
    if (row.plainMessage == nullptr)
        return translated(row.message);
    if (error.arguments.empty())
        return translated(row.plainMessage);
    QString text = translated(row.message);
    for (const std::string& argument : error.arguments)
        text = text.arg(QString::fromStdString(argument));
    return text;
}

} // namespace

ErrorText describe(const Error& error)
{
    const Row* row = &kRows.front();
    for (const Row& candidate : kRows) {
        if (candidate.code == error.code)
            row = &candidate;
    }
    ErrorText text{sentence(*row, error), translated(row->remedy), translated(row->button), row->action};
    if (row->showsDetail && !error.detail.empty())
        text.message += u' ' + QString::fromStdString(error.detail);
    return text;
}

} // namespace visgate
