// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/practice/hub/hub.h"

#include "core/foundation/hash.h"
#include "core/foundation/json/json_value.h"
#include "core/foundation/path_text.h"
#include "core/foundation/secret.h"
#include "core/practice/storage/embedded.h"
#include "core/practice/storage/file_text.h"

#include <algorithm>
#include <utility>

namespace visgate::practice {

using nlohmann::json;

namespace {

constexpr std::int64_t largestShard = 9'950'000'000; ///< bigger weights are split, as the real libraries do

std::string fixedHex(const std::string& text, std::size_t length)
{
    return Secret(text).sha256Hex().substr(0, length);
}

void addText(HubModel& model, std::string name, std::string text)
{
    const auto size = static_cast<std::int64_t>(text.size());
    const std::string sum = gitBlobHex(text);
    model.files.push_back({std::move(name), size, false, std::move(text), {}, sum});
}

std::string numbered(std::int64_t number)
{
    const std::string digits = std::to_string(number);
    return std::string(5 - std::min<std::size_t>(5, digits.size()), '0') + digits;
}

void addWeights(HubModel& model, const std::string& folder, const std::string& stem, std::int64_t bytes)
{
    const std::int64_t shards = (bytes + largestShard - 1) / largestShard;
    if (shards == 1) {
        model.files.push_back({folder + '/' + stem + ".safetensors", bytes, true, {}});
        return;
    }
    const std::string stemPath = folder + '/' + stem;
    for (std::int64_t i = 1; i <= shards; ++i) {
        const std::int64_t size = i < shards ? bytes / shards : bytes - bytes / shards * (shards - 1);
        std::string path = stemPath;
        path.append("-").append(numbered(i)).append("-of-").append(numbered(shards)).append(".safetensors");
        model.files.push_back({std::move(path), size, true, {}});
    }
    addText(model, stemPath + ".safetensors.index.json",
        json{{"metadata", {{"total_size", bytes}}}, {"weight_map", json::object()}}.dump());
}

void addComponents(HubModel& model, const json& from)
{
    json index = {{"_class_name", model.pipelineClass}, {"_diffusers_version", "0.35.0"}};
    const auto libraryOf = [](const json& component) { return component.at("library").get<std::string>(); };
    for (const json& component : from.at("components")) {
        const std::string name = component.at("name");
        const std::string library = libraryOf(component);
        index[name] = {library, component.at("class")};
        addText(model, name + "/config.json", json{{"_class_name", component.at("class")}}.dump());
        const std::string stem = library == "diffusers" ? "diffusion_pytorch_model" : "model";
        addWeights(model, name, stem, component.at("bytes"));
        if (component.contains("fp16Bytes"))
            addWeights(model, name, stem + ".fp16", component.at("fp16Bytes"));
        if (name.starts_with("text_encoder") && library == "transformers") {
            const std::string tokenizer = "tokenizer" + name.substr(std::string("text_encoder").size());
            index[tokenizer] = {"transformers", "AutoTokenizer"};
            addText(model, tokenizer + "/tokenizer_config.json", "{}");
        }
    }
    index["scheduler"] = {"diffusers", from.at("scheduler")};
    addText(model, "scheduler/scheduler_config.json", json{{"_class_name", from.at("scheduler")}}.dump());
    addText(model, "model_index.json", index.dump(2));
}

HubModel readModel(const json& from)
{
    HubModel model;
    model.id = from.at("id");
    model.sha = fixedHex(model.id, 40);
    model.task = from.at("task");
    model.pipelineClass = from.value("pipeline", "");
    model.library = from.value("library", "diffusers");
    model.licence = from.at("licence");
    model.licenceName = from.at("licenceName");
    model.gated = from.at("gated").is_string() ? from.at("gated").get<std::string>() : "";
    model.downloads = from.at("downloads");
    model.likes = from.at("likes");
    model.parameters = from.value("parameters", std::map<std::string, std::int64_t>{});
    addText(model, "README.md", "---\nlicense: " + model.licence + "\n---\n# " + model.id + "\n");
    if (!model.pipelineClass.empty())
        addComponents(model, from);
    else if (model.library == "transformers")
        addText(model, "config.json", "{}");
    for (const json& single : from.at("singleFiles"))
        model.files.push_back({single.at(0), single.at(1), true, {}});
    for (HubFile& file : model.files) {
        if (file.isWeights)
            file.sum = fixedHex(model.id + '/' + file.name, 64);
    }
    std::sort(
        model.files.begin(), model.files.end(), [](const HubFile& a, const HubFile& b) { return a.name < b.name; });
    return model;
}

namespace fs = std::filesystem;

/// A model as it lies in a folder.
HubModel modelIn(const fs::path& folder, const std::string& id)
{
    HubModel model;
    model.id = id;
    model.task = "text-to-image";
    model.library = "diffusers";
    model.licence = "apache-2.0";
    std::string all;
    for (const auto& entry : fs::recursive_directory_iterator(folder)) {
        if (!entry.is_regular_file())
            continue;
        HubFile file;
        const std::u8string name = entry.path().lexically_relative(folder).generic_u8string();
        file.name.assign(name.begin(), name.end());
        file.stored = entry.path();
        const std::string bytes = readFile(file.stored);
        file.size = static_cast<std::int64_t>(bytes.size());
        file.isWeights = entry.path().extension() == ".safetensors";
        file.sum = file.isWeights ? sha256Hex(bytes) : gitBlobHex(bytes);
        if (file.name == "model_index.json")
            model.pipelineClass = json::parse(bytes, nullptr, false).value("_class_name", "");
        model.files.push_back(std::move(file));
    }
    std::sort(
        model.files.begin(), model.files.end(), [](const HubFile& a, const HubFile& b) { return a.name < b.name; });
    for (const HubFile& file : model.files)
        all += file.name + ' ' + file.sum + '\n';
    model.sha = gitBlobHex(all);
    return model;
}

std::vector<HubModel> modelsIn(const fs::path& folder)
{
    std::vector<HubModel> models;
    std::error_code ignored;
    for (const auto& owner : fs::directory_iterator(folder, ignored)) {
        for (const auto& name : fs::directory_iterator(owner.path(), ignored))
            models.push_back(
                modelIn(name.path(), toUtf8(owner.path().filename()) + '/' + toUtf8(name.path().filename())));
    }
    return models;
}

} // namespace

const HubFile* HubModel::file(std::string_view name) const
{
    const auto found
        = std::find_if(files.begin(), files.end(), [&](const HubFile& entry) { return entry.name == name; });
    return found == files.end() ? nullptr : &*found;
}

Hub::Hub(const fs::path& folder) : m_models(modelsIn(folder))
{
    const json data = json::parse(embeddedHub());
    for (const json& from : data.at("models"))
        m_models.push_back(readModel(from));
    for (const auto& [from, to] : data.at("movedTo").items())
        m_moved[from] = to;
}

const HubModel* Hub::find(std::string_view id) const
{
    const auto found
        = std::find_if(m_models.begin(), m_models.end(), [&](const HubModel& model) { return model.id == id; });
    return found == m_models.end() ? nullptr : &*found;
}

std::optional<std::string> Hub::movedTo(std::string_view id) const
{
    const auto found = m_moved.find(id);
    if (found == m_moved.end())
        return std::nullopt;
    return found->second;
}

json Hub::describe(const HubModel& model, bool withSizes)
{
    json siblings = json::array();
    std::int64_t storage = 0;
    for (const HubFile& file : model.files) {
        json entry = {{"rfilename", file.name}};
        if (withSizes) {
            entry["size"] = file.size;
            entry["blobId"] = file.isWeights ? fixedHex(model.id + file.name, 40) : file.sum;
            if (file.isWeights)
                entry["lfs"] = {{"sha256", file.sum}, {"size", file.size}, {"pointerSize", 135}};
        }
        storage += file.size;
        siblings.push_back(std::move(entry));
    }
    json tags = {model.library, model.task, "license:" + model.licence};
    if (!model.pipelineClass.empty())
        tags.push_back("diffusers:" + model.pipelineClass);
    json card = {{"license", model.licence}, {"pipeline_tag", model.task}};
    if (model.licence == "other")
        card["license_name"] = model.licenceName;
    json value = {{"_id", fixedHex(model.id, 24)}, {"id", model.id}, {"modelId", model.id},
        {"author", model.id.substr(0, model.id.find('/'))}, {"sha", model.sha}, {"private", false}, {"disabled", false},
        {"gated", model.gated.empty() ? json(false) : json(model.gated)}, {"pipeline_tag", model.task},
        {"library_name", model.library}, {"tags", std::move(tags)}, {"downloads", model.downloads},
        {"likes", model.likes}, {"cardData", std::move(card)}, {"siblings", std::move(siblings)},
        {"usedStorage", storage}, {"createdAt", "2025-06-01T00:00:00.000Z"},
        {"lastModified", "2026-08-01T00:00:00.000Z"}};
    if (!model.parameters.empty()) {
        std::int64_t total = 0;
        for (const auto& [type, count] : model.parameters)
            total += count;
        value["safetensors"] = {{"parameters", model.parameters}, {"total", total}};
    }
    return value;
}

} // namespace visgate::practice
