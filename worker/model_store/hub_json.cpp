// SPDX-License-Identifier: GPL-3.0-or-later
#include "worker/model_store/hub_json.h"

#include "core/foundation/json/json_read.h"
#include "worker/model_store/hub_layout.h"

#include <algorithm>
#include <set>

namespace visgate::worker::hub {
namespace {

using json::Json;

constexpr std::int64_t largestFile = std::int64_t{1} << 42;      // no model has one; sums must not overflow
constexpr std::int64_t largestSmallFile = std::int64_t{1} << 28; // what git itself keeps, and is summed in one piece
constexpr std::size_t mostComponents = 64;
constexpr std::size_t mostShards = 1000;
constexpr std::size_t sha256Digits = 64;

tl::unexpected<Error> broken(const std::string& what)
{
    return fail(ErrorCode::UnexpectedReply, what);
}

/// Some editors begin a file with a byte order mark, which Python's reader forgives.
std::string_view withoutMark(std::string_view text)
{
    constexpr std::string_view mark = "\xEF\xBB\xBF";
    return text.starts_with(mark) ? text.substr(mark.size()) : text;
}

std::string textAt(const Json& array, std::size_t index)
{
    return array.is_array() && index < array.size() && array[index].is_string() ? array[index].get<std::string>()
                                                                                : std::string();
}

/// A modular index says in a third place where a part's files are.
std::string repositoryOf(const Json& part)
{
    const Json* const more = part.is_array() && part.size() > 2 && part[2].is_object() ? &part[2] : nullptr;
    if (more == nullptr) {
        return {};
    }
    const std::string named = json::text(*more, "pretrained_model_name_or_path");
    return named.empty() ? json::text(*more, "repo") : named;
}

/// Without a class of its own a modular part says it in "type_hint".
Component componentOf(const std::string& name, const Json& part)
{
    Component component{name, textAt(part, 0), textAt(part, 1)};
    if (component.className.empty() && part.size() > 2) {
        const Json* const hint = json::find(part[2], "type_hint");
        component.library = hint != nullptr ? textAt(*hint, 0) : std::string();
        component.className = hint != nullptr ? textAt(*hint, 1) : std::string();
    }
    return component;
}

} // namespace

bool File::isLarge() const
{
    return sum.size() == sha256Digits;
}

Result<std::vector<File>> readTree(std::string_view body)
{
    const auto list = json::parse(body);
    if (!list || !list->is_array()) {
        return broken("the hub's list of files is none");
    }
    std::vector<File> files;
    for (const Json& entry : *list) {
        const std::string path = json::text(entry, "path");
        if (json::text(entry, "type") != "file" || !isPlainPath(path)) {
            continue;
        }
        const Json* const large = json::find(entry, "lfs");
        const bool isLarge = large != nullptr && large->is_object();
        const std::int64_t bytes = json::integerOr(isLarge ? *large : entry, "size", -1);
        const std::string sum = json::text(isLarge ? *large : entry, "oid");
        if (bytes < 0 || bytes > (isLarge ? largestFile : largestSmallFile)) {
            return broken("the hub tells no size that can be of " + path);
        }
        if (!isHexName(sum) || (sum.size() == sha256Digits) != isLarge) {
            return broken("the hub tells no sum of " + path);
        }
        files.push_back({path, static_cast<std::uint64_t>(bytes), sum});
    }
    return files;
}

Result<std::string> readCommit(std::string_view body)
{
    const auto model = json::parseObject(body);
    const std::string commit = model ? json::text(*model, "sha") : std::string();
    if (!isHexName(commit)) {
        return broken("the hub tells no commit");
    }
    return commit;
}

std::string nextPage(std::string_view linkHeader)
{
    while (!linkHeader.empty()) {
        const auto begin = linkHeader.find('<');
        const auto end = linkHeader.find('>', begin == std::string_view::npos ? begin : begin + 1);
        if (end == std::string_view::npos) {
            return {};
        }
        const std::string_view address = linkHeader.substr(begin + 1, end - begin - 1);
        const std::string_view rest = linkHeader.substr(end + 1);
        const std::string_view about = rest.substr(0, rest.find('<'));
        if (about.find("rel=\"next\"") != std::string_view::npos || about.find("rel=next") != std::string_view::npos) {
            return std::string(address);
        }
        linkHeader = rest;
    }
    return {};
}

Result<PipelineIndex> readPipelineIndex(std::string_view body, std::string_view id)
{
    const auto object = json::parseObject(withoutMark(body));
    if (!object) {
        return broken("the model's index is no JSON");
    }
    PipelineIndex index;
    index.className = json::text(*object, "_class_name");
    if (const Json* const name = json::find(*object, "_class_name"); name != nullptr && name->is_array()) {
        const std::string module = textAt(*name, 0);
        index.ownModule = module == "diffusers" ? std::string() : module;
        index.className = textAt(*name, 1);
    }
    if (index.className.empty()) {
        return broken("the model's index names no class");
    }
    std::set<std::string> companions;
    for (const auto& [name, part] : object->items()) {
        if (name.starts_with('_') || !part.is_array() || part.size() < 2 || part.size() > 3) {
            continue;
        }
        if (const std::string other = repositoryOf(part); !other.empty() && other != id) {
            companions.insert(other.substr(0, 200));
        }
        const Component component = componentOf(name, part);
        if (component.className.empty()) {
            continue; // left out: [null, null]
        }
        if (!isPlainPath(name) || name.find('/') != std::string::npos) {
            return broken("the model's index names a part outside the model's folder");
        }
        index.components.push_back(component);
        if (index.components.size() > mostComponents) {
            return broken("the model's index has too many parts");
        }
    }
    index.companions.assign(companions.begin(), companions.end());
    return index;
}

Result<std::vector<std::string>> readShards(std::string_view body)
{
    const auto object = json::parseObject(withoutMark(body));
    const Json* const map = object ? json::find(*object, "weight_map") : nullptr;
    if (map == nullptr || !map->is_object() || map->empty()) {
        return broken("it names no files");
    }
    std::set<std::string> names;
    for (const auto& [tensor, file] : map->items()) {
        const std::string name = file.is_string() ? file.get<std::string>() : std::string();
        if (!isPlainPath(name) || name.find('/') != std::string::npos || !name.ends_with(".safetensors")) {
            return broken("it names a file that is none of safetensors in its own folder");
        }
        names.insert(name);
        if (names.size() > mostShards) {
            return broken("it names too many files");
        }
    }
    return std::vector<std::string>(names.begin(), names.end());
}

} // namespace visgate::worker::hub
