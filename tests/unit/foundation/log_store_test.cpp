// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/foundation/logs/log_format.h"
#include "core/foundation/logs/log_store.h"
#include "core/foundation/redactor.h"
#include "tests/unit/foundation/log_lines.h"
#include "tests/unit/foundation/temp_folder.h"

#include <filesystem>
#include <fstream>
#include <gmock/gmock.h>
#include <iterator>
#include <random>
#include <thread>

using namespace std::chrono_literals;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;
using visgate::test::contentOf;
using visgate::test::line;
using visgate::test::openStore;
using visgate::test::TempFolder;
using visgate::test::texts;

namespace visgate {
namespace {

TEST(LogFormat, IsReadableAndReadsBack)
{
    LogLine original = line("text\twith\ttabs\nand \\n lines \x1b[31m", "w1", "2026-08-20T10:00:00.000000001Z");
    original.level = LogLevel::Warning;
    original.stage = "loading_model";
    original.requestId = "job-1";
    const std::string formatted = formatLogLine(original);
    EXPECT_EQ(formatted,
        "2023-11-14T22:13:20.000000Z\tWARNING\tcontainer\tw1\tloading_model\tjob-1\t2026-08-20T10:00:00.000000001Z\t"
        "text\\twith\\ttabs\\nand \\\\n lines \\x1b[31m\n");
    const auto read = parseLogLine(std::string_view(formatted).substr(0, formatted.size() - 1));
    ASSERT_TRUE(read.has_value());
    EXPECT_EQ(read->at, original.at);
    EXPECT_EQ(read->level, original.level);
    EXPECT_EQ(read->source, original.source);
    EXPECT_EQ(read->worker, original.worker);
    EXPECT_EQ(read->stage, original.stage);
    EXPECT_EQ(read->requestId, original.requestId);
    EXPECT_EQ(read->providerId, original.providerId);
    EXPECT_EQ(read->text, original.text);
    std::string all;
    for (int i = 0; i < 256; ++i)
        all += static_cast<char>(i);
    const std::string odd = formatLogLine(line(all));
    EXPECT_EQ(parseLogLine(std::string_view(odd).substr(0, odd.size() - 1))->text, all);
}

TEST(LogStore, NumbersLinesAcrossRestarts)
{
    const TempFolder folder;
    const std::string path = folder.file("dep.log");
    {
        const auto store = openStore(path);
        const auto stored = store->append({line("one"), line("two")});
        ASSERT_TRUE(stored.has_value());
        EXPECT_EQ((*stored)[1].number, LineNo(2));
    }
    const auto store = openStore(path);
    EXPECT_EQ(store->lineCount(), 2);
    EXPECT_EQ((*store->append({line("three")}))[0].number, LineNo(3));
    EXPECT_THAT(texts(*store), ElementsAre("one", "two", "three"));
    EXPECT_TRUE(store->append({}).has_value());
}

TEST(LogStore, RedactsOnTheWayIn)
{
    const TempFolder folder;
    const std::string path = folder.file("dep.log");
    auto redactor = std::make_shared<Redactor>();
    redactor->addSecret("planted-key-42");
    const auto store = openStore(path, redactor);
    const auto stored = store->append({line("got planted-key-42 and Authorization: Bearer abc123456")});
    EXPECT_EQ((*stored)[0].text, "got [redacted] and Authorization: Bearer [redacted]");
    EXPECT_THAT(contentOf(path), Not(HasSubstr("planted")));
}

TEST(LogStore, LeavesOutWhatAResumedStreamRepeats)
{
    const TempFolder folder;
    const std::string path = folder.file("dep.log");
    {
        const auto store = openStore(path);
        ASSERT_TRUE(store->append({line("a", "w1", "t1"), line("b", "w1", "t2"), line("c", "w1", "t2")}).has_value());
        EXPECT_THAT(*store->append({line("b", "w1", "t2"), line("c", "w1", "t2"), line("d", "w1", "t3")}), SizeIs(1));
        EXPECT_THAT(*store->append({line("a", "w2", "t1")}), SizeIs(1)) << "another worker's line";
        EXPECT_THAT(*store->append({line("own"), line("own")}), SizeIs(2)) << "our own lines carry no id";
        EXPECT_EQ(store->lastProviderId("w1"), "t3");
    }
    const auto store = openStore(path); // also after a restart
    EXPECT_EQ(store->lastProviderId("w1"), "t3");
    EXPECT_EQ(store->lastProviderId("w3"), "");
    EXPECT_THAT(*store->append({line("c", "w1", "t2"), line("d", "w1", "t3"), line("e", "w1", "t4")}), SizeIs(1));
    EXPECT_THAT(texts(*store), ElementsAre("a", "b", "c", "d", "a", "own", "own", "e"));
}

TEST(LogStore, LosesAndDoublesNothingOverAHundredDisconnects)
{
    const TempFolder folder;
    const auto store = openStore(folder.file("dep.log"));
    std::mt19937 random(5);
    constexpr std::size_t kLines = 2000;
    std::vector<LogLine> all;
    for (std::size_t i = 0; i < kLines; ++i) // now and then two lines share an id
        all.push_back(line("line " + std::to_string(i), "w", "t" + std::to_string(i / 2)));
    std::size_t next = 0;
    for (int disconnect = 0; disconnect < 100 || next < kLines; ++disconnect) {
        // The server begins with the line that the last id names, or some lines earlier.
        std::size_t from = next - std::min<std::size_t>(next, random() % 50);
        const std::size_t to = std::min<std::size_t>(kLines, next + random() % 50);
        while (from < to) {
            const std::size_t portion = std::min<std::size_t>(1 + random() % 10, to - from);
            const auto first = all.begin() + static_cast<std::ptrdiff_t>(from);
            ASSERT_TRUE(store->append({first, first + static_cast<std::ptrdiff_t>(portion)}).has_value());
            from += portion;
        }
        next = std::max(next, to);
    }
    LogQuery everything;
    everything.limit = kLines * 2;
    const auto stored = store->read(everything);
    ASSERT_THAT(*stored, SizeIs(kLines));
    for (std::size_t i = 0; i < kLines; ++i)
        ASSERT_EQ((*stored)[i].text, all[i].text);
}

TEST(LogStore, MendsATornLastLine)
{
    const TempFolder folder;
    const std::string path = folder.file("dep.log");
    {
        const auto store = openStore(path);
        ASSERT_TRUE(store->append({line("whole"), line("torn", "w", "t1")}).has_value());
    }
    const std::string content = contentOf(path);
    const std::size_t secondLine = content.find('\n') + 1;
    for (std::size_t cut = secondLine; cut <= content.size(); ++cut) {
        std::ofstream(path, std::ios::binary | std::ios::trunc) << content.substr(0, cut);
        const auto store = openStore(path);
        const bool isWhole = cut == content.size();
        EXPECT_EQ(store->lineCount(), isWhole ? 2 : 1) << cut;
        // The line that was cut is not taken for stored: the stream may bring it again.
        EXPECT_THAT(*store->append({line("torn", "w", "t1")}), SizeIs(isWhole ? 0 : 1)) << cut;
        EXPECT_THAT(texts(*store), ElementsAre("whole", "torn")) << cut;
    }
}

TEST(LogStore, ShowsForeignLinesAsTheyAre)
{
    const TempFolder folder;
    const std::string path = folder.file("dep.log");
    std::ofstream(path, std::ios::binary) << "somebody typed this\n\n";
    const auto store = openStore(path);
    ASSERT_TRUE(store->append({line("ours")}).has_value());
    EXPECT_THAT(texts(*store), ElementsAre("somebody typed this", "", "ours"));
}

TEST(LogStore, ReadsRangesAndFilters)
{
    const TempFolder folder;
    const auto store = openStore(folder.file("dep.log"));
    std::vector<LogLine> lines;
    for (int i = 1; i <= 1000; ++i) {
        LogLine each = line("Line " + std::to_string(i), i % 2 == 0 ? "w2" : "w1", "t" + std::to_string(i));
        each.level = i % 100 == 0 ? LogLevel::Error : LogLevel::Info;
        each.requestId = i % 10 == 0 ? "job" : "";
        each.source = i % 3 == 0 ? "system" : "container";
        lines.push_back(each);
    }
    ASSERT_TRUE(store->append(lines).has_value());

    LogQuery query;
    query.from = LineNo(500);
    query.limit = 2;
    EXPECT_THAT(texts(*store, query), ElementsAre("Line 500", "Line 501"));
    query = {};
    query.fromEnd = true;
    query.limit = 2;
    EXPECT_THAT(texts(*store, query), ElementsAre("Line 999", "Line 1000"));
    query.minLevel = LogLevel::Error;
    EXPECT_THAT(texts(*store, query), ElementsAre("Line 900", "Line 1000"));
    query.limit = 100;
    query.from = LineNo(801);
    EXPECT_THAT(texts(*store, query), ElementsAre("Line 900", "Line 1000"));
    query = {};
    query.contains = "lINE 77";
    query.worker = "w2";
    EXPECT_THAT(texts(*store, query), ElementsAre("Line 770", "Line 772", "Line 774", "Line 776", "Line 778"));
    query = {};
    query.source = "system";
    query.requestId = "job";
    query.limit = 2;
    EXPECT_THAT(texts(*store, query), ElementsAre("Line 30", "Line 60"));
    query = {};
    query.from = LineNo(1001);
    EXPECT_THAT(texts(*store, query), IsEmpty());
    query.from = LineNo(-5);
    query.limit = 1;
    EXPECT_THAT(texts(*store, query), ElementsAre("Line 1"));
    query.limit = 0;
    EXPECT_THAT(texts(*store, query), IsEmpty());
    query = {};
    query.before = LineNo(513); // the first line of a block of the index
    query.limit = 2;
    query.fromEnd = true;
    EXPECT_THAT(texts(*store, query), ElementsAre("Line 511", "Line 512"));
    query.before = LineNo(514);
    EXPECT_THAT(texts(*store, query), ElementsAre("Line 512", "Line 513"));
    query.from = LineNo(513);
    EXPECT_THAT(texts(*store, query), ElementsAre("Line 513"));
    query.fromEnd = false;
    query.from = LineNo(255);
    query.before = LineNo(257);
    query.limit = 100;
    EXPECT_THAT(texts(*store, query), ElementsAre("Line 255", "Line 256"));
    query.before = LineNo(1);
    EXPECT_THAT(texts(*store, query), IsEmpty());
    query.fromEnd = true;
    query.from = LineNo(1);
    EXPECT_THAT(texts(*store, query), IsEmpty());
    query.before = LineNo(5'000);
    query.limit = 1;
    EXPECT_THAT(texts(*store, query), ElementsAre("Line 1000")) << "there are not so many";
    query = {};
    query.from = LineNo(255);
    query.limit = 3;
    const auto numbered = store->read(query);
    EXPECT_EQ((*numbered)[2].number, LineNo(257)) << "numbers go on over the index's blocks";
}

TEST(LogStore, HoldsLongLines)
{
    const TempFolder folder;
    const std::string path = folder.file("dep.log");
    {
        const auto store = openStore(path);
        for (int i = 0; i < 5; ++i)
            ASSERT_TRUE(store->append({line(std::string(1'500'000, static_cast<char>('a' + i)))}).has_value());
    }
    const auto store = openStore(path);
    LogQuery query;
    query.from = LineNo(4);
    query.limit = 1;
    EXPECT_EQ(texts(*store, query), std::vector<std::string>{std::string(1'500'000, 'd')});
}

TEST(LogStore, ServesReadersWhileItIsWritten)
{
    const TempFolder folder;
    const auto store = openStore(folder.file("dep.log"));
    constexpr int kLines = 2000;
    std::thread writer([&store] {
        for (int i = 1; i <= kLines; ++i)
            ASSERT_TRUE(store->append({line("line " + std::to_string(i))}).has_value());
    });
    std::vector<std::thread> readers;
    readers.reserve(3);
    for (int r = 0; r < 3; ++r) {
        readers.emplace_back([&store, r] {
            while (store->lineCount() < kLines) {
                LogQuery query;
                query.fromEnd = r == 0;
                query.limit = 300;
                const auto lines = store->read(query);
                ASSERT_TRUE(lines.has_value());
                for (const LogLine& each : *lines)
                    ASSERT_EQ(each.text, "line " + std::to_string(each.number.value()));
            }
        });
    }
    writer.join();
    for (std::thread& reader : readers)
        reader.join();
}

TEST(LogStore, SaysWhyItCannotOpen)
{
    const TempFolder folder;
    EXPECT_EQ(LogStore::open(folder.file("no/such/folder.log"), std::make_shared<Redactor>()).error().code,
        ErrorCode::FileUnwritable);
    EXPECT_EQ(LogStore::open(folder.file(""), std::make_shared<Redactor>()).error().code, ErrorCode::FileUnwritable);
    std::error_code refused; // not everybody may make links everywhere
    std::filesystem::create_symlink(folder.file("target"), folder.file("link.log"), refused);
    if (refused)
        return;
    EXPECT_FALSE(LogStore::open(folder.file("link.log"), std::make_shared<Redactor>()).has_value());
    EXPECT_FALSE(std::filesystem::exists(folder.file("target")));
}

} // namespace
} // namespace visgate
