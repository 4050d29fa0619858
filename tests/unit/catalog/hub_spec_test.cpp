// SPDX-License-Identifier: GPL-3.0-or-later
// Models as they lie on the hub: what takes no words, brings its own program, has no weights or too many of them.
#include "core/catalog/hub_spec.h"
#include "core/catalog/pipeline_table.h"
#include "core/domain/errors/error_catalog.h"

#include <gtest/gtest.h>
#include <string>

namespace visgate {
namespace {

using namespace hub;
using namespace Qt::Literals::StringLiterals;

constexpr qint64 kGiga = 1'000'000'000;

Model model(const QString& tag, QList<File> files)
{
    Model made;
    made.id = u"maker/model"_s;
    made.task = tag;
    made.library = u"diffusers"_s;
    made.files = std::move(files);
    made.files.append({u"model_index.json"_s, 500});
    return made;
}

PipelineIndex index(const QString& className, QList<Component> components)
{
    return {className, {}, std::move(components)};
}

const QList<Component> kPainter{{u"unet"_s, u"diffusers"_s, u"UNet2DConditionModel"_s},
    {u"text_encoder"_s, u"transformers"_s, u"CLIPTextModel"_s}, {u"tokenizer"_s, u"transformers"_s, u"CLIPTokenizer"_s},
    {u"scheduler"_s, u"diffusers"_s, u"PNDMScheduler"_s}};
const QList<File> kPainterFiles{{u"unet/diffusion_pytorch_model.safetensors"_s, 3 * kGiga},
    {u"text_encoder/model.safetensors"_s, kGiga}, {u"tokenizer/vocab.json"_s, 1000}};

std::string refusalOf(const Result<ModelSpec>& spec)
{
    return spec ? "accepted as " + toString(spec->tasks.constFirst()).toStdString()
                : std::string(toString(spec.error().code));
}

struct ClassRow {
    const char* tag;
    const char* pipeline;
    const char* outcome;
};

TEST(HubSpec, AClassThatCannotDrawFromWordsIsRefusedByName)
{
    const ClassRow rows[] = {
        {"unconditional-image-generation", "DDPMPipeline", "MODEL_TAKES_NO_WORDS"},
        {"", "DDIMPipeline", "MODEL_TAKES_NO_WORDS"},
        {"text-to-image", "DiTPipeline", "MODEL_TAKES_NO_WORDS"},
        {"text-to-3d", "ShapEPipeline", "MODEL_MAKES_SHAPES"},
        {"", "MarigoldDepthPipeline", "MODEL_MAKES_MAPS"},
        {"depth-estimation", "MarigoldDepthPipeline", "MODEL_MAKES_MAPS"},
        {"", "DanceDiffusionPipeline", "MODEL_MAKES_SOUND"},
        {"", "StableAudioPipeline", "MODEL_MAKES_SOUND"},
        {"", "StableDiffusionInpaintPipeline", "MODEL_NEEDS_MASK"},
        {"text-to-image", "StableDiffusionXLInpaintPipeline", "MODEL_NEEDS_MASK"},
        {"", "StableDiffusionControlNetPipeline", "MODEL_NEEDS_GUIDE"},
        {"", "KandinskyV22PriorPipeline", "MODEL_IS_PART"},
        {"", "StableDiffusionImageVariationPipeline", "accepted as image_to_image"},
        {"", "StableVideoDiffusionPipeline", "accepted as image_to_video"},
        {"", "StableDiffusionUpscalePipeline", "accepted as image_to_image"},
        {"", "StableDiffusionPipeline", "accepted as text_to_image"},
        {"", "TomorrowsPipeline", "PIPELINE_UNKNOWN"},
        {"text-to-video", "TomorrowsPipeline", "accepted as text_to_video"},
        {"text-to-image", "FlaxStableDiffusionPipeline", "MODEL_WEIGHTS_MISSING"},
        {"text-to-image", "OnnxStableDiffusionPipeline", "MODEL_WEIGHTS_MISSING"},
    };
    for (const ClassRow& row : rows) {
        const auto spec = toSpec(
            model(QString::fromLatin1(row.tag), kPainterFiles), index(QString::fromLatin1(row.pipeline), kPainter));
        EXPECT_EQ(refusalOf(spec), row.outcome) << row.pipeline;
        if (!spec) {
            EXPECT_TRUE(describe(spec.error()).message.contains(u"maker/model"_s))
                << describe(spec.error()).message.toStdString();
        }
    }
}

TEST(HubSpec, ProgramCodeOfItsOwnIsSaidToBeSo)
{
    PipelineIndex own = index(u"OwnPipeline"_s, kPainter);
    own.ownModule = u"pipeline"_s;
    const auto named = toSpec(model(u"text-to-image"_s, kPainterFiles), own);
    EXPECT_EQ(refusalOf(named), "MODEL_OWN_CODE");
    EXPECT_EQ(named.error().arguments.back(), "pipeline");

    QList<Component> parts = kPainter;
    parts[0].library = u"my_unet"_s;
    EXPECT_EQ(refusalOf(toSpec(model(u"text-to-image"_s, kPainterFiles), index(u"StableDiffusionPipeline"_s, parts))),
        "MODEL_OWN_CODE")
        << "a part from no library that the worker has";

    parts = kPainter;
    parts.append({u"safety_checker"_s, u"stable_diffusion"_s, u"StableDiffusionSafetyChecker"_s});
    EXPECT_EQ(refusalOf(toSpec(model(u"text-to-image"_s, kPainterFiles), index(u"StableDiffusionPipeline"_s, parts))),
        "accepted as text_to_image")
        << "a module of diffusers itself";

    const auto read
        = readPipelineIndex(R"({"_class_name": ["pipeline", "OwnPipeline"], "unet": ["my_unet", "OwnUNet"]})");
    ASSERT_TRUE(read) << "a list is a name, too";
    EXPECT_EQ(read->ownModule, u"pipeline"_s);
    EXPECT_EQ(read->className, u"OwnPipeline"_s);
    EXPECT_TRUE(readPipelineIndex("\xEF\xBB\xBF{\"_class_name\": \"FluxPipeline\"}")) << "a byte order mark";
}

TEST(HubSpec, NoWeightsThatCanBeLoadedIsNoSmallModel)
{
    const QList<File> flax{{u"unet/diffusion_flax_model.msgpack"_s, 3 * kGiga},
        {u"text_encoder/flax_model.msgpack"_s, kGiga}, {u"tokenizer/vocab.json"_s, 1000}};
    const auto none = toSpec(model(u"text-to-image"_s, flax), index(u"StableDiffusionPipeline"_s, kPainter));
    EXPECT_EQ(refusalOf(none), "MODEL_WEIGHTS_MISSING");
    EXPECT_EQ(none.error().arguments.back(), "unet, text_encoder") << "and neither tokenizer nor scheduler";

    QList<File> torn = kPainterFiles;
    torn[0] = {u"unet/diffusion_pytorch_model-00001-of-00003.safetensors"_s, kGiga};
    EXPECT_EQ(refusalOf(toSpec(model(u"text-to-image"_s, torn), index(u"StableDiffusionPipeline"_s, kPainter))),
        "MODEL_WEIGHTS_MISSING")
        << "two of three parts are not there";

    QList<File> empty = kPainterFiles;
    empty[0].bytes = 0;
    EXPECT_EQ(refusalOf(toSpec(model(u"text-to-image"_s, empty), index(u"StableDiffusionPipeline"_s, kPainter))),
        "MODEL_WEIGHTS_MISSING");
}

TEST(HubSpec, WithoutSizesNothingIsKnownOfItsSize)
{
    const auto described = readModel(R"({"id": "maker/model", "pipeline_tag": "text-to-image", "siblings": [
        {"rfilename": "model_index.json", "size": 500},
        {"rfilename": "unet/diffusion_pytorch_model.safetensors", "size": null},
        {"rfilename": "text_encoder/model.safetensors", "size": 400000000}]})");
    ASSERT_TRUE(described);
    const auto spec = toSpec(*described, index(u"StableDiffusionPipeline"_s, kPainter));
    ASSERT_TRUE(spec) << spec.error().detail;
    EXPECT_EQ(spec->downloadBytes, 0) << "half of a sum is no size";
    EXPECT_EQ(plannedVramGb(*spec), 0.0) << "unknown";
    EXPECT_GT(plannedDiskGb(*spec), 50) << "room for a large one";
}

