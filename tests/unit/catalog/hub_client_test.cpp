// SPDX-License-Identifier: GPL-3.0-or-later
// The hub client over real sockets: what is asked, what its refusals mean, and where the token goes.
#include "core/catalog/hub_client.h"
#include "tests/support/await.h"
#include "tests/support/scripted_server.h"

#include <gtest/gtest.h>
#include <map>

namespace visgate {
namespace {

using test::await;
using test::reply;
using test::ScriptedServer;

/// Path without query -> answer; anything else is 404 RepoNotFound.
using Site = std::map<std::string, http::Response>;

class Hub {
public:
    explicit Hub(Site site)
        : m_server([site = std::move(site)](http::Exchange& exchange) {
              const auto page = site.find(std::string(exchange.request().path()));
              exchange.respond(
                  page != site.end() ? page->second : reply(404, "{}", {{"X-Error-Code", "RepoNotFound"}}));
          }),
          m_client(settings())
    {
    }

    HubClient& client() { return m_client; }
    ScriptedServer& server() { return m_server; }

private:
    HubSettings settings()
    {
        HubSettings out;
        out.base = m_server.url();
        out.http.backoffBase = std::chrono::milliseconds(5);
        return out;
    }
    ScriptedServer m_server;
    HubClient m_client;
};

const HubClient::Token kToken = std::make_shared<const Secret>("hf_test_token_1");

const char* const kModel
    = R"({"id":"a/b","sha":"c0ffee","pipeline_tag":"text-to-image","library_name":"diffusers","gated":false,
    "siblings":[{"rfilename":"model_index.json","size":10},{"rfilename":"vae/model.safetensors","size":100}]})";

http::Response refused(int status, const char* code)
{
    return reply(status, R"({"error":"no"})",
        {{"X-Error-Code", code}, {"X-Error-Message", "the hub's own words"}, {"X-Request-Id", "r9"}});
}

TEST(HubClient, FindsAModelWithItsSizes)
{
    Hub hub({{"/api/models/a/b", reply(200, kModel)},
        {"/a/b/resolve/c0ffee/model_index.json",
            reply(200, R"({"_class_name":"FluxPipeline","vae":["diffusers","AutoencoderKL"]})")}});
    const auto spec = await(hub.client().find(QStringLiteral("https://huggingface.co/a/b"), {}, kToken));
    ASSERT_TRUE(spec.has_value()) << spec.error().detail;
    EXPECT_EQ(spec->pipelineClass, QStringLiteral("FluxPipeline"));
    EXPECT_EQ(spec->downloadBytes, 110);
    EXPECT_EQ(spec->revision, QStringLiteral("c0ffee"));
    EXPECT_EQ(hub.server().requests().at(0).query("blobs"), "true");
    EXPECT_EQ(hub.server().requests().at(0).headers.get("authorization"), "Bearer hf_test_token_1");
}

TEST(HubClient, AsksForARevision)
{
    Hub hub({{"/api/models/a/b/revision/v1.0", reply(200, kModel)},
        {"/a/b/resolve/c0ffee/model_index.json", reply(200, R"({"_class_name":"FluxPipeline"})")}});
    EXPECT_TRUE(await(hub.client().find(QStringLiteral("a/b"), QStringLiteral("v1.0"), nullptr)).has_value());
    EXPECT_FALSE(hub.server().requests().at(0).headers.contains("authorization"));
}

TEST(HubClient, FollowsARenamedModel)
{
    Hub hub({{"/api/models/old/b", reply(307, "", {{"Location", "/api/models/a/b?blobs=true"}})},
        {"/api/models/a/b", reply(200, kModel)},
        {"/a/b/resolve/c0ffee/model_index.json", reply(200, R"({"_class_name":"FluxPipeline"})")}});
    const auto spec = await(hub.client().find(QStringLiteral("old/b"), {}, kToken));
    ASSERT_TRUE(spec.has_value()) << spec.error().detail;
    EXPECT_EQ(spec->id, QStringLiteral("a/b"));
}

