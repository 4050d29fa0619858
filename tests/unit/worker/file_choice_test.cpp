// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/foundation/json/json_value.h"
#include "worker/model_store/file_choice.h"
#include "worker/model_store/hub_layout.h"
#include "worker/model_store/web_address.h"
#include "worker/queue/link.h"

#include <gmock/gmock.h>
#include <map>

namespace visgate::worker::hub {
namespace {

using nlohmann::json;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::UnorderedElementsAre;

constexpr const char* pipeline
    = R"({"_class_name":"P","_diffusers_version":"1","unet":["diffusers","UNet"],"text_encoder":["transformers","T5"],
"tokenizer":["transformers","Tokenizer"],"safety_checker":[null,null],"force_zeros":true})";

/// A repository by the names of its files; those with text hold it.
class Repository {
public:
    explicit Repository(std::vector<std::string> paths, std::map<std::string, std::string> texts = {})
        : m_texts(std::move(texts))
    {
        m_texts.emplace("model_index.json", pipeline);
        for (const auto& [path, text] : m_texts) {
            m_files.push_back({path, text.size(), std::string(40, 'a')});
        }
        for (const std::string& path : paths) {
            m_files.push_back({path, 10, std::string(64, 'b')});
        }
    }
    void rename(const std::string& from, const std::string& to)
    {
        for (File& file : m_files) {
            file.path = file.path == from ? to : file.path;
        }
        m_texts[to] = m_texts[from];
    }
    [[nodiscard]] Result<FileChoice> choose(const std::string& precision = {}) const
    {
        return chooseFiles("org/name", m_files, precision,
            [this](const File& file) -> Result<std::string> { return m_texts.at(file.path); });
    }
    [[nodiscard]] std::vector<std::string> paths(const std::string& precision = {}) const
    {
        std::vector<std::string> chosen;
        const auto choice = choose(precision);
        EXPECT_TRUE(choice) << (choice ? "" : choice.error().detail);
        for (const File& file : choice ? choice->files : std::vector<File>()) {
            chosen.push_back(file.path);
        }
        std::erase(chosen, "model_index.json");
        return chosen;
    }
    [[nodiscard]] Error refused() const
    {
        const auto choice = choose();
        EXPECT_FALSE(choice);
        return choice ? Error{} : choice.error();
    }

private:
    std::map<std::string, std::string> m_texts;
    std::vector<File> m_files;
};

TEST(FileChoice, TakesThePartsConfigurationAndOneSetOfWeightsEach)
{
    const Repository repository({"unet/config.json", "unet/diffusion_pytorch_model.safetensors",
        "unet/diffusion_pytorch_model.bin", "unet/diffusion_pytorch_model.non_ema.safetensors",
        "text_encoder/config.json", "text_encoder/model.safetensors", "text_encoder/flax_model.msgpack",
        "tokenizer/vocab.json", "tokenizer/merges.txt", "tokenizer/spiece.model", "safety_checker/model.safetensors",
        "vae/diffusion_pytorch_model.safetensors", "all.safetensors", "README.md", "unet/picture.png"});
    EXPECT_THAT(repository.paths(),
        UnorderedElementsAre("unet/config.json", "unet/diffusion_pytorch_model.safetensors", "text_encoder/config.json",
            "text_encoder/model.safetensors", "tokenizer/vocab.json", "tokenizer/merges.txt",
            "tokenizer/spiece.model"));
}

TEST(FileChoice, AVariantCountsWhereEveryPartHasItOrPlainWeights)
{
    const Repository mixed({"unet/diffusion_pytorch_model.fp16.safetensors", "unet/diffusion_pytorch_model.safetensors",
        "text_encoder/model.safetensors"});
    EXPECT_THAT(mixed.paths("float16"),
        UnorderedElementsAre("unet/diffusion_pytorch_model.fp16.safetensors", "text_encoder/model.safetensors"));
    EXPECT_EQ(mixed.choose()->variant, "fp16");
    EXPECT_THAT(mixed.paths("float32"),
        UnorderedElementsAre("unet/diffusion_pytorch_model.safetensors", "text_encoder/model.safetensors"));
    const Repository torn({"unet/diffusion_pytorch_model.bf16.safetensors", "unet/diffusion_pytorch_model.safetensors",
        "text_encoder/model.fp16.safetensors"});
    EXPECT_THAT(torn.paths("bfloat16"),
        UnorderedElementsAre("unet/diffusion_pytorch_model.safetensors", "text_encoder/model.fp16.safetensors"));
    const Repository onlyHalf({"unet/diffusion_pytorch_model.fp16.safetensors", "text_encoder/model.fp16.safetensors"});
    EXPECT_EQ(onlyHalf.choose("float32")->variant, "fp16") << "better than nothing";
}