QList<File> shards(int of, qint64 each)
{
    QList<File> files;
    for (int part = 1; part <= of; ++part)
        files.append({u"transformer/diffusion_pytorch_model-%1-of-%2.safetensors"_s.arg(part, 5, 10, QLatin1Char('0'))
                          .arg(of, 5, 10, QLatin1Char('0')),
            each});
    return files;
}

TEST(HubSpec, LeftoverWeightsAreNotCountedTwice)
{
    const QList<Component> parts{{u"transformer"_s, u"diffusers"_s, u"FluxTransformer2DModel"_s}};
    const File list{u"transformer/diffusion_pytorch_model.safetensors.index.json"_s, 100};
    const File single{u"transformer/diffusion_pytorch_model.safetensors"_s, 24 * kGiga};
    const auto weights = [&](const QList<File>& files, const ShardLists& lists = {}) {
        const auto spec = toSpec(model(u"text-to-image"_s, files), index(u"FluxPipeline"_s, parts), lists);
        return spec ? spec->components.constFirst().bytes / kGiga : -1;
    };
    const QList<File> fresh = shards(3, 8 * kGiga);
    const QList<File> old = shards(2, 10 * kGiga);
    EXPECT_EQ(weights(fresh + QList<File>{list}), 24);
    EXPECT_EQ(weights(fresh + QList<File>{list, single}), 24) << "the parts or the single file";
    EXPECT_EQ(weights(fresh + old + QList<File>{list}), 24) << "one set of parts";
    EXPECT_EQ(weights(old + QList<File>{single}), 24) << "parts that no index lists are not looked at";

    EXPECT_EQ(indexesToRead(fresh + QList<File>{list, single}, parts), QStringList());
    EXPECT_EQ(indexesToRead(fresh + old + QList<File>{list}, parts), QStringList{list.path});
    const auto named = readShardIndex(R"({"metadata": {}, "weight_map": {
        "a": "diffusion_pytorch_model-00001-of-00002.safetensors",
        "b": "diffusion_pytorch_model-00002-of-00002.safetensors"}})",
        list.path);
    ASSERT_TRUE(named);
    EXPECT_EQ(weights(fresh + old + QList<File>{list}, {{list.path, *named}}), 20) << "the index decides";
    EXPECT_FALSE(readShardIndex("{}", list.path));

    const QList<Component> encoder{{u"text_encoder"_s, u"transformers"_s, u"T5EncoderModel"_s}};
    const QList<File> both{{u"text_encoder/model.safetensors"_s, 9},
        {u"text_encoder/model-00001-of-00001.safetensors"_s, 8},
        {u"text_encoder/diffusion_pytorch_model.safetensors"_s, 7},
        {u"text_encoder/model.safetensors.index.json"_s, 1}};
    QStringList loaded;
    for (const File& file : filesToLoad(both, encoder))
        loaded.append(file.path.section(u'/', 1));
    EXPECT_EQ(loaded, (QStringList{u"model.safetensors"_s, u"model.safetensors.index.json"_s}))
        << "transformers looks for the single file first";
}

