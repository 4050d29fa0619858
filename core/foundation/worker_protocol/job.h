// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/foundation/ids.h"
#include "core/foundation/result.h"
#include "core/foundation/secret.h"

#include <chrono>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// The shapes of Runpod's queue API and of what our worker returns through it. JSON goes in and out as text, so that
/// no JSON library shows here. Source: the queue API's documentation and the SDK's behaviour.
namespace visgate::queue {

struct JobPolicy {
    std::optional<std::chrono::milliseconds> executionTimeout; ///< counts only while the job runs
    std::optional<std::chrono::milliseconds> ttl;              ///< from submission; then the job is gone
    bool isLowPriority = false;                                ///< does not make the endpoint scale up
};

/// Passed through to the worker; the platform does nothing with it.
struct S3Config {
    std::string accessId;
    Secret accessSecret;
    std::string bucketName;
    std::string endpointUrl;
};

/// The body of `/run` and `/runsync`, and what a worker takes (there with an id).
struct JobRequest {
    ProviderJobId id;         ///< empty in a request to run
    std::string input = "{}"; ///< a JSON object
    std::string webhook;
    JobPolicy policy;
    std::optional<S3Config> s3;
    std::string extra; ///< other top-level members, as a JSON object; they reach the worker too
};

/// InvalidRequest names the member that is wrong; `input` is the only one required.
[[nodiscard]] Result<JobRequest> parseJobRequest(std::string_view json);
/// InvalidRequest if `input` or `extra` is not a JSON object.
[[nodiscard]] Result<std::string> formatJobRequest(const JobRequest& request);

enum class JobState { InQueue, InProgress, Completed, Failed, Cancelled, TimedOut, Unknown };

[[nodiscard]] std::string_view toString(JobState state);          ///< "IN_QUEUE", ...; "UNKNOWN"
[[nodiscard]] JobState jobStateFromString(std::string_view text); ///< RUNNING means IN_PROGRESS
[[nodiscard]] bool isFinal(JobState state);

/// The reply of `/status` and of a webhook.
struct JobReport {
    ProviderJobId id;
    JobState state = JobState::Unknown;
    std::string stateText;                              ///< as sent, for states this version does not know
    std::optional<std::chrono::milliseconds> delayTime; ///< in the queue; restarts with each attempt
    std::optional<std::chrono::milliseconds> executionTime;
    std::string output; ///< JSON text; empty: there is none. While in progress: the last progress
    std::string error;  ///< text, or the JSON text of an error object
    int retries = 0;
    WorkerId worker;
};

/// UnexpectedReply if it is not a JSON object with an id and a status.
[[nodiscard]] Result<JobReport> parseJobReport(std::string_view json);
[[nodiscard]] std::string formatJobReport(const JobReport& report);

/// One picture or film that a job made: bytes inline, or a URL.
struct JobArtifact {
    std::string url;
    std::string data; ///< base64
    std::string key;  ///< in the bucket
    std::int64_t bytes = 0;
    std::string sha256;
    std::string contentType;
    int width = 0;
    int height = 0;
    std::int64_t seed = 0;
    std::optional<int> frames;
    std::optional<double> fps;
};

/// What a worker of ours returns for a finished job.
struct JobOutput {
    std::vector<JobArtifact> artifacts;
    std::string modelId;
    std::string revision;
    std::string runner;
    std::map<std::string, double> timings; ///< seconds by phase: queue, load, first_step, steps, encode, upload
    std::string gpu;
    std::string label;                     ///< set by the demo model: what it stands in for
    std::vector<std::string> unknownWords; ///< of the prompt
};

/// UnexpectedReply if there is no list of artifacts.
[[nodiscard]] Result<JobOutput> parseJobOutput(std::string_view json);
[[nodiscard]] std::string formatJobOutput(const JobOutput& output);

/// `{"error":{"code","message","fields":[{"name","message"}]}}`, the form in which our worker refuses or fails a job.
struct JobFault {
    struct Field {
        std::string name;
        std::string message;
    };
    std::string code;
    std::string message;
    std::vector<Field> fields;
};

/// Reads our own form, the SDK's error document (`error_type`, `error_message`) and plain text, which becomes the
/// message.
[[nodiscard]] JobFault parseJobFault(std::string_view error);
[[nodiscard]] std::string formatJobFault(const JobFault& fault);

} // namespace visgate::queue