TEST(FileChoice, TheIndexNamesTheShards)
{
    const std::string shards = R"({"weight_map":{"a":"diffusion_pytorch_model-00001-of-00002.safetensors",
"b":"diffusion_pytorch_model-00002-of-00002.safetensors","c":"diffusion_pytorch_model-00001-of-00002.safetensors"}})";
    const std::string index = "unet/diffusion_pytorch_model.safetensors.index.json";
    const std::vector<std::string> there{"unet/diffusion_pytorch_model-00001-of-00002.safetensors",
        "unet/diffusion_pytorch_model-00002-of-00002.safetensors",
        "unet/diffusion_pytorch_model-00001-of-00003.safetensors", "text_encoder/model.safetensors"};
    EXPECT_THAT(Repository(there, {{index, shards}}).paths("float32"),
        UnorderedElementsAre(index, there[0], there[1], "text_encoder/model.safetensors"));
    EXPECT_THAT(Repository({there[0], there[3]}, {{index, shards}}).refused().detail, HasSubstr("00002-of-00002"));
    for (const char* hostile : {R"({"weight_map":{"a":"../../model.safetensors"}})", R"({"weight_map":{"a":"x.bin"}})",
             R"({"weight_map":{"a":7}})", R"({"weight_map":{}})", "[]", ""}) {
        EXPECT_EQ(Repository(there, {{index, hostile}}).refused().code, ErrorCode::ModelWeightsMissing) << hostile;
    }
    // Where a part has one file as well, each library has its own first look.
    const std::string both = "text_encoder/model.safetensors.index.json";
    EXPECT_THAT(Repository({there[3], "unet/diffusion_pytorch_model.safetensors"}, {{both, shards}, {index, shards}})
                    .refused()
                    .detail,
        HasSubstr("00001-of-00002"));
}

