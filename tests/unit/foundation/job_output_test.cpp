// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/foundation/worker_protocol/job_output.h"

#include <gmock/gmock.h>

using testing::SizeIs;

namespace visgate::queue {
namespace {

TEST(JobOutput, ReadsEveryMember)
{
    const auto read = parseJobOutput(R"({"model_id":"stabilityai/sdxl-turbo","revision":"c0ffee","runner":"builtin",
        "gpu":"cpu","label":"demo model","timings":{"load":0.25,"steps":1.5},"unknown_words":["zebra"],
        "artifacts":[{"data":"aGk=","bytes":2,"sha256":"8f43","content_type":"image/png","width":256,"height":128,
        "seed":42,"frames":16,"fps":8.5},{"url":"https://b/x.png","key":"x.png"}]})");
    ASSERT_TRUE(read.has_value());
    EXPECT_EQ(read->modelId, "stabilityai/sdxl-turbo");
    EXPECT_EQ(read->revision, "c0ffee");
    EXPECT_EQ(read->runner, "builtin");
    EXPECT_EQ(read->gpu, "cpu");
    EXPECT_EQ(read->label, "demo model");
    EXPECT_EQ(read->timings, (std::map<std::string, double>{{"load", 0.25}, {"steps", 1.5}}));
    EXPECT_EQ(read->unknownWords, std::vector<std::string>{"zebra"});
    ASSERT_THAT(read->artifacts, SizeIs(2));
    EXPECT_EQ(read->artifacts[0].data, "aGk=");
    EXPECT_EQ(read->artifacts[0].url, "");
    EXPECT_EQ(read->artifacts[0].bytes, 2);
    EXPECT_EQ(read->artifacts[0].sha256, "8f43");
    EXPECT_EQ(read->artifacts[0].contentType, "image/png");
    EXPECT_EQ(read->artifacts[0].width, 256);
    EXPECT_EQ(read->artifacts[0].height, 128);
    EXPECT_EQ(read->artifacts[0].seed, 42);
    EXPECT_EQ(read->artifacts[0].frames, 16);
    EXPECT_EQ(read->artifacts[0].fps, 8.5);
    EXPECT_EQ(read->artifacts[1].url, "https://b/x.png");
    EXPECT_EQ(read->artifacts[1].key, "x.png");
    EXPECT_EQ(read->artifacts[1].frames, std::nullopt);
    for (const std::string text : {"", "{}", R"({"artifacts":{}})", R"({"artifacts":[1]})"})
        EXPECT_FALSE(parseJobOutput(text).has_value()) << text;
}

TEST(JobOutput, ARealModelsNameIsNoWarning)
{
    const auto read = [](const char* demo) {
        return parseJobOutput(R"({"artifacts":[],"label":"org/model","demo":)" + std::string(demo) + '}')->label;
    };
    EXPECT_EQ(read("false"), "");
    EXPECT_EQ(read("true"), "org/model");
}

TEST(JobOutput, ReadsEveryFormOfFault)
{
    const JobFault read = parseJobFault(R"({"error":{"code":"E_INPUT","message":"2 fields are wrong","fields":[
        {"name":"width","message":"too large"},{"name":"seed","message":""}]}})");
    EXPECT_EQ(read.code, "E_INPUT");
    EXPECT_EQ(read.message, "2 fields are wrong");
    ASSERT_THAT(read.fields, SizeIs(2));
    EXPECT_EQ(read.fields[0].name, "width");
    EXPECT_EQ(read.fields[0].message, "too large");

    const JobFault short_form = parseJobFault(R"({"error":{"code":"E_INPUT","fields":["prompt"]}})");
    ASSERT_THAT(short_form.fields, SizeIs(1));
    EXPECT_EQ(short_form.fields[0].name, "prompt");

    const JobFault sdk = parseJobFault(
        R"({"error_type":"<class 'ValueError'>","error_message":"no","error_traceback":"...","hostname":"h"})");
    EXPECT_EQ(sdk.message, "no");
    EXPECT_EQ(parseJobFault("CUDA out of memory").message, "CUDA out of memory");
    EXPECT_EQ(parseJobFault(R"({"error":"text"})").message, "text");
    EXPECT_EQ(parseJobFault(R"({"other":1})").message, R"({"other":1})");
}

} // namespace
} // namespace visgate::queue
