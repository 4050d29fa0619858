// SPDX-License-Identifier: GPL-3.0-or-later
// The whole window over this computer: from the empty Home to a picture, without an account and without a price.
#include "core/domain/model/demo_model.h"
#include "core/operations/deployments.h"
#include "tests/gui/window/window_harness.h"
#include "tests/support/await.h"
#include "tests/support/local_computer.h"

#include <QAbstractButton>
#include <QLabel>

#include <gmock/gmock.h>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using visgate::test::await;
using visgate::test::waitUntil;
using visgate::test::WindowHarness;

namespace visgate::ui {
namespace {

TEST(ThisComputerWindow, APictureIsMadeInTwoClicksAndNothingHasAPrice)
{
    WindowHarness harness(u"en"_s, Look::Light, test::addThisComputer);
    harness.show();
    harness.click(u"tryHere"_s);
    const auto* deploy = harness.find<QAbstractButton>(u"deploy"_s);
    ASSERT_TRUE(waitUntil([&] { return deploy->isEnabled(); }, 30s)) << harness.words().join(u'\n').toStdString();
    EXPECT_EQ(deploy->text(), u"Deploy on this computer"_s);
    EXPECT_TRUE(harness.says(u"your electricity"_s));
    const QStringList words = harness.words();
    for (const QString& text : words)
        EXPECT_TRUE(text.startsWith(u"Real money"_s) || !text.contains(u'$')) << text.toStdString();
    harness.click(u"deploy"_s);
    const auto* picture = harness.find<QLabel>(u"picture"_s);
    ASSERT_TRUE(waitUntil([&] { return !picture->pixmap().isNull(); }, 90s))
        << harness.words().join(u'\n').toStdString();
    EXPECT_EQ(harness.clicks(), 2);

    harness.click(u"navHome"_s);
    EXPECT_TRUE(harness.says(u"This computer"_s));
    EXPECT_TRUE(harness.says(u"your electricity"_s));
    EXPECT_TRUE(harness.says(u"demo model (shapes)"_s));
    const auto deployments = await(harness.service().call(ListDeployments{}));
    ASSERT_EQ(deployments->deployments.size(), 1);
    EXPECT_EQ(deployments->deployments.first().target, AccountId::thisComputer());
    EXPECT_EQ(deployments->deployments.first().cost.countedUsd, 0.0);
}

TEST(ThisComputerWindow, ARealModelIsHeldBackInOneSentence)
{
    WindowHarness harness(u"en"_s, Look::Light, test::addThisComputer);
    harness.show();
    harness.openSheet();
    harness.click(u"targetThis-computer"_s);
    EXPECT_TRUE(waitUntil([&] {
        return harness.words().join(u' ').contains(u"Real models need the picture engine on this computer"_s);
    })) << harness.words().join(u'\n').toStdString();
    EXPECT_FALSE(harness.find<QAbstractButton>(u"deploy"_s)->isEnabled());
}

TEST(ThisComputerWindow, TheCommandLineWorksWithItToo)
{
    WindowHarness harness(u"en"_s, Look::Light, test::addThisComputer);
    harness.show();
    harness.serve();
    const QJsonObject made = harness.ctl({u"deploy"_s, demoModel().id, u"--target"_s, u"this-computer"_s, u"--wait"_s,
        u"--prompt"_s, u"a red circle"_s, u"--json"_s});
    EXPECT_EQ(made["target"_L1].toString(), u"this-computer"_s);
    std::ignore = harness.ctl({u"delete"_s, made["deployment_id"_L1].toString(), u"--json"_s});
    EXPECT_TRUE(waitUntil([&] { return harness.ctl({u"list"_s, u"--json"_s})["deployments"_L1].toArray().isEmpty(); }));
}

} // namespace
} // namespace visgate::ui
