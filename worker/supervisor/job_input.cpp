// SPDX-License-Identifier: GPL-3.0-or-later
#include "worker/supervisor/job_input.h"

#include "core/foundation/json/json_value.h"
#include "core/foundation/worker_protocol/job_limits.h"
#include "core/foundation/worker_protocol/worker_code.h"
#include "worker/delivery/presigned_upload.h"
#include "worker/supervisor/settings.h"

#include <algorithm>
#include <cmath>

namespace visgate::worker {
namespace {

using nlohmann::json;

constexpr std::size_t maxUploads = 64;
constexpr std::int64_t maxSeed = job_limits::kLargestSeed;
constexpr std::int64_t longestDeadline = 604'800'000; ///< the provider's own limit of policy.executionTimeout

std::string text(double value)
{
    return json(value).dump();
}

/// Reads members of one object and collects complaints.
class Fields {
public:
    Fields(const json& object, std::vector<BadField>& bad) : m_object(object), m_bad(bad) { }

    [[nodiscard]] const json* find(const char* name) const
    {
        const auto found = m_object.find(name);
        return found == m_object.end() || found->is_null() ? nullptr : &*found;
    }

    std::int64_t whole(const char* name, std::int64_t least, std::int64_t most, std::int64_t otherwise)
    {
        const json* value = find(name);
        if (value == nullptr) {
            return otherwise;
        }
        const bool isWhole = value->is_number_integer()
            || (value->is_number_float() && std::floor(value->get<double>()) == value->get<double>());
        if (!isWhole || value->get<double>() < static_cast<double>(least)
            || value->get<double>() > static_cast<double>(most)) {
            refuse(name, "must be a whole number from " + std::to_string(least) + " to " + std::to_string(most));
            return otherwise;
        }
        return value->get<std::int64_t>();
    }

    double number(const char* name, double least, double most, double otherwise)
    {
        const json* value = find(name);
        if (value == nullptr) {
            return otherwise;
        }
        if (!value->is_number() || value->get<double>() < least || value->get<double>() > most) {
            refuse(name, "must be a number from " + text(least) + " to " + text(most));
            return otherwise;
        }
        return value->get<double>();
    }

    void refuse(std::string name, std::string message) { m_bad.push_back({std::move(name), std::move(message)}); }

private:
    const json& m_object;
    std::vector<BadField>& m_bad;
};

std::string readPromptField(Fields& fields)
{
    const json* prompt = fields.find("prompt");
    if (prompt == nullptr) {
        fields.refuse("prompt", "is missing");
    } else if (!prompt->is_string()) {
        fields.refuse("prompt", "must be text");
    } else if (const auto check = job_limits::checkPrompt(prompt->get_ref<const std::string&>());
               check.problem != job_limits::PromptProblem::None) {
        fields.refuse("prompt", job_limits::ruleOf(check));
    } else {
        return prompt->get<std::string>();
    }
    return {};
}

bool isEmptyText(const json& value)
{
    return value.is_string() && value.get_ref<const std::string&>().empty();
}

void checkSize(Fields& fields, const char* name, int side)
{
    const json* value = fields.find(name);
    if (value != nullptr && !(value->is_number() && value->get<double>() == side)) {
        fields.refuse(name,
            "this model draws " + std::to_string(side) + "x" + std::to_string(side) + " only; ask for "
                + std::to_string(side));
    }
}

/// Addresses that the pictures go to; whoever has one may write there, so they are secrets.
void readUploads(Fields& fields, JobInput& result)
{
    const json* addresses = fields.find("upload_urls");
    if (addresses == nullptr) {
        return;
    }
    const bool isList = addresses->is_array() && addresses->size() <= maxUploads
        && std::all_of(addresses->begin(), addresses->end(), [](const json& address) {
               return address.is_string() && isUploadAddress(address.get_ref<const std::string&>());
           });
    if (isList) {
        result.uploadAddresses = addresses->get<std::vector<std::string>>();
    } else {
        fields.refuse("upload_urls", "must be a list of https addresses");
    }
}

void collectSecrets(const json& value, bool isSecret, std::vector<std::string>& found)
{
    constexpr std::string_view signature = "X-Amz-Signature=";
    const std::size_t at = value.is_string() ? value.get_ref<const std::string&>().find(signature) : std::string::npos;
    if (at != std::string::npos) {
        found.push_back(value.get_ref<const std::string&>().substr(at + signature.size()));
    } else if (value.is_string() && isSecret) {
        found.push_back(value.get<std::string>());
    } else if (value.is_structured()) {
        for (const auto& [name, member] : value.items()) {
            collectSecrets(member, isSecret || (value.is_object() && isSecretName(name)), found);
        }
    }
}

} // namespace

JobInput readJobInput(const json& job, const RunnerLimits& limits, const std::function<std::uint64_t()>& randomSeed)
{
    JobInput result;
    const json input = job.is_object() ? job.value("input", json()) : json();
    if (!input.is_object()) {
        result.bad.push_back({"input", "must be an object"});
        return result;
    }
    Fields fields(input, result.bad);
    const json* debug = fields.find("debug");
    if (debug != nullptr && *debug == true) {
        result.isDebug = true;
        return result;
    }
    auto& generation = result.generation;
    generation.prompt = readPromptField(fields);
    checkSize(fields, "width", limits.sidePixels);
    checkSize(fields, "height", limits.sidePixels);
    generation.steps = static_cast<int>(
        fields.whole("num_inference_steps", limits.stepsLeast, limits.stepsMost, limits.stepsDefault));
    generation.guidance
        = fields.number("guidance_scale", limits.guidanceLeast, limits.guidanceMost, limits.guidanceDefault);
    generation.count = static_cast<int>(fields.whole("num_images", 1, limits.picturesMost, 1));
    generation.seed = fields.find("seed") == nullptr ? randomSeed() & static_cast<std::uint64_t>(maxSeed)
                                                     : static_cast<std::uint64_t>(fields.whole("seed", 0, maxSeed, 0));
    if (const json* format = fields.find("format"); format != nullptr && *format != "png") {
        fields.refuse("format", "this worker writes png only");
    }
    for (const char* unused : {"image", "strength", "num_frames", "fps"}) {
        if (fields.find(unused) != nullptr) {
            fields.refuse(unused, "this worker makes pictures from text only");
        }
    }
    if (const json* negative = fields.find("negative_prompt"); negative != nullptr && !isEmptyText(*negative)) {
        result.ignored.emplace_back("negative_prompt");
    }
    readUploads(fields, result);
    if (const auto policy = job.find("policy"); policy != job.end() && policy->is_object()) {
        Fields policyFields(*policy, result.bad);
        result.deadline = std::chrono::milliseconds(
            policyFields.whole("executionTimeout", 1, longestDeadline, result.deadline.count()));
    }
    return result;
}

json inputError(const std::vector<BadField>& bad)
{
    json fields = json::array();
    std::string message = "The input cannot be used:";
    for (const auto& field : bad) {
        fields.push_back({{"name", field.name}, {"message", field.message}});
        message += " " + field.name + " " + field.message + ".";
    }
    return {{"code", toString(WorkerCode::Input)}, {"message", message}, {"fields", fields}};
}

std::vector<std::string> secretsIn(const json& job)
{
    std::vector<std::string> found;
    collectSecrets(job, false, found);
    return found;
}

} // namespace visgate::worker
