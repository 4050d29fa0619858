// SPDX-License-Identifier: GPL-3.0-or-later
// A model from the hub, over real sockets: fetched, gone on with, shared.
#include "model_store_fixture.h"
#include "worker/model_store/partial_file.h"

#include <gmock/gmock.h>
#include <thread>

namespace visgate::worker {
namespace {

using namespace std::chrono_literals;
using testing::HasSubstr;
using testing::Not;
namespace fs = std::filesystem;

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

} // namespace
} // namespace visgate::worker
