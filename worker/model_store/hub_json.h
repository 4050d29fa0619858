// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/foundation/result.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

/// What the hub tells of a model, and what the model's own files tell of its parts. Written by strangers: whatever
/// cannot be used is an UnexpectedReply, never a path or a size that is none.
namespace visgate::worker::hub {

struct File {
    std::string path; ///< plain (isPlainPath)
    std::uint64_t bytes = 0;
    std::string sum; ///< SHA-256 of a large file, git's own sum of a small one; what the cache names it by
    [[nodiscard]] bool isLarge() const;
};

/// One page of `/api/models/ID/tree/COMMIT?recursive=true`. Folders are left out, and files whose names lead elsewhere.
[[nodiscard]] Result<std::vector<File>> readTree(std::string_view body);
/// The commit of `/api/models/ID/revision/NAME`.
[[nodiscard]] Result<std::string> readCommit(std::string_view body);
/// Where the next page is, from a `Link` header; empty on the last one.
[[nodiscard]] std::string nextPage(std::string_view linkHeader);

/// A part of a pipeline and the folder of its name: "unet": ["diffusers", "UNet2DConditionModel"].
struct Component {
    std::string name; ///< plain, without a slash
    std::string library;
    std::string className;
};

struct PipelineIndex {
    std::string className;
    std::vector<Component> components;
    std::string ownModule;               ///< the pipeline is program code of the repository itself
    std::vector<std::string> companions; ///< other repositories that parts are to be taken from
};

/// `model_index.json` or `modular_model_index.json` of the model `id`.
[[nodiscard]] Result<PipelineIndex> readPipelineIndex(std::string_view body, std::string_view id);
/// The files that a `*.safetensors.index.json` names, each once, without their folder.
[[nodiscard]] Result<std::vector<std::string>> readShards(std::string_view body);

} // namespace visgate::worker::hub