TEST(HubClient, TheTokenNeverReachesTheFileServers)
{
    ScriptedServer files(
        [](http::Exchange& exchange) { exchange.respond(reply(200, R"({"_class_name":"FluxPipeline"})")); });
    const std::string signedUrl = files.url(QStringLiteral("/signed")).toString().toStdString();
    Hub hub({{"/a/b/resolve/main/model_index.json", reply(302, "", {{"Location", signedUrl}})}});
    const auto index = await(hub.client().pipelineIndex(QStringLiteral("a/b"), {}, kToken));
    ASSERT_TRUE(index.has_value()) << index.error().detail;
    EXPECT_TRUE(hub.server().requests().at(0).headers.contains("authorization"));
    EXPECT_FALSE(files.requests().at(0).headers.contains("authorization"));
}

TEST(HubClient, SaysWhyAModelCannotBeDeployed)
{
    Hub hub({{"/api/models/a/text",
                 reply(200,
                     R"({"id":"a/text","pipeline_tag":"text-generation","siblings":[{"rfilename":"config.json"}]})")},
        {"/api/models/a/single",
            reply(
                200, R"({"id":"a/single","pipeline_tag":"text-to-image","siblings":[{"rfilename":"x.safetensors"}]})")},
        {"/api/models/a/private", refused(401, "RepoNotFound")}});
    const auto codeOf = [&hub](const char* id) {
        const auto outcome = await(hub.client().find(QString::fromLatin1(id), {}, nullptr));
        EXPECT_FALSE(outcome.has_value());
        EXPECT_EQ(outcome.error().arguments, std::vector<std::string>{id});
        return outcome.error().code;
    };
    EXPECT_EQ(codeOf("a/text"), ErrorCode::LanguageModel);
    EXPECT_EQ(codeOf("a/single"), ErrorCode::ModelNotDiffusers);
    EXPECT_EQ(codeOf("a/private"), ErrorCode::ModelNotFound);
    EXPECT_EQ(codeOf("a/missing"), ErrorCode::ModelNotFound);
    EXPECT_EQ(codeOf("not a model"), ErrorCode::ModelNotFound);
}

TEST(HubClient, DescribesAGatedModelThatItMayNotRead)
{
    std::string gated(kModel);
    gated.replace(gated.find("\"gated\":false"), 13, "\"gated\":\"auto\"");
    Hub hub(
        {{"/api/models/a/b", reply(200, gated)}, {"/a/b/resolve/c0ffee/model_index.json", refused(403, "GatedRepo")}});
    const auto spec = await(hub.client().find(QStringLiteral("a/b"), {}, nullptr));
    ASSERT_TRUE(spec.has_value()) << spec.error().detail;
    EXPECT_EQ(spec->gating, Gating::Automatic);
    EXPECT_EQ(spec->downloadBytes, 110);
}

TEST(HubClient, ChecksAccessByTheHubsErrorCode)
{
    Hub hub(
        {{"/api/models/a/open/auth-check", reply(200)}, {"/api/models/a/gated/auth-check", refused(403, "GatedRepo")},
            {"/api/models/a/gated401/auth-check", refused(401, "GatedRepo")},
            {"/api/models/a/gone/auth-check", refused(401, "RepoNotFound")},
            {"/api/models/a/key/auth-check", reply(401, R"({"error":"Invalid credentials"})")},
            {"/api/models/a/busy/auth-check", reply(500)}});
    const auto codeOf = [&hub](const char* id) {
        const auto outcome = await(hub.client().checkAccess(QString::fromLatin1(id), kToken));
        return outcome ? std::string("ok") : std::string(toString(outcome.error().code));
    };
    EXPECT_EQ(codeOf("a/open"), "ok");
    EXPECT_EQ(codeOf("a/gated"), toString(ErrorCode::LicenceNotAccepted));
    EXPECT_EQ(codeOf("a/gated401"), toString(ErrorCode::LicenceNotAccepted));
    EXPECT_EQ(codeOf("a/gone"), toString(ErrorCode::ModelNotFound));
    EXPECT_EQ(codeOf("a/key"), toString(ErrorCode::TokenRejected));
    EXPECT_EQ(codeOf("a/busy"), toString(ErrorCode::ProviderFailed));
    const auto gated = await(hub.client().checkAccess(QStringLiteral("a/gated"), kToken));
    EXPECT_EQ(gated.error().arguments, std::vector<std::string>{"a/gated"});
    EXPECT_EQ(gated.error().requestId, "r9");
    EXPECT_EQ(gated.error().detail, "the hub's own words");
}

