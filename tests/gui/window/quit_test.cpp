// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/operations/deployments.h"
#include "core/operations/keys.h"
#include "core/service/local_service.h"
#include "tests/gui/window/window_harness.h"

#include <gmock/gmock.h>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using visgate::test::await;
using visgate::test::waitUntil;
using visgate::test::WindowHarness;

namespace visgate::ui {
namespace {

/// A deployment for what the program takes for real money: practice's account under Runpod's address.
class Quit : public testing::Test {
protected:
    Quit()
    {
        harness.show();
        DeploymentService& service = harness.service();
        auto key = std::make_shared<const Secret>(std::string("rpa_practice_test_0002"));
        EXPECT_TRUE(await(service.call(SetKey{KeyKind::Runpod, key, true})));
        EXPECT_TRUE(await(service.call(SetWorkerImage{u"visgate/practice-worker:1"_s})));
        CreateRequest request;
        request.modelId = u"stabilityai/sdxl-turbo"_s;
        request.target = AccountId::runpod();
        request.limits.idleTimeout = 1h; // it stays up, and goes on costing
        request.firstInput = JobInput{};
        request.firstInput->prompt = u"a large red circle on a white background"_s;
        const auto created = await(service.call(CreateDeployment{request}));
        EXPECT_TRUE(created) << created.error().detail;
        if (!waitUntil([&] { return harness.words().contains(u"Ready"_s); }, 90s))
            throw std::runtime_error("the deployment did not become ready");
    }

    WindowHarness harness{u"en"_s};
};

TEST_F(Quit, AsksOnceWhileRealMoneyIsSpent)
{
    harness.window().close();
    static_cast<void>(harness.find(u"quitPause"_s));
    EXPECT_TRUE(harness.window().isVisible());
    harness.click(u"quitStay"_s);
    EXPECT_TRUE(harness.window().isVisible());
    EXPECT_EQ(harness.practice().workerCount(), 1);

    harness.window().close();
    harness.click(u"quitPause"_s);
    EXPECT_TRUE(waitUntil([&] { return !harness.window().isVisible(); }, 60s));
    EXPECT_EQ(harness.practice().workerCount(), 0) << "paused, and read back, before the window went";
    EXPECT_EQ(harness.practice().endpointCount(), 1);
    EXPECT_FALSE(harness.window().leavesWork());
}

TEST_F(Quit, MayLeaveItRunning)
{
    harness.window().close();
    harness.click(u"quitLeave"_s);
    EXPECT_TRUE(waitUntil([&] { return !harness.window().isVisible(); }, 10s));
    EXPECT_EQ(harness.practice().workerCount(), 1);
    EXPECT_TRUE(harness.window().leavesWork()) << "somebody has to go on watching";
}

} // namespace
} // namespace visgate::ui
