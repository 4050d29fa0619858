// SPDX-License-Identifier: GPL-3.0-or-later
// Verdicts on a paid job: what is said once is not believed, what never ends is ended, and each end has its own words.
#include "core/operations/deployments.h"
#include "tests/support/engine_harness.h"

#include <QJsonArray>

#include <gmock/gmock.h>

namespace visgate {
namespace {

using namespace Qt::Literals::StringLiterals;
using namespace std::chrono_literals;
using test::EngineHarness;
using test::PracticeProcess;
using test::ShiftedClock;

class JobVerdicts : public testing::Test {
protected:
    JobVerdicts()
    {
        m_harness.start([this](EngineConfig& config) { config.clock = m_clock; });
    }

    /// What `/status` answers from its n-th call on.
    void answerStatus(int status, const QJsonValue& body, int count, int nth = 1)
    {
        m_practice.fault(u"GET"_s, u"/queue/v2/*/status/*"_s,
            {{u"effect"_s, u"status"_s}, {u"status"_s, status}, {u"body"_s, body}, {u"count"_s, count}, {u"nth"_s, nth},
                {u"content_type"_s, body.isString() ? u"text/html"_s : u"application/json"_s}});
    }
    Job firstJob()
    {
        const auto created = m_harness.create();
        if (!created)
            throw std::runtime_error(created.error().detail);
        m_id = created->id;
        return m_harness.job(created->firstJob);
    }
    /// Whether the deployment's log has these words.
    bool isSaid(const std::string& words)
    {
        const auto lines = test::await(m_harness.engine().call(ReadLogs{m_id, {}, 10'000}));
        return lines && std::any_of(lines->begin(), lines->end(), [&](const LogLine& line) {
            return line.text.find(words) != std::string::npos;
        });
    }
    [[nodiscard]] qsizetype timesSent() const { return m_practice.calls(u"POST"_s, u"/run"_s).size(); }
    [[nodiscard]] qsizetype polls() const { return m_practice.calls(u"GET"_s, u"/status/"_s).size(); }

    std::shared_ptr<ShiftedClock> m_clock = std::make_shared<ShiftedClock>();
    PracticeProcess m_practice;
    EngineHarness m_harness{m_practice};
    DeploymentId m_id;
};

TEST_F(JobVerdicts, AStrayPageOfAProxyDoesNotEndAPaidJob)
{
    answerStatus(404, u"<html><title>404 Not Found</title></html>"_s, 1, 2);
    const Job job = m_harness.waitForEnd(firstJob().id);
    EXPECT_EQ(job.status, JobStatus::Completed) << (job.error ? job.error->detail : "");
    EXPECT_EQ(timesSent(), 1) << "it is paid once";
}

TEST_F(JobVerdicts, AQueueThatHasNotHeardOfTheJobYetIsAskedAgain)
{
    answerStatus(404, QJsonObject{{u"error"_s, u"request does not exist"_s}}, 4);
    const Job job = m_harness.waitForEnd(firstJob().id);
    EXPECT_EQ(job.status, JobStatus::Completed) << (job.error ? job.error->detail : "");
    EXPECT_EQ(timesSent(), 1);
}

TEST_F(JobVerdicts, AYoungJobThatIsDeniedForLongHasVanishedAndNotExpired)
{
    answerStatus(404, QJsonObject{{u"error"_s, u"request does not exist"_s}}, 0);
    const Job sent = firstJob();
    ASSERT_TRUE(test::waitUntil([&] { return polls() > 7 && isSaid("Finished."); }, 120s));
    EXPECT_FALSE(isFinished(m_harness.job(sent.id).status)) << "moments are no proof";
    m_clock->pass(6min);
    const Job job = m_harness.waitForEnd(sent.id);
    ASSERT_TRUE(job.error);
    EXPECT_EQ(job.error->code, ErrorCode::JobVanished);
}

TEST_F(JobVerdicts, AnOldResultThatIsDeniedHasExpired)
{
    answerStatus(404, QJsonObject{{u"error"_s, u"request does not exist"_s}}, 0);
    const Job sent = firstJob();
    // On a slow computer the start would have run out of its own time otherwise.
    ASSERT_TRUE(test::waitUntil([&] { return polls() > 0 && isSaid("Finished."); }, 120s));
    m_clock->pass(31min);
    const Job job = m_harness.waitForEnd(sent.id);
    ASSERT_TRUE(job.error);
    EXPECT_EQ(job.error->code, ErrorCode::ResultExpired);
    EXPECT_GE(polls(), 5) << "asked more than once";
}

TEST_F(JobVerdicts, AJobWithoutEndIsEndedAtItsLimitWithTheLogsEvidence)
{
    answerStatus(
        200, QJsonObject{{u"id"_s, u"j"_s}, {u"status"_s, u"IN_PROGRESS"_s}, {u"output"_s, u"step;None"_s}}, 0);
    const Job sent = firstJob();
    ASSERT_TRUE(test::waitUntil([&] { return isSaid("Finished."); }, 120s));
    const auto seen = polls();
    ASSERT_TRUE(test::waitUntil([&] { return polls() > seen + 3; }, 120s));
    EXPECT_FALSE(isFinished(m_harness.job(sent.id).status));
    m_clock->pass(EndpointLimits().executionTimeout + 2min);
    const Job job = m_harness.waitForEnd(sent.id);
    EXPECT_EQ(job.status, JobStatus::TimedOut);
    ASSERT_TRUE(job.error);
    EXPECT_EQ(job.error->code, ErrorCode::ResultWithheld);
    EXPECT_EQ(job.error->arguments, std::vector<std::string>{"10"}) << "minutes";
    EXPECT_THAT(job.error->detail, testing::HasSubstr("Finished."));
    EXPECT_FALSE(m_practice.calls(u"POST"_s, u"/cancel/"_s).isEmpty()) << "it is ended there as well";
}

TEST_F(JobVerdicts, CompletedWithoutAnOutputReadsAsTooBigForADirectReturn)
{
    for (const QJsonObject& answer : {QJsonObject{{u"id"_s, u"j"_s}, {u"status"_s, u"COMPLETED"_s}},
             QJsonObject{{u"id"_s, u"j"_s}, {u"status"_s, u"COMPLETED"_s}, {u"output"_s, QJsonValue::Null}}}) {
        m_practice.clearFaults();
        answerStatus(200, answer, 0);
        const Job job = m_harness.waitForEnd(firstJob().id);
        EXPECT_EQ(job.status, JobStatus::Failed);
        ASSERT_TRUE(job.error);
        EXPECT_EQ(job.error->code, ErrorCode::ResultMissing) << job.error->detail;
    }
}

TEST_F(JobVerdicts, TheWorkersOwnCodeDecidesWhatIsSaid)
{
    const QJsonObject error{{u"code"_s, u"E_OUTPUT_TOO_LARGE"_s},
        {u"message"_s, u"The result has 9000000 bytes; at most 7340032 can be returned directly."_s}};
    answerStatus(200, QJsonObject{{u"id"_s, u"j"_s}, {u"status"_s, u"FAILED"_s}, {u"error"_s, error}}, 0);
    const Job job = m_harness.waitForEnd(firstJob().id);
    ASSERT_TRUE(job.error);
    EXPECT_EQ(job.error->code, ErrorCode::OutputTooLarge) << job.error->detail;
}

} // namespace
} // namespace visgate
