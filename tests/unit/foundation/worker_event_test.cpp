// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/foundation/worker_protocol/worker_event.h"

#include <gmock/gmock.h>

using namespace std::chrono_literals;

namespace visgate {
namespace {

TEST(WorkerEvent, EveryTypeReadsBack)
{
    const std::vector<WorkerEventBody> bodies{ProvisioningEvent{},
        GpuEvent{"NVIDIA L4", 24'000'000'000, "8.9", "550.54"}, DownloadEvent{1, 2'000'000'000'000, 1.5},
        LoadEvent{"unet"}, ReadyEvent{3.25, "builtin", "cpu", 0}, StepEvent{"j1", 3, 4, 0.5},
        ResultEvent{"j1", 1.25, 2}, FailedEvent{"E_INPUT", "no prompt", "j1"}, FailedEvent{"E_GPU", "no GPU", ""},
        LeavingEvent{"idle"}, ListeningEvent{"0.0.0.0", 8080}, FallbackEvent{"diffusers/bf16", "sdcpp/q8", "E_OOM"},
        LogEvent{LogLevel::Warning, "line\nwith \"quotes\"", "j1"}, UnknownEvent{"weather"}};
    std::int64_t seq = 0;
    for (const WorkerEventBody& body : bodies) {
        const WorkerEvent event{++seq, TimePoint{1'700'000'000s + 5us}, body};
        const std::string line = formatWorkerEvent(event);
        EXPECT_EQ(line.find('\n'), std::string::npos);
        const auto read = parseWorkerEvent(line);
        ASSERT_TRUE(read.has_value()) << line;
        EXPECT_EQ(read->seq, seq);
        EXPECT_EQ(read->at, event.at);
        EXPECT_EQ(read->body.index(), body.index()) << line;
        EXPECT_EQ(formatWorkerEvent(*read), line);
    }
}

TEST(WorkerEvent, ReadsTheContractsSpelling)
{
    const auto event = parseWorkerEvent(
        R"({"visgate":1,"seq":7,"ts":"2026-08-20T10:00:00Z","type":"step","job":"a","i":2,"n":4,"eta_s":1.5,"new":[1]})");
    ASSERT_TRUE(event.has_value());
    const auto* step = std::get_if<StepEvent>(&event->body);
    ASSERT_NE(step, nullptr);
    EXPECT_EQ(step->job, "a");
    EXPECT_EQ(step->step, 2);
    EXPECT_EQ(step->count, 4);
    EXPECT_DOUBLE_EQ(step->etaSeconds, 1.5);
    EXPECT_EQ(typeName(event->body), "step");
}

TEST(WorkerEvent, ToleratesWhatANewerWorkerSends)
{
    const auto unknown = parseWorkerEvent(R"({"visgate":1,"seq":1,"type":"teleport","to":"moon"})");
    ASSERT_TRUE(unknown.has_value());
    EXPECT_EQ(typeName(unknown->body), "teleport");
    EXPECT_EQ(unknown->at, std::nullopt);

    const auto mistyped = parseWorkerEvent(
        R"({"visgate":1,"seq":"x","ts":1700000000.5,"type":"download","bytes":"many","total":1e300,"bytes_per_s":null})");
    ASSERT_TRUE(mistyped.has_value());
    EXPECT_EQ(mistyped->seq, 0);
    EXPECT_EQ(mistyped->at, TimePoint{1'700'000'000s + 500ms});
    EXPECT_EQ(std::get<DownloadEvent>(mistyped->body).bytes, 0);
    EXPECT_EQ(std::get<DownloadEvent>(mistyped->body).total, 0);
}

TEST(WorkerEvent, OrdinaryLinesAreNone)
{
    for (const std::string line : {"", "hello", "{}", R"({"visgate":2,"type":"ready"})", R"({"visgate":"1"})",
             R"(["visgate",1])", R"({"visgate":1,)", R"(the "visgate" worker)"})
        EXPECT_FALSE(parseWorkerEvent(line).has_value()) << line;
    const std::string deep = R"({"visgate":1,"type":"load","x":)" + std::string(100'000, '[');
    EXPECT_FALSE(parseWorkerEvent(deep).has_value());
    EXPECT_FALSE(parseWorkerEvent(R"({"visgate":1,"type":")" + std::string(1'000'000, 'x') + "\"}").has_value());
}

TEST(WorkerEvent, WritesBytesThatAreNotUtf8)
{
    const std::string line = formatWorkerEvent({1, {}, FailedEvent{"E", "bad \xff byte", ""}});
    EXPECT_EQ(std::get<FailedEvent>(parseWorkerEvent(line)->body).message, "bad \xEF\xBF\xBD byte");
}

TEST(WorkerLine, ReadsTheProvidersShapeAndAnyOther)
{
    const WorkerLine shaped = parseWorkerLine(R"({"requestId":"abc-u1","message":"Started.","level":"WARN"})");
    EXPECT_EQ(shaped.message, "Started.");
    EXPECT_EQ(shaped.requestId, "abc-u1");
    EXPECT_EQ(shaped.level, LogLevel::Warning);
    EXPECT_EQ(parseWorkerLine(R"({"requestId":null,"message":{"a":1},"level":3})").message, R"({"a":1})");
    for (const std::string line : {"plain", "", R"({"no":"message here"})", R"({"message":"cut o)"}) {
        EXPECT_EQ(parseWorkerLine(line).message, line);
        EXPECT_EQ(parseWorkerLine(line).level, LogLevel::Info);
    }
    const WorkerLine line{LogLevel::Error, "x\ny", "job"};
    const WorkerLine read = parseWorkerLine(formatWorkerLine(line));
    EXPECT_EQ(read.message, line.message);
    EXPECT_EQ(read.level, line.level);
    EXPECT_EQ(read.requestId, line.requestId);
}

} // namespace
} // namespace visgate
