// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/operations/catalogue.h"
#include "core/operations/storage.h"
#include "tests/gui/window/window_harness.h"

#include <QAbstractButton>
#include <QLabel>
#include <QLineEdit>

#include <gmock/gmock.h>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using visgate::test::await;
using visgate::test::waitUntil;
using visgate::test::WindowHarness;

namespace visgate::ui {
namespace {

class StorageCardOnScreen : public testing::Test {
protected:
    void openSettings()
    {
        harness.show();
        harness.click(u"navSettings"_s);
    }
    QString textOf(const QString& field) { return harness.find<QLineEdit>(field)->text(); }
    StorageState stored() { return await(harness.service().call(GetStorage{})).value(); }

    WindowHarness harness{u"en"_s};
};

TEST_F(StorageCardOnScreen, AMistakeIsNamedBelowItsFieldWhichTakesTheCursor)
{
    openSettings();
    EXPECT_FALSE(harness.find(u"storageSave"_s)->isEnabled()) << "there is nothing to store";
    harness.typeStorage();
    const auto refused = [&](const QString& field, const QString& typed, const QString& words) {
        const QString before = textOf(field);
        harness.type(field, typed);
        harness.click(u"storageSave"_s);
        const auto* problem = harness.find<QLabel>(field + u"Problem"_s);
        EXPECT_THAT(problem->text().toStdString(), testing::HasSubstr(words.toStdString()));
        EXPECT_TRUE(harness.hasFocus(harness.find(field))) << field.toStdString();
        harness.type(field, before);
        EXPECT_FALSE(problem->isVisible()) << "the mistake is being mended";
    };
    refused(u"storageEndpoint"_s, u"http://s3.example.org"_s, u"must begin with https://"_s);
    refused(u"storageRegion"_s, u"far away"_s, u"one word"_s);
    refused(u"storageBucket"_s, u"my pictures"_s, u"2 to 63 letters"_s);
    refused(u"storagePrefix"_s, u"top/../other"_s, u"no “..”"_s);
    harness.type(u"storageSecret"_s, u" "_s);
    harness.click(u"storageSave"_s);
    EXPECT_EQ(harness.find<QLabel>(u"storageSecretProblem"_s)->text(), u"The secret key is missing."_s);
    EXPECT_TRUE(harness.hasFocus(harness.find(u"storageSecret"_s)));
    EXPECT_FALSE(stored().settings.isSet());
}

TEST_F(StorageCardOnScreen, ABucketIsStoredTestedAndForgotten)
{
    openSettings();
    harness.typeStorage();
    harness.click(u"storageSave"_s);
    ASSERT_TRUE(harness.says(u"Stored. Test it"_s)) << harness.words().join(u'\n').toStdString();
    EXPECT_EQ(textOf(u"storageSecret"_s), QString());
    EXPECT_TRUE(harness.hasFocus(harness.find(u"storageTest"_s))) << "the keyboard goes on with what comes next";
    EXPECT_TRUE(stored().hasKeys);
    EXPECT_EQ(stored().settings.prefix, u"visgate/"_s);
    harness.click(u"storageTest"_s);
    ASSERT_TRUE(harness.says(u"The bucket works"_s)) << harness.words().join(u'\n').toStdString();
    EXPECT_EQ(harness.practice().calls(u"PUT"_s, u"/s3/bucket/"_s).size(), 1);
    EXPECT_EQ(harness.practice().calls(u"DELETE"_s, u"/s3/bucket/"_s).size(), 1) << "nothing is left behind";

    harness.type(u"storageBucket"_s, u"somebody-elses"_s);
    EXPECT_FALSE(harness.find(u"storageTest"_s)->isEnabled()) << "what is tested is what is stored";
    harness.click(u"storageSave"_s);
    harness.click(u"storageTest"_s);
    EXPECT_TRUE(harness.says(u"The storage did not take"_s))
        << "the stored key went along: the bucket is what is wrong";
    EXPECT_TRUE(harness.says(u"NoSuchBucket"_s)) << harness.words().join(u'\n').toStdString();

    harness.type(u"storageKeyId"_s, u"another"_s);
    harness.click(u"storageSave"_s);
    EXPECT_EQ(harness.find<QLabel>(u"storageSecretProblem"_s)->text(), u"Another key id needs its own secret key."_s);

    harness.click(u"storageForget"_s);
    ASSERT_TRUE(harness.says(u"The bucket was forgotten"_s));
    EXPECT_EQ(textOf(u"storageEndpoint"_s), QString());
    EXPECT_EQ(textOf(u"storageKeyId"_s), QString());
    EXPECT_TRUE(harness.hasFocus(harness.find(u"storageEndpoint"_s)));
    EXPECT_FALSE(stored().settings.isSet());
}

TEST_F(StorageCardOnScreen, AVideoWithoutABucketLeadsToItsFirstField)
{
    harness.show(QSize(640, 400));
    harness.click(u"navModels"_s);
    ASSERT_TRUE(waitUntil([&] { return harness.cards().size() > 20; }, 30s));
    QString film;
    const auto presets = await(harness.service().call(ListPresets{}));
    for (const ModelSpec& model : *presets) {
        if (film.isEmpty() && model.tasks.value(0) == GenerationTask::TextToVideo)
            film = model.title;
    }
    harness.type(u"modelSearch"_s, film);
    harness.clickCard(film);
    harness.click(u"fix_output"_s);
    QWidget* const field = harness.find(u"storageEndpoint"_s);
    EXPECT_TRUE(waitUntil([&] { return harness.hasFocus(field); }, 30s));
    EXPECT_TRUE(waitUntil([&] { return field->visibleRegion().boundingRect() == field->rect(); }, 30s))
        << "it is in view";
    EXPECT_EQ(harness.practice().endpointCount(), 0);
}

} // namespace
} // namespace visgate::ui