TEST(FileChoice, SaysWhyAModelCannotBeRun)
{
    const Repository pickles({"unet/diffusion_pytorch_model.bin", "text_encoder/model.safetensors"});
    EXPECT_EQ(pickles.refused().code, ErrorCode::ModelWeightsMissing);
    EXPECT_THAT(pickles.refused().detail, HasSubstr("unet"));
    EXPECT_EQ(Repository({"unet/diffusers.py"}).refused().code, ErrorCode::WorkerLacksRuntime);
    Repository other({"unet/x.json"});
    other.rename("model_index.json", "config.json");
    EXPECT_THAT(other.refused().detail, HasSubstr("no model_index.json"));
    const auto withIndex = [](const std::string& text) {
        return Repository({"unet/diffusion_pytorch_model.safetensors"}, {{"model_index.json", text}}).refused();
    };
    EXPECT_THAT(withIndex(R"({"_class_name":["mine","P"]})").detail, HasSubstr("program code"));
    EXPECT_THAT(withIndex(R"({"_class_name":"P","../unet":["diffusers","U"]})").detail, HasSubstr("outside"));
    EXPECT_THAT(withIndex("{}").detail, HasSubstr("no class"));
    EXPECT_EQ(withIndex(std::string(100'000, '[')).code, ErrorCode::WorkerLacksRuntime);
    EXPECT_THAT(
        withIndex(R"({"_class_name":"P","vae":["diffusers","V",{"pretrained_model_name_or_path":"a/b"}]})").detail,
        HasSubstr("a/b"));
}

TEST(FileChoice, AModularModelOfOneRepositoryIsTheSame)
{
    Repository modular({"unet/config.json", "unet/diffusion_pytorch_model.safetensors"},
        {{"model_index.json",
            R"({"_class_name":"M","_blocks_class_name":"B","guider":[null,null,{"type_hint":["diffusers","G"]}],
"unet":[null,null,{"type_hint":["diffusers","UNet"],"pretrained_model_name_or_path":"org/name","subfolder":"unet"}]})"}});
    modular.rename("model_index.json", "modular_model_index.json");
    EXPECT_THAT(modular.paths(),
        UnorderedElementsAre(
            "modular_model_index.json", "unet/config.json", "unet/diffusion_pytorch_model.safetensors"));
}

TEST(HubJson, ReadsATreeAndDropsWhatLeadsElsewhere)
{
    const std::string small(40, 'a');
    const std::string large(64, 'b');
    const auto files = readTree(json::array(
        {{{"type", "directory"}, {"path", "unet"}, {"size", 0}, {"oid", small}},
            {{"type", "file"}, {"path", "unet/config.json"}, {"size", 7}, {"oid", small}},
            {{"type", "file"}, {"path", "unet/a.safetensors"}, {"size", 135}, {"oid", small},
                {"lfs", {{"oid", large}, {"size", 5'000'000'000}}}},
            {{"type", "file"}, {"path", "../a"}, {"size", 7},
                {"oid", small}}}).dump());
    ASSERT_TRUE(files);
    ASSERT_EQ(files->size(), 2U);
    EXPECT_EQ((*files)[0].sum, small);
    EXPECT_FALSE((*files)[0].isLarge());
    EXPECT_EQ((*files)[1].bytes, 5'000'000'000U);
    EXPECT_EQ((*files)[1].sum, large);
    EXPECT_EQ(readCommit(json({{"sha", small}}).dump()).value_or(""), small);
    EXPECT_FALSE(readCommit(R"({"sha":"main"})"));
    EXPECT_EQ(nextPage("<https://h/a?x=1>; rel=\"prev\", <https://h/b?x=2>; rel=\"next\""), "https://h/b?x=2");
    EXPECT_EQ(nextPage("<https://h/a>; rel=\"last\""), "");
    EXPECT_EQ(nextPage("<"), "");
}

TEST(HubLayout, NamesOfOthersStayInside)
{
    for (const char* good : {"a", "unet/config.json", "a/b/c.d", "…/ğ.txt", "a b.txt"}) {
        EXPECT_TRUE(isPlainPath(good)) << good;
    }
    for (const std::string bad :
        {"", "/a", "a/", "a//b", ".", "..", "a/../b", "a\\b", "C:a", "a\nb", "a/.", "a ", "a."}) {
        EXPECT_FALSE(isPlainPath(bad)) << bad;
    }
    EXPECT_FALSE(isPlainPath(std::string("a\0b", 3)));
    EXPECT_FALSE(isPlainPath(std::string(600, 'a')));
    for (const char* good : {"org/name", "gpt2", "stabilityai/sdxl-turbo", "a/b_c.d-1"}) {
        EXPECT_TRUE(isModelId(good)) << good;
    }
    for (const char* bad : {"", "/", "a/", "/a", "a/b/c", "../a", "a/..", "a b/c", "a/b?c", "a--b/c", "-a/b"}) {
        EXPECT_FALSE(isModelId(bad)) << bad;
    }
    EXPECT_EQ(HubLayout("/c", "org/name").snapshot("1"), "/c/models--org--name/snapshots/1");
}

TEST(WebAddress, WhereAHubMaySendUs)
{
    const std::string hub = "https://huggingface.co";
    const std::string here = "http://127.0.0.1:8000";
    EXPECT_EQ(reachOfHub(hub), Reach::NoLinkLocal);
    EXPECT_EQ(reachOfHub(here), Reach::ThisComputer);
    EXPECT_EQ(reachOfHub("http://[::1]:8000/hub"), Reach::ThisComputer);
    EXPECT_FALSE(reachOfHub("http://192.168.0.1"));
    EXPECT_FALSE(reachOfHub("ftp://a"));
    EXPECT_FALSE(reachOfHub("https://user:password@a"));
    EXPECT_EQ(reachOfRedirect(hub, "https://cdn.example/x"), Reach::Public);
    EXPECT_EQ(reachOfRedirect(hub, hub + "/x"), Reach::NoLinkLocal);
    EXPECT_FALSE(reachOfRedirect(hub, "http://cdn.example/x"));
    EXPECT_FALSE(reachOfRedirect(hub, here));
    EXPECT_EQ(reachOfRedirect(here, "http://127.0.0.1:8001/x"), Reach::ThisComputer);
    EXPECT_EQ(reachOfRedirect(here, "https://cdn.example/x"), Reach::Public);
    EXPECT_TRUE(isSameHost(hub, "https://huggingface.co:443/a?b"));
    for (const char* other : {"http://huggingface.co/", "https://huggingface.co.evil.example/",
             "https://huggingface.co:8443/", "https://huggingface.co@evil.example/", ""}) {
        EXPECT_FALSE(isSameHost(hub, other)) << other;
    }
    EXPECT_EQ(resolved("https://a/b/c?d", "/e#f"), "https://a/e");
    EXPECT_EQ(resolved("https://a/b", "https://c/d"), "https://c/d");
}

} // namespace
} // namespace visgate::worker::hub
