// SPDX-License-Identifier: GPL-3.0-or-later
// The hub client and the presets, live against practice mode's hub.
#include "core/catalog/hub_client.h"
#include "core/catalog/model_registry.h"
#include "tests/contract/runpod/practice_fixture.h"

namespace visgate {
namespace {

using test::await;

class HubAtPractice : public PracticeTest {
protected:
    HubAtPractice() : client({hubUrl(), {}}) { }

    [[nodiscard]] ErrorCode refusalOf(const char* id)
    {
        const auto found = await(client.find(QString::fromLatin1(id), {}, nullptr));
        EXPECT_FALSE(found.has_value()) << id;
        return found ? ErrorCode::Internal : found.error().code;
    }

    HubClient client;
};

TEST_F(HubAtPractice, EveryPresetIsThereWithItsPipelineAndSizes)
{
    const ModelRegistry registry = ModelRegistry::builtIn();
    for (const ModelSpec& preset : registry.presets()) {
        const auto found = await(client.find(preset.id, {}, nullptr));
        ASSERT_TRUE(found.has_value()) << preset.id.toStdString() << ": " << found.error().detail;
        EXPECT_EQ(found->id, preset.id);
        EXPECT_GT(found->downloadBytes, 1'000'000'000) << preset.id.toStdString();
        EXPECT_EQ(found->gating, preset.gating) << preset.id.toStdString();
        EXPECT_FALSE(found->revision.isEmpty());
    }
}

TEST_F(HubAtPractice, RefusalsAreToldApart)
{
    EXPECT_EQ(refusalOf("openai-community/gpt2"), ErrorCode::LanguageModel);
    EXPECT_EQ(refusalOf("Comfy-Org/stable-diffusion-v1-5-archive"), ErrorCode::ModelNotDiffusers);
    EXPECT_EQ(refusalOf("nobody/no-such-model"), ErrorCode::ModelNotFound);
    const auto moved = await(client.find(QStringLiteral("THUDM/CogVideoX-2b"), {}, nullptr));
    ASSERT_TRUE(moved.has_value()) << moved.error().detail;
    EXPECT_EQ(moved->id, QStringLiteral("zai-org/CogVideoX-2b"));
}

TEST_F(HubAtPractice, AGatedModelNeedsItsLicence)
{
    const QString gated = QStringLiteral("black-forest-labs/FLUX.1-dev");
    const auto token = std::make_shared<const Secret>("hf_practice_reader");
    EXPECT_TRUE(await(client.checkAccess(QStringLiteral("stabilityai/sdxl-turbo"), nullptr)).has_value());
    const auto refused = await(client.checkAccess(gated, token));
    ASSERT_FALSE(refused.has_value());
    EXPECT_EQ(refused.error().code, ErrorCode::LicenceNotAccepted);
    control("POST", "/licence", {{QStringLiteral("model"), gated}});
    EXPECT_TRUE(await(client.checkAccess(gated, token)).has_value());
}

TEST_F(HubAtPractice, SearchAndTokensWork)
{
    HubSearch search;
    search.text = QStringLiteral("turbo");
    const auto page = await(client.search(search, nullptr));
    ASSERT_TRUE(page.has_value()) << page.error().detail;
    EXPECT_FALSE(page->models.isEmpty());
    EXPECT_TRUE(await(client.whoAmI(std::make_shared<const Secret>("hf_practice_reader"))).has_value());
    const auto refused = await(client.whoAmI(std::make_shared<const Secret>("hf_somebody_else")));
    ASSERT_FALSE(refused.has_value());
    EXPECT_EQ(refused.error().code, ErrorCode::TokenRejected);
}

} // namespace
} // namespace visgate