TEST(HubClient, TellsRefusalsApartByTheHubsWords)
{
    struct Row {
        const char* words;
        const char* code; ///< X-Error-Code; null: none
        ErrorCode meaning;
    };
    const Row rows[] = {
        {"Please enable access to public gated repositories in your fine-grained token settings to view this "
         "repository.",
            "GatedRepo", ErrorCode::TokenTooNarrow},
        {"Your request to access model a/b is awaiting a review from the repo authors.", "GatedRepo",
            ErrorCode::LicencePending},
        {"Your request to access model a/b has been rejected by the repo's authors.", "GatedRepo",
            ErrorCode::LicenceRefused},
        {"Access to model a/b is restricted and you are not in the authorized list.", "GatedRepo",
            ErrorCode::LicenceNotAccepted},
        {"Access to this resource is disabled.", nullptr, ErrorCode::ModelDisabled},
        {"Your organisation does not allow this.", nullptr, ErrorCode::HubRefused},
    };
    for (const Row& row : rows) {
        http::Headers headers{{"X-Error-Message", row.words}};
        if (row.code)
            headers.add("X-Error-Code", row.code);
        Hub hub({{"/api/models/a/b", reply(200, kModel)},
            {"/a/b/resolve/c0ffee/model_index.json", reply(403, "{}", headers)},
            {"/api/models/a/b/auth-check", reply(403, "{}", headers)}});
        const auto access = await(hub.client().checkAccess(QStringLiteral("a/b"), kToken));
        ASSERT_FALSE(access.has_value());
        EXPECT_EQ(toString(access.error().code), toString(row.meaning)) << row.words;
        EXPECT_EQ(access.error().arguments, std::vector<std::string>{"a/b"});
        const auto spec = await(hub.client().find(QStringLiteral("a/b"), {}, kToken));
        if (row.meaning == ErrorCode::ModelDisabled)
            EXPECT_EQ(spec.error().code, ErrorCode::ModelDisabled);
        else
            EXPECT_EQ(spec->downloadBytes, 110) << "what is public is shown all the same: " << row.words;
    }
}

TEST(HubClient, ReadsAnIndexWhereTwoSetsOfPartsLieBesideOneAnother)
{
    const char* const model = R"({"id":"a/b","sha":"c0ffee","pipeline_tag":"text-to-image","siblings":[
        {"rfilename":"model_index.json","size":10},{"rfilename":"vae/diffusion_pytorch_model.safetensors.index.json","size":9},
        {"rfilename":"vae/diffusion_pytorch_model-00001-of-00001.safetensors","size":700},
        {"rfilename":"vae/diffusion_pytorch_model-00001-of-00002.safetensors","size":100},
        {"rfilename":"vae/diffusion_pytorch_model-00002-of-00002.safetensors","size":200}]})";
    Hub hub({{"/api/models/a/b", reply(200, model)},
        {"/a/b/resolve/c0ffee/model_index.json",
            reply(200, R"({"_class_name":"FluxPipeline","vae":["diffusers","AutoencoderKL"]})")},
        {"/a/b/resolve/c0ffee/vae/diffusion_pytorch_model.safetensors.index.json",
            reply(200, R"({"weight_map":{"x":"diffusion_pytorch_model-00001-of-00001.safetensors"}})")}});
    const auto spec = await(hub.client().find(QStringLiteral("a/b"), {}, kToken));
    ASSERT_TRUE(spec.has_value()) << spec.error().detail;
    EXPECT_EQ(spec->components.constFirst().bytes, 700);
    const auto files = await(hub.client().files(QStringLiteral("a/b"), {}, kToken));
    ASSERT_TRUE(files.has_value());
    EXPECT_TRUE(files->paths.contains(QStringLiteral("vae/diffusion_pytorch_model-00001-of-00001.safetensors")));
    EXPECT_EQ(files->paths.size(), 3) << "the leftover parts are not copied either";
}

