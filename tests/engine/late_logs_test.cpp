// SPDX-License-Identifier: GPL-3.0-or-later
// Log lines that come after the job, and after whoever watched it: none is lost.
#include "tests/support/engine_harness.h"

#include <algorithm>
#include <gtest/gtest.h>

namespace visgate {
namespace {

using namespace Qt::Literals::StringLiterals;
using namespace std::chrono_literals;
using test::EngineHarness;
using test::PracticeProcess;

class LateLogs : public testing::Test {
protected:
    /// A picture is made and its owner leaves; not one line of the worker has come by then.
    DeploymentId drawWithoutALine(std::chrono::seconds idleTimeout)
    {
        m_practice.fault(u"GET"_s, u"/rest/v2/serverless/*/workers/*/logs"_s,
            {{u"effect"_s, u"status"_s}, {u"status"_s, 503}, {u"count"_s, 0}});
        m_harness.start();
        const auto created
            = m_harness.create([idleTimeout](CreateRequest& request) { request.limits.idleTimeout = idleTimeout; });
        if (!created)
            throw std::runtime_error(created.error().detail);
        EXPECT_EQ(m_harness.waitForEnd(created->firstJob).status, JobStatus::Completed);
        EXPECT_EQ(workersLines(created->id), QStringList());
        return created->id;
    }
    /// What the worker's container has written, as it is asked for by a window or the command line.
    QStringList workersLines(const DeploymentId& id)
    {
        const auto lines = test::await(m_harness.engine().logs(id, 0, 10'000));
        QStringList texts;
        for (const LogLine& line : lines.value_or(QList<LogLine>())) {
            if (line.source == "container")
                texts.append(QString::fromStdString(line.text));
        }
        return texts;
    }

    PracticeProcess m_practice{20.0};
    EngineHarness m_harness{m_practice};
};

TEST_F(LateLogs, TheNextOwnerReadsWhatCameAfterTheLastOne)
{
    const DeploymentId id = drawWithoutALine(1h);
    m_harness.stop();
    m_practice.clearFaults();
    m_harness.start();
    const QStringList lines = workersLines(id);
    EXPECT_TRUE(lines.contains(u"Finished."_s)) << lines.join(u'\n').toStdString();
    EXPECT_EQ(lines.filter(u"step "_s).size(), 20) << "each once:\n" << lines.join(u'\n').toStdString();
}

TEST_F(LateLogs, AWorkerThatIsGoneIsReadAsWell)
{
    const DeploymentId id = drawWithoutALine(5s);
    m_harness.stop();
    ASSERT_TRUE(test::waitUntil([this] { return m_practice.workerCount() == 0; }, 120s));
    m_practice.clearFaults();
    m_harness.start();
    const QStringList lines = workersLines(id);
    EXPECT_TRUE(lines.contains(u"Finished."_s)) << lines.join(u'\n').toStdString();
}

TEST_F(LateLogs, AnOwnerThatLeavesReadsWhatIsThere)
{
    m_harness.start();
    const auto created = m_harness.create([](CreateRequest& request) { request.limits.idleTimeout = 1h; });
    ASSERT_TRUE(created);
    EXPECT_EQ(m_harness.waitForEnd(created->firstJob).status, JobStatus::Completed);
    m_harness.stop(); // at once, as a command that has printed its picture does
    m_practice.fault(u"GET"_s, u"/rest/v2/serverless/*/workers/*/logs"_s,
        {{u"effect"_s, u"status"_s}, {u"status"_s, 503}, {u"count"_s, 0}});
    m_harness.start();
    EXPECT_TRUE(workersLines(created->id).contains(u"Finished."_s));
}

} // namespace
} // namespace visgate
