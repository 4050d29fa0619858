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
    const auto deployment = [&] {
        const auto page = await(harness.service().listDeployments(1, {}));
        return page && !page->deployments.isEmpty() ? page->deployments.first() : Deployment{};
    };
    harness.practice().edit(deployment().endpointId.value(), {{u"disk"_s, 77}});
    harness.click(u"navHome"_s);
    harness.click(u"moreDeployment"_s);
    EXPECT_FALSE(harness.find(u"applyWorkers"_s)->isEnabled()) << "nothing to apply yet";
    harness.type(u"workersMax"_s, u"2"_s);
    harness.click(u"applyWorkers"_s);
    ASSERT_TRUE(waitUntil([&] { return deployment().limits.workersMax == 2; }, 30s));
    const auto says = [&](const QString& words) {
        return waitUntil([&] { return harness.words().join(u'\n').contains(words); }, 30s);
    };
    ASSERT_TRUE(says(u"Version 2, in use"_s));
    harness.click(u"rollBack_1"_s);
    EXPECT_TRUE(says(u"Version 3, in use"_s)) << harness.words().join(u'\n').toStdString();
    EXPECT_EQ(deployment().limits.workersMax, 2) << "limits are not configuration";
}

} // namespace
} // namespace visgate::ui
