// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/foundation/base64.h"
#include "core/foundation/http/message.h"
#include "core/foundation/json/json_value.h"
#include "worker/events/output.h"

#include <gmock/gmock.h>
#include <random>
#include <sstream>

namespace visgate::worker {
namespace {

using nlohmann::json;
using testing::HasSubstr;
using testing::Not;

class WorkerOutput : public testing::Test {
protected:
    std::vector<json> lines()
    {
        std::vector<json> all;
        std::istringstream text(stream.str());
        for (std::string line; std::getline(text, line);) {
            all.push_back(json::parse(line));
        }
        return all;
    }

    Redactor redactor;
    std::ostringstream stream;
    Output output{stream, redactor};
    VirtualClock clock{TimePoint(std::chrono::seconds(1'790'000'000))};
    EventStream events{output, clock};
    Log log{output, LogLevel::Debug};
};

TEST_F(WorkerOutput, EventsAreNumberedLines)
{
    events.emit(LoadEvent{"reading weights"});
    events.emit(StepEvent{"job-1", 3, 20, 1.5});
    const auto all = lines();
    ASSERT_EQ(all.size(), 2U);
    EXPECT_EQ(all[0]["visgate"], 1);
    EXPECT_EQ(all[0]["seq"], 1);
    EXPECT_EQ(all[0]["type"], "load");
    EXPECT_EQ(all[0]["phase"], "reading weights");
    EXPECT_EQ(all[0]["ts"], formatUtc(clock.now()));
    EXPECT_EQ(all[1]["seq"], 2);
    EXPECT_EQ(all[1]["i"], 3);
    EXPECT_EQ(json::parse(events.window()), json(all));
}

TEST_F(WorkerOutput, TheWindowHoldsTheLatest)
{
    for (int i = 1; i <= 100; ++i) {
        events.emit(StepEvent{"j", i, 100, 0});
    }
    const auto window = json::parse(events.window());
    ASSERT_EQ(window.size(), EventStream::windowSize);
    EXPECT_EQ(window.back()["seq"], 100);
    EXPECT_EQ(window.front()["seq"], 101 - static_cast<int>(EventStream::windowSize));
}

TEST_F(WorkerOutput, OrdinaryLinesHaveTheProvidersShape)
{
    log.write(LogLevel::Warning, "careful", "job-1");
    log.write(LogLevel::Info, "hello");
    const auto all = lines();
    EXPECT_EQ(all[0], json({{"requestId", "job-1"}, {"message", "careful"}, {"level", "WARN"}}));
    EXPECT_TRUE(all[1]["requestId"].is_null());
    EXPECT_EQ(all[1]["level"], "INFO");
}

TEST_F(WorkerOutput, LongMessagesAreSplitBetweenLettersAndLoseNothing)
{
    std::string message;
    while (message.size() < 10'000) {
        message += "aş€";
    }
    log.write(LogLevel::Info, message);
    std::string joined;
    for (const auto& line : lines()) {
        const auto piece = line["message"].get<std::string>();
        EXPECT_LE(piece.size(), Log::maxMessageBytes);
        joined += piece;
    }
    EXPECT_EQ(joined, message);
}

TEST_F(WorkerOutput, QuietLevelsStayQuiet)
{
    Log quiet(output, LogLevel::Error);
    quiet.write(LogLevel::Warning, "hush");
    EXPECT_EQ(stream.str(), "");
}

/// Whatever a secret looks like and however it is wrapped, it never comes out; what stands around it does.
TEST_F(WorkerOutput, NeverLetsASecretOut)
{
    std::mt19937 random(20'261'121);
    const std::string alphabet = "abcXYZ0189+/=-_.%&?\"\\ '{}:,~";
    for (int round = 0; round < 60; ++round) {
        std::string secret;
        const auto length = 8 + random() % 40;
        for (std::size_t i = 0; i < length; ++i) {
            secret += alphabet[random() % alphabet.size()];
        }
        redactor.addSecret(secret);
        stream.str({});
        const std::string padding(random() % 9000, 'p');
        const std::vector<std::string> wrapped{secret, http::percentEncode(secret), base64Encode("user:" + secret)};
        for (const auto& form : wrapped) {
            std::string text = padding;
            text.append(" before ").append(form).append(" after ");
            log.write(LogLevel::Info, text, "job");
            events.emit(FailedEvent{"E_RUNTIME", text, "job"});
        }
        std::string written;
        for (const auto& line : lines()) {
            written += line["message"].get<std::string>();
        }
        written += stream.str();
        written += events.window();
        EXPECT_THAT(written, Not(HasSubstr(secret)));
        EXPECT_THAT(written, Not(HasSubstr(json(secret).dump())));
        EXPECT_THAT(written, Not(HasSubstr(http::percentEncode(secret))));
        EXPECT_THAT(written, HasSubstr(" before "));
        EXPECT_THAT(written, HasSubstr(" after "));
    }
}

} // namespace
} // namespace visgate::worker