TEST(HubSpec, AnAdditionOrAnotherProgramsFileIsNoModel)
{
    const auto lora = readModel(R"({"id": "maker/style", "pipeline_tag": "text-to-image", "library_name": "diffusers",
        "tags": ["diffusers", "lora"], "cardData": {"base_model": "black-forest-labs/FLUX.1-dev"},
        "siblings": [{"rfilename": "pytorch_lora_weights.safetensors", "size": 180000000}]})");
    const auto refused = toSpec(*lora, std::nullopt);
    EXPECT_EQ(refusalOf(refused), "MODEL_IS_LORA");
    EXPECT_TRUE(describe(refused.error()).message.contains(u"black-forest-labs/FLUX.1-dev"_s));
    const auto found = readModels(R"([{"id": "maker/style", "pipeline_tag": "text-to-image", "tags": ["lora"]}])");
    EXPECT_EQ(refusalOf(toSpec(found->constFirst(), std::nullopt)), "MODEL_IS_LORA") << "not offered by a search";
    const auto gguf = readModel(R"({"id": "maker/small", "pipeline_tag": "text-to-image", "library_name": "gguf",
        "siblings": [{"rfilename": "flux1-dev-Q4_0.gguf", "size": 6800000000}]})");
    EXPECT_EQ(refusalOf(toSpec(*gguf, std::nullopt)), "MODEL_IS_GGUF");
    const auto gone = readModel(R"({"id": "maker/gone", "pipeline_tag": "text-to-image", "disabled": true})");
    EXPECT_EQ(refusalOf(toSpec(*gone, std::nullopt)), "MODEL_DISABLED");
    const auto random = readModels(R"([{"id": "maker/faces", "tags": ["diffusers", "diffusers:DDPMPipeline"]}])");
    EXPECT_EQ(refusalOf(toSpec(random->constFirst(), std::nullopt)), "MODEL_TAKES_NO_WORDS")
        << "a search result tells its class by a tag";
}

TEST(HubSpec, EveryClassOfTheTableHasATaskOrAReason)
{
    for (const char* name :
        {"StableDiffusionPipeline", "StableDiffusionXLPipeline", "FluxPipeline", "WanPipeline", "QwenImagePipeline",
            "ZImagePipeline", "Flux2Pipeline", "HunyuanVideo15Pipeline", "LTXConditionPipeline"}) {
        const auto kind = pipelineKind(QString::fromLatin1(name));
        ASSERT_TRUE(kind) << name;
        EXPECT_FALSE(kind->tasks.isEmpty()) << name;
    }
    EXPECT_FALSE(pipelineKind(u"TomorrowsPipeline"_s));
    EXPECT_FALSE(tagRefusal(u"text-to-image"_s));
    EXPECT_FALSE(tagRefusal(QString()));
}

} // namespace
} // namespace visgate
