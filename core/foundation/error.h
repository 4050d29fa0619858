// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace visgate {

/// Every way a user-visible operation can fail. The codes are stable: they are stored, sent over the API and
/// translated into one sentence with one remedy by core/domain/error_catalog.
enum class ErrorCode {
    Internal,               ///< a bug of ours; `detail` says what was found
    Cancelled,              ///< the caller asked for it
    InvalidRequest,         ///< a field is missing, malformed or out of range; `detail` names it
    NotFound,               ///< no such deployment, job or file
    Conflict,               ///< not possible in the present state
    ConfirmationNeeded,     ///< costs so much that it has to be agreed to first; argument: USD a month
    KeyMissing,             ///< no provider key is stored for the target
    KeyNeeded,              ///< a key that came with a request is gone; any key with the same hash resumes
    KeyRejected,            ///< 401 from the provider
    KeyLacksPermission,     ///< 403 from the provider
    NoCredit,               ///< the account has no balance left
    BillingUnreadable,      ///< 403 on the bills: the limits go by estimates
    WorkerQuotaExceeded,    ///< sum of max workers over the account's quota
    NoCapacity,             ///< no GPU of the plan is free
    DeploymentLimitReached, ///< the user's own limits; the argument is the limit as money
    DayLimitReached,
    MonthLimitReached,
    StopUnderWay,         ///< "Stop everything" was asked for and is not done yet
    AccountUnknown,       ///< there is no account of that name; it is the argument
    AccountInUse,         ///< something still runs or stands there; argument: its name
    KeyOfOtherAccount,    ///< the key is another account's already; argument: that one's name
    ProviderLacks,        ///< the cloud has no such thing: volumes, releases ...
    ModelNotFound,        ///< hub 404, or private without a token
    ModelNameUnknown,     ///< a short model name that maps to nothing
    ModelNotDiffusers,    ///< no model_index.json
    UnsupportedTask,      ///< an audio model and the like, or a task the model cannot do
    LanguageModel,        ///< the model writes text
    PracticeOnlyDraws,    ///< practice's worker makes pictures from words and nothing else
    ModelStaysHere,       ///< it is on this computer, and no cloud has it
    PictureEngineMissing, ///< this computer has no Python with what runs real models
    ModelTakesNoWords,    ///< the model draws at random or by number: words mean nothing to it
    ModelMakesSound,
    ModelMakesShapes,    ///< things in three dimensions
    ModelMakesMaps,      ///< depths, normals: measurements of a picture
    ModelNeedsPicture,   ///< it starts from a picture, and only words were given
    ModelNeedsMask,      ///< a picture and the part of it that is to change
    ModelNeedsGuide,     ///< inputs beyond words and one picture: ControlNet and the like
    ModelIsPart,         ///< one step of several: works on another model's output
    PipelineUnknown,     ///< nothing says what the model makes of what; arguments: model, class
    ModelOwnCode,        ///< program code of its own; arguments: model, module
    ModelWeightsMissing, ///< parts without loadable weights; arguments: model, parts
    ModelIsLora,         ///< an addition to a model; arguments: it, the model (may be empty)
    ModelIsGguf,         ///< quantised single files of another program
    ModelDisabled,       ///< the hub has taken it down
    LicenceNotAccepted,  ///< gated model, licence not accepted or token missing
    LicencePending,      ///< the authors have not answered the request yet
    LicenceRefused,      ///< the authors refused the request
    TokenTooNarrow,      ///< a fine-grained hub token without the right to gated models
    HubRefused,          ///< another 403 of the hub; `detail` is its own words
    TokenRejected,       ///< 401 from the hub
    TokenMissing,        ///< no token for the hub is stored
    WorkerImageMissing,  ///< no worker image is set
    WorkerImageUnknown,  ///< the registry does not have the image
    ImagePullDenied,     ///< the registry asks for a login, or refuses this one
    ImagePullLimited,    ///< the registry's limit for pulls is reached
    ImagePullFailing,    ///< the provider has not been able to fetch it so far; `detail` is its own words
    ImageWrongMachine,   ///< built for another processor
    WorkerLacksRuntime,  ///< the worker image holds nothing that can run the model
    HostDriverTooOld,    ///< no host of the plan runs the CUDA version that the image needs
    OutOfGpuMemory,
    WorkerMemoryFull,   ///< the machine's own memory, not the GPU's
    GenerationTooLarge, ///< the size asked for does not fit beside the model
    StartLimitTooShort, ///< the model cannot be there within the start limit
    TimeLimitTooShort,  ///< the job cannot be done within its time limit
    OutputTooLarge,     ///< too big for a direct return
    WorkerDiskFull,     ///< the worker's disk is too small for the model
    ModelFetchFailed,   ///< the worker could not get the model from the hub; `detail` is its own words
    WorkerCrashLoop,    ///< the worker crashes on start again and again
    WorkerRestarted,    ///< the worker ended while it was starting, and is started again
    StartTimedOut,      ///< initialising for longer than the start limit
    MachineLate,    ///< the stages of a start that take longer than nearly all of the user's own did; the argument is
    ImagePullStuck, ///< how many minutes those took at most
    ModelDownloadStuck,
    ModelLoadStuck,
    EndpointVanished, ///< the provider no longer has the endpoint
    VolumeKeyMissing, ///< no key for the provider's volumes is stored
    VolumeTooSmall,   ///< the model does not fit into the volume
    StorageRefused,   ///< the bucket did not take, give back or delete what it was sent
    JobFailed,        ///< the worker reported an error; `detail` is its text, masked
    WorkerLost,       ///< the worker went away while it ran the job, again and again
    JobTimedOut,
    ResultExpired,
    ResultMissing,      ///< COMPLETED without an output
    ResultWithheld,     ///< past its time limit although the worker's log says that it was made; argument: minutes
    JobVanished,        ///< the provider says, over and over, that it does not know a job that it took
    PromptMissing,      ///< nothing is said to be drawn
    PromptTooLong,      ///< arguments: its characters, and how many are possible
    PromptUnusable,     ///< it holds control characters
    InputOutOfRange,    ///< arguments: the field's name, least and most
    NetworkUnreachable, ///< refused, no route, DNS
    NetworkTimeout,
    TlsFailed,
    ClockWrong,      ///< this computer's clock is off by minutes
    RateLimited,     ///< 429
    ProviderRefused, ///< another 4xx
    ProviderFailed,  ///< 5xx
    UnexpectedReply, ///< a reply that does not parse or breaks its schema
    ReplyTooLarge,
    KeychainUnavailable, ///< none can be reached
    KeychainLocked,      ///< or did not answer in time
    StoreFull,           ///< the local disk is full
    StoreCorrupt,
    StoreTooNew, ///< written by a newer version of this program
    StoreBusy,   ///< locked by another process for too long
    FileUnreadable,
    FileUnwritable,
    PortBusy,            ///< another program listens there; argument: the port
    AlreadyServed,       ///< another process owns the data folder; argument: the folder
    RecipeUnreadable,    ///< not a recipe file; `detail` says what is wrong
    RecipeTooNew,        ///< written by a newer version of this program
    PracticeUnavailable, ///< the practice process did not start
    PythonMissing,       ///< none of the wanted versions is here; arguments: the oldest and the newest of them
    DiskTooSmall,        ///< for what is to be put there; arguments: the folder, gigabytes needed, gigabytes free
    PictureEngineFailed, ///< it could not be installed; `detail` is what pip or Python said last
    OwnerUnavailable,    ///< no process serves the data folder's socket
};

/// The code's stable spelling, e.g. "KEY_REJECTED".
[[nodiscard]] std::string_view toString(ErrorCode code);
/// The inverse; Internal for an unknown text.
[[nodiscard]] ErrorCode errorCodeFromString(std::string_view text);

/// An expected failure. Plain value, no user language: the words come from the error catalogue.
struct Error {
    ErrorCode code = ErrorCode::Internal;
    std::string detail;                 ///< the facts: masked provider text, field name, path. Never a secret
    int providerStatus = 0;             ///< HTTP status of the provider's reply, 0 if there was none
    std::string requestId;              ///< the provider's x-request-id, for its support
    std::vector<std::string> arguments; ///< values the catalogue's sentence fills in, in its order
    bool operator==(const Error&) const = default;
};

} // namespace visgate
