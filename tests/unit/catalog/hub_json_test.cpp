// SPDX-License-Identifier: GPL-3.0-or-later
// The hub's replies: which files count, what can be deployed, and that no bytes can hurt.
#include "core/catalog/hub_spec.h"

#include <gtest/gtest.h>
#include <random>

namespace visgate {
namespace {

using namespace hub;

std::vector<std::string> paths(const QList<File>& files)
{
    std::vector<std::string> out;
    for (const File& file : files)
        out.push_back(file.path.toStdString());
    std::sort(out.begin(), out.end());
    return out;
}

QList<File> listed(std::initializer_list<std::pair<const char*, qint64>> files)
{
    QList<File> out;
    for (const auto& [path, bytes] : files)
        out.append({QString::fromLatin1(path), bytes});
    return out;
}

constexpr const char* kSdxl = R"({
  "id": "maker/picture-model", "sha": "abc123", "gated": "auto", "pipeline_tag": "text-to-image", "library_name": "diffusers",
  "cardData": {"license": "other", "license_name": "own-licence"}, "newField": [1, {"x": null}], "downloads": 12345678901,
  "siblings": [
    {"rfilename": "model_index.json", "size": 600},
    {"rfilename": "README.md", "size": 9000},
    {"rfilename": "picture-model.safetensors", "size": 7000000000},
    {"rfilename": "unet/config.json", "size": 1700},
    {"rfilename": "unet/diffusion_pytorch_model.safetensors", "size": 10300000000},
    {"rfilename": "unet/diffusion_pytorch_model.fp16.safetensors", "size": 5140000000},
    {"rfilename": "unet/diffusion_pytorch_model.bin", "size": 10300000000},
    {"rfilename": "unet/diffusion_flax_model.msgpack", "size": 10300000000},
    {"rfilename": "unet/model.onnx", "size": 10300000000},
    {"rfilename": "text_encoder/model.safetensors", "lfs": {"size": 246000000}},
    {"rfilename": "tokenizer/vocab.json", "size": 1000000},
    {"rfilename": "safety_checker/model.safetensors", "size": 600000000}
  ]})";

TEST(HubJson, ReadsAModelAndIgnoresWhatIsNew)
{
    const auto model = readModel(kSdxl);
    ASSERT_TRUE(model.has_value()) << model.error().detail;
    EXPECT_EQ(model->id, QStringLiteral("maker/picture-model"));
    EXPECT_EQ(model->commit, QStringLiteral("abc123"));
    EXPECT_EQ(model->gating, Gating::Automatic);
    EXPECT_EQ(model->licence, QStringLiteral("own-licence"));
    EXPECT_EQ(model->files.size(), 12);
    EXPECT_EQ(model->files[9].bytes, 246000000);
    EXPECT_EQ(model->downloads, 12345678901);
}

TEST(HubJson, CountsOnlyTheFilesThatWouldBeLoaded)
{
    const auto model = readModel(kSdxl);
    const auto index = readPipelineIndex(R"({"_class_name":"StableDiffusionXLPipeline","_diffusers_version":"0.19",
        "unet":["diffusers","UNet2DConditionModel"],"text_encoder":["transformers","CLIPTextModel"],
        "tokenizer":["transformers","CLIPTokenizer"],"safety_checker":[null,null],"force_zeros":true})");
    ASSERT_TRUE(index.has_value());
    const auto spec = toSpec(*model, *index);
    ASSERT_TRUE(spec.has_value()) << spec.error().detail;
    EXPECT_EQ(spec->pipelineClass, QStringLiteral("StableDiffusionXLPipeline"));
    EXPECT_EQ(spec->tasks, QList<GenerationTask>{GenerationTask::TextToImage});
    EXPECT_EQ(spec->downloadBytes, 5140000000 + 246000000 + 1000000 + 1700 + 600);
    ASSERT_EQ(spec->components.size(), 2);
    EXPECT_EQ(spec->components[0].name, QStringLiteral("text_encoder"));
    EXPECT_EQ(spec->components[1].bytes, 5140000000);
    EXPECT_EQ(spec->revision, QStringLiteral("abc123"));
    EXPECT_FALSE(spec->preset);
}

TEST(HubJson, TakesAllShardsAndNoDuplicates)
{
    const QList<File> files = listed({{"transformer/diffusion_pytorch_model-00001-of-00002.safetensors", 5},
        {"transformer/diffusion_pytorch_model-00002-of-00002.safetensors", 6},
        {"transformer/diffusion_pytorch_model.safetensors.index.json", 1},
        {"text_encoder/model.fp16-00001-of-00002.safetensors", 3},
        {"text_encoder/model.fp16-00002-of-00002.safetensors", 3}, {"text_encoder/model-00001-of-00002.safetensors", 6},
        {"text_encoder/pytorch_model-00001-of-00002.bin", 6}, {"vae/diffusion_pytorch_model.bin", 2},
        {"vae/diffusion_pytorch_model.non_ema.safetensors", 9}});
    const QList<Component> components{{QStringLiteral("transformer"), QStringLiteral("diffusers"), {}},
        {QStringLiteral("text_encoder"), QStringLiteral("transformers"), {}},
        {QStringLiteral("vae"), QStringLiteral("diffusers"), {}}};
    EXPECT_EQ(paths(filesToLoad(files, components)),
        (std::vector<std::string>{"text_encoder/model.fp16-00001-of-00002.safetensors",
            "text_encoder/model.fp16-00002-of-00002.safetensors",
            "transformer/diffusion_pytorch_model-00001-of-00002.safetensors",
            "transformer/diffusion_pytorch_model-00002-of-00002.safetensors",
            "transformer/diffusion_pytorch_model.safetensors.index.json", "vae/diffusion_pytorch_model.bin"}));
}

