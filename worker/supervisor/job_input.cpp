// SPDX-License-Identifier: GPL-3.0-or-later
#include "worker/supervisor/job_input.h"

#include "core/foundation/base64.h"
#include "core/foundation/json/json_value.h"
#include "core/foundation/worker_protocol/job_limits.h"
#include "core/foundation/worker_protocol/worker_code.h"
#include "worker/delivery/presigned_upload.h"
#include "worker/supervisor/job_bucket.h"
#include "worker/supervisor/picture_header.h"
#include "worker/supervisor/settings.h"

#include <algorithm>
#include <cmath>

namespace visgate::worker {
namespace {

using nlohmann::json;

constexpr std::size_t maxUploads = 64;
constexpr std::size_t mostPictureText = 28U * 1024 * 1024; ///< 20 MB and a bit, in base64
constexpr std::size_t longestAddress = 4096;
constexpr int mostOfAnything = 1'000'000;
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

/// One side of the picture, or another number of which not all between the least and the most will do.
int readStepped(Fields& fields, const char* name, const WholeRange& range, const char* what)
{
    const int asked = static_cast<int>(fields.whole(name, 0, mostOfAnything, range.standard));
    if (fields.find(name) == nullptr || range.holds(asked)) {
        return asked;
    }
    if (range.least == range.most) {
        const std::string only = std::to_string(range.most);
        fields.refuse(name, "this model draws " + only + "x" + only + " only; ask for " + only);
    } else {
        fields.refuse(name,
            "must be from " + std::to_string(range.least) + " to " + std::to_string(range.most) + " " + what
                + "; the nearest that this model can do is " + std::to_string(range.nearest(asked)));
    }
    return range.standard;
}

/// What the fields ask for, whether this model can do it or not.
Task wantedTask(const Fields& fields, const Capabilities& can)
{
    const bool hasImage = fields.find("image") != nullptr;
    const bool drawsImages = can.can(Task::TextToImage) || can.can(Task::ImageToImage) || can.can(Task::Inpaint);
    if (fields.find("num_frames") != nullptr || !drawsImages) {
        return hasImage ? Task::ImageToVideo : Task::TextToVideo;
    }
    if (fields.find("mask") != nullptr) {
        return Task::Inpaint;
    }
    return hasImage ? Task::ImageToImage : Task::TextToImage;
}

void readTask(Fields& fields, const Capabilities& can, Generation& generation)
{
    generation.task = wantedTask(fields, can);
    const std::string name = toString(generation.task);
    if (!can.can(generation.task)) {
        const bool needsImage = !takesImage(generation.task);
        const char* const cause = fields.find("mask") != nullptr ? "mask"
            : fields.find("image") != nullptr                    ? "image"
            : fields.find("num_frames") != nullptr               ? "num_frames"
                                                                 : "image";
        fields.refuse(cause,
            needsImage && fields.find(cause) == nullptr ? "is missing: this model starts from a picture"
                                                        : "this model cannot do " + name);
        return;
    }
    if (generation.task == Task::Inpaint && fields.find("image") == nullptr) {
        fields.refuse("image", "is missing: a mask says what of it is to change");
    }
    const auto refuseUnless = [&](bool isUsed, const char* field) {
        if (!isUsed && fields.find(field) != nullptr) {
            fields.refuse(field, "is not for " + name);
        }
    };
    refuseUnless(generation.task == Task::ImageToImage || generation.task == Task::Inpaint, "strength");
    refuseUnless(makesVideo(generation.task), "fps");
    refuseUnless(generation.task == Task::Inpaint, "mask");
}

/// A picture in the job itself, in base64 or as a data: address of it; or the address where it is to be fetched.
std::string readPicture(Fields& fields, const char* name, std::string& address)
{
    const json* value = fields.find(name);
    if (value == nullptr) {
        return {};
    }
    std::string_view text = value->is_string() ? std::string_view(value->get_ref<const std::string&>()) : "";
    if (text.starts_with("https://") && text.size() <= longestAddress && isUploadAddress(std::string(text))) {
        address = text;
        return {};
    }
    if (const auto comma = text.find(','); text.starts_with("data:") && comma != std::string_view::npos) {
        text.remove_prefix(comma + 1);
    }
    if (text.size() > mostPictureText) {
        fields.refuse(name, "is larger than a picture may be");
        return {};
    }
    auto bytes = base64Decode(text);
    if (std::string problem = pictureProblem(bytes ? *bytes : std::string()); !problem.empty()) {
        fields.refuse(name, std::move(problem));
        return {};
    }
    return std::move(*bytes);
}

void readNegative(Fields& fields, const Capabilities& can, JobInput& result)
{
    const json* negative = fields.find("negative_prompt");
    if (negative == nullptr || isEmptyText(*negative)) {
        return;
    }
    if (!can.takesNegative) {
        result.ignored.emplace_back("negative_prompt");
    } else if (!negative->is_string()) {
        fields.refuse("negative_prompt", "must be text");
    } else if (const auto check = job_limits::checkPrompt(negative->get_ref<const std::string&>());
               check.problem != job_limits::PromptProblem::None) {
        fields.refuse("negative_prompt", job_limits::ruleOf(check));
    } else {
        result.generation.negativePrompt = negative->get<std::string>();
    }
}

/// What the files are to be.
void readFormat(Fields& fields, JobInput& result)
{
    const json* value = fields.find("format");
    if (value == nullptr) {
        return;
    }
    const auto format = value->is_string() ? fileFormatFromString(value->get_ref<const std::string&>()) : std::nullopt;
    if (format && isFor(*format, result.generation.task)) {
        result.format = *format;
    } else {
        fields.refuse("format",
            makesVideo(result.generation.task) ? "of a video must be mp4 or webp"
                                               : "of a picture must be png, webp or jpeg");
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
        result.upload.addresses = addresses->get<std::vector<std::string>>();
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

JobInput readJobInput(const json& job, const Capabilities& can, const std::function<std::uint64_t()>& randomSeed)
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
    readTask(fields, can, generation);
    generation.prompt = readPromptField(fields);
    readNegative(fields, can, result);
    generation.width = readStepped(fields, "width", can.width, "pixels");
    generation.height = readStepped(fields, "height", can.height, "pixels");
    generation.steps
        = static_cast<int>(fields.whole("num_inference_steps", can.steps.least, can.steps.most, can.steps.standard));
    generation.guidance = fields.number("guidance_scale", can.guidance.least, can.guidance.most, can.guidance.standard);
    generation.count = static_cast<int>(fields.whole("num_images", 1, can.picturesMost, 1));
    generation.seed = fields.find("seed") == nullptr ? randomSeed() & static_cast<std::uint64_t>(maxSeed)
                                                     : static_cast<std::uint64_t>(fields.whole("seed", 0, maxSeed, 0));
    if (can.can(generation.task) && takesImage(generation.task)) {
        generation.strength = fields.number("strength", can.strength.least, can.strength.most, can.strength.standard);
        result.image = readPicture(fields, "image", result.imageAddress);
        result.mask = readPicture(fields, "mask", result.maskAddress);
    }
    if (can.can(generation.task) && makesVideo(generation.task)) {
        generation.frames = readStepped(fields, "num_frames", can.frames, "frames");
        generation.framesPerSecond = readStepped(fields, "fps", can.framesPerSecond, "frames a second");
    }
    readFormat(fields, result);
    readUploads(fields, result);
    result.upload.bucket = bucketOfJob(job, result.bad);
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
