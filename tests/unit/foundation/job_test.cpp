// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/foundation/http/rate_limit.h"
#include "core/foundation/worker_protocol/job.h"

#include <gmock/gmock.h>

using namespace std::chrono_literals;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;

namespace visgate::queue {
namespace {

TEST(QueueJob, ReadsARequestWithEverything)
{
    const auto request = parseJobRequest(
        R"({"id":"j-u1","input":{"prompt":"x"},"webhook":"https://h","policy":{"executionTimeout":5000,"ttl":10000,
            "lowPriority":true},"s3Config":{"accessId":"a","accessSecret":"s","bucketName":"b","endpointUrl":"e"},"more":1})");
    ASSERT_TRUE(request.has_value());
    EXPECT_EQ(request->id.value(), "j-u1");
    EXPECT_EQ(request->input, R"({"prompt":"x"})");
    EXPECT_EQ(request->policy.executionTimeout, 5s);
    EXPECT_EQ(request->policy.ttl, 10s);
    EXPECT_TRUE(request->policy.isLowPriority);
    ASSERT_TRUE(request->s3.has_value());
    EXPECT_TRUE(request->s3->accessSecret.equals("s"));
    EXPECT_EQ(request->extra, R"({"more":1})");

    const auto text = formatJobRequest(*request);
    ASSERT_TRUE(text.has_value());
    const auto again = parseJobRequest(*text);
    ASSERT_TRUE(again.has_value());
    EXPECT_EQ(*formatJobRequest(*again), *text);
    EXPECT_THAT(*text, HasSubstr(R"("more":1)"));
}

TEST(QueueJob, NamesTheMemberThatIsWrong)
{
    const std::vector<std::pair<std::string, std::string>> cases{{"[]", "the body is not a JSON object"},
        {"{}", "input"}, {R"({"input":"text"})", "input"}, {R"({"input":{},"policy":[]})", "policy"},
        {R"({"input":{},"policy":{"ttl":"long"}})", "policy.ttl"},
        {R"({"input":{},"policy":{"executionTimeout":-5}})", "policy.executionTimeout"}};
    for (const auto& [text, detail] : cases) {
        const auto request = parseJobRequest(text);
        ASSERT_FALSE(request.has_value()) << text;
        EXPECT_EQ(request.error().code, ErrorCode::InvalidRequest);
        EXPECT_EQ(request.error().detail, detail);
    }
    JobRequest request;
    request.input = "[1]";
    EXPECT_FALSE(formatJobRequest(request).has_value());
    EXPECT_TRUE(parseJobRequest(R"({"input":{}})").has_value()) << "an empty input is an input";
}

TEST(QueueJob, KnowsTheStatesAndTheirSynonym)
{
    for (const JobState state : {JobState::InQueue, JobState::InProgress, JobState::Completed, JobState::Failed,
             JobState::Cancelled, JobState::TimedOut})
        EXPECT_EQ(jobStateFromString(toString(state)), state);
    EXPECT_EQ(jobStateFromString("RUNNING"), JobState::InProgress);
    EXPECT_EQ(jobStateFromString("PONDERING"), JobState::Unknown);
    EXPECT_TRUE(isFinal(JobState::TimedOut));
    EXPECT_FALSE(isFinal(JobState::Unknown));
}

TEST(QueueJob, ReadsAnObservedFailure)
{
    const auto report = parseJobReport(R"({"delayTime":101050,"error":"job timed out after 1 retries",
        "executionTime":42078,"id":"x-u1","retries":1,"status":"FAILED","workerId":"w"})");
    ASSERT_TRUE(report.has_value());
    EXPECT_EQ(report->state, JobState::Failed);
    EXPECT_EQ(report->delayTime, 101050ms);
    EXPECT_EQ(report->executionTime, 42078ms);
    EXPECT_EQ(report->error, "job timed out after 1 retries");
    EXPECT_EQ(report->retries, 1);
    EXPECT_EQ(report->worker.value(), "w");
    EXPECT_EQ(report->output, "");
    EXPECT_EQ(parseJobReport(formatJobReport(*report))->error, report->error);
}

TEST(QueueJob, ReadsReportsItWasNotMadeFor)
{
    const auto strange
        = parseJobReport(R"({"id":"x","status":"PONDERING","output":null,"error":{"a":1},"delayTime":"?"})");
    ASSERT_TRUE(strange.has_value());
    EXPECT_EQ(strange->state, JobState::Unknown);
    EXPECT_EQ(strange->stateText, "PONDERING");
    EXPECT_EQ(strange->error, R"({"a":1})");
    EXPECT_EQ(strange->delayTime, std::nullopt);
    EXPECT_THAT(formatJobReport(*strange), HasSubstr("PONDERING"));
    for (const std::string text : {"", "null", R"({"id":"x"})", R"({"status":"FAILED"})", R"({"id":1,"status":2})"})
        EXPECT_EQ(parseJobReport(text).error().code, ErrorCode::UnexpectedReply) << text;
}