Model described(const char* task, const char* library, std::initializer_list<std::pair<const char*, qint64>> files)
{
    Model model;
    model.id = QStringLiteral("a/b");
    model.task = QString::fromLatin1(task);
    model.library = QString::fromLatin1(library);
    model.files = listed(files);
    return model;
}

ErrorCode refusal(const Model& model)
{
    const auto outcome = checkDeployable(model);
    EXPECT_FALSE(outcome.has_value());
    if (outcome)
        return ErrorCode::Internal;
    EXPECT_EQ(outcome.error().arguments, std::vector<std::string>{"a/b"});
    return outcome.error().code;
}

TEST(HubJson, TellsWhatCannotBeDeployed)
{
    EXPECT_EQ(refusal(described("text-generation", "transformers", {{"config.json", 1}})), ErrorCode::LanguageModel);
    EXPECT_EQ(refusal(described("automatic-speech-recognition", "transformers", {{"config.json", 1}})),
        ErrorCode::UnsupportedTask);
    EXPECT_EQ(refusal(described("", "transformers", {{"config.json", 1}})), ErrorCode::UnsupportedTask);
    EXPECT_EQ(
        refusal(described("text-to-image", "diffusers", {{"model.safetensors", 1}})), ErrorCode::ModelNotDiffusers);
    EXPECT_EQ(refusal(described("", "", {{"model.safetensors", 1}})), ErrorCode::ModelNotDiffusers);
    EXPECT_TRUE(checkDeployable(described("text-to-image", "diffusers", {{"model_index.json", 1}})).has_value());
    EXPECT_TRUE(checkDeployable(described("text-to-image", "diffusers", {})).has_value()) << "a search result";
}

TEST(HubJson, ReadsTheTaskFromTheClassAndTheTag)
{
    const Model untagged = described("", "diffusers", {{"model_index.json", 1}});
    const auto task = [&](const char* pipeline) -> std::optional<GenerationTask> {
        const auto found = taskOf(untagged, QString::fromLatin1(pipeline));
        return found ? std::optional(*found) : std::nullopt;
    };
    const auto tagged = [](const char* tag, const char* pipeline) {
        return taskOf(described(tag, "", {}), QString::fromLatin1(pipeline)).value();
    };
    EXPECT_EQ(tagged("image-to-video", "FluxPipeline"), GenerationTask::TextToImage) << "the class cannot do that";
    EXPECT_EQ(tagged("image-to-image", "FluxPipeline"), GenerationTask::ImageToImage) << "the class can do both";
    EXPECT_EQ(tagged("image-to-video", "NewestPipeline"), GenerationTask::ImageToVideo) << "taken at its word";
    EXPECT_EQ(task("NewestPipeline"), std::nullopt) << "never text-to-image by default";
    EXPECT_EQ(task("FluxPipeline"), GenerationTask::TextToImage);
    EXPECT_EQ(task("FluxKontextPipeline"), GenerationTask::ImageToImage);
    EXPECT_EQ(task("QwenImageEditPipeline"), GenerationTask::ImageToImage);
    EXPECT_EQ(task("WanPipeline"), GenerationTask::TextToVideo);
    EXPECT_EQ(task("WanImageToVideoPipeline"), GenerationTask::ImageToVideo);
    EXPECT_EQ(task("CogVideoXPipeline"), GenerationTask::TextToVideo);
    EXPECT_EQ(task("AudioLDM2Pipeline"), std::nullopt);
    EXPECT_EQ(task(""), std::nullopt);
}

TEST(HubJson, FollowsLinkHeadersOfEveryForm)
{
    EXPECT_EQ(nextPage(R"(<https://huggingface.co/api/models?cursor=a%3D%3D&limit=2>; rel="next")"),
        QUrl(QStringLiteral("https://huggingface.co/api/models?cursor=a%3D%3D&limit=2")));
    EXPECT_EQ(
        nextPage("<http://h/p1>; rel=prev, <http://h/p3>; title=\"x\"; rel=next"), QUrl(QStringLiteral("http://h/p3")));
    for (const char* none : {"", "<http://h/>; rel=\"last\"", "garbage", "<>; rel=next"})
        EXPECT_EQ(nextPage(none), std::nullopt) << none;
}

TEST(HubJson, RefusesOtherDocuments)
{
    for (const char* body : {"", "null", "[]", "\"x\"", "{", "<html>"}) {
        EXPECT_FALSE(readModel(body).has_value()) << body;
        EXPECT_FALSE(readPipelineIndex(body).has_value()) << body;
        EXPECT_FALSE(readAccountName(body).has_value()) << body;
    }
    EXPECT_FALSE(readModels("{}").has_value());
    EXPECT_TRUE(readModels("[]")->isEmpty());
    EXPECT_FALSE(readModels("[{}]").has_value());
}

TEST(HubJson, MutatedRepliesNeverHurt)
{
    std::mt19937 random(20261121);
    const QByteArray original(kSdxl);
    for (int round = 0; round < 2000; ++round) {
        QByteArray body = original;
        for (int change = 0; change < 1 + round % 4; ++change) {
            const auto at = static_cast<qsizetype>(random() % static_cast<std::size_t>(body.size()));
            if (random() % 2 == 0)
                body[at] = static_cast<char>(random());
            else
                body.remove(at, static_cast<qsizetype>(random() % 40));
        }
        if (const auto model = readModel(body)) {
            const auto spec = toSpec(*model, std::nullopt);
            EXPECT_TRUE(!spec || spec->downloadBytes >= 0);
        }
    }
}

} // namespace
} // namespace visgate
