// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/gui/window/window_harness.h"
#include "ui/model_browser/model_verdict.h"

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

/// Before anything is paid: as what it runs, what it needs and what its licence says.
TEST_F(Models, ANamedModelSaysWhatWillBecomeOfIt)
{
    harness.type(u"modelSearch"_s, u"https://huggingface.co/krea/Krea-2-Turbo"_s);
    EXPECT_TRUE(harness.says(u"“krea/Krea-2-Turbo” can be used: Text to image, with diffusers as Krea2Pipeline."_s));
    const QString told = harness.words().join(u' ');
    for (const QString& words : {u"It needs about 36.5 GB of GPU memory (an estimate)."_s,
             u"Its download is 34.9 GB."_s, u"Commercial use is free below 1 million USD of yearly revenue"_s,
             u"must be accepted first"_s, u"nothing is paid before that"_s})
        EXPECT_TRUE(told.contains(words)) << words.toStdString() << '\n' << told.toStdString();
    EXPECT_EQ(harness.cards(), QStringList{u"Krea 2 Turbo"_s});
}

TEST_F(Models, ANamedModelOfTheHubIsLookedUpInFull)
{
    harness.type(u"modelSearch"_s, u"kandinsky-community/kandinsky-2-2-prior"_s);
    EXPECT_TRUE(harness.says(u"kandinsky-2-2-prior"_s));
    EXPECT_FALSE(harness.words().join(u' ').contains(u"can be used"_s)) << "a part of another model";
}

TEST_F(Models, WhatASearchFindsAndCannotRunIsMarkedAndSaysWhy)
{
    harness.type(u"modelSearch"_s, u"kandinsky"_s);
    ASSERT_TRUE(waitUntil([&] { return harness.cards().contains(u"kandinsky-2-2-prior"_s); }, 30s))
        << harness.cards().join(u'\n').toStdString();
    harness.clickCard(u"kandinsky-2-2-prior"_s);
    EXPECT_TRUE(harness.says(u"“kandinsky-community/kandinsky-2-2-prior”"_s));
    const auto* deploy = harness.window().findChild<QWidget*>(u"deploy"_s);
    EXPECT_FALSE(deploy != nullptr && deploy->isVisible()) << "no sheet was opened";
}

TEST(ModelVerdict, MarksWhereAModelRunsAndWhyItCannot)
{
    const Format format(QLocale(u"en"_s));
    const ModelVerdict verdict(format);
    ModelSpec model;
    model.id = u"a/b"_s;
    model.tasks = {GenerationTask::TextToVideo};
    EXPECT_EQ(verdict.mark(model, 64.0), u"Runs on a rented GPU"_s) << "who knows what it needs";
    model.components = {{u"transformer"_s, 10'000'000'000}};
    EXPECT_EQ(verdict.mark(model, 64.0), u"Runs on this computer or a rented GPU"_s);
    EXPECT_EQ(verdict.mark(model, 8.0), u"Runs on a rented GPU"_s);
    EXPECT_EQ(verdict.sentence(model), u"“a/b” can be used: Text to video."_s);
    EXPECT_TRUE(verdict.advice(model).contains(u"(computed)"_s)) << verdict.advice(model).toStdString();
    EXPECT_EQ(ModelVerdict::tone(model), Tone::Warning) << "nobody has read its licence";
    model.terms.commercial = CommercialUse::Allowed;
    EXPECT_EQ(ModelVerdict::tone(model), Tone::Good);
    model.gating = Gating::Manual;
    EXPECT_EQ(ModelVerdict::tone(model), Tone::Warning);
    model.refusal = Error{ErrorCode::ModelIsLora, {}, 0, {}, {"a/b", "c/d"}};
    EXPECT_TRUE(verdict.mark(model, 64.0).startsWith(u"Cannot run: "_s)) << verdict.mark(model, 64.0).toStdString();
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
