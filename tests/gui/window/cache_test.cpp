// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/operations/money.h"
#include "core/operations/volumes.h"
#include "tests/gui/window/window_harness.h"

#include <QComboBox>
#include <QLineEdit>
#include <QSpinBox>

#include <gmock/gmock.h>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using visgate::test::await;
using visgate::test::waitUntil;
using visgate::test::WindowHarness;

namespace visgate::ui {
namespace {

/// The only one; an empty one while there is none.
ModelVolume onlyVolume(WindowHarness& harness)
{
    const auto volumes = await(harness.service().call(ListVolumes{AccountId::practice()}));
    return volumes && volumes->size() == 1 ? volumes->first() : ModelVolume{};
}

void openCacheFromSpend(WindowHarness& harness)
{
    harness.click(u"navSpend"_s);
    harness.click(u"spendPractice"_s);
    harness.click(u"openCache"_s);
}

TEST(ModelCacheSheet, AModelIsKeptNearForAPriceGrownAndDeleted)
{
    WindowHarness harness(u"en"_s);
    harness.show();
    harness.openSheet();
    harness.click(u"keepModelNear"_s);
    EXPECT_EQ(harness.find<QComboBox>(u"keepNearModel"_s)->currentText(), u"SDXL Turbo"_s);
    EXPECT_TRUE(harness.says(u"a month until you delete it, used or not."_s));
    EXPECT_TRUE(harness.says(u"No volume; nothing is kept near, and nothing is paid for it."_s));

    harness.click(u"keepNear"_s);
    ASSERT_TRUE(waitUntil([&] { return onlyVolume(harness).state == FillState::Complete; }, 60s));
    EXPECT_TRUE(harness.says(u"Kept near"_s)) << harness.words().join(u'\n').toStdString();
    EXPECT_TRUE(harness.says(u"No endpoint uses it. It is paid for all the same."_s));
    EXPECT_TRUE(harness.says(u"This model is kept near already."_s)) << "nothing is bought twice";
    EXPECT_FALSE(harness.find(u"keepNear"_s)->isEnabled());

    const ModelVolume volume = onlyVolume(harness);
    const QString id = QString::fromStdString(volume.id.value());
    harness.click(u"grow_"_s + id);
    auto* size = harness.find<QSpinBox>(u"size_"_s + id);
    EXPECT_GT(size->minimum(), volume.sizeGb) << "it cannot shrink";
    harness.type(u"size_"_s + id, u"40"_s);
    EXPECT_TRUE(harness.says(u"40 GB for $2.80 play money a month"_s)) << harness.words().join(u'\n').toStdString();
    harness.click(u"growNow_"_s + id);
    EXPECT_TRUE(waitUntil([&] { return onlyVolume(harness).sizeGb == 40; }, 30s));

    harness.click(u"delete_"_s + id);
    EXPECT_TRUE(harness.hasFocus(harness.find(u"keep_"_s + id))) << "Enter deletes nothing";
    harness.press(Qt::Key_Space);
    EXPECT_EQ(onlyVolume(harness).id, volume.id);
    harness.click(u"delete_"_s + id);
    harness.click(u"deleteNow_"_s + id);
    EXPECT_TRUE(harness.says(u"No volume; nothing is kept near, and nothing is paid for it."_s));
    EXPECT_TRUE(onlyVolume(harness).id.isEmpty());
}

TEST(ModelCacheSheet, SpendCountsAVolumeAndSaysThatNothingUsesIt)
{
    WindowHarness harness(u"en"_s);
    harness.show();
    ASSERT_TRUE(await(harness.service().call(CreateVolume{AccountId::practice(), u"left-over"_s, 100, u"EU-RO-1"_s})));
    openCacheFromSpend(harness);
    EXPECT_TRUE(harness.says(u"Together $7.00 play money a month."_s)) << harness.words().join(u'\n').toStdString();
    EXPECT_TRUE(harness.says(u"left-over"_s));
    harness.click(u"closeCache"_s);
    EXPECT_TRUE(harness.says(u"1 volume, together $7.00 play money a month, used or not."_s))
        << harness.words().join(u'\n').toStdString();
    EXPECT_TRUE(harness.says(u"1 of them is used by no endpoint."_s));
    const auto report
        = await(harness.service().call(GetSpend{{AccountId::practice(), TimePoint{}, TimePoint{} + 24h, {}, {}}}));
    ASSERT_TRUE(report);
    EXPECT_DOUBLE_EQ(report->forecast.standingUsd, 7.0);
}

TEST(ModelCacheSheet, AFillingThatWasCutIsToldAndGoesOn)
{
    WindowHarness harness(u"en"_s);
    harness.show();
    harness.practice().fault(
        u"GET"_s, u"/hub/cdn/*"_s, {{u"effect"_s, u"drop"_s}, {u"bytes"_s, 1000}, {u"count"_s, 0}});
    openCacheFromSpend(harness);
    harness.find<QComboBox>(u"keepNearModel"_s)->setCurrentText(u"SDXL Turbo"_s);
    harness.click(u"keepNear"_s);
    ASSERT_TRUE(harness.says(u"Not filled"_s)) << harness.words().join(u'\n').toStdString();
    harness.practice().clearFaults();
    const QString row = u"volume_"_s + QString::fromStdString(onlyVolume(harness).id.value());
    harness.click(row + u"_message"_s);
    EXPECT_TRUE(harness.says(u"Kept near"_s)) << harness.words().join(u'\n').toStdString();
    EXPECT_EQ(harness.practice().calls(u"POST"_s, u"/network-volumes"_s).size(), 1) << "into the same volume";
}

TEST(ModelCacheSheet, AVolumeThatIsGrownIsFilledWithWhatHadNoRoom)
{
    WindowHarness harness(u"en"_s);
    harness.show();
    const auto small = await(harness.service().call(CreateVolume{AccountId::practice(), u"small"_s, 10, u"EU-RO-1"_s}));
    ASSERT_TRUE(small);
    KeepNear wish;
    wish.modelId = u"stabilityai/sdxl-turbo"_s;
    wish.volume = small->id;
    const QString id = QString::fromStdString(small->id.value());
    harness.practice().fault(u"PUT"_s, u"/s3/*"_s, {{u"effect"_s, u"status"_s}, {u"status"_s, 403}, {u"count"_s, 0}});
    ASSERT_TRUE(await(harness.service().call(KeepModelNear{wish})));
    openCacheFromSpend(harness);
    ASSERT_TRUE(harness.says(u"Not filled"_s)) << harness.words().join(u'\n').toStdString();
    harness.practice().clearFaults();
    harness.click(u"grow_"_s + id);
    harness.type(u"size_"_s + id, u"40"_s);
    harness.click(u"growNow_"_s + id);
    EXPECT_TRUE(harness.says(u"Kept near"_s)) << harness.words().join(u'\n').toStdString();
    EXPECT_EQ(onlyVolume(harness).sizeGb, 40);
    EXPECT_EQ(onlyVolume(harness).id, small->id);
}

TEST(ModelCacheSheet, RunpodsVolumesWantAKeyOfTheirOwn)
{
    WindowHarness harness(u"en"_s);
    harness.show();
    openCacheFromSpend(harness);
    harness.click(u"cacheRunpod"_s);
    EXPECT_FALSE(harness.find(u"volumeKeyStore"_s)->isEnabled());
    harness.type(u"volumeKeyId"_s, u"user_1"_s);
    harness.type(u"volumeKeySecret"_s, u"rps_not_a_real_one"_s);
    harness.click(u"volumeKeyStore"_s);
    EXPECT_TRUE(harness.says(u"The key is stored."_s)) << harness.words().join(u'\n').toStdString();
    EXPECT_TRUE(harness.find<QLineEdit>(u"volumeKeySecret"_s)->text().isEmpty());
}

} // namespace
} // namespace visgate::ui
