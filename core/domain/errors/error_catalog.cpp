// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/domain/errors/error_catalog.h"

#include "core/domain/errors/error_rows.h"
#include "core/domain/errors/setting_rules.h"

#include <QCoreApplication>
#include <QStringList>

#include <array>

namespace visgate {

namespace {

using Row = ErrorRow;

// clang-format off: a table reads best as one
constexpr std::array kRows{
    Row{ErrorCode::Internal, QT_TRANSLATE_NOOP("Errors", "Something went wrong inside Visgate."), nullptr,
        QT_TRANSLATE_NOOP("Errors", "Please report it together with the log; the limits of what runs still hold."),
        QT_TRANSLATE_NOOP("Errors", "Show the log"), RemedyAction::ShowLog, true},
    Row{ErrorCode::Cancelled, QT_TRANSLATE_NOOP("Errors", "Cancelled."), nullptr,
        QT_TRANSLATE_NOOP("Errors", "Start again whenever you like."), QT_TRANSLATE_NOOP("Errors", "Try again"),
        RemedyAction::Retry, false},
    Row{ErrorCode::InvalidRequest, QT_TRANSLATE_NOOP("Errors", "A setting has a value that cannot be used."), nullptr,
        QT_TRANSLATE_NOOP("Errors", "Correct the value that is named and try again."),
        QT_TRANSLATE_NOOP("Errors", "Try again"), RemedyAction::Retry, true},
    Row{ErrorCode::NotFound, QT_TRANSLATE_NOOP("Errors", "There is no such entry: %1."),
        QT_TRANSLATE_NOOP("Errors", "There is no such entry."),
        QT_TRANSLATE_NOOP("Errors", "Look it up in the list; it may have been deleted."), nullptr, RemedyAction::None,
        false},
    Row{ErrorCode::Conflict,
        QT_TRANSLATE_NOOP("Errors", "This is not possible while the deployment is in its present state."), nullptr,
        QT_TRANSLATE_NOOP("Errors", "Wait until it has settled, then try again."),
        QT_TRANSLATE_NOOP("Errors", "Try again"), RemedyAction::Retry, true},
    Row{ErrorCode::ConfirmationNeeded,
        QT_TRANSLATE_NOOP("Errors", "This costs $%1 a month, and has to be agreed to first."),
        QT_TRANSLATE_NOOP("Errors", "This has a price that has to be agreed to first."),
        QT_TRANSLATE_NOOP("Errors", "Look at the price and agree to it, or choose hours instead of always."), nullptr,
        RemedyAction::None, false},
    Row{ErrorCode::KeyMissing, QT_TRANSLATE_NOOP("Errors", "No Runpod key is stored on this computer."), nullptr,
        QT_TRANSLATE_NOOP("Errors", "Create a key on Runpod's key page and paste it here, or practise without one."),
        QT_TRANSLATE_NOOP("Errors", "Paste a key"), RemedyAction::PasteProviderKey, false},
    Row{ErrorCode::KeyNeeded, QT_TRANSLATE_NOOP("Errors", "The key that came with this request is gone."), nullptr,
        QT_TRANSLATE_NOOP("Errors", "Paste a key of the same account; the deployment then continues."),
        QT_TRANSLATE_NOOP("Errors", "Paste a key"), RemedyAction::PasteProviderKey, false},
    Row{ErrorCode::KeyRejected, QT_TRANSLATE_NOOP("Errors", "The key was not accepted."), nullptr,
        QT_TRANSLATE_NOOP("Errors", "Paste a new key; it may have been deleted or mistyped."),
        QT_TRANSLATE_NOOP("Errors", "Paste a new key"), RemedyAction::PasteProviderKey, false},
    Row{ErrorCode::KeyLacksPermission, QT_TRANSLATE_NOOP("Errors", "This key may look but not create."), nullptr,
        QT_TRANSLATE_NOOP("Errors", "Open the key page and give it write access to Serverless, or paste another key."),
        QT_TRANSLATE_NOOP("Errors", "Open the key page"), RemedyAction::OpenProviderKeyPage, false},
    Row{ErrorCode::NoCredit, QT_TRANSLATE_NOOP("Errors", "The account has no credit left."), nullptr,
        QT_TRANSLATE_NOOP("Errors", "Add credit on the provider's billing page, then try again."),
        QT_TRANSLATE_NOOP("Errors", "Open billing"), RemedyAction::OpenProviderBilling, false},
    Row{ErrorCode::BillingUnreadable,
        QT_TRANSLATE_NOOP("Errors", "This key cannot read the bills; limits go by estimates."), nullptr,
        QT_TRANSLATE_NOOP("Errors", "Give the key read access to Billing on the key page, or go on without."),
        QT_TRANSLATE_NOOP("Errors", "Open the key page"), RemedyAction::OpenProviderKeyPage, false},
    Row{ErrorCode::WorkerQuotaExceeded, QT_TRANSLATE_NOOP("Errors", "All %1 worker slots of the account are taken."),
        QT_TRANSLATE_NOOP("Errors", "All worker slots of the account are taken."),
        QT_TRANSLATE_NOOP("Errors", "Pause or remove another deployment, then try again."),
        QT_TRANSLATE_NOOP("Errors", "Free a slot"), RemedyAction::FreeWorkerSlots, false},
    Row{ErrorCode::NoCapacity, QT_TRANSLATE_NOOP("Errors", "No machine with a suitable GPU is free at the moment."),
        nullptr, QT_TRANSLATE_NOOP("Errors", "Try again in a few minutes, or allow more kinds of GPU."),
        QT_TRANSLATE_NOOP("Errors", "Add GPUs"), RemedyAction::AddGpus, false},
    Row{ErrorCode::DeploymentLimitReached, QT_TRANSLATE_NOOP("Errors", "This deployment has reached its limit of %1."),
        QT_TRANSLATE_NOOP("Errors", "This deployment has reached its limit."),
        QT_TRANSLATE_NOOP("Errors", "It was stopped. Raise its limit under Spend, then resume it."),
        QT_TRANSLATE_NOOP("Errors", "Raise the limit"), RemedyAction::RaiseLimit, false},
    Row{ErrorCode::DayLimitReached, QT_TRANSLATE_NOOP("Errors", "The limit of %1 for today has been reached."),
        QT_TRANSLATE_NOOP("Errors", "The limit for today has been reached."),
        QT_TRANSLATE_NOOP("Errors", "Everything was stopped. Raise the limit under Spend, or wait until tomorrow."),
        QT_TRANSLATE_NOOP("Errors", "Raise the limit"), RemedyAction::RaiseLimit, false},
    Row{ErrorCode::MonthLimitReached, QT_TRANSLATE_NOOP("Errors", "The limit of %1 for this month has been reached."),
        QT_TRANSLATE_NOOP("Errors", "The limit for this month has been reached."),
        QT_TRANSLATE_NOOP("Errors", "Everything was stopped. Raise the limit under Spend, or wait until next month."),
        QT_TRANSLATE_NOOP("Errors", "Raise the limit"), RemedyAction::RaiseLimit, false},
    Row{ErrorCode::StopUnderWay, QT_TRANSLATE_NOOP("Errors", "Everything is being stopped."), nullptr,
        QT_TRANSLATE_NOOP("Errors", "Wait until the provider has confirmed it, then try again."),
        QT_TRANSLATE_NOOP("Errors", "Try again"), RemedyAction::Retry, false},
    Row{ErrorCode::ModelNotFound, QT_TRANSLATE_NOOP("Errors", "There is no model called “%1”, or it is private."),
        QT_TRANSLATE_NOOP("Errors", "There is no such model, or it is private."),
        QT_TRANSLATE_NOOP("Errors", "Check the spelling (owner/name), or search for a similar one."),
        QT_TRANSLATE_NOOP("Errors", "Search models"), RemedyAction::SearchModels, false},
    Row{ErrorCode::ModelNameUnknown,
        QT_TRANSLATE_NOOP("Errors", "The short name “%1” does not stand for any model here."),
        QT_TRANSLATE_NOOP("Errors", "This short name does not stand for any model here."),
        QT_TRANSLATE_NOOP("Errors", "Use the full Hugging Face name (owner/name)."),
        QT_TRANSLATE_NOOP("Errors", "Search models"), RemedyAction::SearchModels, false},
    Row{ErrorCode::ModelNotDiffusers,
        QT_TRANSLATE_NOOP("Errors", "“%1” is not in the diffusers form that the worker can load."),
        QT_TRANSLATE_NOOP("Errors", "This model is not in the diffusers form that the worker can load."),
        QT_TRANSLATE_NOOP("Errors", "Choose a variant that has a model_index.json."),
        QT_TRANSLATE_NOOP("Errors", "Search models"), RemedyAction::SearchModels, false},
    Row{ErrorCode::AccountUnknown, QT_TRANSLATE_NOOP("Errors", "There is no account named “%1”."),
        QT_TRANSLATE_NOOP("Errors", "There is no account of that name."),
        QT_TRANSLATE_NOOP("Errors", "Use one of the accounts in the settings, or practice."), nullptr,
        RemedyAction::None, false},
    Row{ErrorCode::AccountInUse, QT_TRANSLATE_NOOP("Errors", "Something still runs or stands in the account “%1”."),
        QT_TRANSLATE_NOOP("Errors", "Something still runs or stands in this account."),
        QT_TRANSLATE_NOOP("Errors", "Delete what is there first; without the account's key nobody here could stop it."),
        nullptr, RemedyAction::None, false},
    Row{ErrorCode::KeyOfOtherAccount, QT_TRANSLATE_NOOP("Errors", "This is the key of the account “%1” already."),
        QT_TRANSLATE_NOOP("Errors", "This is the key of another account already."),
        QT_TRANSLATE_NOOP("Errors",
            "Make a key in the account that is meant; one account under two names would be "
            "counted twice."),
        nullptr, RemedyAction::None, false},
    Row{ErrorCode::ProviderLacks, QT_TRANSLATE_NOOP("Errors", "This provider does not offer that."), nullptr,
        QT_TRANSLATE_NOOP("Errors", "Do without, or deploy with a provider that has it."), nullptr, RemedyAction::None,
        false},
    Row{ErrorCode::UnsupportedTask, QT_TRANSLATE_NOOP("Errors", "“%1” is not an image or video model for this task."),
        QT_TRANSLATE_NOOP("Errors", "This is not an image or video model for this task."),
        QT_TRANSLATE_NOOP("Errors", "Visgate makes images and video; choose one of the image models."),
        QT_TRANSLATE_NOOP("Errors", "Show image models"), RemedyAction::ShowImageModels, false},
    Row{ErrorCode::LanguageModel, QT_TRANSLATE_NOOP("Errors", "“%1” is a language model; it writes text."),
        QT_TRANSLATE_NOOP("Errors", "This is a language model; it writes text."),
        QT_TRANSLATE_NOOP("Errors", "Visgate makes images and video; choose one of the image models."),
        QT_TRANSLATE_NOOP("Errors", "Show image models"), RemedyAction::ShowImageModels, false},
    Row{ErrorCode::PracticeOnlyDraws,
        QT_TRANSLATE_NOOP("Errors", "Practice only draws pictures from words; “%1” makes something else."),
        QT_TRANSLATE_NOOP("Errors", "Practice only draws pictures from words; this model makes something else."),
        QT_TRANSLATE_NOOP("Errors", "Practise with an image model, or deploy this one on Runpod."),
        QT_TRANSLATE_NOOP("Errors", "Show image models"), RemedyAction::ShowImageModels, false},
    Row{ErrorCode::ModelStaysHere, QT_TRANSLATE_NOOP("Errors", "“%1” is on this computer only; no cloud has it."),
        QT_TRANSLATE_NOOP("Errors", "This model is on this computer only; no cloud has it."),
        QT_TRANSLATE_NOOP("Errors", "Deploy it on this computer, or choose another model."), nullptr,
        RemedyAction::None, false},
    Row{ErrorCode::PictureEngineMissing,
        QT_TRANSLATE_NOOP("Errors", "Real models need the picture engine on this computer, and it is not there."),
        nullptr,
        QT_TRANSLATE_NOOP("Errors",
            "Install it in the settings (in a terminal: visgatectl picture-engine install), or try the demo model."),
        QT_TRANSLATE_NOOP("Errors", "Install the picture engine"), RemedyAction::InstallPictureEngine, false},
    Row{ErrorCode::LicenceNotAccepted,
        QT_TRANSLATE_NOOP("Errors", "The licence of “%1” has not been accepted, or the Hugging Face token is missing."),
        QT_TRANSLATE_NOOP(
            "Errors", "The licence of this model has not been accepted, or the Hugging Face token is missing."),
        QT_TRANSLATE_NOOP(
            "Errors", "Accept the licence on the model's page and store a Hugging Face token in the settings."),
        QT_TRANSLATE_NOOP("Errors", "Open licence page"), RemedyAction::OpenLicencePage, false},
    Row{ErrorCode::TokenRejected, QT_TRANSLATE_NOOP("Errors", "Hugging Face did not accept the token."), nullptr,
        QT_TRANSLATE_NOOP("Errors", "Paste a new token with read access."),
        QT_TRANSLATE_NOOP("Errors", "Paste a token"), RemedyAction::PasteHubToken, false},
    Row{ErrorCode::TokenMissing, QT_TRANSLATE_NOOP("Errors", "No Hugging Face token is stored on this computer."),
        nullptr,
        QT_TRANSLATE_NOOP("Errors", "Only models behind a licence need one: make one with read access and paste it."),
        QT_TRANSLATE_NOOP("Errors", "Paste a token"), RemedyAction::PasteHubToken, false},
    Row{ErrorCode::WorkerImageMissing,
        QT_TRANSLATE_NOOP("Errors",
            "No worker image yet: build and push it with `packaging/container/publish IMAGE`, then paste its name."),
        nullptr,
        QT_TRANSLATE_NOOP("Errors", "Paste the name of the pushed image in the settings, or practise meanwhile."),
        QT_TRANSLATE_NOOP("Errors", "Set the worker image"), RemedyAction::SetWorkerImage, false},
    Row{ErrorCode::WorkerImageUnknown, QT_TRANSLATE_NOOP("Errors", "The provider cannot find the worker image “%1”."),
        QT_TRANSLATE_NOOP("Errors", "The provider cannot find the worker image."),
        QT_TRANSLATE_NOOP("Errors", "Check that it was pushed and may be read, then paste its full name with version."),
        QT_TRANSLATE_NOOP("Errors", "Set the worker image"), RemedyAction::SetWorkerImage, false},
    Row{ErrorCode::HostDriverTooOld,
        QT_TRANSLATE_NOOP("Errors", "The worker image needs CUDA %1; the machines of this plan run %2 at most."),
        QT_TRANSLATE_NOOP("Errors", "The machines of this plan are too old for the worker image."),
        QT_TRANSLATE_NOOP("Errors", "Choose another GPU, or use a worker image that needs an older CUDA version."),
        QT_TRANSLATE_NOOP("Errors", "Add GPUs"), RemedyAction::AddGpus, true},
    Row{ErrorCode::OutOfGpuMemory, QT_TRANSLATE_NOOP("Errors", "The model needs about %1 GB; this GPU has %2 GB."),
        QT_TRANSLATE_NOOP("Errors", "The model does not fit into this GPU's memory."),
        QT_TRANSLATE_NOOP("Errors", "Choose a larger GPU or a smaller picture."),
        QT_TRANSLATE_NOOP("Errors", "Choose a larger GPU"), RemedyAction::ChooseLargerGpu, true},
    Row{ErrorCode::GenerationTooLarge, QT_TRANSLATE_NOOP("Errors", "This size needs about %1 GB; the GPU has %2 GB."),
        QT_TRANSLATE_NOOP("Errors", "This size is too large for the GPU."),
        QT_TRANSLATE_NOOP("Errors", "Ask for a smaller size or fewer at once, or choose a larger GPU."),
        QT_TRANSLATE_NOOP("Errors", "Use a smaller size"), RemedyAction::UseSmallerSize, false},
    Row{ErrorCode::StartLimitTooShort,
        QT_TRANSLATE_NOOP(
            "Errors", "The start limit of %1 min is likely to be too short; %2 min would do, at %3 at most."),
        QT_TRANSLATE_NOOP("Errors", "The start limit is likely to be too short for this model."),
        QT_TRANSLATE_NOOP("Errors", "Raise the start limit; what a start may cost rises with it."),
        QT_TRANSLATE_NOOP("Errors", "Raise the start limit"), RemedyAction::RaiseStartLimit, false},
    Row{ErrorCode::TimeLimitTooShort,
        QT_TRANSLATE_NOOP(
            "Errors", "The time limit of %1 min is likely to be too short; %2 min would do, at %3 at most."),
        QT_TRANSLATE_NOOP("Errors", "The time limit is likely to be too short for this."),
        QT_TRANSLATE_NOOP("Errors", "Raise the time limit, or ask for a smaller size or fewer steps."),
        QT_TRANSLATE_NOOP("Errors", "Raise the limit"), RemedyAction::RaiseTimeout, false},
    Row{ErrorCode::OutputTooLarge,
        QT_TRANSLATE_NOOP("Errors", "The result, about %1 MB, is too big for a direct return."),
        QT_TRANSLATE_NOOP("Errors", "The result is too big for a direct return."),
        QT_TRANSLATE_NOOP("Errors", "Use a storage bucket of your own, or ask for a smaller size."),
        QT_TRANSLATE_NOOP("Errors", "Set up storage"), RemedyAction::UseStorage, false},
    Row{ErrorCode::WorkerDiskFull,
        QT_TRANSLATE_NOOP("Errors", "The worker's disk is too small: the model needs %1 GB, better %2 GB."),
        QT_TRANSLATE_NOOP("Errors", "The worker's disk is too small for this model."),
        QT_TRANSLATE_NOOP("Errors", "Deploy again with a larger disk."), QT_TRANSLATE_NOOP("Errors", "Try again"),
        RemedyAction::Retry, true},
    Row{ErrorCode::EndpointVanished, QT_TRANSLATE_NOOP("Errors", "The provider no longer has this endpoint."), nullptr,
        QT_TRANSLATE_NOOP("Errors", "It was removed elsewhere; deploy the model again when you need it."),
        QT_TRANSLATE_NOOP("Errors", "Deploy again"), RemedyAction::Retry, false},
    Row{ErrorCode::VolumeKeyMissing, QT_TRANSLATE_NOOP("Errors", "No key for the provider's volumes is stored."),
        nullptr,
        QT_TRANSLATE_NOOP(
            "Errors", "Create an S3 API key in the provider's settings and store it with the model cache."),
        QT_TRANSLATE_NOOP("Errors", "Open the model cache"), RemedyAction::OpenModelCache, false},
    Row{ErrorCode::VolumeTooSmall, QT_TRANSLATE_NOOP("Errors", "The volume is too small: the model needs %1 GB."),
        QT_TRANSLATE_NOOP("Errors", "The volume is too small for this model."),
        QT_TRANSLATE_NOOP("Errors", "Make the volume larger, or keep the model in another one."),
        QT_TRANSLATE_NOOP("Errors", "Open the model cache"), RemedyAction::OpenModelCache, false},
    Row{ErrorCode::StorageRefused,
        QT_TRANSLATE_NOOP("Errors", "The storage did not take, give back or delete what it was sent."), nullptr,
        QT_TRANSLATE_NOOP("Errors", "Check address, region, bucket and keys, then test the storage again."),
        QT_TRANSLATE_NOOP("Errors", "Set up storage"), RemedyAction::UseStorage, true},
    Row{ErrorCode::JobFailed, QT_TRANSLATE_NOOP("Errors", "The picture could not be made."), nullptr,
        QT_TRANSLATE_NOOP("Errors", "Change the input that is named, or try again."),
        QT_TRANSLATE_NOOP("Errors", "Try again"), RemedyAction::Retry, true},
    Row{ErrorCode::JobTimedOut, QT_TRANSLATE_NOOP("Errors", "The picture took longer than its time limit of %1 min."),
        QT_TRANSLATE_NOOP("Errors", "The picture took longer than its time limit."),
        QT_TRANSLATE_NOOP("Errors", "Raise the limit, or ask for a smaller picture or fewer steps."),
        QT_TRANSLATE_NOOP("Errors", "Raise the limit"), RemedyAction::RaiseTimeout, true},
    Row{ErrorCode::ResultExpired, QT_TRANSLATE_NOOP("Errors", "The result has expired at the provider."), nullptr,
        QT_TRANSLATE_NOOP("Errors", "Run it again with the same seed to get the same picture."),
        QT_TRANSLATE_NOOP("Errors", "Run again"), RemedyAction::Retry, false},
    Row{ErrorCode::ResultMissing,
        QT_TRANSLATE_NOOP("Errors", "The job ended without a picture; it was probably too big for a direct return."),
        nullptr, QT_TRANSLATE_NOOP("Errors", "Use a storage bucket of your own, or ask for a smaller picture."),
        QT_TRANSLATE_NOOP("Errors", "Set up storage"), RemedyAction::UseStorage, false},
    Row{ErrorCode::ResultWithheld,
        QT_TRANSLATE_NOOP("Errors",
            "The worker's log says that the picture was made, but the provider has not handed it out within the time "
            "limit of %1 min."),
        QT_TRANSLATE_NOOP(
            "Errors", "The worker's log says that the picture was made, but the provider has not handed it out."),
        QT_TRANSLATE_NOOP("Errors", "Run it again; with the same seed it is the same picture."),
        QT_TRANSLATE_NOOP("Errors", "Run again"), RemedyAction::Retry, false},
    Row{ErrorCode::JobVanished,
        QT_TRANSLATE_NOOP("Errors", "The provider says again and again that it does not know this picture's job."),
        nullptr, QT_TRANSLATE_NOOP("Errors", "Run it again; with the same seed it is the same picture."),
        QT_TRANSLATE_NOOP("Errors", "Run again"), RemedyAction::Retry, false},
    Row{ErrorCode::PromptMissing, QT_TRANSLATE_NOOP("Errors", "Nothing is said about what to draw."), nullptr,
        QT_TRANSLATE_NOOP("Errors", "Describe the picture in a few words."), nullptr, RemedyAction::None, false},
    Row{ErrorCode::PromptTooLong,
        QT_TRANSLATE_NOOP("Errors", "The description has %1 characters; at most %2 are possible."),
        QT_TRANSLATE_NOOP("Errors", "The description is too long."),
        QT_TRANSLATE_NOOP("Errors", "Shorten it; models read only the first few hundred words anyway."), nullptr,
        RemedyAction::None, false},
    Row{ErrorCode::PromptUnusable,
        QT_TRANSLATE_NOOP("Errors", "The description holds control characters, which cannot be seen or drawn."),
        nullptr, QT_TRANSLATE_NOOP("Errors", "Type it anew, or paste it as plain text."), nullptr, RemedyAction::None,
        false},
    Row{ErrorCode::InputOutOfRange, QT_TRANSLATE_NOOP("Errors", "“%1” must be from %2 to %3."),
        QT_TRANSLATE_NOOP("Errors", "A value of the picture's settings is out of its range."),
        QT_TRANSLATE_NOOP("Errors", "Choose a value within the range, or leave it to the model."), nullptr,
        RemedyAction::None, false},
    Row{ErrorCode::NetworkUnreachable, QT_TRANSLATE_NOOP("Errors", "%1 cannot be reached."),
        QT_TRANSLATE_NOOP("Errors", "The service cannot be reached."),
        QT_TRANSLATE_NOOP("Errors", "Check the internet connection and proxy settings, then try again."),
        QT_TRANSLATE_NOOP("Errors", "Try again"), RemedyAction::CheckNetwork, false},
    Row{ErrorCode::NetworkTimeout, QT_TRANSLATE_NOOP("Errors", "%1 did not answer in time."),
        QT_TRANSLATE_NOOP("Errors", "The service did not answer in time."),
        QT_TRANSLATE_NOOP("Errors", "Check the internet connection, then try again."),
        QT_TRANSLATE_NOOP("Errors", "Try again"), RemedyAction::CheckNetwork, false},
    Row{ErrorCode::TlsFailed,
        QT_TRANSLATE_NOOP("Errors", "The secure connection failed; something stands between you and the service."),
        nullptr, QT_TRANSLATE_NOOP("Errors", "Check the proxy settings and this computer's clock and certificates."),
        QT_TRANSLATE_NOOP("Errors", "Try again"), RemedyAction::CheckNetwork, true},
    Row{ErrorCode::ClockWrong, QT_TRANSLATE_NOOP("Errors", "This computer's clock is wrong by about %1 min."),
        QT_TRANSLATE_NOOP("Errors", "This computer's clock is wrong."),
        QT_TRANSLATE_NOOP("Errors", "Set the clock by the network in the system's settings, then try again."),
        QT_TRANSLATE_NOOP("Errors", "Open clock settings"), RemedyAction::OpenClockSettings, false},
    Row{ErrorCode::RateLimited, QT_TRANSLATE_NOOP("Errors", "Too many requests to the service for the moment."),
        nullptr, QT_TRANSLATE_NOOP("Errors", "Visgate waits and goes on by itself."), nullptr, RemedyAction::None,
        false},
    Row{ErrorCode::ProviderRefused, QT_TRANSLATE_NOOP("Errors", "The provider refused this request."), nullptr,
        QT_TRANSLATE_NOOP("Errors", "Read its answer; change what it names and try again."),
        QT_TRANSLATE_NOOP("Errors", "Try again"), RemedyAction::Retry, true},
    Row{ErrorCode::ProviderFailed, QT_TRANSLATE_NOOP("Errors", "The provider has a problem of its own."), nullptr,
        QT_TRANSLATE_NOOP("Errors", "Try again in a few minutes; its status page may say more."),
        QT_TRANSLATE_NOOP("Errors", "Try again"), RemedyAction::Retry, true},
    Row{ErrorCode::UnexpectedReply,
        QT_TRANSLATE_NOOP("Errors", "The service gave an answer that Visgate does not understand."), nullptr,
        QT_TRANSLATE_NOOP("Errors", "Try again; if it stays, look for a newer version of Visgate."),
        QT_TRANSLATE_NOOP("Errors", "Try again"), RemedyAction::Retry, true},
    Row{ErrorCode::ReplyTooLarge, QT_TRANSLATE_NOOP("Errors", "The service's answer was larger than Visgate accepts."),
        nullptr, QT_TRANSLATE_NOOP("Errors", "Ask for a smaller picture or fewer of them."),
        QT_TRANSLATE_NOOP("Errors", "Use a smaller size"), RemedyAction::UseSmallerSize, false},
};
// clang-format on

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
    // All at once: arguments come from outside, and a "%2" in the first is no place for the second.
    const QString pattern = translated(row.message);
    QString text;
    for (qsizetype at = 0; at < pattern.size(); ++at) {
        const int number = pattern[at] == u'%' && at + 1 < pattern.size() ? pattern[at + 1].digitValue() : 0;
        if (number < 1) {
            text += pattern[at];
            continue;
        }
        if (static_cast<std::size_t>(number) > error.arguments.size())
            return translated(row.plainMessage);
        // A field's name is translated; a model's, or a number, stays as it is.
        text += translated(error.arguments[static_cast<std::size_t>(number) - 1].c_str());
        ++at;
    }
    return text;
}

/// The fields by their names and what may stand in them; empty if one has no rule, or a better reason is given.
QString refusedFields(const Error& error)
{
    QStringList fields;
    for (const std::string& argument : error.arguments)
        fields.append(QString::fromStdString(argument));
    const QString detail = QString::fromStdString(error.detail);
    if (fields.isEmpty() || settingRule(detail))
        fields = {detail};
    QStringList sentences;
    for (const QString& field : std::as_const(fields)) {
        const auto rule = settingRule(field);
        if (!rule)
            return {};
        sentences.append(QCoreApplication::translate("Fields", "“%1” has a value that cannot be used.").arg(rule->name)
            + u' ' + rule->rule);
    }
    return sentences.join(u' ');
}

} // namespace

ErrorText describe(const Error& error)
{
    const Row* row = &kRows.front();
    for (const std::span<const Row> rows :
        {std::span<const Row>(kRows), modelErrorRows(), workerErrorRows(), computerErrorRows()}) {
        for (const Row& candidate : rows) {
            if (candidate.code == error.code)
                row = &candidate;
        }
    }
    ErrorText text{sentence(*row, error), translated(row->remedy), translated(row->button), row->action};
    if (error.code == ErrorCode::InvalidRequest) {
        if (const QString named = refusedFields(error); !named.isEmpty()) {
            text.message = named;
            return text;
        }
    }
    if (row->showsDetail && !error.detail.empty())
        text.message += u' ' + QString::fromStdString(error.detail);
    return text;
}

} // namespace visgate
