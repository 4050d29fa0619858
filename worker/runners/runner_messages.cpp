// SPDX-License-Identifier: GPL-3.0-or-later
#include "worker/runners/runner_messages.h"

#include "core/foundation/json/json_read.h"
#include "core/foundation/path_text.h"

#include <algorithm>
#include <array>

namespace visgate::worker::messages {
namespace {

using visgate::json::intOr;
using visgate::json::Json;
using visgate::json::text;

constexpr std::size_t mostPictures = 64;
constexpr int longestSide = 16'384;
constexpr int mostFrames = 10'000;
constexpr std::size_t mostNotes = 256;
constexpr int mostOfANumber = 1'000'000;

struct PhaseName {
    RunnerPhase phase;
    const char* text;
};
constexpr std::array kPhases{PhaseName{RunnerPhase::EncodeText, "encode_text"}, PhaseName{RunnerPhase::Step, "step"},
    PhaseName{RunnerPhase::Decode, "decode"}};

double realOr(const Json& object, const char* name, double fallback)
{
    const Json* const value = visgate::json::find(object, name);
    return value != nullptr && value->is_number() ? value->get<double>() : fallback;
}

Json member(const Json& object, const char* name)
{
    const Json* const value = visgate::json::find(object, name);
    return value == nullptr ? Json() : *value;
}

Json from(const WholeRange& range)
{
    return {{"least", range.least}, {"most", range.most}, {"standard", range.standard}, {"step", range.step},
        {"offset", range.offset}};
}

WholeRange wholeRange(const Json& object)
{
    const auto number = [&object](const char* name, int otherwise) {
        return std::clamp(intOr(object, name, otherwise), 0, mostOfANumber);
    };
    WholeRange range{
        number("least", 0), number("most", 0), number("standard", 0), number("step", 1), number("offset", 0)};
    range.most = std::max(range.least, range.most);
    range.step = std::max(1, range.step);
    return range;
}

Json from(const RealRange& range)
{
    return {{"least", range.least}, {"most", range.most}, {"standard", range.standard}};
}

RealRange realRange(const Json& object, const RealRange& otherwise)
{
    return {realOr(object, "least", otherwise.least), realOr(object, "most", otherwise.most),
        realOr(object, "standard", otherwise.standard)};
}

std::vector<std::string> texts(const Json& array)
{
    std::vector<std::string> found;
    for (const Json& item : array.is_array() ? array : Json::array()) {
        if (item.is_string() && found.size() < mostNotes) {
            found.push_back(item.get<std::string>());
        }
    }
    return found;
}

/// A plain name of a file; what leads elsewhere is none.
bool isPlainName(const std::string& name)
{
    return !name.empty() && name.size() <= 255 && name != "." && name != ".."
        && name.find_first_of(std::string_view("/\\:\0", 4)) == std::string::npos;
}

Error broken(const std::string& what)
{
    return Error{ErrorCode::UnexpectedReply, "the runner's result cannot be used: " + what, 0, {}, {}};
}

Result<GeneratedPicture> picture(const Json& object, const std::filesystem::path& folder)
{
    GeneratedPicture made;
    const std::string name = text(object, "name");
    made.width = intOr(object, "width", 0);
    made.height = intOr(object, "height", 0);
    made.frames = intOr(object, "frames", 1);
    made.seed = static_cast<std::uint64_t>(visgate::json::integerOr(object, "seed", 0));
    const bool isSized = made.width > 0 && made.width <= longestSide && made.height > 0 && made.height <= longestSide
        && made.frames > 0 && made.frames <= mostFrames;
    if (!isSized || !isPlainName(name)) {
        return fail(broken("a file without a name or a size"));
    }
    made.file = folder / pathFromUtf8(name);
    std::error_code error;
    const bool isFile = std::filesystem::is_regular_file(std::filesystem::symlink_status(made.file, error));
    const auto size = isFile ? std::filesystem::file_size(made.file, error) : 0;
    const auto expected = static_cast<std::uintmax_t>(made.width) * static_cast<std::uintmax_t>(made.height)
        * static_cast<std::uintmax_t>(made.frames) * 3;
    if (!isFile || size != expected) {
        return fail(broken(name + " does not hold what its size says"));
    }
    return made;
}

} // namespace

Json from(const Capabilities& can)
{
    Json tasks = Json::array();
    for (const Task task : can.tasks) {
        tasks.push_back(worker::toString(task));
    }
    return {{"tasks", tasks}, {"width", from(can.width)}, {"height", from(can.height)}, {"steps", from(can.steps)},
        {"guidance", from(can.guidance)}, {"strength", from(can.strength)}, {"pictures", can.picturesMost},
        {"frames", from(can.frames)}, {"fps", from(can.framesPerSecond)}, {"negative", can.takesNegative}};
}

Capabilities capabilities(const Json& object)
{
    Capabilities can;
    for (const std::string& name : texts(member(object, "tasks"))) {
        if (const auto task = taskFromString(name)) {
            can.tasks.push_back(*task);
        }
    }
    can.width = wholeRange(member(object, "width"));
    can.height = wholeRange(member(object, "height"));
    can.steps = wholeRange(member(object, "steps"));
    can.guidance = realRange(member(object, "guidance"), {});
    can.strength = realRange(member(object, "strength"), can.strength);
    can.picturesMost = std::clamp(intOr(object, "pictures", 1), 1, static_cast<int>(mostPictures));
    can.frames = wholeRange(member(object, "frames"));
    can.framesPerSecond = wholeRange(member(object, "fps"));
    can.takesNegative = member(object, "negative") == true;
    return can;
}

Json from(const Generation& job)
{
    return {{"task", worker::toString(job.task)}, {"prompt", job.prompt}, {"negative_prompt", job.negativePrompt},
        {"image", toUtf8(job.image)}, {"mask", toUtf8(job.mask)}, {"width", job.width}, {"height", job.height},
        {"steps", job.steps}, {"guidance", job.guidance}, {"strength", job.strength}, {"seed", job.seed},
        {"count", job.count}, {"frames", job.frames}, {"fps", job.framesPerSecond}};
}

Generation generation(const Json& object)
{
    Generation job;
    job.task = taskFromString(text(object, "task")).value_or(Task::TextToImage);
    job.prompt = text(object, "prompt");
    job.negativePrompt = text(object, "negative_prompt");
    job.image = pathFromUtf8(text(object, "image"));
    job.mask = pathFromUtf8(text(object, "mask"));
    job.width = intOr(object, "width", 0);
    job.height = intOr(object, "height", 0);
    job.steps = intOr(object, "steps", 0);
    job.guidance = realOr(object, "guidance", 0);
    job.strength = realOr(object, "strength", 0);
    job.seed = static_cast<std::uint64_t>(visgate::json::integerOr(object, "seed", 0));
    job.count = intOr(object, "count", 1);
    job.frames = intOr(object, "frames", 1);
    job.framesPerSecond = intOr(object, "fps", 0);
    return job;
}

Json from(const Generated& made)
{
    Json files = Json::array();
    for (const auto& picture : made.pictures) {
        files.push_back({{"name", toUtf8(picture.file.filename())}, {"width", picture.width},
            {"height", picture.height}, {"frames", picture.frames}, {"seed", picture.seed}});
    }
    Json understood = Json::array();
    for (const auto& [slot, value] : made.understood) {
        understood.push_back({slot, value});
    }
    return {{"files", files}, {"understood", understood}, {"defaults", made.defaults},
        {"unknown_words", made.unknownWords}, {"upscaled_from", made.upscaledFrom}};
}

Result<Generated> generated(const Json& object, const std::filesystem::path& folder)
{
    Generated made;
    const Json files = member(object, "files");
    if (!files.is_array() || files.empty() || files.size() > mostPictures) {
        return fail(broken("no files, or too many"));
    }
    for (const Json& file : files) {
        auto read = picture(file, folder);
        if (!read) {
            return fail(read.error());
        }
        made.pictures.push_back(std::move(*read));
    }
    const Json understood = member(object, "understood");
    for (const Json& pair : understood.is_array() ? understood : Json::array()) {
        if (auto words = texts(pair); words.size() == 2 && made.understood.size() < mostNotes) {
            made.understood.emplace_back(std::move(words[0]), std::move(words[1]));
        }
    }
    made.defaults = texts(member(object, "defaults"));
    made.unknownWords = texts(member(object, "unknown_words"));
    made.upscaledFrom = intOr(object, "upscaled_from", 0);
    return made;
}

std::string toString(RunnerPhase phase)
{
    for (const PhaseName& name : kPhases) {
        if (name.phase == phase) {
            return name.text;
        }
    }
    return {};
}

std::optional<RunnerPhase> phaseFromString(const std::string& text)
{
    for (const PhaseName& name : kPhases) {
        if (name.text == text) {
            return name.phase;
        }
    }
    return std::nullopt;
}

} // namespace visgate::worker::messages
