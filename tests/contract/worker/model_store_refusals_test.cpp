// SPDX-License-Identifier: GPL-3.0-or-later
// A model that the hub does not give, a hub that is not to be trusted, a disk without room.
#include "core/foundation/json/json_value.h"
#include "model_store_fixture.h"

#include <cstdlib>
#include <gmock/gmock.h>

namespace visgate::worker {
namespace {

using nlohmann::json;
using testing::HasSubstr;
using testing::Not;
namespace fs = std::filesystem;

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
