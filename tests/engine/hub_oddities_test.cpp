// SPDX-License-Identifier: GPL-3.0-or-later
// Models as they lie on the hub, met from the command line: each that cannot be used is one red line with a sentence of
// its own, in both languages, and no endpoint is made for it.
#include "core/operations/deployments.h"
#include "core/secrets/secret_store.h"
#include "tests/support/cli_harness.h"
#include "tests/support/engine_harness.h"
#include "tests/support/scripted_server.h"

#include <QJsonArray>
#include <QJsonDocument>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace visgate {
namespace {

using namespace Qt::Literals::StringLiterals;
using test::CliHarness;
using test::EngineHarness;
using test::PracticeProcess;
using test::Ran;
using test::reply;
using test::ScriptedServer;

struct Oddity {
    const char* name;  ///< of the repository "maker/NAME"
    const char* task;  ///< pipeline_tag; null: none
    const char* files; ///< siblings besides model_index.json, as JSON objects
    const char* index; ///< model_index.json; null: the repository has none
    const char* more;  ///< further fields of the description, each ending with a comma
    int refusal;       ///< status of what is refused; 0: nothing
    const char* refusalCode;
    const char* refusalWords;
    ErrorCode code;
    const char* english;
    const char* turkish;
};

constexpr const char* kWeights
    = R"({"rfilename":"unet/diffusion_pytorch_model.safetensors","size":3400000000},{"rfilename":"text_encoder/model.safetensors","size":490000000})";
constexpr const char* kIndex
    = R"({"_class_name":"StableDiffusionPipeline","unet":["diffusers","UNet2DConditionModel"],"text_encoder":["transformers","CLIPTextModel"]})";

const Oddity kOddities[] = {
    {"narrow", "text-to-image", kWeights, kIndex, "", 403, "GatedRepo",
        "Please enable access to public gated repositories in your fine-grained token settings.",
        ErrorCode::TokenTooNarrow, "Your Hugging Face token may not read gated models such as “maker/narrow”.",
        "Hugging Face erişim anahtarınız (token) “maker/narrow” gibi"},
    {"waiting", "text-to-image", kWeights, kIndex, "", 403, "GatedRepo",
        "Your request to access model maker/waiting is awaiting a review from the repo authors.",
        ErrorCode::LicencePending, "The authors of “maker/waiting” have not answered your request for access yet.",
        "“maker/waiting” modelinin sahipleri erişim isteğinizi henüz yanıtlamadı."},
    {"rejected", "text-to-image", kWeights, kIndex, "", 403, "GatedRepo",
        "Your request to access model maker/rejected has been rejected by the repo's authors.",
        ErrorCode::LicenceRefused, "The authors of “maker/rejected” have refused your request for access.",
        "“maker/rejected” modelinin sahipleri erişim isteğinizi geri çevirdi."},
    {"disabled", "text-to-image", kWeights, kIndex, R"("disabled":true,)", 403, nullptr,
        "Access to this resource is disabled.", ErrorCode::ModelDisabled,
        "Hugging Face has taken “maker/disabled” down.", "Hugging Face “maker/disabled” modelini kaldırdı."},
    {"own-code", "text-to-image", kWeights,
        R"({"_class_name":["pipeline","OwnPipeline"],"unet":["my_unet","OwnUNet"]})", "", 0, nullptr, nullptr,
        ErrorCode::ModelOwnCode, "“maker/own-code” needs program code of its own (pipeline)",
        "“maker/own-code” kendi program kodunu (pipeline) ister"},
    {"faces", "unconditional-image-generation",
        R"({"rfilename":"unet/diffusion_pytorch_model.safetensors","size":450000000})",
        R"({"_class_name":"DDPMPipeline","unet":["diffusers","UNet2DModel"]})", "", 0, nullptr, nullptr,
        ErrorCode::ModelTakesNoWords, "“maker/faces” takes no words", "“maker/faces” söz almaz"},
    {"fill", nullptr, kWeights,
        R"({"_class_name":"StableDiffusionInpaintPipeline","unet":["diffusers","UNet2DConditionModel"]})", "", 0,
        nullptr, nullptr, ErrorCode::ModelNeedsMask, "“maker/fill” needs a picture and a mask",
        "“maker/fill” bir resim ve"},
    {"flax", "text-to-image", R"({"rfilename":"unet/diffusion_flax_model.msgpack","size":3400000000})", kIndex, "", 0,
        nullptr, nullptr, ErrorCode::ModelWeightsMissing,
        "“maker/flax” has no weights that the worker can load for: text_encoder, unet.",
        "“maker/flax” içinde işçinin yükleyebileceği ağırlıklar yok: text_encoder, unet."},
    {"style", "text-to-image", R"({"rfilename":"pytorch_lora_weights.safetensors","size":180000000})", nullptr,
        R"("tags":["lora"],"cardData":{"base_model":"black-forest-labs/FLUX.1-dev"},)", 0, nullptr, nullptr,
        ErrorCode::ModelIsLora, "“maker/style” is a LoRA: an addition to another model (black-forest-labs/FLUX.1-dev)",
        "“maker/style” bir LoRA"},
    {"small", "text-to-image", R"({"rfilename":"flux1-dev-Q4_0.gguf","size":6800000000})", nullptr,
        R"("library_name":"gguf",)", 0, nullptr, nullptr, ErrorCode::ModelIsGguf,
        "“maker/small” holds GGUF files, which the worker does not load.", "“maker/small” GGUF dosyalarından oluşuyor"},
    {"tomorrow", nullptr, kWeights,
        R"({"_class_name":"TomorrowsPipeline","unet":["diffusers","UNet2DConditionModel"]})", "", 0, nullptr, nullptr,
        ErrorCode::PipelineUnknown, "“maker/tomorrow” is not known to work",
        "“maker/tomorrow” modelinin çalıştığı bilinmiyor"},
};

std::string description(const Oddity& oddity)
{
    std::string files = oddity.files;
    if (oddity.index)
        files += R"(,{"rfilename":"model_index.json","size":400})";
    const std::string task = oddity.task ? '"' + std::string(oddity.task) + '"' : "null";
    return R"({"id":"maker/)" + std::string(oddity.name) + R"(","sha":"c0ffee",)" + oddity.more + R"("pipeline_tag":)"
        + task + R"(,"siblings":[)" + files + "]}";
}

http::Response answer(const std::string& path)
{
    for (const Oddity& oddity : kOddities) {
        const std::string id = "maker/" + std::string(oddity.name);
        const bool isDescription = path == "/api/models/" + id;
        const bool isOf
            = isDescription || path.starts_with("/" + id + "/") || path == "/api/models/" + id + "/auth-check";
        if (!isOf)
            continue;
        // Only what was taken down hides its description as well.
        if (oddity.refusal != 0 && (!isDescription || oddity.code == ErrorCode::ModelDisabled)) {
            http::Headers headers{{"X-Error-Message", oddity.refusalWords}};
            if (oddity.refusalCode)
                headers.add("X-Error-Code", oddity.refusalCode);
            return reply(oddity.refusal, "{}", headers);
        }
        if (isDescription)
            return reply(200, description(oddity));
        if (path.ends_with("model_index.json") && oddity.index)
            return reply(200, oddity.index);
        return path.ends_with("auth-check") ? reply(200, "{}") : reply(404, "{}", {{"X-Error-Code", "EntryNotFound"}});
    }
    return reply(404, "{}", {{"X-Error-Code", "RepoNotFound"}});
}

/// A hub that has the models of the table.
class OddHub {
public:
    OddHub()
        : m_server([](http::Exchange& exchange) { exchange.respond(answer(std::string(exchange.request().path()))); })
    {
    }
    [[nodiscard]] QUrl url() const { return m_server.url(); }

private:
    ScriptedServer m_server;
};

/// Titles of the red lines that `preflight` printed, but for those that a computer without a key has anyway.
QByteArrayList redLines(const QByteArray& out)
{
    QByteArrayList titles;
    for (const QByteArray& line : out.split('\n')) {
        if (line.startsWith("blocked  ") && !line.startsWith("blocked  Account key"))
            titles.append(line.mid(9).trimmed());
    }
    return titles;
}

TEST(HubOddities, EachIsOneRedLineWithItsOwnSentenceInBothLanguages)
{
    const OddHub hub;
    const CliHarness cli;
    cli.setting(u"hub/url"_s, hub.url().toString());
    cli.setting(u"worker/image"_s, u"127.0.0.1:1/me/worker:1"_s);
    for (const Oddity& oddity : kOddities) {
        SCOPED_TRACE(oddity.name);
        const QStringList arguments{
            u"preflight"_s, u"maker/"_s + QString::fromLatin1(oddity.name), u"--target"_s, u"runpod"_s};
        const Ran english = cli.run(arguments);
        EXPECT_NE(english.code, 0);
        EXPECT_THAT(english.out.toStdString(), testing::HasSubstr(oddity.english));
        EXPECT_EQ(redLines(english.out).size(), 1) << english.out.toStdString();
        EXPECT_THAT(english.out.toStdString(), testing::Not(testing::HasSubstr("suitable GPU"))) << "it only follows";
        const Ran turkish = cli.run(arguments + QStringList{u"--lang"_s, u"tr"_s});
        EXPECT_THAT(turkish.out.toStdString(), testing::HasSubstr(oddity.turkish));
    }
}

TEST(HubOddities, WaitingEndsWhereItCannotTurnGreen)
{
    const OddHub hub;
    const CliHarness cli;
    cli.setting(u"hub/url"_s, hub.url().toString());
    const Ran ran = cli.run({u"preflight"_s, u"maker/rejected"_s, u"--target"_s, u"runpod"_s, u"--watch"_s});
    EXPECT_NE(ran.code, 0);
    EXPECT_THAT(ran.err.toStdString(), testing::HasSubstr("have refused your request"));
}

TEST(HubOddities, NoEndpointIsMadeForAnyOfThem)
{
    const OddHub hub;
    PracticeProcess practice;
    PracticeAddress address = practice.address();
    address.address.hub = hub.url();
    EngineHarness harness(address);
    harness.start();
    for (const Oddity& oddity : kOddities) {
        SCOPED_TRACE(oddity.name);
        CreateRequest request;
        request.modelId = u"maker/"_s + QString::fromLatin1(oddity.name);
        request.target = AccountId::practice();
        const auto created = test::await(harness.engine().call(CreateDeployment{request}));
        std::optional<Error> error;
        if (!created)
            error = created.error();
        else
            error = harness.waitFor(created->id, DeploymentStatus::Failed).error;
        ASSERT_TRUE(error);
        EXPECT_EQ(toString(error->code), toString(oddity.code));
    }
    EXPECT_TRUE(practice.state()["endpoints"_L1].toArray().isEmpty());
}

} // namespace
} // namespace visgate
