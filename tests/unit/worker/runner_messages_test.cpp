// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/foundation/json/json_read.h"
#include "worker/runners/messenger.h"
#include "worker/runners/runner_messages.h"
#include "worker/supervisor/scratch.h"

#include <fstream>
#include <gmock/gmock.h>

namespace visgate::worker {
namespace {

using nlohmann::json;

TEST(RunnerFrames, ComeWholeHoweverTheyWereCut)
{
    const std::string bytes = frames::pack("{}") + frames::pack("") + frames::pack(std::string(70'000, 'x'));
    frames::Reader reader;
    std::vector<std::size_t> sizes;
    for (const char byte : bytes) {
        reader.pending() += byte;
        for (std::string message; reader.next(message) == frames::Reader::Got::Message;) {
            sizes.push_back(message.size());
        }
    }
    EXPECT_THAT(sizes, testing::ElementsAre(2U, 0U, 70'000U));
    EXPECT_TRUE(reader.pending().empty());
}

TEST(RunnerFrames, AnnouncingTooMuchIsGarbageBeforeAnyOfItHasCome)
{
    std::string message;
    frames::Reader reader;
    reader.pending() += std::string("\0\x10\0\0", 4); // exactly a mebibyte
    EXPECT_EQ(reader.next(message), frames::Reader::Got::Nothing);
    frames::Reader other;
    other.pending() += std::string("\0\x10\0\x1", 4);
    EXPECT_EQ(other.next(message), frames::Reader::Got::Garbage);
}

TEST(RunnerMessages, CapabilitiesAndJobsComeBackAsTheyWere)
{
    Capabilities can;
    can.tasks = {Task::Inpaint, Task::ImageToVideo};
    can.width = {64, 2048, 1024, 16, 0};
    can.frames = {5, 161, 81, 4, 1};
    can.guidance = {0, 9.5, 3.5};
    can.picturesMost = 3;
    can.takesNegative = true;
    const auto read = messages::capabilities(messages::from(can));
    EXPECT_EQ(read.tasks, can.tasks);
    EXPECT_EQ(read.width.step, 16);
    EXPECT_EQ(read.frames.offset, 1);
    EXPECT_EQ(read.guidance.most, 9.5);
    EXPECT_EQ(read.picturesMost, 3);
    EXPECT_TRUE(read.takesNegative);

    Generation job;
    job.task = Task::ImageToVideo;
    job.prompt = "kırmızı";
    job.negativePrompt = "blur";
    job.image = "image";
    job.width = 832;
    job.seed = (std::uint64_t{1} << 53U) - 1;
    job.frames = 81;
    job.framesPerSecond = 16;
    const auto again = messages::generation(messages::from(job));
    EXPECT_EQ(again.task, job.task);
    EXPECT_EQ(again.prompt, job.prompt);
    EXPECT_EQ(again.negativePrompt, job.negativePrompt);
    EXPECT_EQ(again.image, job.image);
    EXPECT_EQ(again.width, job.width);
    EXPECT_EQ(again.seed, job.seed);
    EXPECT_EQ(again.frames, job.frames);
    EXPECT_EQ(again.framesPerSecond, job.framesPerSecond);
}

TEST(RunnerMessages, AResultIsOnlyWhatLiesInItsFolderAndHoldsItsPixels)
{
    const auto scratch = Scratch::make();
    ASSERT_TRUE(scratch);
    std::ofstream(scratch->folder() / "0.rgb", std::ios::binary) << "abcdef";
    const auto made = [&](const char* text) {
        return messages::generated(json{{"files", json::parse(text)}}, scratch->folder());
    };
    const auto good = made(R"([{"name":"0.rgb","width":2,"height":1,"seed":7}])");
    ASSERT_TRUE(good) << good.error().detail;
    EXPECT_EQ(good->pictures[0].file, scratch->folder() / "0.rgb");
    EXPECT_EQ(good->pictures[0].seed, 7U);
    for (const char* bad : {R"([])", R"({})", R"([{"name":"0.rgb","width":2,"height":2}])",
             R"([{"name":"1.rgb","width":2,"height":1}])", R"([{"name":"","width":2,"height":1}])",
             R"([{"name":"../0.rgb","width":2,"height":1}])", R"([{"name":"a/0.rgb","width":2,"height":1}])",
             R"([{"name":"0.rgb","width":-2,"height":-1}])", R"([{"name":"0.rgb","width":2000000000,"height":1}])",
             R"([{"name":"0.rgb","width":2,"height":1,"frames":0}])", R"([7])"}) {
        EXPECT_FALSE(made(bad)) << bad;
    }
}

TEST(WorkerTasks, AreReadInAnyUsualSpelling)
{
    EXPECT_EQ(taskFromString("Text-To-Image"), Task::TextToImage);
    EXPECT_EQ(taskFromString("text2img"), Task::TextToImage);
    EXPECT_EQ(taskFromString("I2V"), Task::ImageToVideo);
    EXPECT_FALSE(taskFromString("text-to-speech"));
    for (const Task task :
        {Task::TextToImage, Task::ImageToImage, Task::Inpaint, Task::TextToVideo, Task::ImageToVideo}) {
        EXPECT_EQ(taskFromString(toString(task)), task);
    }
}

TEST(WholeRange, KnowsTheNearestValueThatWillDo)
{
    const WholeRange sides{64, 2048, 1024, 16};
    EXPECT_TRUE(sides.holds(1040));
    EXPECT_FALSE(sides.holds(1041));
    EXPECT_EQ(sides.nearest(1000), 992);
    EXPECT_EQ(sides.nearest(1001), 1008);
    EXPECT_EQ(sides.nearest(1), 64);
    EXPECT_EQ(sides.nearest(9999), 2048);
    const WholeRange frames{5, 161, 81, 4, 1};
    EXPECT_TRUE(frames.holds(81));
    EXPECT_FALSE(frames.holds(80));
    EXPECT_EQ(frames.nearest(80), 81);
}

} // namespace
} // namespace visgate::worker
