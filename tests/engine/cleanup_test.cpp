// SPDX-License-Identifier: GPL-3.0-or-later
// Cleaning up touches what this data folder recorded. What only bears our name may be a colleague's on the same key.
#include "core/operations/accounts.h"
#include "core/operations/money.h"
#include "tests/support/cli_harness.h"
#include "tests/support/engine_harness.h"

#include <QJsonArray>
#include <QStandardPaths>

#include <gmock/gmock.h>

namespace visgate {
namespace {

using namespace Qt::Literals::StringLiterals;
using namespace std::chrono_literals;
using test::await;
using test::CliHarness;
using test::EngineHarness;
using test::PracticeProcess;
using test::Ran;

class Cleanup : public testing::Test {
protected:
    static Deployment deployReady(EngineHarness& harness, bool force)
    {
        return harness.deployReady([force](CreateRequest& request) {
            request.limits.initTimeout = 24h;
            request.force = force;
        });
    }

    PracticeProcess m_practice;
    EngineHarness m_here{m_practice};
    EngineHarness m_colleague{m_practice}; ///< another data folder, the same key
};

TEST_F(Cleanup, AColleaguesEndpointStaysUnlessTheUserSaidYesToIt)
{
    m_colleague.start();
    const Deployment theirs = deployReady(m_colleague, true);
    m_here.start();
    const Deployment ours = deployReady(m_here, true);
    const auto done = await(m_here.engine().call(CleanUp{{.all = true, .apply = true}}));
    ASSERT_TRUE(done) << done.error().detail;
    ASSERT_EQ(done->size(), 2);
    for (const CleanupItem& item : *done) {
        EXPECT_EQ(item.owner, item.endpoint == ours.endpointId ? EndpointOwner::Ours : EndpointOwner::OtherApp);
        EXPECT_EQ(item.taken, item.endpoint == ours.endpointId);
    }
    EXPECT_EQ(m_here.waitFor(ours.id, DeploymentStatus::Deleted).status, DeploymentStatus::Deleted);
    EXPECT_EQ(m_practice.endpointCount(), 1);
    EXPECT_EQ(m_colleague.deployment(theirs.id).status, DeploymentStatus::Ready);
    ASSERT_TRUE(await(m_here.engine().call(CleanUp{{.all = true, .others = true, .apply = true}})));
    EXPECT_EQ(m_practice.endpointCount(), 0);
}

TEST_F(Cleanup, StopEverythingSaysWhoseItStopped)
{
    m_colleague.start();
    const Deployment theirs = deployReady(m_colleague, true);
    m_colleague.stop();
    m_here.start();
    const Deployment ours = deployReady(m_here, true);
    const auto report = await(m_here.engine().call(StopEverything{}));
    ASSERT_TRUE(report) << report.error().detail;
    ASSERT_EQ(report->endpoints.size(), 2);
    for (const StopReport::Endpoint& endpoint : report->endpoints)
        EXPECT_EQ(endpoint.owner, endpoint.id == ours.endpointId ? EndpointOwner::Ours : EndpointOwner::OtherApp);
    EXPECT_NE(theirs.endpointId, ours.endpointId);
}

TEST_F(Cleanup, AllThatShareAnEndpointGoAndNobodyAsksForItAnyMore)
{
    m_here.start();
    const Deployment first = deployReady(m_here, false);
    const auto second = m_here.create([](CreateRequest& request) { request.limits.initTimeout = 24h; });
    ASSERT_TRUE(second);
    ASSERT_EQ(m_here.waitFor(second->id, DeploymentStatus::Ready).status, DeploymentStatus::Ready);
    ASSERT_EQ(m_here.deployment(second->id).endpointId, first.endpointId) << "they share one";
    ASSERT_TRUE(await(m_here.engine().call(CleanUp{{.all = true, .apply = true}})));
    for (const DeploymentId& id : {first.id, second->id})
        EXPECT_EQ(m_here.waitFor(id, DeploymentStatus::Deleted).status, DeploymentStatus::Deleted);
    EXPECT_EQ(m_practice.remains().toStdString(), "0 endpoints, 0 workers");
    m_practice.control("DELETE", u"/requests"_s);
    // The account is still watched for a while where somebody lives; of this endpoint nobody asks.
    const auto third = deployReady(m_here, true);
    EXPECT_TRUE(m_practice.calls({u"GET"_s, u"POST"_s}, QString::fromStdString(first.endpointId.value())).isEmpty());
    EXPECT_NE(third.endpointId, first.endpointId);
}

TEST(CliCleanup, OthersGoOnlyOnATypedYes)
{
    if (QStandardPaths::findExecutable(u"script"_s).isEmpty())
        GTEST_SKIP() << "there is no script(1) to make a terminal with";
    const CliHarness cli;
    const Ran deployed = cli.run({u"deploy"_s, u"stabilityai/sdxl-turbo"_s, u"--target"_s, u"practice"_s, u"--wait"_s,
        u"--prompt"_s, u"a red circle"_s});
    ASSERT_EQ(deployed.code, 0) << deployed.err.toStdString();
    const auto endpoints = [&] { return cli.control("GET", u"/state"_s)["endpoints"_L1].toArray().size(); };
    ASSERT_EQ(endpoints(), 1);
    // Another data folder of the same account: the records are not here.
    const auto other = [&](const QString& arguments, const QString& typed) {
        return cli.script(
            u"cd \"$VISGATE_DATA_DIR\" && mkdir -p ../other && ln -sfn \"$PWD/practice\" ../other/practice && "
            "export VISGATE_DATA_DIR=$(cd ../other && pwd) && printf '%1\\n' | script --quiet --return "
            "--command \"'$VISGATECTL' cleanup %2\" /dev/null"_s.arg(typed, arguments));
    };
    EXPECT_TRUE(other(u"--all"_s, u"yes"_s).out.contains("of another computer or colleague, left alone"));
    EXPECT_EQ(endpoints(), 1);
    other(u"--others"_s, u"no"_s);
    EXPECT_EQ(endpoints(), 1);
    const Ran refused
        = cli.script(u"export VISGATE_DATA_DIR=$(cd \"$VISGATE_DATA_DIR/../other\" && pwd); \"$VISGATECTL\" "
                     "cleanup --others < /dev/null"_s);
    EXPECT_NE(refused.code, 0) << "nobody can type here";
    EXPECT_EQ(endpoints(), 1);
    const Ran done = other(u"--others"_s, u"yes"_s);
    EXPECT_TRUE(test::waitUntil([&] { return endpoints() == 0; })) << done.out.toStdString() << done.err.toStdString();
}

} // namespace
} // namespace visgate
