// SPDX-License-Identifier: GPL-3.0-or-later
// A second account of the provider, from the button that adds it to the one that removes it.
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

class AccountsWindow : public testing::Test {
protected:
    void openSettings()
    {
        harness.show();
        harness.click(u"navSettings"_s);
        static_cast<void>(harness.find(u"runpodKey"_s));
    }
    [[nodiscard]] bool has(const QString& objectName) const
    {
        const auto* const widget = m_window.findChild<QWidget*>(objectName);
        return widget != nullptr && widget->isVisible();
    }
    void addStudio()
    {
        harness.click(u"addAccount"_s);
        EXPECT_TRUE(waitUntil([&] { return harness.hasFocus(harness.find(u"accountName"_s)); }, 30s));
        harness.type(u"accountName"_s, u"Studio"_s);
        harness.press(Qt::Key_Return);
        EXPECT_TRUE(waitUntil([&] { return harness.hasFocus(harness.find(u"runpodStudioKey"_s)); }, 30s))
            << "its key is the next thing";
    }

    test::PracticeProcess studio;
    WindowHarness harness{u"en"_s, Look::Light, [this](EngineConfig& config) {
                              config.publicImage = test::standInPackage();
                              test::playAccount(
                                  config, *accountIdFromString(u"runpod:studio"_s), studio.address().address);
                          }};

private:
    MainWindow& m_window = harness.window();
};

TEST_F(AccountsWindow, ASecondOneIsAddedUsedAndRemoved)
{
    openSettings();
    EXPECT_TRUE(harness.words().contains(u"Runpod key"_s));
    EXPECT_FALSE(has(u"runpodName"_s)) << "one account needs no name";
    addStudio();
    harness.type(u"runpodStudioKey"_s, u"rpa_practice_STUDIO"_s);
    harness.press(Qt::Key_Return);
    ASSERT_TRUE(harness.says(u"This session only"_s)) << harness.words().join(u'\n').toStdString();
    EXPECT_TRUE(harness.words().contains(u"Runpod account: Studio"_s));
    EXPECT_TRUE(harness.words().contains(u"Runpod account: Runpod"_s)) << "the first one is told from it as well";
    EXPECT_FALSE(has(u"runpodRemove"_s)) << "it stays";

    harness.type(u"runpodStudioName"_s, u"Film"_s);
    harness.click(u"runpodStudioRename"_s);
    EXPECT_TRUE(harness.says(u"Runpod account: Film"_s));
    harness.click(u"runpodStudioDefault"_s);
    EXPECT_TRUE(harness.says(u"Name. This is the account that is chosen first."_s));

    harness.click(u"navHome"_s);
    harness.openSheet();
    EXPECT_EQ(harness.find<QAbstractButton>(u"targetRunpodStudio"_s)->text(), u"Film"_s);
    harness.click(u"targetRunpodStudio"_s);
    EXPECT_TRUE(harness.says(u"On a GPU of your Runpod account “Film”."_s));
    const auto* deploy = harness.find<QAbstractButton>(u"deploy"_s);
    ASSERT_TRUE(waitUntil([&] { return deploy->isEnabled(); }, 60s)) << harness.words().join(u'\n').toStdString();
    harness.click(u"deploy"_s);
    const auto* picture = harness.find<QLabel>(u"picture"_s);
    ASSERT_TRUE(waitUntil([&] { return !picture->pixmap().isNull(); }, 120s))
        << harness.words().join(u'\n').toStdString();
    EXPECT_EQ(studio.endpointCount(), 1);
    EXPECT_EQ(harness.practice().endpointCount(), 0);
    harness.click(u"navHome"_s);
    EXPECT_TRUE(harness.says(u"Film"_s));

    harness.click(u"navSettings"_s);
    harness.click(u"runpodStudioRemove"_s);
    EXPECT_TRUE(harness.says(u"In “Film” there still is: "_s)) << harness.words().join(u'\n').toStdString();
    harness.click(u"runpodStudioRemoveConfirm"_s);
    EXPECT_TRUE(waitUntil([&] { return !has(u"runpodStudioKey"_s); }, 60s))
        << harness.words().join(u'\n').toStdString();
    EXPECT_EQ(studio.remains().toStdString(), "0 endpoints, 0 workers");
    EXPECT_TRUE(harness.words().contains(u"Runpod key"_s)) << "one is left, and needs no name again";
}

TEST_F(AccountsWindow, ANameThatIsTakenIsRefusedAndTheKeyboardReachesEverything)
{
    openSettings();
    addStudio();
    harness.click(u"addAccount"_s);
    harness.type(u"accountName"_s, u"STUDIO"_s);
    harness.press(Qt::Key_Return);
    EXPECT_TRUE(harness.says(u"1 to 40 characters, and not the name of another account."_s));
    EXPECT_EQ(harness.find<QLineEdit>(u"accountName"_s)->text(), u"STUDIO"_s) << "for another try";

    harness.find(u"runpodStudioKey"_s)->setFocus();
    QStringList passed;
    for (int step = 0; step < 12 && !passed.contains(u"addAccount"_s); ++step) {
        harness.press(Qt::Key_Tab);
        passed.append(harness.window().focusWidget()->objectName());
    }
    for (const QString& name : {u"runpodStudioName"_s, u"runpodStudioDefault"_s, u"runpodStudioRemove"_s})
        EXPECT_TRUE(passed.contains(name)) << name.toStdString() << ": " << passed.join(u' ').toStdString();
    EXPECT_EQ(passed.last(), u"addAccount"_s) << "what stands below comes after";

    harness.click(u"runpodStudioRemove"_s);
    EXPECT_TRUE(harness.says(u"Remove “Studio” from Visgate?"_s));
    harness.press(Qt::Key_Space); // the button that confirms has the focus
    EXPECT_TRUE(waitUntil([&] { return !has(u"runpodStudioKey"_s); }, 30s));
}

} // namespace
} // namespace visgate::ui