TEST(HubClient, SearchesPageByPageAndLeavesOutWhatCannotRun)
{
    ScriptedServer* self = nullptr;
    ScriptedServer server([&self](http::Exchange& exchange) {
        if (exchange.request().hasQuery("cursor")) {
            exchange.respond(reply(200, R"([{"id":"a/three","pipeline_tag":"text-to-video"}])"));
            return;
        }
        const std::string next = self->url(QStringLiteral("/api/models?cursor=x")).toString().toStdString();
        exchange.respond(reply(200, R"([{"id":"a/one","pipeline_tag":"text-to-image","cardData":{"license":"mit"}},
            {"id":"a/two","pipeline_tag":"text-generation"}])",
            {{"Link", "<" + next + ">; rel=\"next\""}}));
    });
    self = &server;
    HubClient client({server.url(), {}});
    HubSearch search;
    search.text = QStringLiteral("anime & more");
    search.task = GenerationTask::TextToImage;
    const auto first = await(client.search(search, kToken));
    ASSERT_TRUE(first.has_value()) << first.error().detail;
    ASSERT_EQ(first->models.size(), 2);
    EXPECT_EQ(first->models[0].licence, QStringLiteral("mit"));
    EXPECT_EQ(first->models[0].terms.commercial, CommercialUse::Allowed);
    EXPECT_FALSE(first->models[0].refusal);
    ASSERT_TRUE(first->models[1].refusal) << "what cannot be used is there, and says why";
    EXPECT_EQ(first->models[1].refusal->code, ErrorCode::LanguageModel);
    const http::Request seen = server.requests().at(0);
    EXPECT_EQ(seen.query("search"), "anime & more");
    EXPECT_EQ(seen.query("pipeline_tag"), "text-to-image");
    EXPECT_EQ(seen.query("filter"), "diffusers");
    search.page = first->next;
    const auto second = await(client.search(search, kToken));
    ASSERT_TRUE(second.has_value());
    EXPECT_EQ(second->models.size(), 1);
    EXPECT_TRUE(second->next.isEmpty());
    EXPECT_EQ(server.requests().size(), 2U);
}

TEST(HubClient, DoesNotCarryTheTokenToAForeignNextPage)
{
    Hub hub(
        {{"/api/models", reply(200, "[]", {{"Link", "<http://foreign.example/api/models?cursor=x>; rel=\"next\""}})}});
    const auto page = await(hub.client().search({}, kToken));
    ASSERT_TRUE(page.has_value());
    EXPECT_TRUE(page->next.isEmpty());
}

TEST(HubClient, TellsWhoseTokenItIs)
{
    Hub hub({{"/api/whoami-v2", reply(200, R"({"name":"ada","type":"user","auth":{"accessToken":{"role":"read"}}})")}});
    EXPECT_EQ(await(hub.client().whoAmI(kToken)).value_or(QString()), QStringLiteral("ada"));
    Hub refusing({{"/api/whoami-v2", reply(401, R"({"error":"Invalid username or password."})")}});
    const auto refusal = await(refusing.client().whoAmI(kToken));
    ASSERT_FALSE(refusal.has_value());
    EXPECT_EQ(refusal.error().code, ErrorCode::TokenRejected);
}

TEST(HubClient, DestroyingItEndsACallOfTwoSteps)
{
    ScriptedServer server([](http::Exchange& exchange) {
        if (exchange.request().path() == "/api/models/a/b")
            exchange.respond(reply(200, kModel)); // and the second step never answers
    });
    auto client = std::make_unique<HubClient>(HubSettings{server.url(), {}});
    auto call = client->find(QStringLiteral("a/b"), {}, nullptr);
    ASSERT_TRUE(test::becomesTrue([&server] { return server.requests().size() == 2; }));
    client.reset();
    const auto outcome = await(std::move(call));
    ASSERT_FALSE(outcome.has_value());
    EXPECT_EQ(outcome.error().code, ErrorCode::Cancelled);
}

} // namespace
} // namespace visgate
