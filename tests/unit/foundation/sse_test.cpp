// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/foundation/http/sse.h"

#include <gmock/gmock.h>
#include <random>

using testing::IsEmpty;

namespace visgate {
namespace {

// One line an event: "id|type|data".
std::vector<std::string> parse(std::string_view bytes, std::size_t portion = 0)
{
    SseParser parser;
    std::vector<std::string> out;
    while (!bytes.empty()) {
        const std::size_t size = portion == 0 ? bytes.size() : std::min(portion, bytes.size());
        for (const SseEvent& event : parser.feed(bytes.substr(0, size)))
            out.push_back(event.id + "|" + event.type + "|" + event.data);
        bytes.remove_prefix(size);
    }
    return out;
}

TEST(Sse, FollowsTheStandard)
{
    struct Case {
        std::string name;
        std::string bytes;
        std::vector<std::string> events;
    };
    const std::vector<Case> cases{
        {"one line", "data: hello\n\n", {"|message|hello"}},
        {"several lines", "data: a\ndata: b\n\n", {"|message|a\nb"}},
        {"only the first space goes", "data:  two\ndata:none\n\n", {"|message| two\nnone"}},
        {"an empty data line counts", "data\n\ndata:\ndata:\n\n", {"|message|", "|message|\n"}},
        {"no data, no event", "id: 1\nevent: x\n\n", {}},
        {"id lasts, type does not", "id: 1\nevent: x\ndata: a\n\ndata: b\n\n", {"1|x|a", "1|message|b"}},
        {"an empty id resets", "id: 1\ndata: a\n\nid\ndata: b\n\n", {"1|message|a", "|message|b"}},
        {"an id with NUL is ignored", std::string("id: a\0b\ndata: x\n\n", 17), {"|message|x"}},
        {"a comment", ": ping\n\n:\ndata: x\n\n", {"|message|x"}},
        {"an unknown field", "foo: bar\ndata: x\n\n", {"|message|x"}},
        {"carriage returns", "data: a\r\rdata: b\r\n\r\n", {"|message|a", "|message|b"}},
        {"mixed ends", "data: a\r\ndata: b\rdata: c\n\n", {"|message|a\nb\nc"}},
        {"byte order mark",
            "\xEF\xBB\xBF"
            "data: x\n\n",
            {"|message|x"}},
        {"an unfinished event", "data: a\n\ndata: b\n", {"|message|a"}},
        {"a colon in the value", "data: a: b\n\n", {"|message|a: b"}},
    };
    for (const Case& c : cases) {
        for (const std::size_t portion : {0U, 1U, 2U, 3U, 7U})
            EXPECT_EQ(parse(c.bytes, portion), c.events) << c.name << " in portions of " << portion;
    }
}

TEST(Sse, RemembersIdAndRetryOverReconnections)
{
    SseParser parser;
    EXPECT_EQ(parser.retry(), std::nullopt);
    EXPECT_THAT(parser.feed("retry: 1500\nid: 7\ndata: x\n\nretry: soon\nretry: -1\ndata: hal"), testing::SizeIs(1));
    parser.reset();
    EXPECT_EQ(parser.lastEventId(), "7");
    EXPECT_EQ(parser.retry(), std::chrono::milliseconds(1500));
    const auto events = parser.feed("data: whole\n\n");
    ASSERT_EQ(events.size(), 1U);
    EXPECT_EQ(events[0].data, "whole") << "the half event of the lost connection is gone";
}

TEST(Sse, LimitsOneEventButNotTheStream)
{
    SseParser parser(100);
    for (int i = 0; i < 100; ++i)
        EXPECT_EQ(parser.feed("data: " + std::string(80, 'x') + "\n\n: " + std::string(80, 'c') + "\n").size(), 1U);
    EXPECT_THAT(parser.feed("data: " + std::string(60, 'x') + "\ndata: " + std::string(60, 'x')), IsEmpty());
    EXPECT_TRUE(parser.isOverLimit());
    EXPECT_THAT(parser.feed("\n\ndata: x\n\n"), IsEmpty());
    EXPECT_FALSE(parser.feed("data: x\n\n", [](const SseEvent&) { ADD_FAILURE(); }));
    parser.reset();
    EXPECT_EQ(parser.feed("data: x\n\n").size(), 1U);
}

TEST(Sse, MayBeDestroyedByItsOwnEvent)
{
    auto parser = std::make_unique<SseParser>();
    int events = 0;
    const bool isFine = parser->feed("data: 1\n\ndata: 2\n\n", [&](const SseEvent&) {
        parser.reset();
        ++events;
    });
    EXPECT_TRUE(isFine);
    EXPECT_EQ(events, 2);
}

TEST(Sse, ReadsWhatItWrites)
{
    const std::vector<SseEvent> events{{"1", "message", "a"}, {"2", "log", "two\nlines"}, {"2", "message", ""},
        {"2", "message", "\n"}, {"3", "message", " leading space"}, {"4", "message", ": colon"},
        {"5", std::string("a\0b", 3), std::string("c\0d", 3)}};
    for (const SseEvent& event : events) {
        SseParser parser;
        const auto read = parser.feed(formatSseComment("ping\r\ndata: planted") + formatSse(event));
        ASSERT_EQ(read.size(), 1U);
        EXPECT_EQ(read[0].id, event.id);
        EXPECT_EQ(read[0].type, event.type);
        EXPECT_EQ(read[0].data, event.data);
    }
    EXPECT_EQ(formatSse({"a\nid: b", "x\r\ny", "d"}), "id: aid: b\nevent: xy\ndata: d\n\n");
    EXPECT_EQ(formatSse({"", "", "a\r\nb\rc"}), "data: a\ndata: b\ndata: c\n\n");
}

} // namespace
} // namespace visgate
