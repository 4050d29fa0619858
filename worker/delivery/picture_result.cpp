// SPDX-License-Identifier: GPL-3.0-or-later
#include "worker/delivery/picture_result.h"

#include "core/foundation/base64.h"
#include "core/foundation/json/json_value.h"
#include "core/foundation/path_text.h"

#include <fstream>

namespace visgate::worker {

using nlohmann::json;

Result<std::vector<std::uint8_t>> pixelsOf(const GeneratedPicture& picture)
{
    std::vector<std::uint8_t> rgb(
        static_cast<std::size_t>(picture.width) * static_cast<std::size_t>(picture.height) * 3);
    std::ifstream file(picture.file, std::ios::binary);
    const bool isRead = !!file.read(reinterpret_cast<char*>(rgb.data()), static_cast<std::streamsize>(rgb.size()));
    if (!isRead) {
        return fail(ErrorCode::FileUnreadable, toUtf8(picture.file));
    }
    return rgb;
}

std::string Identity::label() const
{
    if (!isDemo) {
        return modelId;
    }
    return modelId.empty() ? "demo model (shapes)" : "demo model (shapes), standing in for " + modelId;
}

json pictureResult(
    const Identity& identity, const Generation& asked, const Generated& made, const std::vector<PictureFile>& files)
{
    json artifacts = json::array();
    for (const auto& file : files) {
        json artifact{{"bytes", file.size}, {"sha256", file.sha256}, {"content_type", file.contentType},
            {"width", file.width}, {"height", file.height}, {"seed", file.seed}};
        if (file.url.empty()) {
            artifact["data"] = base64Encode(file.bytes);
        } else {
            artifact["url"] = file.url;
        }
        if (!file.key.empty()) {
            artifact["key"] = file.key;
        }
        if (file.frames > 0) {
            artifact["frames"] = file.frames;
            artifact["fps"] = file.framesPerSecond;
        }
        artifacts.push_back(std::move(artifact));
    }
    json result{{"artifacts", std::move(artifacts)}, {"model_id", identity.modelId}, {"runner", identity.runner},
        {"label", identity.label()}, {"demo", identity.isDemo}, {"unknown_words", made.unknownWords},
        {"defaults", made.defaults}, {"seed", asked.seed}, {"num_inference_steps", asked.steps},
        {"guidance_scale", asked.guidance}};
    result["revision"] = identity.revision.empty() ? json() : json(identity.revision);
    result["gpu"] = identity.gpu.empty() ? json() : json(identity.gpu);
    if (identity.isDemo) {
        result["standing_in_for"] = identity.modelId;
    }
    if (made.upscaledFrom > 0) {
        result["upscaled_from"] = {made.upscaledFrom, made.upscaledFrom};
    }
    for (const auto& [slot, value] : made.understood) {
        result["understood"][slot] = value;
    }
    return result;
}

} // namespace visgate::worker
