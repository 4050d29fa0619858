// SPDX-License-Identifier: GPL-3.0-or-later
// A model's own account of its parts: its index, the index of its shards, and what is chosen after both.
#include "tests/fuzz/fuzz.h"
#include "worker/model_store/file_choice.h"
#include "worker/model_store/hub_layout.h"

#include <string>

using namespace visgate::worker;

void fuzzOne(std::string_view input)
{
    if (const auto shards = hub::readShards(input)) {
        for (const std::string& name : *shards) {
            visgate::fuzz::require(isPlainPath(name) && name.find('/') == std::string::npos);
        }
    }
    if (const auto index = hub::readPipelineIndex(input, "org/name")) {
        for (const hub::Component& part : index->components) {
            visgate::fuzz::require(isPlainPath(part.name) && part.name.find('/') == std::string::npos);
        }
    }
    const std::string sum(64, 'a');
    const std::vector<hub::File> files{{"model_index.json", input.size(), sum}, {"unet/config.json", 1, sum},
        {"unet/diffusion_pytorch_model.safetensors", 1, sum},
        {"unet/diffusion_pytorch_model.fp16.safetensors.index.json", 1, sum},
        {"vae/diffusion_pytorch_model.safetensors.index.json", 1, sum}, {"vae/a.safetensors", 1, sum}};
    const auto choice = hub::chooseFiles("org/name", files, "float16",
        [&input](const hub::File&) -> visgate::Result<std::string> { return std::string(input); });
    visgate::fuzz::require(!choice || choice->files.size() <= 2 * files.size());
}
