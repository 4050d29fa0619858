// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/foundation/error.h"

#include <array>
#include <utility>

namespace visgate {
namespace {

struct Spelling {
    ErrorCode code;
    std::string_view text;
};

// In the order of the enum: toString() indexes it, and the test walks it.
constexpr std::array kSpellings{
    Spelling{ErrorCode::Internal, "INTERNAL"},
    Spelling{ErrorCode::Cancelled, "CANCELLED"},
    Spelling{ErrorCode::InvalidRequest, "INVALID_REQUEST"},
    Spelling{ErrorCode::NotFound, "NOT_FOUND"},
    Spelling{ErrorCode::Conflict, "CONFLICT"},
    Spelling{ErrorCode::ConfirmationNeeded, "CONFIRMATION_NEEDED"},
    Spelling{ErrorCode::KeyMissing, "KEY_MISSING"},
    Spelling{ErrorCode::KeyNeeded, "KEY_NEEDED"},
    Spelling{ErrorCode::KeyRejected, "KEY_REJECTED"},
    Spelling{ErrorCode::KeyLacksPermission, "KEY_LACKS_PERMISSION"},
    Spelling{ErrorCode::NoCredit, "NO_CREDIT"},
    Spelling{ErrorCode::BillingUnreadable, "BILLING_UNREADABLE"},
    Spelling{ErrorCode::WorkerQuotaExceeded, "WORKER_QUOTA_EXCEEDED"},
    Spelling{ErrorCode::NoCapacity, "NO_CAPACITY"},
    Spelling{ErrorCode::DeploymentLimitReached, "DEPLOYMENT_LIMIT_REACHED"},
    Spelling{ErrorCode::DayLimitReached, "DAY_LIMIT_REACHED"},
    Spelling{ErrorCode::MonthLimitReached, "MONTH_LIMIT_REACHED"},
    Spelling{ErrorCode::StopUnderWay, "STOP_UNDER_WAY"},
    Spelling{ErrorCode::AccountUnknown, "ACCOUNT_UNKNOWN"},
    Spelling{ErrorCode::AccountInUse, "ACCOUNT_IN_USE"},
    Spelling{ErrorCode::KeyOfOtherAccount, "KEY_OF_OTHER_ACCOUNT"},
    Spelling{ErrorCode::ProviderLacks, "PROVIDER_LACKS"},
    Spelling{ErrorCode::ModelNotFound, "MODEL_NOT_FOUND"},
    Spelling{ErrorCode::ModelNameUnknown, "MODEL_NAME_UNKNOWN"},
    Spelling{ErrorCode::ModelNotDiffusers, "MODEL_NOT_DIFFUSERS"},
    Spelling{ErrorCode::UnsupportedTask, "UNSUPPORTED_TASK"},
    Spelling{ErrorCode::LanguageModel, "LANGUAGE_MODEL"},
    Spelling{ErrorCode::PracticeOnlyDraws, "PRACTICE_ONLY_DRAWS"},
    Spelling{ErrorCode::ModelStaysHere, "MODEL_STAYS_HERE"},
    Spelling{ErrorCode::PictureEngineMissing, "PICTURE_ENGINE_MISSING"},
    Spelling{ErrorCode::ModelTakesNoWords, "MODEL_TAKES_NO_WORDS"},
    Spelling{ErrorCode::ModelMakesSound, "MODEL_MAKES_SOUND"},
    Spelling{ErrorCode::ModelMakesShapes, "MODEL_MAKES_SHAPES"},
    Spelling{ErrorCode::ModelMakesMaps, "MODEL_MAKES_MAPS"},
    Spelling{ErrorCode::ModelNeedsPicture, "MODEL_NEEDS_PICTURE"},
    Spelling{ErrorCode::ModelNeedsMask, "MODEL_NEEDS_MASK"},
    Spelling{ErrorCode::ModelNeedsGuide, "MODEL_NEEDS_GUIDE"},
    Spelling{ErrorCode::ModelIsPart, "MODEL_IS_PART"},
    Spelling{ErrorCode::PipelineUnknown, "PIPELINE_UNKNOWN"},
    Spelling{ErrorCode::ModelOwnCode, "MODEL_OWN_CODE"},
    Spelling{ErrorCode::ModelWeightsMissing, "MODEL_WEIGHTS_MISSING"},
    Spelling{ErrorCode::ModelIsLora, "MODEL_IS_LORA"},
    Spelling{ErrorCode::ModelIsGguf, "MODEL_IS_GGUF"},
    Spelling{ErrorCode::ModelDisabled, "MODEL_DISABLED"},
    Spelling{ErrorCode::LicenceNotAccepted, "LICENCE_NOT_ACCEPTED"},
    Spelling{ErrorCode::LicencePending, "LICENCE_PENDING"},
    Spelling{ErrorCode::LicenceRefused, "LICENCE_REFUSED"},
    Spelling{ErrorCode::TokenTooNarrow, "TOKEN_TOO_NARROW"},
    Spelling{ErrorCode::HubRefused, "HUB_REFUSED"},
    Spelling{ErrorCode::TokenRejected, "TOKEN_REJECTED"},
    Spelling{ErrorCode::TokenMissing, "TOKEN_MISSING"},
    Spelling{ErrorCode::WorkerImageMissing, "WORKER_IMAGE_MISSING"},
    Spelling{ErrorCode::WorkerImageUnknown, "WORKER_IMAGE_UNKNOWN"},
    Spelling{ErrorCode::ImagePullDenied, "IMAGE_PULL_DENIED"},
    Spelling{ErrorCode::ImagePullLimited, "IMAGE_PULL_LIMITED"},
    Spelling{ErrorCode::ImagePullFailing, "IMAGE_PULL_FAILING"},
    Spelling{ErrorCode::ImageWrongMachine, "IMAGE_WRONG_MACHINE"},
    Spelling{ErrorCode::WorkerLacksRuntime, "WORKER_LACKS_RUNTIME"},
    Spelling{ErrorCode::HostDriverTooOld, "HOST_DRIVER_TOO_OLD"},
    Spelling{ErrorCode::OutOfGpuMemory, "OUT_OF_GPU_MEMORY"},
    Spelling{ErrorCode::WorkerMemoryFull, "WORKER_MEMORY_FULL"},
    Spelling{ErrorCode::GenerationTooLarge, "GENERATION_TOO_LARGE"},
    Spelling{ErrorCode::StartLimitTooShort, "START_LIMIT_TOO_SHORT"},
    Spelling{ErrorCode::TimeLimitTooShort, "TIME_LIMIT_TOO_SHORT"},
    Spelling{ErrorCode::OutputTooLarge, "OUTPUT_TOO_LARGE"},
    Spelling{ErrorCode::WorkerDiskFull, "WORKER_DISK_FULL"},
    Spelling{ErrorCode::ModelFetchFailed, "MODEL_FETCH_FAILED"},
    Spelling{ErrorCode::WorkerCrashLoop, "WORKER_CRASH_LOOP"},
    Spelling{ErrorCode::WorkerRestarted, "WORKER_RESTARTED"},
    Spelling{ErrorCode::StartTimedOut, "START_TIMED_OUT"},
    Spelling{ErrorCode::MachineLate, "MACHINE_LATE"},
    Spelling{ErrorCode::ImagePullStuck, "IMAGE_PULL_STUCK"},
    Spelling{ErrorCode::ModelDownloadStuck, "MODEL_DOWNLOAD_STUCK"},
    Spelling{ErrorCode::ModelLoadStuck, "MODEL_LOAD_STUCK"},
    Spelling{ErrorCode::EndpointVanished, "ENDPOINT_VANISHED"},
    Spelling{ErrorCode::VolumeKeyMissing, "VOLUME_KEY_MISSING"},
    Spelling{ErrorCode::VolumeTooSmall, "VOLUME_TOO_SMALL"},
    Spelling{ErrorCode::StorageRefused, "STORAGE_REFUSED"},
    Spelling{ErrorCode::JobFailed, "JOB_FAILED"},
    Spelling{ErrorCode::WorkerLost, "WORKER_LOST"},
    Spelling{ErrorCode::JobTimedOut, "JOB_TIMED_OUT"},
    Spelling{ErrorCode::ResultExpired, "RESULT_EXPIRED"},
    Spelling{ErrorCode::ResultMissing, "RESULT_MISSING"},
    Spelling{ErrorCode::ResultWithheld, "RESULT_WITHHELD"},
    Spelling{ErrorCode::JobVanished, "JOB_VANISHED"},
    Spelling{ErrorCode::PromptMissing, "PROMPT_MISSING"},
    Spelling{ErrorCode::PromptTooLong, "PROMPT_TOO_LONG"},
    Spelling{ErrorCode::PromptUnusable, "PROMPT_UNUSABLE"},
    Spelling{ErrorCode::InputOutOfRange, "INPUT_OUT_OF_RANGE"},
    Spelling{ErrorCode::NetworkUnreachable, "NETWORK_UNREACHABLE"},
    Spelling{ErrorCode::NetworkTimeout, "NETWORK_TIMEOUT"},
    Spelling{ErrorCode::TlsFailed, "TLS_FAILED"},
    Spelling{ErrorCode::ClockWrong, "CLOCK_WRONG"},
    Spelling{ErrorCode::RateLimited, "RATE_LIMITED"},
    Spelling{ErrorCode::ProviderRefused, "PROVIDER_REFUSED"},
    Spelling{ErrorCode::ProviderFailed, "PROVIDER_FAILED"},
    Spelling{ErrorCode::UnexpectedReply, "UNEXPECTED_REPLY"},
    Spelling{ErrorCode::ReplyTooLarge, "REPLY_TOO_LARGE"},
    Spelling{ErrorCode::KeychainUnavailable, "KEYCHAIN_UNAVAILABLE"},
    Spelling{ErrorCode::KeychainLocked, "KEYCHAIN_LOCKED"},
    Spelling{ErrorCode::StoreFull, "STORE_FULL"},
    Spelling{ErrorCode::StoreCorrupt, "STORE_CORRUPT"},
    Spelling{ErrorCode::StoreTooNew, "STORE_TOO_NEW"},
    Spelling{ErrorCode::StoreBusy, "STORE_BUSY"},
    Spelling{ErrorCode::FileUnreadable, "FILE_UNREADABLE"},
    Spelling{ErrorCode::FileUnwritable, "FILE_UNWRITABLE"},
    Spelling{ErrorCode::PortBusy, "PORT_BUSY"},
    Spelling{ErrorCode::AlreadyServed, "ALREADY_SERVED"},
    Spelling{ErrorCode::RecipeUnreadable, "RECIPE_UNREADABLE"},
    Spelling{ErrorCode::RecipeTooNew, "RECIPE_TOO_NEW"},
    Spelling{ErrorCode::PracticeUnavailable, "PRACTICE_UNAVAILABLE"},
    Spelling{ErrorCode::PythonMissing, "PYTHON_MISSING"},
    Spelling{ErrorCode::DiskTooSmall, "DISK_TOO_SMALL"},
    Spelling{ErrorCode::PictureEngineFailed, "PICTURE_ENGINE_FAILED"},
    Spelling{ErrorCode::OwnerUnavailable, "OWNER_UNAVAILABLE"},
};

constexpr bool isInEnumOrder()
{
    for (std::size_t i = 0; i < kSpellings.size(); ++i) {
        if (static_cast<std::size_t>(kSpellings[i].code) != i)
            return false;
    }
    return true;
}
static_assert(isInEnumOrder(), "kSpellings must list every ErrorCode in the enum's order");
static_assert(kSpellings.back().code == ErrorCode::OwnerUnavailable, "a code without a spelling");

} // namespace

std::string_view toString(ErrorCode code)
{
    const auto index = static_cast<std::size_t>(code);
    return index < kSpellings.size() ? kSpellings[index].text : kSpellings.front().text;
}

ErrorCode errorCodeFromString(std::string_view text)
{
    for (const Spelling& spelling : kSpellings) {
        if (spelling.text == text)
            return spelling.code;
    }
    return ErrorCode::Internal;
}

} // namespace visgate
