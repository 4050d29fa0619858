// SPDX-License-Identifier: GPL-3.0-or-later
// A set-up that goes out as a file and comes back as a sheet filled in.
#include "core/operations/deployments.h"
#include "core/operations/jobs.h"
#include "tests/gui/window/window_harness.h"

#include <QAbstractButton>
#include <QApplication>
#include <QComboBox>
#include <QDir>
#include <QDragEnterEvent>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QLabel>
#include <QMimeData>
#include <QPlainTextEdit>

#include <gmock/gmock.h>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using visgate::test::await;
using visgate::test::waitUntil;
using visgate::test::WindowHarness;

namespace visgate::ui {
namespace {

class RecipeFile : public testing::Test {
protected:
    bool pictureComes()
    {
        const auto* picture = harness.find<QLabel>(u"picture"_s);
        return waitUntil([&] { return !picture->pixmap().isNull(); }, 90s);
    }
    QList<Deployment> deployments() { return await(harness.service().call(ListDeployments{9, {}}))->deployments; }
    QString write(const QByteArray& text)
    {
        QFile file(folder.filePath(u"given.visgate"_s));
        EXPECT_TRUE(file.open(QIODevice::WriteOnly) && file.write(text) == text.size());
        return file.fileName();
    }
    void drop(const QString& path)
    {
        QMimeData data;
        data.setUrls({QUrl::fromLocalFile(path)});
        QDragEnterEvent enter({100, 100}, Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
        QApplication::sendEvent(&harness.window(), &enter);
        if (!enter.isAccepted())
            return;
        QDropEvent drop(QPointF(100, 100), Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
        QApplication::sendEvent(&harness.window(), &drop);
    }

    const QTemporaryDir folder;
    WindowHarness harness{u"en"_s};
};

TEST_F(RecipeFile, GoesOutFromADeploymentAndDeploysAgain)
{
    const auto prompt = u"a large blue square on a yellow background"_s;
    harness.show();
    harness.openSheet();
    harness.type(u"firstPrompt"_s, prompt);
    harness.click(u"deploy"_s);
    ASSERT_TRUE(pictureComes());
    harness.click(u"navHome"_s);
    harness.click(u"moreDeployment"_s);
    harness.click(u"saveRecipe"_s); // the user cancels
    harness.desktop.nextSavePath = folder.filePath(u"no such folder/squares.visgate"_s);
    harness.click(u"saveRecipe"_s);
    EXPECT_TRUE(harness.says(u"cannot be written"_s));
    harness.desktop.nextSavePath = folder.filePath(u"squares.visgate"_s);
    harness.click(u"saveRecipe"_s);
    ASSERT_TRUE(harness.says(u"Saved as "_s)) << harness.words().join(u'\n').toStdString();
    harness.click(u"closeEndpointSheet"_s);

    const Deployment first = deployments().value(0);
    QFile file(harness.desktop.nextSavePath);
    ASSERT_TRUE(file.open(QIODevice::ReadOnly));
    const QByteArray text = file.readAll();
    const QJsonObject recipe = QJsonDocument::fromJson(text).object();
    EXPECT_EQ(recipe["model"_L1]["id"_L1].toString(), first.modelId);
    EXPECT_EQ(recipe["prompts"_L1][0]["prompt"_L1].toString(), prompt);
    EXPECT_FALSE(text.contains(first.userHash.toUtf8())) << "nothing of the account";

    harness.click(u"navModels"_s);
    harness.click(u"openRecipe"_s); // the user cancels
    harness.desktop.nextOpenPath = file.fileName();
    harness.click(u"openRecipe"_s);
    EXPECT_EQ(harness.find<QLabel>(u"sheetTitle"_s)->text(), u"SDXL Turbo"_s);
    EXPECT_EQ(harness.find<QPlainTextEdit>(u"firstPrompt"_s)->toPlainText(), prompt);
    EXPECT_TRUE(harness.says(u"Filled in from the recipe “sdxl-turbo”."_s));
    const auto* deploy = harness.find<QAbstractButton>(u"deploy"_s);
    ASSERT_TRUE(waitUntil([&] { return deploy->isEnabled(); }, 30s));
    EXPECT_EQ(deployments().size(), 1) << "its checks and its price come first";
    harness.click(u"deploy"_s);
    ASSERT_TRUE(waitUntil([&] { return deployments().size() == 2; }, 30s));
    ASSERT_TRUE(pictureComes());
    const Deployment again = deployments().value(0);
    EXPECT_EQ(again.modelId, first.modelId);
    EXPECT_EQ(again.revision, first.revision);
    EXPECT_EQ(again.limits, first.limits);
    EXPECT_EQ(await(harness.service().call(GetJob{again.firstJob}))->input,
        await(harness.service().call(GetJob{first.firstJob}))->input);
}

TEST_F(RecipeFile, DroppedOnTheWindowFillsInTheSheet)
{
    harness.show();
    static_cast<void>(harness.find(u"practise"_s));
    drop(write(R"({"visgate_recipe":1,"name":"Circles","model":{"id":"stabilityai/sd-turbo"},"task":"text_to_image",
        "sizes":{"width":256,"height":512},"gpu":{"tier":"AMPERE_48"},
        "limits":{"execution_timeout_seconds":120,"workers_min":2,"workers_max":3},
        "prompts":[{"prompt":"two circles","seed":5}]})"));
    EXPECT_EQ(harness.find<QLabel>(u"sheetTitle"_s)->text(), u"SD Turbo"_s);
    const auto* prompt = harness.find<QPlainTextEdit>(u"firstPrompt"_s);
    EXPECT_EQ(prompt->toPlainText(), u"two circles"_s);
    EXPECT_TRUE(harness.says(u"256 × 512 pixels"_s)) << harness.words().join(u'\n').toStdString();
    EXPECT_TRUE(harness.says(u"It keeps 2 workers running always"_s)) << "this costs, whoever wrote it";
    EXPECT_TRUE(harness.says(u"a picture may take up to 2 min"_s));
    const auto* gpu = harness.find<QComboBox>(u"gpuChoice"_s);
    EXPECT_EQ(gpu->currentData().toString(), u"AMPERE_48"_s);
    EXPECT_TRUE(waitUntil([&] { return gpu->currentText().contains(u"48 GB"_s); }, 30s))
        << gpu->currentText().toStdString();
    const auto* deploy = harness.find<QAbstractButton>(u"deploy"_s);
    auto* agree = harness.find<QAbstractButton>(u"agreeToAlwaysOn"_s);
    ASSERT_TRUE(waitUntil([&] { return agree->isVisible() && agree->text().contains(u"a month"_s); }, 30s));
    EXPECT_TRUE(harness.says(u"At worst, 7 days without a picture; then it stops"_s))
        << "another span than the month that is agreed to";
    EXPECT_FALSE(deploy->isEnabled()) << "nobody has agreed to the price yet";
    agree->click();
    EXPECT_TRUE(waitUntil([&] { return deploy->isEnabled(); }, 30s)) << harness.words().join(u'\n').toStdString();
    agree->click();
    EXPECT_FALSE(deploy->isEnabled());
    harness.click(u"targetRunpod"_s);
    EXPECT_EQ(prompt->toPlainText(), u"two circles"_s) << "it is not ours to change";
    EXPECT_EQ(harness.practice().endpointCount(), 0);

    harness.click(u"closeSheet"_s);
    harness.clickCard(u"SDXL Turbo"_s);
    EXPECT_FALSE(harness.words().join(u' ').contains(u"Filled in"_s)) << "the next sheet starts afresh";
    EXPECT_NE(prompt->toPlainText(), u"two circles"_s);
}

/// `visgate FILE.visgate`: the file is known before the window is there and before the models are.
TEST_F(RecipeFile, GivenAtTheStartOpensTheSheetWhenTheModelsAreKnown)
{
    const QString place = folder.filePath(u"dağ tarifleri 1"_s);
    ASSERT_TRUE(QDir().mkpath(place));
    const QString path = place + u"/iki ğ daire.visgate"_s;
    ASSERT_TRUE(QFile::rename(write(R"({"visgate_recipe":1,"name":"Circles","model":{"id":"stabilityai/sd-turbo"},
        "task":"text_to_image","prompts":[{"prompt":"iki daire","seed":5}]})"),
        path));
    harness.window().openRecipeFile(path);
    harness.show();
    EXPECT_EQ(harness.find<QLabel>(u"sheetTitle"_s)->text(), u"SD Turbo"_s);
    EXPECT_EQ(harness.find<QPlainTextEdit>(u"firstPrompt"_s)->toPlainText(), u"iki daire"_s);
}

TEST_F(RecipeFile, WhatCannotBeOpenedIsSaid)
{
    harness.show();
    harness.click(u"navModels"_s);
    harness.desktop.nextOpenPath = folder.filePath(u"none.visgate"_s);
    harness.click(u"openRecipe"_s);
    EXPECT_TRUE(harness.says(u"cannot be read."_s));
    const auto refused = [&](const QByteArray& text, const QString& words) {
        harness.desktop.nextOpenPath = write(text);
        harness.click(u"openRecipe"_s);
        EXPECT_TRUE(harness.says(words)) << harness.words().join(u'\n').toStdString();
    };
    refused(R"({"visgate_recipe":1,"model":{"id":"a/b"},"sizes":{"width":"wide"}})", u"sizes.width"_s);
    refused(R"({"visgate_recipe":1,"model":{"id":"a/b"},"task":"make_coffee"})", u"none that Visgate knows"_s);
    refused(R"({"visgate_recipe":2})", u"newer version of Visgate"_s);
    refused(QByteArray(300 * 1024, ' '), u"more than 256 KiB"_s);
    drop(folder.filePath(u"picture.png"_s));
    EXPECT_EQ(harness.window().findChild<QWidget*>(u"sheetTitle"_s), nullptr) << "no sheet was opened";
}

} // namespace
} // namespace visgate::ui
