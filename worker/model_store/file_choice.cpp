// SPDX-License-Identifier: GPL-3.0-or-later
#include "worker/model_store/file_choice.h"

#include <algorithm>
#include <array>
#include <map>
#include <optional>

namespace visgate::worker::hub {
namespace {

constexpr std::array stems{"diffusion_pytorch_model", "model"};
constexpr std::uint64_t largestText = 256ULL * 1024 * 1024;
constexpr std::size_t mostShown = 200;

using Files = std::map<std::string, const File*, std::less<>>;

std::string_view folderOf(std::string_view path)
{
    const auto slash = path.find('/');
    return slash == std::string_view::npos ? std::string_view() : path.substr(0, slash);
}

bool endsWithOneOf(std::string_view path, std::initializer_list<std::string_view> ends)
{
    return std::any_of(ends.begin(), ends.end(), [path](std::string_view end) { return path.ends_with(end); });
}

/// Configurations, vocabularies, templates. An index of shards counts with its shards alone.
bool isText(const File& file)
{
    return endsWithOneOf(file.path, {".json", ".txt", ".model", ".jinja", ".tiktoken"})
        && file.path.find(".index.") == std::string::npos && file.bytes <= largestText;
}

/// Weights that run code when they are read, or that nothing here reads.
bool isOtherWeights(std::string_view path)
{
    return endsWithOneOf(path, {".bin", ".pt", ".pth", ".ckpt", ".msgpack", ".h5", ".onnx", ".gguf"});
}

std::vector<std::string> variantsFor(const std::string& precision)
{
    if (precision == "float32") {
        return {"", "fp16", "bf16"};
    }
    if (precision == "bfloat16") {
        return {"bf16", "fp16", ""};
    }
    return {"fp16", "bf16", ""};
}

/// How a part's weights are stored: one file, or an index that names several.
struct Form {
    const File* single = nullptr;
    const File* index = nullptr;
};

std::string dotted(const std::string& variant)
{
    return variant.empty() ? std::string() : "." + variant;
}

std::optional<Form> formOf(const Files& files, const Component& component, const std::string& variant)
{
    const auto find = [&files, &component](const std::string& name) {
        const auto found = files.find(component.name + "/" + name);
        return found == files.end() ? nullptr : found->second;
    };
    const bool isOfTransformers = component.library == "transformers";
    std::array<std::string, stems.size()> names{stems[0], stems[1]};
    if (isOfTransformers) {
        std::swap(names[0], names[1]);
    }
    for (const std::string& stem : names) {
        Form form;
        form.single = find(stem + dotted(variant) + ".safetensors");
        form.index = find(stem + ".safetensors.index" + dotted(variant) + ".json");
        if (form.single != nullptr && form.index != nullptr) { // each library looks for another one first
            (isOfTransformers ? form.index : form.single) = nullptr;
        }
        if (form.single != nullptr || form.index != nullptr) {
            return form;
        }
    }
    return std::nullopt;
}

std::optional<Form> formOf(
    const Files& files, const Component& component, const std::string& variant, const std::string& otherwise)
{
    const auto form = formOf(files, component, variant);
    return form ? form : formOf(files, component, otherwise);
}

bool hasAny(const std::vector<File>& files, const Component& component, const std::function<bool(const File&)>& holds)
{
    return std::any_of(files.begin(), files.end(),
        [&](const File& file) { return folderOf(file.path) == component.name && holds(file); });
}

bool hasSafetensors(const std::vector<File>& files, const Component& component)
{
    return hasAny(files, component, [](const File& file) { return file.path.ends_with(".safetensors"); });
}

/// The first variant in which every part with weights can be had.
std::optional<std::string> variantOf(const std::vector<File>& files, const Files& byPath,
    const std::vector<Component>& parts, const std::string& precision)
{
    for (const std::string& variant : variantsFor(precision)) {
        bool isThere = variant.empty();
        bool isWhole = true;
        for (const Component& part : parts) {
            if (hasSafetensors(files, part)) {
                isThere = isThere || formOf(byPath, part, variant);
                isWhole = isWhole && formOf(byPath, part, variant, {});
            }
        }
        if (isThere && isWhole) {
            return variant;
        }
    }
    return std::nullopt;
}

tl::unexpected<Error> lacks(const std::string& id, const std::string& why)
{
    return fail(ErrorCode::WorkerLacksRuntime, id + " cannot be run here: " + why);
}

tl::unexpected<Error> withoutWeights(const std::string& id, const std::string& part, const std::string& why)
{
    return fail(Error{ErrorCode::ModelWeightsMissing, id + ": " + why, 0, {}, {id, part}});
}

Result<void> addWeights(const std::string& id, const Component& part, const Form& form, const Files& files,
    const ReadText& readText, FileChoice& choice)
{
    if (form.single != nullptr) {
        choice.files.push_back(*form.single);
        return {};
    }
    const auto text = readText(*form.index);
    if (!text) {
        return fail(text.error());
    }
    const auto shards = readShards(*text);
    if (!shards) {
        return withoutWeights(id, part.name, form.index->path + " cannot be used: " + shards.error().detail);
    }
    choice.files.push_back(*form.index);
    for (const std::string& shard : *shards) {
        const auto found = files.find(part.name + "/" + shard);
        if (found == files.end()) {
            return withoutWeights(
                id, part.name, form.index->path + " names " + shard.substr(0, mostShown) + ", which is not there");
        }
        choice.files.push_back(*found->second);
    }
    return {};
}

Result<void> checkParts(const std::string& id, const std::vector<File>& files, const PipelineIndex& index)
{
    if (!index.ownModule.empty()) {
        return lacks(id, "it brings program code of its own, which this worker does not run");
    }
    if (!index.companions.empty()) {
        return lacks(
            id, "parts of it come from " + index.companions.front() + ", and this worker takes one repository");
    }
    for (const Component& part : index.components) {
        if (hasAny(files, part,
                [&part](const File& file) { return file.path == part.name + "/" + part.library + ".py"; })) {
            return lacks(
                id, "its part " + part.name + " brings program code of its own, which this worker does not run");
        }
        const bool hasOthers = hasAny(files, part, [](const File& file) { return isOtherWeights(file.path); });
        if (hasOthers && !hasSafetensors(files, part)) {
            return withoutWeights(id, part.name,
                "the weights of its part " + part.name
                    + " are there only as files that can hold program code; this worker reads safetensors alone");
        }
    }
    return {};
}

} // namespace

std::uint64_t FileChoice::bytes() const
{
    std::uint64_t sum = 0;
    for (const File& file : files) {
        sum += file.bytes;
    }
    return sum;
}

Result<FileChoice> chooseFiles(
    const std::string& id, const std::vector<File>& files, const std::string& precision, const ReadText& readText)
{
    Files byPath;
    for (const File& file : files) {
        byPath.emplace(file.path, &file);
    }
    auto indexFile = byPath.find(pipelineIndexName);
    indexFile = indexFile == byPath.end() ? byPath.find(modularIndexName) : indexFile;
    if (indexFile == byPath.end()) {
        return lacks(id, "it is no model of diffusers, because it has no model_index.json");
    }
    const auto text = readText(*indexFile->second);
    if (!text) {
        return fail(text.error());
    }
    const auto index = readPipelineIndex(*text, id);
    if (!index) {
        return lacks(id, index.error().detail);
    }
    if (auto checked = checkParts(id, files, *index); !checked) {
        return fail(checked.error());
    }
    const auto variant = variantOf(files, byPath, index->components, precision);
    if (!variant) {
        return withoutWeights(id, {}, "its parts have no weights that go together");
    }
    FileChoice choice;
    choice.variant = *variant;
    choice.files.push_back(*indexFile->second);
    for (const Component& part : index->components) {
        for (const File& file : files) {
            if (folderOf(file.path) == part.name && isText(file)) {
                choice.files.push_back(file);
            }
        }
        const auto form = formOf(byPath, part, *variant, {});
        if (!form) {
            continue;
        }
        if (auto added = addWeights(id, part, *form, byPath, readText, choice); !added) {
            return fail(added.error());
        }
    }
    return choice;
}

} // namespace visgate::worker::hub
