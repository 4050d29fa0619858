// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/operations/keys.h"
#include "core/service/local_service.h"
#include "tests/gui/window/window_harness.h"
#include "tests/support/stand_in_package.h"

#include <QAbstractButton>
#include <QLabel>
#include <QLineEdit>

#include <gmock/gmock.h>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using visgate::test::waitUntil;
using visgate::test::WindowHarness;

namespace visgate::ui {
namespace {

TEST(Runpod, WithoutAKeyTheRedLineLeadsToTheKeyField)
{
    WindowHarness harness(u"en"_s);
    harness.show();
    harness.openSheet();
    harness.click(u"targetRunpod"_s);
    static_cast<void>(harness.find(u"fix_key"_s));
    EXPECT_FALSE(harness.find<QAbstractButton>(u"deploy"_s)->isEnabled());
    harness.click(u"fix_key"_s);
    EXPECT_TRUE(waitUntil([&] { return harness.hasFocus(harness.find(u"runpodKey"_s)); }, 30s));
    EXPECT_EQ(harness.practice().endpointCount(), 0);
}

TEST(Runpod, ConnectLeadsToTheKeyFieldAndTheKeyIsTaken)
{
    WindowHarness harness(u"en"_s);
    harness.show();
    harness.click(u"connectRunpod"_s);
    ASSERT_TRUE(waitUntil([&] { return harness.hasFocus(harness.find(u"runpodKey"_s)); }, 30s));
    harness.type(u"runpodKey"_s, u"rpa_practice_test_0001"_s);
    harness.press(Qt::Key_Return);
    EXPECT_TRUE(waitUntil([&] { return harness.words().contains(u"This session only"_s); }, 30s))
        << harness.words().join(u'\n').toStdString();
    harness.click(u"runpodForget"_s);
    EXPECT_TRUE(waitUntil([&] { return harness.words().contains(u"The key was forgotten on this computer."_s); }, 30s));
}

TEST(Runpod, AKeyAloneMakesAPicture)
{
    WindowHarness harness(
        u"en"_s, Look::Light, [](EngineConfig& config) { config.publicImage = test::standInPackage(); });
    harness.show();
    harness.click(u"connectRunpod"_s);
    ASSERT_TRUE(waitUntil([&] { return harness.hasFocus(harness.find(u"runpodKey"_s)); }, 30s));
    harness.type(u"runpodKey"_s, u"rpa_practice_test_0001"_s);
    harness.press(Qt::Key_Return);
    ASSERT_TRUE(harness.says(u"This session only"_s));
    harness.click(u"navHome"_s);
    harness.openSheet();
    harness.click(u"targetRunpod"_s);
    const auto* deploy = harness.find<QAbstractButton>(u"deploy"_s);
    ASSERT_TRUE(waitUntil([&] { return deploy->isEnabled(); }, 60s)) << harness.words().join(u'\n').toStdString();
    EXPECT_TRUE(deploy->text().contains(u"$"_s)) << deploy->text().toStdString();
    harness.click(u"deploy"_s);
    const auto* picture = harness.find<QLabel>(u"picture"_s);
    EXPECT_TRUE(waitUntil([&] { return !picture->pixmap().isNull(); }, 120s))
        << harness.words().join(u'\n').toStdString();
}

TEST(Runpod, TheImageIsChosenInTheSettings)
{
    WindowHarness harness(
        u"en"_s, Look::Light, [](EngineConfig& config) { config.publicImage = test::standInPackage(); });
    harness.show();
    harness.click(u"navSettings"_s);
    EXPECT_TRUE(harness.says(u"Public image"_s));
    EXPECT_TRUE(harness.find<QAbstractButton>(u"workerImagePublic"_s)->isChecked());
    harness.click(u"workerImageOwn"_s);
    harness.type(u"workerImage"_s, u"registry.example/me/worker:1"_s);
    harness.click(u"workerImageSave"_s);
    EXPECT_TRUE(harness.says(u"Stored. New deployments on Runpod use it."_s));
    const auto stored = test::await(harness.service().call(GetWorkerImage{}));
    ASSERT_TRUE(stored);
    EXPECT_EQ(stored->own, u"registry.example/me/worker:1"_s);
    harness.click(u"workerImagePublic"_s);
    EXPECT_TRUE(waitUntil([&] {
        const auto now = test::await(harness.service().call(GetWorkerImage{}));
        return now && now->own.isEmpty();
    }));
}

} // namespace
} // namespace visgate::ui
