// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/picture_engine/engine_lock.h"
#include "tests/gui/window/window_harness.h"
#include "tests/support/stand_in_wheels.h"

#include <QDir>
#include <QJsonDocument>
#include <QLabel>

#include <gtest/gtest.h>

using namespace Qt::StringLiterals;
using visgate::test::waitUntil;
using visgate::test::WindowHarness;

namespace visgate::ui {
namespace {

TEST(SettingsScreen, OpensTheFolderOfTheLogs)
{
    WindowHarness harness(u"tr"_s);
    harness.show();
    harness.click(u"navSettings"_s);
    ASSERT_TRUE(harness.says(u"Günlük klasörünü aç"_s));
    harness.click(u"logFolder"_s);
    EXPECT_EQ(harness.desktop.shown, QStringList{harness.context().logFolder + u"/visgate.log"_s});
}

TEST(SettingsScreen, InstallsThePictureEngineAndTakesItAway)
{
    const test::StandInWheels wheels;
    if (!wheels.problem().empty())
        GTEST_SKIP() << wheels.problem();
    WindowHarness harness(u"en"_s, Look::Light, [&](EngineConfig& config) {
        config.pictureEngineLock
            = [lock = QJsonDocument(wheels.lock()).toJson()] { return EngineLock::parse(lock).value(); };
    });
    harness.show();
    harness.click(u"navSettings"_s);
    const auto* state = harness.find<QLabel>(u"pictureEngineState"_s);
    EXPECT_TRUE(waitUntil([&] { return state->text().startsWith(u"Fetches 150"_s); })) << state->text().toStdString();
    harness.click(u"pictureEngineInstall"_s);
    EXPECT_TRUE(waitUntil([&] { return state->text().contains(u"It draws on the processor"_s); }))
        << harness.words().join(u'\n').toStdString();
    harness.click(u"pictureEngineRemove"_s);
    EXPECT_TRUE(QDir(harness.dataFolder() + u"/picture-engine"_s).exists()) << "it is asked for once more";
    harness.click(u"pictureEngineRemove"_s);
    EXPECT_TRUE(waitUntil([&] { return state->text().startsWith(u"Fetches"_s); }));
    EXPECT_FALSE(QDir(harness.dataFolder() + u"/picture-engine"_s).exists());
}

} // namespace
} // namespace visgate::ui
