// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/foundation/json/json_value.h"
#include "core/foundation/recipe/recipe.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace visgate {
namespace {

using nlohmann::json;
using testing::HasSubstr;

Recipe whole()
{
    Recipe recipe;
    recipe.name = "Kırmızı daire";
    recipe.modelId = "stabilityai/sdxl-turbo";
    recipe.revision = "main";
    recipe.task = "text_to_image";
    recipe.gpuTier = "A40";
    recipe.gpus = {"AMPERE_48", "ADA_24"};
    recipe.sizes = {512, 768, 4, 1.5, 2};
    recipe.limits = {5, 600, 420, 3900, 3, 0, 2};
    recipe.prompts = {{"a red circle", "blue", 7, {}}, {"ein Kreis", {}, {}, {}}};
    return recipe;
}

TEST(Recipe, WhatIsWrittenReadsBack)
{
    const std::string text = formatRecipe(whole());
    auto read = parseRecipe(text);
    ASSERT_TRUE(read) << read.error().detail;
    EXPECT_EQ(formatRecipe(*read), text);
    read->source.clear();
    for (RecipePrompt& prompt : read->prompts)
        prompt.source.clear();
    EXPECT_EQ(*read, whole());
}

TEST(Recipe, TheLeastOneIsAVersionAndAModel)
{
    const auto read = parseRecipe(R"({"visgate_recipe":1,"model":{"id":"a/b"}})");
    ASSERT_TRUE(read) << read.error().detail;
    EXPECT_EQ(read->modelId, "a/b");
    EXPECT_TRUE(read->prompts.empty());
    EXPECT_FALSE(read->sizes.width);
    const json written = json::parse(formatRecipe(*read));
    EXPECT_EQ(written, json::parse(R"({"visgate_recipe":1,"model":{"id":"a/b"}})"));
}

TEST(Recipe, FieldsOfOtherVersionsAreKeptWhereverTheyStand)
{
    const json document = json::parse(R"({"visgate_recipe":1,"model":{"id":"a/b","variant":"fp8"},
        "sizes":{"width":512,"tile":64},"gpu":{"cuda":"12.4"},"limits":{"workers_max":2,"queue":9},
        "prompts":[{"prompt":"x","mood":["calm",1.25,null]}],"theme":{"colour":"red","deep":[[1],{"a":true}]}})");
    auto read = parseRecipe(document.dump());
    ASSERT_TRUE(read) << read.error().detail;
    EXPECT_EQ(json::parse(formatRecipe(*read)), document);
    // What is known is written from the values, and what stood beside it stays.
    read->sizes.width = 1024;
    read->limits.workersMax.reset();
    read->prompts.front().prompt = "y";
    json changed = document;
    changed["sizes"]["width"] = 1024;
    changed["limits"].erase("workers_max");
    changed["prompts"][0]["prompt"] = "y";
    EXPECT_EQ(json::parse(formatRecipe(*read)), changed);
}

struct Wrong {
    const char* name;
    std::string text;
    const char* says;
};

std::string with(const std::string& fields)
{
    return R"({"visgate_recipe":1,"model":{"id":"a/b"},)" + fields + "}";
}

class RecipeRefused : public testing::TestWithParam<Wrong> { };

TEST_P(RecipeRefused, WithTheFieldThatIsWrong)
{
    const auto read = parseRecipe(GetParam().text);
    ASSERT_FALSE(read);
    EXPECT_EQ(read.error().code, ErrorCode::RecipeUnreadable);
    EXPECT_THAT(read.error().detail, HasSubstr(GetParam().says));
}

