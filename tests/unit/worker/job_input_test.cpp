// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/foundation/json/json_value.h"
#include "worker/supervisor/job_input.h"

#include <gmock/gmock.h>

namespace visgate::worker {
namespace {

using nlohmann::json;
using testing::ElementsAre;
using testing::IsEmpty;
using testing::UnorderedElementsAre;

/// What the demo model can do.
Capabilities wordsOnly()
{
    Capabilities can;
    can.tasks = {Task::TextToImage};
    can.width = can.height = {256, 256, 256};
    can.steps = {8, 50, 20};
    can.guidance = {1.0, 5.0, 2.0};
    can.picturesMost = 4;
    return can;
}

/// A model that takes pictures and makes videos.
Capabilities everything()
{
    Capabilities can = wordsOnly();
    can.tasks = {Task::TextToImage, Task::ImageToImage, Task::Inpaint, Task::TextToVideo, Task::ImageToVideo};
    can.width = can.height = {64, 2048, 1024, 16};
    can.frames = {5, 161, 81, 4, 1};
    can.framesPerSecond = {8, 30, 16};
    can.takesNegative = true;
    return can;
}

JobInput read(const std::string& job, const Capabilities& can = wordsOnly())
{
    return readJobInput(json::parse(job), can, [] { return std::uint64_t{42}; });
}

/// The first bytes of a PNG file of 256x256, in base64.
constexpr const char* picture = "iVBORw0KGgoAAAANSUhEUgAAAQAAAAEA";

std::vector<std::string> names(const JobInput& input)
{
    std::vector<std::string> names;
    names.reserve(input.bad.size());
    for (const auto& field : input.bad) {
        names.push_back(field.name);
    }
    return names;
}

TEST(JobInputTest, FillsWhatIsNotSaid)
{
    const auto input = read(R"({"input":{"prompt":"red circle"}})");
    EXPECT_THAT(names(input), IsEmpty());
    EXPECT_EQ(input.generation.prompt, "red circle");
    EXPECT_EQ(input.generation.steps, 20);
    EXPECT_EQ(input.generation.guidance, 2.0);
    EXPECT_EQ(input.generation.seed, 42U);
    EXPECT_EQ(input.generation.count, 1);
    EXPECT_EQ(input.deadline, std::chrono::minutes(10));
}

TEST(JobInputTest, TakesWhatIsSaid)
{
    const auto input = read(R"({"input":{"prompt":"x","width":256,"height":256,"num_inference_steps":8,)"
                            R"("guidance_scale":1,"seed":7,"num_images":4,"format":"webp","negative_prompt":"blue"},)"
                            R"("policy":{"executionTimeout":5000}})");
    EXPECT_THAT(names(input), IsEmpty());
    EXPECT_EQ(input.generation.steps, 8);
    EXPECT_EQ(input.generation.guidance, 1.0);
    EXPECT_EQ(input.generation.seed, 7U);
    EXPECT_EQ(input.generation.count, 4);
    EXPECT_EQ(input.format, FileFormat::Webp);
    EXPECT_EQ(input.deadline, std::chrono::seconds(5));
    EXPECT_THAT(input.ignored, ElementsAre("negative_prompt"));
}

TEST(JobInputTest, NamesEveryBadField)
{
    const auto input = read(R"({"input":{"prompt":5,"width":512,"height":"256","num_inference_steps":1,)"
                            R"("guidance_scale":"high","seed":-1,"num_images":5,"format":"gif","image":"x"}})");
    EXPECT_THAT(names(input),
        UnorderedElementsAre("prompt", "width", "height", "num_inference_steps", "guidance_scale", "seed", "num_images",
            "format", "image"));
    const auto error = inputError(input.bad);
    EXPECT_EQ(error["code"], "E_INPUT");
    EXPECT_EQ(error["fields"].size(), 9U);
    const auto message = error["message"].get<std::string>();
    EXPECT_THAT(message, testing::HasSubstr("256x256"));
    EXPECT_THAT(message, testing::HasSubstr("from 8 to 50"));
}

TEST(JobInputTest, RefusesWhatIsNoInput)
{
    for (const char* job : {R"({"input":5})", R"({"input":[]})", R"({"input":null})", R"({})", "[]", "7"}) {
        EXPECT_THAT(names(read(job)), ElementsAre("input")) << job;
    }
    for (const char* job : {R"({"input":{}})", R"({"input":{"prompt":null}})", R"({"input":{"prompt":"  "}})"}) {
        EXPECT_THAT(names(read(job)), ElementsAre("prompt")) << job;
    }
    const json tooLong{{"input", {{"prompt", std::string(5000, 'x')}}}};
    EXPECT_THAT(names(read(tooLong.dump())), ElementsAre("prompt"));
}

TEST(JobInputTest, NumbersOutOfAnyRangeAreRefusedNotWrapped)
{
    EXPECT_THAT(names(read(R"({"input":{"prompt":"x","seed":18446744073709551615}})")), ElementsAre("seed"));
    EXPECT_THAT(names(read(R"({"input":{"prompt":"x","seed":1e300}})")), ElementsAre("seed"));
    EXPECT_THAT(names(read(R"({"input":{"prompt":"x","num_images":1.5}})")), ElementsAre("num_images"));
    EXPECT_THAT(
        names(read(R"({"input":{"prompt":"x"},"policy":{"executionTimeout":-5}})")), ElementsAre("executionTimeout"));
}

TEST(JobInputTest, DebugAsksForNothingElse)
{
    EXPECT_TRUE(read(R"({"input":{"debug":true}})").isDebug);
    EXPECT_FALSE(read(R"({"input":{"debug":false,"prompt":"x"}})").isDebug);
}

TEST(JobInputTest, TheFieldsDecideWhatIsMadeOfWhat)
{
    const auto taskOf = [](const std::string& fields) {
        const auto input = read(R"({"input":{"prompt":"x")" + fields + "}}", everything());
        EXPECT_THAT(names(input), IsEmpty()) << fields;
        return toString(input.generation.task);
    };
    const std::string image = std::string(R"(,"image":")") + picture + '"';
    EXPECT_EQ(taskOf(""), "text-to-image");
    EXPECT_EQ(taskOf(image + R"(,"strength":0.4)"), "image-to-image");
    EXPECT_EQ(taskOf(image + R"(,"mask":"data:image/png;base64,)" + picture + '"'), "inpaint");
    EXPECT_EQ(taskOf(R"(,"num_frames":81,"fps":24)"), "text-to-video");
    EXPECT_EQ(taskOf(image + R"(,"num_frames":5)"), "image-to-video");
}

TEST(JobInputTest, TypedFieldsReachTheRunner)
{
    const auto input = read(
        R"({"input":{"prompt":"x","negative_prompt":"blur","width":1040,"num_frames":33,"fps":24}})", everything());
    ASSERT_THAT(names(input), IsEmpty());
    EXPECT_EQ(input.generation.negativePrompt, "blur");
    EXPECT_EQ(input.generation.width, 1040);
    EXPECT_EQ(input.generation.height, 1024);
    EXPECT_EQ(input.generation.frames, 33);
    EXPECT_EQ(input.generation.framesPerSecond, 24);
    const auto changed = read(R"({"input":{"prompt":"x","image":")" + std::string(picture) + R"("}})", everything());
    EXPECT_EQ(changed.generation.strength, 0.8);
    EXPECT_TRUE(changed.image.starts_with("\x89PNG"));
}

TEST(JobInputTest, WhatTheModelCannotDoIsNamedWithTheNearestThatItCan)
{
    const auto sizes = read(R"({"input":{"prompt":"x","width":1000,"height":9999,"num_frames":80}})", everything());
    EXPECT_THAT(names(sizes), UnorderedElementsAre("width", "height", "num_frames"));
    const auto message = inputError(sizes.bad)["message"].get<std::string>();
    EXPECT_THAT(message, testing::HasSubstr("can do is 992"));
    EXPECT_THAT(message, testing::HasSubstr("can do is 2048"));
    EXPECT_THAT(message, testing::HasSubstr("can do is 81"));
    EXPECT_THAT(names(read(R"({"input":{"prompt":"x","strength":0.5,"fps":10}})", everything())),
        UnorderedElementsAre("strength", "fps"));
    EXPECT_THAT(names(read(R"({"input":{"prompt":"x","image":"aGVsbG8="}})", everything())), ElementsAre("image"));
    EXPECT_THAT(names(read(R"({"input":{"prompt":"x","mask":")" + std::string(picture) + R"("}})", everything())),
        ElementsAre("image"));
    EXPECT_THAT(names(read(R"({"input":{"prompt":"x","num_frames":81}})")), ElementsAre("num_frames"));
    Capabilities onlyFromPictures = everything();
    onlyFromPictures.tasks = {Task::ImageToVideo};
    EXPECT_THAT(names(read(R"({"input":{"prompt":"x"}})", onlyFromPictures)), ElementsAre("image"));
}

TEST(JobInputTest, PicturesByAddressAreHttpsAlone)
{
    const auto input = read(
        R"({"input":{"prompt":"x","image":"https://pictures.example/a.png?b=c","mask":"https://pictures.example/m"}})",
        everything());
    EXPECT_THAT(names(input), IsEmpty());
    EXPECT_EQ(input.imageAddress, "https://pictures.example/a.png?b=c");
    EXPECT_EQ(input.maskAddress, "https://pictures.example/m");
    EXPECT_EQ(input.generation.task, Task::Inpaint);
    for (const char* bad : {"http://pictures.example/a.png", "file:///etc/passwd", "ftp://h/a", "https://",
             "https://user:word@h/a", "//h/a", "gopher://h", "data:image/png;base64,aGVsbG8=", ""}) {
        const auto refused = read(json({{"input", {{"prompt", "x"}, {"image", bad}}}}).dump(), everything());
        EXPECT_THAT(names(refused), ElementsAre("image")) << bad;
    }
}

/// A few bytes that unpack to gigabytes.
TEST(JobInputTest, APictureThatSaysToBeHugeIsNotUnpacked)
{
    constexpr const char* bomb = "iVBORw0KGgoAAAANSUhEUgAA6mAAAOpg"; // 60000x60000
    const auto input = read(R"({"input":{"prompt":"x","image":")" + std::string(bomb) + R"("}})", everything());
    ASSERT_THAT(names(input), ElementsAre("image"));
    EXPECT_THAT(input.bad[0].message, testing::HasSubstr("60000x60000"));
}

TEST(JobInputTest, ReadsTheJobsOwnBucket)
{
    const auto input = read(R"({"input":{"prompt":"x"},"s3Config":{"accessId":"AK1","accessSecret":"s3cr3t",)"
                            R"("bucketName":"b","endpointUrl":"https://s3.eu-west-3.amazonaws.com"}})");
    EXPECT_THAT(names(input), testing::IsEmpty());
    ASSERT_TRUE(input.upload.bucket);
    EXPECT_EQ(input.upload.bucket->name, "b");
    EXPECT_EQ(input.upload.bucket->region, "eu-west-3");
    EXPECT_EQ(input.upload.bucket->reach, Reach::NoLinkLocal);
    EXPECT_TRUE(input.upload.bucket->secretKey.equals("s3cr3t"));
    EXPECT_THAT(names(read(R"({"input":{"prompt":"x"},"s3Config":{"accessId":"AK1","endpointUrl":"ftp://h"}})")),
        UnorderedElementsAre("s3Config.accessSecret", "s3Config.bucketName", "s3Config.endpointUrl"));
    EXPECT_THAT(names(read(R"({"input":{"prompt":"x"},"s3Config":7})")), testing::SizeIs(4));
}

TEST(JobInputTest, KnowsTheRegionsThatAddressesTell)
{
    for (const auto& [endpoint, region] :
        std::vector<std::pair<std::string, std::string>>{{"https://s3.amazonaws.com", "us-east-1"},
            {"https://s3.eu-central-1.amazonaws.com", "eu-central-1"}, {"https://fra1.digitaloceanspaces.com", "fra1"},
            {"https://0123.r2.cloudflarestorage.com", "auto"}, {"https://minio.example:9000/path", "us-east-1"}}) {
        EXPECT_EQ(regionOf(endpoint), region) << endpoint;
    }
}

TEST(JobInputTest, FindsSecretsAnywhereInAJob)
{
    const auto found = secretsIn(json::parse(R"({"id":"a","s3Config":{"accessId":"AK1","accessSecret":"s3cr3t",)"
                                             R"("bucketName":"b"},"input":{"hf_token":["t0ken"],"prompt":"p"}})"));
    EXPECT_THAT(found, UnorderedElementsAre("AK1", "s3cr3t", "t0ken"));
}

} // namespace
} // namespace visgate::worker
