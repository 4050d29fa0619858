// SPDX-License-Identifier: GPL-3.0-or-later
#include "worker/cache/cached_model.h"

#include <algorithm>

namespace visgate::worker {
namespace {

namespace fs = std::filesystem;

constexpr const char* marker = ".visgate-complete";

/// "org/name" as the hub's cache spells it; empty for an id that would lead elsewhere.
std::string folderName(const std::string& modelId)
{
    if (modelId.find("..") != std::string::npos || modelId.starts_with('/')) {
        return {};
    }
    std::string name = "models--";
    for (const char c : modelId) {
        name += c == '/' ? "--" : std::string(1, c);
    }
    return name;
}

} // namespace

std::optional<fs::path> findCachedModel(
    const std::vector<fs::path>& folders, const std::string& modelId, const std::string& revision)
{
    const std::string name = folderName(modelId);
    if (name.empty() || modelId.empty()) {
        return std::nullopt;
    }
    for (const fs::path& folder : folders) {
        const fs::path snapshots = folder / name / "snapshots";
        std::error_code ignored;
        for (const auto& entry : fs::directory_iterator(snapshots, ignored)) {
            const bool isMeant = revision.empty() || entry.path().filename() == revision;
            if (isMeant && fs::is_regular_file(entry.path() / marker, ignored)) {
                return entry.path();
            }
        }
    }
    return std::nullopt;
}

std::optional<fs::path> weightsIn(const fs::path& folder)
{
    std::vector<fs::path> found;
    std::error_code ignored;
    for (const auto& entry : fs::recursive_directory_iterator(folder, ignored)) {
        if (entry.is_regular_file(ignored) && entry.path().extension() == ".safetensors") {
            found.push_back(entry.path());
        }
    }
    std::sort(found.begin(), found.end()); // the file system's order is nobody's
    return found.empty() ? std::nullopt : std::optional(found.front());
}

} // namespace visgate::worker
