// SPDX-License-Identifier: GPL-3.0-or-later
// A model from the hub, over real sockets, with all that goes wrong on the way.
#include "core/foundation/ids.h"
#include "core/foundation/json/json_value.h"
#include "model_hub.h"
#include "worker/model_store/hub_layout.h"
#include "worker/model_store/model_store.h"
#include "worker/model_store/partial_file.h"

#include <atomic>
#include <cstdlib>
#include <fstream>
#include <gmock/gmock.h>
#include <sstream>
#include <thread>

namespace visgate::worker {
namespace {

using namespace std::chrono_literals;
using nlohmann::json;
using testing::HasSubstr;
using testing::Not;
namespace fs = std::filesystem;

constexpr const char* weights = "unet/diffusion_pytorch_model.fp16.safetensors";

std::string read(const fs::path& file)
{
    std::ostringstream text;
    text << std::ifstream(file, std::ios::binary).rdbuf();
    return text.str();
}

class ModelStoreTest : public testing::Test {
protected:
    ModelStoreTest() { hub.addPipeline(100'000); }
    ~ModelStoreTest() override
    {
        std::error_code ignored;
        fs::remove_all(cache, ignored);
    }

    [[nodiscard]] ModelStore::Settings settings() const
    {
        ModelStore::Settings settings;
        settings.modelId = ModelHub::id;
        settings.folders = {{cache, true}};
        settings.writable = {cache};
        settings.hub = hub.base();
        settings.token = Secret(token);
        settings.patience = {3, 1ms, 5ms, 2s, 5s};
        return settings;
    }
    /// Waits until the hub was asked so often for what has this in its address; false after minutes in which it was
    /// not.
    [[nodiscard]] bool isAsked(const std::string& part, std::size_t times = 1) const
    {
        const auto late = std::chrono::steady_clock::now() + 5min;
        while (hub.asked(part).size() < times) {
            if (std::chrono::steady_clock::now() > late) {
                return false;
            }
            std::this_thread::sleep_for(1ms);
        }
        return true;
    }
    [[nodiscard]] Result<StoredModel> fetch(ModelStore::Settings with, const http::CancelToken& cancel = {})
    {
        ModelStore store(std::move(with), clock, [](const std::string&) {});
        return store.fetch({[this](const FetchProgress::State& state) {
                                const std::lock_guard lock(mutex);
                                told.push_back(state);
                            },
                               [this] { ++signs; }},
            cancel);
    }
    [[nodiscard]] Result<StoredModel> fetch() { return fetch(settings()); }
    /// Why it fails.
    [[nodiscard]] Error failure()
    {
        const auto model = fetch();
        EXPECT_FALSE(model);
        EXPECT_FALSE(fs::exists(layout.snapshot(ModelHub::commit) / HubLayout::marker));
        return model ? Error{} : model.error();
    }
    void answerOnce(const std::string& part, http::Response response)
    {
        hub.answer([part, response, isDone = std::make_shared<std::atomic<bool>>(false)](
                       const ModelHub::Asked& asked) -> std::optional<http::Response> {
            const bool isIt = asked.request.target.find(part) != std::string::npos && !isDone->exchange(true);
            return isIt ? std::optional(response) : std::nullopt;
        });
    }
    void answerAlways(const std::string& part, http::Response response)
    {
        hub.answer([part, response](const ModelHub::Asked& asked) {
            return asked.request.target.find(part) != std::string::npos ? std::optional(response) : std::nullopt;
        });
    }

    ModelHub hub;
    RealClock clock;
    const std::string token = "hf_planted_token";
    const fs::path cache = fs::temp_directory_path() / ("visgate-store-" + randomHex(8));
    const HubLayout layout{cache, ModelHub::id};
    std::mutex mutex;
    std::vector<FetchProgress::State> told;
    std::atomic<int> signs{0};
};

TEST_F(ModelStoreTest, FetchesWhatTheIndexNamesIntoTheHubsOwnLayout)
{
    hub.setPages(3);
    const auto model = fetch();
    ASSERT_TRUE(model) << model.error().detail;
    EXPECT_EQ(model->revision, ModelHub::commit);
    EXPECT_FALSE(model->wasThere);
    EXPECT_EQ(model->folder, layout.snapshot(ModelHub::commit));
    EXPECT_EQ(read(model->folder / weights), hub.bytesOf(weights));
    EXPECT_EQ(read(model->folder / "model_index.json"), hub.bytesOf("model_index.json"));
    EXPECT_EQ(read(layout.blob(hub.sumOf(weights))), hub.bytesOf(weights));
    EXPECT_EQ(read(layout.ref("main")), ModelHub::commit);
    for (const char* unwanted : {"unet/diffusion_pytorch_model.safetensors", "unet/diffusion_pytorch_model.bin",
             "README.md", "pictures_all_in_one.safetensors", "safety_checker/model.safetensors"}) {
        EXPECT_FALSE(fs::exists(model->folder / unwanted)) << unwanted;
    }
    for (const auto& entry : fs::directory_iterator(layout.blobs())) {
        EXPECT_THAT(entry.path().string(), Not(HasSubstr("incomplete")));
    }
    ASSERT_GE(told.size(), 2U);
    EXPECT_EQ(told.front().total, 0U) << "not known yet";
    EXPECT_EQ(told.back().bytes, told.back().total);
    EXPECT_GT(told.back().total, hub.bytesOf(weights).size());
    EXPECT_GT(signs, 0);
    for (const auto& asked : hub.asked()) {
        EXPECT_EQ(asked.request.headers.get("Authorization"), asked.isFiles ? "" : "Bearer " + token)
            << "the token is the hub's alone: " << asked.request.target;
    }

    const auto before = hub.asked().size();
    const auto again = fetch();
    ASSERT_TRUE(again);
    EXPECT_TRUE(again->wasThere);
    EXPECT_EQ(again->revision, ModelHub::commit);
    EXPECT_EQ(hub.asked().size(), before) << "the hub need not be there";
}

TEST_F(ModelStoreTest, TakesTheWeightsThatThePrecisionAsksForAndWhateverOneFolderAlreadyHas)
{
    auto full = settings();
    full.precision = "float32";
    ASSERT_TRUE(fetch(std::move(full)));
    const auto folder = layout.snapshot(ModelHub::commit);
    EXPECT_TRUE(fs::exists(folder / "unet/diffusion_pytorch_model.safetensors"));
    EXPECT_FALSE(fs::exists(folder / weights));
    auto elsewhere = settings();
    elsewhere.folders = {{cache / "provider", false}, {cache, true}};
    elsewhere.hub = "http://127.0.0.1:1";
    EXPECT_TRUE(fetch(std::move(elsewhere))->wasThere);
}

TEST_F(ModelStoreTest, GoesOnWhereAnotherProcessEnded)
{
    hub.add(weights, std::string(PartialFile::partBytes * 2 + 1000, 'w'), true);
    const auto& bytes = hub.bytesOf(weights);
    {
        fs::create_directories(layout.blobs());
        auto left = PartialFile::open(layout.blob(hub.sumOf(weights)), bytes.size());
        ASSERT_TRUE(left);
        const auto parts = left->missing();
        ASSERT_EQ(parts.size(), 3U);
        ASSERT_TRUE(left->write(parts[1].offset, std::string_view(bytes).substr(parts[1].offset, parts[1].bytes)));
        ASSERT_TRUE(left->partDone(parts[1]));
        ASSERT_TRUE(left->write(0, "begun and not ended"));
    }
    const auto model = fetch();
    ASSERT_TRUE(model) << model.error().detail;
    EXPECT_EQ(read(model->folder / weights), bytes);
    std::vector<std::string> ranges;
    for (const auto& asked : hub.asked("/files/" + std::string(weights))) {
        ranges.push_back(asked.range);
    }
    EXPECT_THAT(ranges, testing::UnorderedElementsAre("bytes=0-33554431", "bytes=67108864-67109863"));
    EXPECT_GE(told[1].bytes, PartialFile::partBytes) << "what was there counts from the beginning";
}

TEST_F(ModelStoreTest, AWrongSumIsFetchedOnceMoreAndThenGivenUp)
{
    const std::string wrong(hub.bytesOf(weights).size(), 'x');
    answerOnce("/files/unet", {200, {}, wrong});
    const auto model = fetch();
    ASSERT_TRUE(model) << model.error().detail;
    EXPECT_EQ(read(model->folder / weights), hub.bytesOf(weights));
    EXPECT_EQ(told.back().bytes, told.back().total);
    fs::remove_all(cache);
    answerAlways("/files/unet", {200, {}, wrong});
    const Error error = failure();
    EXPECT_EQ(error.code, ErrorCode::ModelFetchFailed);
    EXPECT_THAT(error.detail, HasSubstr(weights));
    EXPECT_FALSE(fs::exists(layout.blob(hub.sumOf(weights))));
    fs::remove_all(cache);
    answerAlways("resolve/" + std::string(ModelHub::commit) + "/model_index.json",
        {200, {}, std::string(hub.bytesOf("model_index.json").size(), ' ')});
    EXPECT_EQ(failure().code, ErrorCode::ModelFetchFailed);
}

TEST_F(ModelStoreTest, ABodyThatEndsEarlyIsGoneOnWith)
{
    const std::string& bytes = hub.bytesOf(weights);
    answerOnce("/files/unet", {200, {}, bytes.substr(0, 10'000)});
    const auto model = fetch();
    ASSERT_TRUE(model) << model.error().detail;
    EXPECT_EQ(read(model->folder / weights), bytes);
    const auto asked = hub.asked("/files/unet");
    ASSERT_EQ(asked.size(), 2U);
    EXPECT_EQ(asked[1].range, "bytes=10000-49999");
    fs::remove_all(cache);
    answerAlways("/files/unet", {200, {}, bytes + "more"});
    EXPECT_THAT(failure().detail, HasSubstr("more of " + std::string(weights)));
}

TEST_F(ModelStoreTest, WaitsAsTheHubSaysAndAsksAgainWhatMayPass)
{
    answerOnce("/api/models", {429, {{"Retry-After", "1"}}, {}});
    const auto began = std::chrono::steady_clock::now();
    ASSERT_TRUE(fetch());
    EXPECT_GE(std::chrono::steady_clock::now() - began, 900ms);
    fs::remove_all(cache);
    answerOnce("/files/unet", {503, {}, "busy"});
    ASSERT_TRUE(fetch());
    fs::remove_all(cache);
    answerOnce("/files/unet", {403, {}, "expired"}); // the address that the hub gave, not the hub
    ASSERT_TRUE(fetch());
    fs::remove_all(cache);
    answerAlways("/api/models", {429, {{"Retry-After", "86400"}}, {}});
    EXPECT_THAT(failure().detail, HasSubstr("86400"));
    answerAlways("/api/models", {500, {}, {}});
    EXPECT_THAT(failure().detail, HasSubstr("500"));
}

TEST_F(ModelStoreTest, ASilentConnectionIsLeftForAnotherOne)
{
    auto impatient = settings();
    impatient.patience.silence = 1s;
    hub.holdFrom(0);
    std::thread released([this] {
        EXPECT_TRUE(isAsked("/files/unet"));
        hub.holdFrom(std::nullopt);
    });
    const auto model = fetch(std::move(impatient));
    released.join();
    ASSERT_TRUE(model) << model.error().detail;
    EXPECT_GE(hub.asked("/files/unet").size(), 2U);
}

TEST_F(ModelStoreTest, SaysWhatIsToBeDoneAboutARefusal)
{
    struct Row {
        const char* part;
        int status;
        const char* code;
        ErrorCode meaning;
        const char* words;
    };
    for (const Row& row : {Row{"resolve", 403, "GatedRepo", ErrorCode::LicenceNotAccepted, "accept the licence at"},
             Row{"/revision/", 404, "RepoNotFound", ErrorCode::ModelNotFound, "no model org/pictures"},
             Row{"/revision/", 401, "RepoNotFound", ErrorCode::ModelNotFound, "may not see it"},
             Row{"/revision/", 404, "RevisionNotFound", ErrorCode::ModelNotFound, "no such revision"},
             Row{"/revision/", 401, "", ErrorCode::TokenRejected, "make a new one"}}) {
        answerAlways(row.part, {row.status, {{"X-Error-Code", row.code}, {"X-Error-Message", "so it is"}}, {}});
        const Error error = failure();
        EXPECT_EQ(error.code, row.meaning) << row.words;
        EXPECT_THAT(error.detail, testing::AllOf(HasSubstr(row.words), HasSubstr("so it is")));
        EXPECT_THAT(error.detail, Not(HasSubstr(token)));
    }
    auto withoutToken = settings();
    withoutToken.token = Secret();
    answerAlways("resolve", {401, {{"X-Error-Code", "GatedRepo"}}, {}});
    const auto model = fetch(std::move(withoutToken));
    ASSERT_FALSE(model);
    EXPECT_EQ(model.error().code, ErrorCode::LicenceNotAccepted);
    EXPECT_THAT(model.error().detail, HasSubstr("store a token"));
}

TEST_F(ModelStoreTest, IsLedNowhereButToWhereModelsLie)
{
    for (const char* elsewhere :
        {"http://192.168.0.1/x", "http://169.254.169.254/latest/meta-data", "file:///etc/passwd", "ftp://127.0.0.1/x",
            "http://user@127.0.0.1/x", "https://10.0.0.1/x", "https://localhost:1/x"}) {
        answerAlways("resolve", {302, {{"Location", elsewhere}}, {}});
        EXPECT_EQ(failure().code, ErrorCode::ModelFetchFailed) << elsewhere;
    }
    answerAlways("resolve", {302, {{"Location", "/org/pictures/resolve/again"}}, {}});
    EXPECT_THAT(failure().detail, HasSubstr("without end"));
}

TEST_F(ModelStoreTest, AHostileListOfFilesNamesNoneOutside)
{
    const auto tree = [this](const json& list) { answerAlways("/tree/", {200, {}, list.dump()}); };
    const std::string sum(64, 'a');
    const auto large = [&sum](const std::string& path, const json& size) {
        return json{{"type", "file"}, {"path", path}, {"size", 1}, {"oid", std::string(40, 'b')},
            {"lfs", {{"oid", sum}, {"size", size}}}};
    };
    tree({large("../x", 1), large("/etc/passwd", 1), large("unet/..\\x", 1)});
    EXPECT_EQ(failure().code, ErrorCode::WorkerLacksRuntime) << "nothing of it is a model";
    tree({large("unet/x.safetensors", -1)});
    EXPECT_EQ(failure().code, ErrorCode::ModelFetchFailed);
    tree({large("unet/x.safetensors", 1e300)});
    EXPECT_EQ(failure().code, ErrorCode::ModelFetchFailed);
    tree({{{"type", "file"}, {"path", "a"}, {"size", 1}, {"oid", "../../../etc/cron.d/x"}}});
    EXPECT_EQ(failure().code, ErrorCode::ModelFetchFailed);
    tree({{"not", "a list"}});
    EXPECT_EQ(failure().code, ErrorCode::ModelFetchFailed);
    answerAlways("/tree/", {200, {}, std::string(20'000'000, '[')});
    EXPECT_EQ(failure().code, ErrorCode::ModelFetchFailed);
    answerAlways("/tree/", {200, {{"Link", "<http://127.0.0.1:1/next>; rel=\"next\""}}, "[]"});
    EXPECT_THAT(failure().detail, HasSubstr("another host"));
    answerAlways("/tree/", {200, {{"Link", "<?cursor=1>; rel=\"next\""}}, "[]"});
    EXPECT_THAT(failure().detail, HasSubstr("more files"));
    answerAlways("/revision/", {200, {}, R"({"sha":"../../x"})"});
    EXPECT_EQ(failure().code, ErrorCode::ModelFetchFailed);
    EXPECT_FALSE(fs::exists(cache / "../x"));
}

TEST_F(ModelStoreTest, OfTenThousandFilesItTakesTheOnesThatCount)
{
    for (int i = 0; i < 10'000; ++i) {
        hub.add("samples/" + std::to_string(i) + ".txt", "x");
    }
    hub.setPages(10);
    const auto model = fetch();
    ASSERT_TRUE(model) << model.error().detail;
    EXPECT_FALSE(fs::exists(model->folder / "samples"));
    EXPECT_TRUE(hub.asked("samples/").empty());
}

TEST_F(ModelStoreTest, EndsAtOnceWhenItIsNotWantedAnyMore)
{
    hub.holdFrom(0);
    const http::CancelToken cancel;
    std::thread asker([&] {
        EXPECT_TRUE(isAsked("/files/unet"));
        cancel.cancel();
    });
    auto patient = settings();
    patient.patience.silence = 3600s;
    const auto model = fetch(std::move(patient), cancel);
    asker.join();
    ASSERT_FALSE(model);
    EXPECT_EQ(model.error().code, ErrorCode::Cancelled);
}

TEST_F(ModelStoreTest, TwoOnOneVolumeShareTheWork)
{
    hub.holdFrom(0);
    Result<StoredModel> first = fail(ErrorCode::Internal);
    Result<StoredModel> second = fail(ErrorCode::Internal);
    const auto patient = [this] {
        auto with = settings();
        with.patience.silence = 3600s;
        with.patience.attempts = 1000;
        return with;
    };
    const http::CancelToken killed;
    std::thread one([&] { first = fetch(patient(), killed); });
    EXPECT_TRUE(isAsked("/files/unet"));
    std::thread other([&] { second = fetch(patient()); });
    EXPECT_TRUE(isAsked("/tree/", 2));
    hub.holdFrom(std::nullopt);
    killed.cancel(); // the first is gone; the other one takes over
    one.join();
    other.join();
    EXPECT_EQ(first.error().code, ErrorCode::Cancelled);
    ASSERT_TRUE(second) << second.error().detail;
    EXPECT_EQ(read(second->folder / weights), hub.bytesOf(weights));
}

/// Only root may mount a small disk.
class OnASmallDisk : public ModelStoreTest {
protected:
    void SetUp() override
    {
        fs::create_directories(cache);
        const std::string mount = "mount -t tmpfs -o size=8m tmpfs " + cache.string() + " 2>/dev/null";
        isMounted = std::system(mount.c_str()) == 0;
        if (!isMounted) {
            GTEST_SKIP() << "a small disk cannot be mounted here";
        }
    }
    void TearDown() override
    {
        if (isMounted) {
            EXPECT_EQ(std::system(("umount -l " + cache.string()).c_str()), 0);
        }
    }
    bool isMounted = false;
};

TEST_F(OnASmallDisk, AModelThatDoesNotFitIsNotBegun)
{
    hub.addPipeline(40'000'000);
    const Error error = failure();
    EXPECT_EQ(error.code, ErrorCode::WorkerDiskFull);
    EXPECT_THAT(error.detail, testing::AllOf(HasSubstr("0.02 GB"), HasSubstr(cache.string()), HasSubstr("0.01 GB")));
    EXPECT_TRUE(hub.asked("/files/").empty());
    const fs::path roomy = fs::temp_directory_path() / ("visgate-store-" + randomHex(8));
    auto more = settings();
    more.writable.push_back(roomy);
    const auto model = fetch(std::move(more));
    ASSERT_TRUE(model) << model.error().detail;
    EXPECT_TRUE(fs::exists(roomy / "models--org--pictures"));
    fs::remove_all(roomy);
}

TEST_F(OnASmallDisk, OneThatBecomesFullMeanwhileIsToldSo)
{
    hub.addPipeline(8'000'000);
    hub.answer([this](const ModelHub::Asked& asked) -> std::optional<http::Response> {
        if (asked.isFiles) {
            std::ofstream(cache / "filler", std::ios::binary) << std::string(16'000'000, 'x');
        }
        return std::nullopt;
    });
    const Error error = failure();
    EXPECT_EQ(error.code, ErrorCode::WorkerDiskFull);
    EXPECT_THAT(error.detail, testing::AllOf(HasSubstr(cache.string()), HasSubstr("became full")));
    hub.answer({});
    fs::remove(cache / "filler");
    EXPECT_TRUE(fetch()) << "with room it goes on";
}

} // namespace
} // namespace visgate::worker
