// SPDX-License-Identifier: GPL-3.0-or-later
// The whole window, and the command line beside it, over a cloud that has no logs, bills, volumes and releases: what it
// can do is done, and nothing is shown that cannot be.
#include "core/base/paths.h"
#include "core/base/settings.h"
#include "core/operations/deployments.h"
#include "tests/gui/window/window_harness.h"
#include "tests/support/await.h"
#include "tests/support/memory_cloud.h"

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

class SecondCloudWindow : public testing::Test {
protected:
    SecondCloudWindow()
    {
        harness.show();
        harness.openSheet();
        harness.click(u"targetMemory"_s);
        const auto* deploy = harness.find<QAbstractButton>(u"deploy"_s);
        EXPECT_TRUE(waitUntil([&] { return deploy->isEnabled(); }, 30s)) << harness.words().join(u'\n').toStdString();
    }
    [[nodiscard]] bool has(const QString& objectName) const
    {
        const auto* const widget = m_window.findChild<QWidget*>(objectName);
        return widget != nullptr && widget->isVisible();
    }

    std::shared_ptr<test::MemoryCloud> cloud = std::make_shared<test::MemoryCloud>();
    WindowHarness harness{u"en"_s, Look::Light, [this](EngineConfig& config) {
                              Settings settings(Paths{config.dataFolder, {}, {}}.settings());
                              settings.set(Settings::table().workerImage, test::imageOfNobody());
                              test::addMemoryCloud(config, cloud);
                          }};

private:
    MainWindow& m_window = harness.window();
};

TEST_F(SecondCloudWindow, APictureIsMadeAndNothingIsOfferedThatIsNotThere)
{
    EXPECT_TRUE(harness.words().join(u' ').contains(u"On a GPU of your own Memory account."_s));
    EXPECT_FALSE(has(u"keepModelNear"_s)) << "it has no volumes";
    harness.click(u"deploy"_s);
    const auto* picture = harness.find<QLabel>(u"picture"_s);
    ASSERT_TRUE(waitUntil([&] { return !picture->pixmap().isNull(); }, 90s))
        << harness.words().join(u'\n').toStdString();
    ASSERT_EQ(cloud->endpoints().size(), 1);

    harness.click(u"navHome"_s);
    EXPECT_TRUE(harness.says(u"Memory"_s));
    harness.click(u"moreDeployment"_s);
    EXPECT_TRUE(has(u"workersMax"_s));
    EXPECT_FALSE(harness.words().contains(u"Versions"_s)) << "it has no releases";
    harness.press(Qt::Key_Escape);

    harness.click(u"navSpend"_s);
    harness.click(u"spendMemory"_s);
    EXPECT_TRUE(harness.says(u"Estimate"_s));
    EXPECT_FALSE(harness.words().join(u' ').contains(u"Billed by"_s)) << "it has no bills";

    harness.click(u"navHome"_s);
    harness.click(u"pauseDeployment"_s);
    EXPECT_TRUE(waitUntil([&] { return cloud->endpoints().first().workersMax == 0 && cloud->running() == 0; }, 30s));
}

TEST_F(SecondCloudWindow, TheCommandLineWorksWithItToo)
{
    harness.serve();
    const QJsonObject made = harness.ctl({u"deploy"_s, u"stabilityai/sdxl-turbo"_s, u"--target"_s, u"memory"_s,
        u"--wait"_s, u"--prompt"_s, u"a circle"_s, u"--json"_s});
    EXPECT_EQ(made["target"_L1].toString(), u"memory"_s);
    ASSERT_EQ(cloud->endpoints().size(), 1);
    const QJsonObject listed = harness.ctl({u"list"_s, u"--json"_s});
    EXPECT_EQ(listed["deployments"_L1][0]["target"_L1].toString(), u"memory"_s);
    const QJsonObject spent = harness.ctl({u"spend"_s, u"--target"_s, u"memory"_s, u"--json"_s});
    EXPECT_FALSE(spent.isEmpty());
    std::ignore = harness.ctl({u"delete"_s, made["deployment_id"_L1].toString(), u"--json"_s});
    EXPECT_TRUE(waitUntil([&] { return cloud->endpoints().isEmpty(); }, 30s));
}

} // namespace
} // namespace visgate::ui