TEST(QueueJob, OutputReadsBack)
{
    JobOutput output;
    output.modelId = "stabilityai/sdxl-turbo";
    output.runner = "builtin";
    output.gpu = "cpu";
    output.label = "demo model (shapes), standing in for stabilityai/sdxl-turbo";
    output.timings = {{"load", 0.25}, {"steps", 1.5}};
    output.unknownWords = {"zebra"};
    JobArtifact artifact;
    artifact.data = "aGk=";
    artifact.bytes = 2;
    artifact.contentType = "image/png";
    artifact.width = 256;
    artifact.height = 128;
    artifact.seed = 42;
    artifact.frames = 16;
    artifact.fps = 8.5;
    output.artifacts = {artifact};
    const auto read = parseJobOutput(formatJobOutput(output));
    ASSERT_TRUE(read.has_value());
    ASSERT_THAT(read->artifacts, SizeIs(1));
    EXPECT_EQ(read->artifacts[0].data, "aGk=");
    EXPECT_EQ(read->artifacts[0].url, "");
    EXPECT_EQ(read->artifacts[0].width, 256);
    EXPECT_EQ(read->artifacts[0].frames, 16);
    EXPECT_EQ(read->artifacts[0].fps, 8.5);
    EXPECT_EQ(read->timings, output.timings);
    EXPECT_EQ(read->label, output.label);
    EXPECT_EQ(read->unknownWords, output.unknownWords);
    for (const std::string text : {"", "{}", R"({"artifacts":{}})", R"({"artifacts":[1]})"})
        EXPECT_FALSE(parseJobOutput(text).has_value()) << text;
}

TEST(QueueJob, ReadsEveryFormOfFault)
{
    const JobFault ours{"E_INPUT", "2 fields are wrong", {{"width", "too large"}, {"seed", ""}}};
    const JobFault read = parseJobFault(formatJobFault(ours));
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

namespace visgate {
namespace {

TEST(RateLimit, ReadsTheProvidersHeaders)
{
    const auto limits = parseRateLimit(R"("minute";r=0;t=12, "hour";r=2800;t=1812, "day";r=49500;t=45012)");
    ASSERT_THAT(limits, SizeIs(3));
    EXPECT_EQ(limits[0].window, "minute");
    EXPECT_EQ(limits[0].remaining, 0);
    EXPECT_EQ(limits[0].resetsIn, 12s);
    EXPECT_EQ(limits[2].remaining, 49500);
    const auto policies = parseRateLimitPolicy(R"("minute";q=60;w=60, "hour";q=3000;w=3600)");
    ASSERT_THAT(policies, SizeIs(2));
    EXPECT_EQ(policies[1].window, "hour");
    EXPECT_EQ(policies[1].quota, 3000);
    EXPECT_EQ(policies[1].length, 1h);
}

TEST(RateLimit, ReadsTheHubsHeaders)
{
    const auto limits = parseRateLimit(R"("api";r=0;t=55)");
    const auto policies = parseRateLimitPolicy(R"("fixed window";"api";q=500;w=300)");
    ASSERT_THAT(limits, SizeIs(1));
    ASSERT_THAT(policies, SizeIs(1));
    EXPECT_EQ(limits[0].window, policies[0].window);
    EXPECT_EQ(policies[0].quota, 500);
}

TEST(RateLimit, SkipsWhatItCannotRead)
{
    EXPECT_THAT(parseRateLimit(""), IsEmpty());
    EXPECT_THAT(parseRateLimit(",,;;=,"), IsEmpty());
    EXPECT_THAT(parseRateLimit(R"("minute";r=-1;t=5)"), IsEmpty());
    EXPECT_THAT(parseRateLimit(R"("minute";r=99999999999999999999)"), IsEmpty());
    const auto limits = parseRateLimit(R"("a,b;c";r=5;x="1,2";t=oops , day;r=7)");
    ASSERT_THAT(limits, SizeIs(2));
    EXPECT_EQ(limits[0].remaining, 5);
    EXPECT_EQ(limits[1].window, "day");
    std::string many;
    for (int i = 0; i < 1000; ++i)
        many += "\"w\";r=1,";
    EXPECT_LE(parseRateLimit(many).size(), 16U);
}

} // namespace
} // namespace visgate
