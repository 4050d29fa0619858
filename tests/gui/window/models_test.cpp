// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/gui/window/window_harness.h"

#include <QLabel>

#include <gmock/gmock.h>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using visgate::test::waitUntil;
using visgate::test::WindowHarness;

namespace visgate::ui {
namespace {

class Models : public testing::Test {
protected:
    Models()
    {
        harness.show();
        harness.click(u"navModels"_s);
        if (!waitUntil([&] { return harness.cards().size() > 20; }, 30s))
            throw std::runtime_error("the presets did not come");
    }

    WindowHarness harness{u"en"_s};
};

TEST_F(Models, AreNarrowedWhileTyping)
{
    harness.type(u"modelSearch"_s, u"turbo sdxl"_s);
    EXPECT_EQ(harness.cards(), QStringList{u"SDXL Turbo"_s});
    harness.press(Qt::Key_Return);
    EXPECT_EQ(harness.find<QLabel>(u"sheetTitle"_s)->text(), u"SDXL Turbo"_s) << "Enter opens the only one left";
}

TEST_F(Models, APastedLinkFindsAPreset)
{
    harness.type(u"modelSearch"_s, u" https://huggingface.co/stabilityai/sd-turbo/tree/main "_s);
    ASSERT_EQ(harness.cards(), QStringList{u"SD Turbo"_s});
    harness.clickCard(u"SD Turbo"_s);
    EXPECT_EQ(harness.find<QLabel>(u"sheetTitle"_s)->text(), u"SD Turbo"_s);
}

TEST_F(Models, NothingFoundIsSaid)
{
    harness.type(u"modelSearch"_s, u"no such model anywhere"_s);
    EXPECT_TRUE(harness.cards().isEmpty());
    EXPECT_TRUE(harness.words().contains(u"No model here matches."_s));
}

TEST_F(Models, ANamedModelThatCannotBeUsedSaysWhy)
{
    harness.type(u"modelSearch"_s, u"https://huggingface.co/openai-community/gpt2"_s);
    EXPECT_TRUE(harness.says(u"“openai-community/gpt2” is a language model; it writes text."_s));
}

TEST_F(Models, ASilentHubIsNamedWhileOneWaits)
{
    harness.practice().fault(u"GET"_s, u"*/api/models*"_s, {{u"effect"_s, u"hang"_s}, {u"count"_s, 0}});
    harness.type(u"modelSearch"_s, u"watercolour"_s);
    EXPECT_TRUE(harness.says(u"Waiting for an answer of Hugging Face …"_s));
}

} // namespace
} // namespace visgate::ui
