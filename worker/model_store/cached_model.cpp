// SPDX-License-Identifier: GPL-3.0-or-later
#include "worker/model_store/cached_model.h"

#include "worker/model_store/hub_layout.h"

#include <algorithm>
#include <fstream>
#include <iomanip>

namespace visgate::worker {
namespace {

namespace fs = std::filesystem;

constexpr int mostCommitBytes = 128;

/// The commit that a name stands for; empty if the cache does not know it.
std::string commitOf(const HubLayout& model, const std::string& name)
{
    std::string commit;
    std::ifstream(model.ref(name)) >> std::setw(mostCommitBytes) >> commit;
    return isPlainPath(commit) ? commit : std::string();
}

/// The folders that would do, the best one first.
std::vector<fs::path> candidates(const HubLayout& model, const std::string& revision)
{
    const fs::path snapshots = model.folder() / "snapshots";
    const std::string commit = commitOf(model, revision.empty() ? "main" : revision);
    std::vector<fs::path> found;
    if (!commit.empty()) {
        found.push_back(snapshots / commit);
    }
    if (!revision.empty()) {
        found.push_back(snapshots / revision);
        return found;
    }
    std::error_code ignored;
    std::vector<fs::path> others;
    for (const auto& entry : fs::directory_iterator(snapshots, ignored)) {
        others.push_back(entry.path());
    }
    std::sort(others.begin(), others.end()); // the file system's order is nobody's
    found.insert(found.end(), others.begin(), others.end());
    return found;
}

/// Its files are links to blobs, and a blob that is still being fetched has another name.
bool looksWhole(const fs::path& folder)
{
    std::error_code error;
    bool hasFiles = false;
    for (const auto& entry : fs::recursive_directory_iterator(folder, error)) {
        std::error_code missing;
        const auto status = entry.status(missing); // of what a link leads to
        if (!fs::exists(status) || entry.path().extension() == ".incomplete") {
            return false;
        }
        hasFiles = hasFiles || fs::is_regular_file(status);
    }
    return hasFiles && !error;
}

} // namespace

std::vector<ModelFolder> modelFolders(const std::vector<fs::path>& usual, const std::vector<fs::path>& named)
{
    std::vector<ModelFolder> folders;
    for (const fs::path& path : usual) {
        if (std::find(named.begin(), named.end(), path) == named.end()) {
            folders.push_back({path, false});
        }
    }
    for (const fs::path& path : named) {
        folders.push_back({path, true});
    }
    return folders;
}

std::optional<fs::path> findCachedModel(
    const std::vector<ModelFolder>& folders, const std::string& modelId, const std::string& revision)
{
    if (!isModelId(modelId) || (!revision.empty() && !isPlainPath(revision))) {
        return std::nullopt;
    }
    for (const ModelFolder& folder : folders) {
        for (const fs::path& snapshot : candidates(HubLayout(folder.path, modelId), revision)) {
            std::error_code ignored;
            if (folder.needsMarker ? fs::is_regular_file(snapshot / HubLayout::marker, ignored)
                                   : looksWhole(snapshot)) {
                return snapshot;
            }
        }
    }
    return std::nullopt;
}

std::vector<fs::path> weightFiles(const fs::path& folder)
{
    std::vector<fs::path> found;
    std::error_code ignored;
    for (const auto& entry : fs::recursive_directory_iterator(folder, ignored)) {
        if (entry.is_regular_file(ignored) && entry.path().extension() == ".safetensors") {
            found.push_back(entry.path());
        }
    }
    std::sort(found.begin(), found.end()); // the file system's order is nobody's
    return found;
}

std::optional<fs::path> weightsIn(const fs::path& folder)
{
    const auto found = weightFiles(folder);
    return found.empty() ? std::nullopt : std::optional(found.front());
}

} // namespace visgate::worker
