// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/foundation/logs/log_line.h"
#include "core/foundation/result.h"
#include "core/foundation/secret.h"

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace visgate::worker {

using Environment = std::map<std::string, std::string>;

/// What the environment says, checked. Names without a prefix are the provider's or the hub's; ours begin with
/// VISGATE_.
struct Settings {
    /// WORKER_MODE: where jobs come from; unset: the queue, if the environment names one.
    enum class Mode { None, Queue, Http };
    Mode mode = Mode::None;
    std::string httpAddress;                ///< HTTP_ADDRESS, of a network interface; by default all of them
    std::uint16_t httpPort = 0;             ///< HTTP_PORT, else PORT, else 8080; 0: the system picks one
    std::string httpBasePath;               ///< HTTP_BASE_PATH, "/a/b": what an ingress may put before each path
    Secret httpKey;                         ///< VISGATE_HTTP_KEY
    bool leavesWithInput = false;           ///< VISGATE_LEAVE_WITH_STDIN: whoever started it holds its standard input
    std::chrono::seconds drainTimeout{600}; ///< VISGATE_DRAIN_SECONDS: for the job in hand once it is asked to leave

    // RUNPOD_*
    std::string takeTemplate;                       ///< RUNPOD_WEBHOOK_GET_JOB; empty: there is no queue to take from
    std::string doneTemplate;                       ///< RUNPOD_WEBHOOK_POST_OUTPUT
    std::string pingTemplate;                       ///< RUNPOD_WEBHOOK_PING; empty: no heart-beats
    std::chrono::milliseconds pingInterval{10'000}; ///< RUNPOD_PING_INTERVAL
    Secret workerKey;                               ///< RUNPOD_AI_API_KEY
    std::string workerId;                           ///< RUNPOD_POD_ID; made up if absent
    std::string gpu;                                ///< RUNPOD_GPU_TYPE_ID; empty if the provider does not tell
    LogLevel logLevel = LogLevel::Debug;            ///< RUNPOD_LOG_LEVEL

    /// VISGATE_CACHE_DIRS, separated as the system separates paths (":" or ";"); filled by us; may be empty
    std::vector<std::filesystem::path> cacheFolders;
    std::string modelId; ///< HF_MODEL_ID
    /// VISGATE_RUNNER. The demo model draws in another's name only where it is asked for; and so long as a worker has
    /// one runner for real models, that one is asked for as well.
    enum class RunnerKind { None, Demo, Diffusers };
    RunnerKind runner = RunnerKind::None;
    std::string task;                       ///< TASK, in its usual spelling; empty: whatever the model can do
    std::string precision;                  ///< VISGATE_PRECISION: float32, float16, bfloat16; empty: as the GPU can
    std::string offload;                    ///< VISGATE_OFFLOAD: none, model, sequential; empty: as memory allows
    std::optional<int> standardSteps;       ///< VISGATE_STANDARD_STEPS: of a job that names none; unset: the pipeline's
    std::optional<double> standardGuidance; ///< VISGATE_STANDARD_GUIDANCE, the same
    std::filesystem::path python;           ///< VISGATE_PYTHON, with the picture engine's modules
    std::filesystem::path diffusersProgram; ///< VISGATE_DIFFUSERS; empty: where it was installed
    std::string revision;                   ///< HF_REVISION
    std::string hub;                        ///< HF_ENDPOINT, else the hub's own address
    Secret hubToken;                        ///< HF_TOKEN; empty: what everybody may have
    std::string callback;  ///< VISGATE_WEBHOOK: https://host/internal/deployment-ready/{id}; empty: no callbacks
    Secret callbackSecret; ///< VISGATE_INTERNAL_SECRET
    std::chrono::seconds idleTimeout{3900}; ///< VISGATE_IDLE_TIMEOUT_SECONDS; 900 over HTTP
    std::chrono::seconds loadTimeout{600};  ///< VISGATE_LOAD_TIMEOUT_SECONDS
    int patience = 1; ///< VISGATE_PATIENCE: so many times longer than on a GPU may loading and each phase of a job take
    int failureThreshold = 3; ///< VISGATE_FAILURE_THRESHOLD
    /// Where files go of jobs that bring no place of their own; without a bucket results carry them.
    struct Storage {
        std::string endpoint;    ///< VISGATE_S3_ENDPOINT, http or https; else AWS in that region
        std::string region;      ///< VISGATE_S3_REGION; else what the endpoint tells
        std::string bucket;      ///< VISGATE_S3_BUCKET
        std::string prefix;      ///< VISGATE_S3_PREFIX, before each key as it is
        std::string accessKeyId; ///< VISGATE_S3_ACCESS_KEY_ID
        Secret secretKey;        ///< VISGATE_S3_SECRET_ACCESS_KEY
        Secret sessionToken;     ///< VISGATE_S3_SESSION_TOKEN; empty for lasting keys
        std::string publicBase;  ///< CDN_BASE_URL: where the bucket is read; else by addresses signed for a week
    };
    Storage storage;
    std::filesystem::path ffmpeg;        ///< VISGATE_FFMPEG, else the first in PATH; empty: there is none
    std::filesystem::path shapesWeights; ///< VISGATE_SHAPES_WEIGHTS; empty: where they were installed

    /// InvalidRequest names the variable that cannot be used: a number out of range, a task or runner that this worker
    /// does not have. Nothing is guessed and nothing is ignored.
    [[nodiscard]] static Result<Settings> read(const Environment& environment);
};

/// Values of the environment that must never be printed: those whose names speak of keys, tokens and the like.
[[nodiscard]] std::vector<std::string> secretValues(const Environment& environment);
/// Whether a variable or JSON member of this name holds a credential.
[[nodiscard]] bool isSecretName(std::string_view name);

} // namespace visgate::worker
