// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/foundation/result.h"

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// What our worker returns through a queue. It comes in as text, so that no JSON library shows here.
namespace visgate::queue {

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
    std::map<std::string, double>
        timings; ///< seconds by phase: queue, load, first_step, step, decode, steps, encode, upload
    std::string gpu;
    std::string label;                     ///< set by the demo model: what it stands in for
    std::vector<std::string> unknownWords; ///< of the prompt
};

/// UnexpectedReply if there is no list of artifacts.
[[nodiscard]] Result<JobOutput> parseJobOutput(std::string_view json);

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

} // namespace visgate::queue