INSTANTIATE_TEST_SUITE_P(Table, RecipeRefused,
    testing::Values(Wrong{"Empty", "", "JSON"}, Wrong{"NotJson", "hello", "JSON"}, Wrong{"List", "[1]", "JSON"},
        Wrong{"NoVersion", R"({"model":{"id":"a/b"}})", "visgate_recipe"},
        Wrong{"VersionIsText", R"({"visgate_recipe":"1","model":{"id":"a/b"}})", "visgate_recipe"},
        Wrong{"NoModel", R"({"visgate_recipe":1})", "model.id"},
        Wrong{"ModelIsText", R"({"visgate_recipe":1,"model":"a/b"})", "model"},
        Wrong{"Width", with(R"("sizes":{"width":"wide"})"), "sizes.width"},
        Wrong{"Fraction", with(R"("sizes":{"width":512.5})"), "sizes.width"},
        Wrong{"Guidance", with(R"("sizes":{"guidance_scale":-1})"), "sizes.guidance_scale"},
        Wrong{"Limit", with(R"("limits":{"workers_max":0})"), "limits.workers_max"},
        Wrong{"MinAboveMax", with(R"("limits":{"workers_min":3,"workers_max":2})"), "limits.workers_min"},
        Wrong{"Prompts", with(R"("prompts":"x")"), "prompts"},
        Wrong{"PromptIsText", with(R"("prompts":["x"])"), "prompts.prompt"},
        Wrong{"Seed", with(R"("prompts":[{"prompt":"x","seed":18446744073709551615}])"), "prompts.seed"},
        Wrong{"Gpus", with(R"("gpu":{"planned":[1]})"), "gpu.planned"},
        Wrong{"Deep", with("\"x\":" + std::string(20, '[') + std::string(20, ']')), "deep"},
        Wrong{"DeepAndUnfinished", std::string(100'000, '['), "deep"},
        Wrong{"CommaTooMany", "{\"visgate_recipe\":1,\n}", "one too many"}, Wrong{"Comment", "// mine\n{}", "comments"},
        Wrong{"DecimalComma", "{\"x\": 7,5}", "point"}, Wrong{"Utf16", std::string("\xff\xfe{\0}\0", 6), "UTF-8"},
        Wrong{"Large", with("\"x\":\"" + std::string(kLargestRecipe, 'x') + '"'), "KiB"}),
    [](const auto& wrong) { return std::string(wrong.param.name); });

TEST(Recipe, WhatIsBrokenByHandNamesItsPlace)
{
    const auto read = parseRecipe("{\n  \"visgate_recipe\": 1,\n  \"model\": { \"id\": \"a/b\", }\n}\n");
    ASSERT_FALSE(read);
    EXPECT_EQ(read.error().arguments, (std::vector<std::string>{"3", "27"}));
}

TEST(Recipe, ALaterSchemaSaysSo)
{
    const auto read = parseRecipe(R"({"visgate_recipe":2,"model":"may be anything by then"})");
    ASSERT_FALSE(read);
    EXPECT_EQ(read.error().code, ErrorCode::RecipeTooNew);
}

/// The scanner: keys planted in every place that a text can stand.
TEST(Recipe, NoSecretIsEverWritten)
{
    const std::vector<std::string> planted{"rpa_PLANTED0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ",
        "hf_PLANTEDabcdefghijklmnopqrstuvwxyz0123", "AKIAPLANTED012345678", "sw0rdfish-PLANTED"};
    Recipe recipe = whole();
    recipe.name = planted[0];
    recipe.revision = planted[1];
    recipe.prompts = {{"draw " + planted[0] + " in red", "not " + planted[1], {},
        json{{"prompt", "x"}, {"hf_token", planted[3]}, {"note", "Bearer " + planted[3]}}.dump()}};
    recipe.source = json{{"HF_TOKEN", planted[3]}, {"apiKey", planted[3]},
        {"env", {{"AWS_SECRET_ACCESS_KEY", planted[3]}, {"list", {planted[2], planted[1]}}}}, {"x", {{planted[0], 1}}},
        {"internal_secret", {{"a", planted[3]}}}}
                        .dump();
    const std::string text = formatRecipe(recipe);
    for (const std::string& secret : planted)
        EXPECT_EQ(text.find(secret), std::string::npos) << secret << " in " << text;
    EXPECT_THAT(text, HasSubstr("[redacted]")) << "it is seen that something was there";
    EXPECT_THAT(text, HasSubstr("in red")) << "and the words around it stay";
    ASSERT_TRUE(parseRecipe(text));
}

} // namespace
} // namespace visgate
