// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/foundation/result.h"
#include "worker/model_store/hub_json.h"

#include <functional>
#include <string>
#include <vector>

namespace visgate::worker::hub {

/// The parts' configuration and one set of weights each, and nothing else of what the repository holds.
struct FileChoice {
    std::vector<File> files; ///< the index among them
    std::string variant;     ///< "fp16", "bf16"; empty: the plain weights
    [[nodiscard]] std::uint64_t bytes() const;
};

inline constexpr const char* pipelineIndexName = "model_index.json";
inline constexpr const char* modularIndexName = "modular_model_index.json";

/// Reads a small file of the repository.
using ReadText = std::function<Result<std::string>(const File& file)>;

/// Which files of a repository the pipeline loads. `precision`: float32, float16, bfloat16, or empty for whatever half
/// the GPU has; a variant counts only where every part has it or plain weights. Weights are safetensors: a part that
/// has others alone is ModelWeightsMissing, as is one of which a shard is missing. A model that is not of diffusers, or
/// needs its own program code or another repository, is WorkerLacksRuntime. The words name model and part.
[[nodiscard]] Result<FileChoice> chooseFiles(
    const std::string& id, const std::vector<File>& files, const std::string& precision, const ReadText& readText);

} // namespace visgate::worker::hub
