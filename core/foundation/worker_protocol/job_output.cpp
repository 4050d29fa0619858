// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/foundation/worker_protocol/job_output.h"

#include "core/foundation/json/json_read.h"

namespace visgate::queue {
namespace {

using json::Json;

// More than any job makes; a list beyond it is not one of ours.
constexpr std::size_t kMaxArtifacts = 256;

JobArtifact readArtifact(const Json& object)
{
    JobArtifact artifact;
    artifact.url = json::text(object, "url");
    artifact.data = json::text(object, "data");
    artifact.key = json::text(object, "key");
    artifact.bytes = json::integerOr(object, "bytes", 0);
    artifact.sha256 = json::text(object, "sha256");
    artifact.contentType = json::text(object, "content_type");
    artifact.width = json::intOr(object, "width", 0);
    artifact.height = json::intOr(object, "height", 0);
    artifact.seed = json::integerOr(object, "seed", 0);
    if (json::integer(object, "frames"))
        artifact.frames = json::intOr(object, "frames", 0);
    if (json::find(object, "fps") != nullptr)
        artifact.fps = json::numberOr(object, "fps", 0);
    return artifact;
}

} // namespace

Result<JobOutput> parseJobOutput(std::string_view text)
{
    const std::optional<Json> object = json::parseObject(text);
    const Json* const artifacts = object ? json::find(*object, "artifacts") : nullptr;
    if (artifacts == nullptr || !artifacts->is_array() || artifacts->size() > kMaxArtifacts)
        return fail(ErrorCode::UnexpectedReply, "the output has no list of artifacts");
    JobOutput output;
    for (const Json& artifact : *artifacts) {
        if (!artifact.is_object())
            return fail(ErrorCode::UnexpectedReply, "an artifact is not an object");
        output.artifacts.push_back(readArtifact(artifact));
    }
    output.modelId = json::text(*object, "model_id");
    output.revision = json::text(*object, "revision");
    output.runner = json::text(*object, "runner");
    output.gpu = json::text(*object, "gpu");
    // A real model's label is its own name, and no warning.
    const Json* const demo = json::find(*object, "demo");
    if (demo == nullptr || !demo->is_boolean() || demo->get<bool>())
        output.label = json::text(*object, "label");
    if (const Json* const timings = json::find(*object, "timings"); timings != nullptr && timings->is_object()) {
        for (const auto& [phase, seconds] : timings->items()) {
            if (seconds.is_number())
                output.timings[phase] = seconds.get<double>();
        }
    }
    if (const Json* const words = json::find(*object, "unknown_words"); words != nullptr && words->is_array()) {
        for (const Json& word : *words) {
            if (word.is_string())
                output.unknownWords.push_back(word.get<std::string>());
        }
    }
    return output;
}

JobFault parseJobFault(std::string_view error)
{
    JobFault fault;
    const std::optional<Json> object = json::parseObject(error);
    if (!object) {
        fault.message = error;
        return fault;
    }
    if (json::find(*object, "error_message") != nullptr) { // the provider's SDK: an exception of a handler
        fault.code = json::text(*object, "error_type");
        fault.message = json::text(*object, "error_message");
        return fault;
    }
    const Json* const nested = json::find(*object, "error");
    if (nested != nullptr && nested->is_string()) {
        fault.message = nested->get<std::string>();
        return fault;
    }
    const Json& body = nested != nullptr ? *nested : *object;
    fault.code = json::text(body, "code");
    fault.message = json::text(body, "message");
    if (const Json* const fields = json::find(body, "fields"); fields != nullptr && fields->is_array()) {
        for (const Json& field : *fields) {
            if (field.is_string())
                fault.fields.push_back({field.get<std::string>(), {}});
            else
                fault.fields.push_back({json::text(field, "name"), json::text(field, "message")});
        }
    }
    if (fault.code.empty() && fault.message.empty())
        fault.message = error;
    return fault;
}

} // namespace visgate::queue
