// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/gui/window/window_harness.h"

#include <gmock/gmock.h>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using visgate::test::await;
using visgate::test::waitUntil;
using visgate::test::WindowHarness;

namespace visgate::ui {
namespace {

TEST(Endpoint, WorkersAreScaledAndTheVersionBeforeIsBroughtBack)
{
    WindowHarness harness(u"en"_s);
    harness.show();
    harness.drawFirstPicture();
    harness.click(u"navHome"_s);
    harness.click(u"moreDeployment"_s);
    EXPECT_FALSE(harness.find(u"applyWorkers"_s)->isEnabled()) << "nothing to apply yet";
    harness.type(u"workersMax"_s, u"2"_s);
    harness.click(u"applyWorkers"_s);
    const auto workersMax = [&] {
        const auto page = await(harness.service().listDeployments(1, {}));
        return page && !page->deployments.isEmpty() ? page->deployments.first().limits.workersMax : 0;
    };
    ASSERT_TRUE(waitUntil([&] { return workersMax() == 2; }, 30s));
    harness.click(u"rollBack_1"_s);
    EXPECT_TRUE(waitUntil([&] { return workersMax() == 1; }, 30s));
}

} // namespace
} // namespace visgate::ui
