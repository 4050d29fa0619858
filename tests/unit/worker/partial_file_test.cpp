// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/foundation/ids.h"
#include "worker/model_store/fetch_progress.h"
#include "worker/model_store/partial_file.h"
#include "worker/model_store/read_ahead.h"

#include <fstream>
#include <gmock/gmock.h>

namespace visgate::worker {
namespace {

namespace fs = std::filesystem;
using testing::ElementsAre;

TEST(PartialFile, IsCutIntoPartsOfOneSizeButForTheLast)
{
    EXPECT_TRUE(partsOf(0, 10).empty());
    const auto one = partsOf(10, 10);
    ASSERT_EQ(one.size(), 1U);
    EXPECT_EQ(one[0].bytes, 10U);
    const auto parts = partsOf(25, 10);
    ASSERT_EQ(parts.size(), 3U);
    EXPECT_EQ(parts[2].index, 2U);
    EXPECT_EQ(parts[2].offset, 20U);
    EXPECT_EQ(parts[2].bytes, 5U);
}

TEST(PartialFile, AListThatWasCutOffOrIsNoneCountsForNoMoreThanItSays)
{
    EXPECT_THAT(partsDone("2\n0\n", 3), ElementsAre(true, false, true));
    EXPECT_THAT(partsDone("0\n1", 3), ElementsAre(true, false, false)) << "the last line is not whole";
    EXPECT_THAT(partsDone("7\n-1\n1x\n\n 1\n99999999999999999999\n", 3), ElementsAre(false, false, false));
    EXPECT_TRUE(partsDone("0\n", 0).empty());
}

class PartialFileOnDisk : public testing::Test {
protected:
    PartialFileOnDisk() { fs::create_directories(m_folder); }
    ~PartialFileOnDisk() override
    {
        std::error_code ignored;
        fs::remove_all(m_folder, ignored);
    }

private:
    fs::path m_folder = fs::temp_directory_path() / ("visgate-partial-" + randomHex(8));

protected:
    fs::path target = m_folder / "sum";
    const std::uint64_t bytes = PartialFile::partBytes + 10;
};

TEST_F(PartialFileOnDisk, GoesOnAndGetsItsNameAtTheEnd)
{
    EXPECT_EQ(PartialFile::missingBytes(target, bytes), bytes);
    {
        auto file = PartialFile::open(target, bytes);
        ASSERT_TRUE(file);
        const auto parts = file->missing();
        ASSERT_EQ(parts.size(), 2U);
        ASSERT_TRUE(file->write(parts[1].offset, "0123456789"));
        ASSERT_TRUE(file->partDone(parts[1]));
    }
    EXPECT_EQ(PartialFile::missingBytes(target, bytes), PartialFile::partBytes);
    EXPECT_EQ(PartialFile::missingBytes(target, bytes + 1), bytes + 1) << "of another size";
    auto file = PartialFile::open(target, bytes);
    ASSERT_TRUE(file);
    ASSERT_EQ(file->missing().size(), 1U);
    EXPECT_EQ(file->read(PartialFile::partBytes, 100).value_or(""), "0123456789");
    ASSERT_TRUE(file->discard());
    EXPECT_EQ(file->missingBytes(), bytes);
    ASSERT_TRUE(file->partDone({0, 0, PartialFile::partBytes}));
    EXPECT_FALSE(fs::exists(target));
    ASSERT_TRUE(file->finish());
    EXPECT_EQ(fs::file_size(target), bytes);
    EXPECT_EQ(std::distance(fs::directory_iterator(target.parent_path()), fs::directory_iterator()), 1);
}

TEST_F(PartialFileOnDisk, AListWithoutItsFileCountsForNothing)
{
    std::ofstream(target.string() + PartialFile::suffix + ".parts") << "0\n1\n";
    auto file = PartialFile::open(target, bytes);
    ASSERT_TRUE(file);
    EXPECT_EQ(file->missingBytes(), bytes);
    EXPECT_EQ(PartialFile::missingBytes(target, bytes), bytes) << "nor when the file is there in its size";
}

TEST_F(PartialFileOnDisk, IsReadAheadAsFarAsMemoryGoes)
{
    const auto other = target.string() + "2";
    std::ofstream(target, std::ios::binary) << std::string(1000, 'x');
    std::ofstream(other, std::ios::binary) << std::string(3000, 'x');
    EXPECT_EQ(ReadAhead({other, target, "/nonexistent"}, 10'000).wait(), 4000U);
    EXPECT_EQ(ReadAhead({other, target}, 2'000).wait(), 1000U);
    EXPECT_EQ(ReadAhead({other, target}, 0).wait(), 0U);
}

TEST(FetchProgress, TellsAtItsBeginningNowAndThenAndAtItsEnd)
{
    VirtualClock clock{TimePoint{}};
    std::vector<FetchProgress::State> told;
    int signs = 0;
    FetchProgress progress(clock, {[&](const auto& state) { told.push_back(state); }, [&] { ++signs; }});
    progress.begin(100, 1000);
    ASSERT_EQ(told.size(), 1U);
    EXPECT_EQ(told[0].bytes, 100U);
    progress.add(100);
    EXPECT_EQ(told.size(), 1U) << "not at each piece";
    EXPECT_EQ(signs, 1) << "but whoever watches hears each";
    clock.advance(std::chrono::seconds(2));
    progress.add(100);
    ASSERT_EQ(told.size(), 2U);
    EXPECT_EQ(told[1].bytes, 300U);
    EXPECT_DOUBLE_EQ(told[1].bytesPerSecond, 100) << "of what came, not of what was there";
    progress.takeBack(200);
    progress.end();
    EXPECT_EQ(told.back().bytes, 100U);
}

} // namespace
} // namespace visgate::worker
