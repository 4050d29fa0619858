// SPDX-License-Identifier: GPL-3.0-or-later
// Log lines that come after the job, and after whoever watched it: none is lost.
#include "core/operations/deployments.h"
#include "tests/support/cli_harness.h"
#include "tests/support/engine_harness.h"

#include <QJsonArray>

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
        const auto lines = test::await(m_harness.engine().call(ReadLogs{id, {}, 10'000}));
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
    m_practice.fault(u"GET"_s, u"/rest/v2/serverless/*/workers/*/logs"_s,
        {{u"effect"_s, u"delay"_s}, {u"delay_ms"_s, 2000}, {u"count"_s, 0}});
    m_harness.start();
    const auto created = m_harness.create([](CreateRequest& request) { request.limits.idleTimeout = 1h; });
    ASSERT_TRUE(created);
    EXPECT_EQ(m_harness.waitForEnd(created->firstJob).status, JobStatus::Completed);
    m_harness.stop(); // at once, as a command that has printed its picture does
    m_practice.clearFaults();
    m_practice.fault(u"GET"_s, u"/rest/v2/serverless/*/workers/*/logs"_s,
        {{u"effect"_s, u"status"_s}, {u"status"_s, 503}, {u"count"_s, 0}});
    m_harness.start();
    EXPECT_TRUE(workersLines(created->id).contains(u"Finished."_s));
}

/// A log that is always three seconds behind, as at the real provider, and a command that ends with its picture.
TEST(LateLogsAtTheTerminal, NotOneLineOfAStreamThatIsAlwaysLateIsLost)
{
    const test::CliHarness cli;
    [[maybe_unused]] const QJsonObject running = cli.practice();
    cli.control("POST", u"/faults"_s,
        {{u"method"_s, u"GET"_s}, {u"path"_s, u"/rest/v2/serverless/*/workers/*/logs"_s}, {u"effect"_s, u"delay"_s},
            {u"delay_ms"_s, 3000}, {u"count"_s, 0}});
    const test::Ran deployed = cli.run({u"deploy"_s, u"stabilityai/sdxl-turbo"_s, u"--target"_s, u"practice"_s,
        u"--wait"_s, u"--prompt"_s, u"a red circle"_s, u"--json"_s});
    ASSERT_EQ(deployed.code, 0) << deployed.out.toStdString() << deployed.err.toStdString();
    cli.endOwner();
    const QJsonObject state = cli.control("GET", u"/state"_s);
    QJsonArray workers = state["workers"_L1].toArray();
    const QJsonArray removed = state["removedWorkers"_L1].toArray();
    for (const QJsonValue& worker : removed)
        workers.append(worker);
    QStringList written; // by source: "container", "system"
    for (const QJsonValue& worker : std::as_const(workers)) {
        const QJsonArray log = worker["log"_L1].toArray();
        for (const QJsonValue& line : log)
            written.append(line.toString().section(u':', 0, 0));
    }
    ASSERT_GT(written.size(), 30);
    const QJsonArray lines = cli.run({u"logs"_s, deployed.json()["deployment_id"_L1].toString(), u"--json"_s})
                                 .json()["lines"_L1]
                                 .toArray();
    QStringList texts;
    for (const QJsonValue& line : lines) {
        written.removeOne(line["source"_L1].toString());
        texts.append(line["message"_L1].toString());
    }
    EXPECT_EQ(written, QStringList()) << "lost:\n" << texts.join(u'\n').toStdString();
    EXPECT_EQ(texts.filter(u"step "_s).size(), 20) << texts.join(u'\n').toStdString();
    EXPECT_TRUE(texts.contains(u"Started."_s) && texts.contains(u"Finished."_s)) << texts.join(u'\n').toStdString();
}

} // namespace
} // namespace visgate
