// SPDX-License-Identifier: GPL-3.0-or-later
// From the words in the window to a real model's picture in it: real torch and diffusers, and a tiny model that
// practice's hub gives out under an id of its own. Where these are not there (tests/diffusers/window_test.py brings
// them), skipped.
#include "core/base/paths.h"
#include "core/base/settings.h"
#include "core/catalog/public_image.h"
#include "core/operations/deployments.h"
#include "core/operations/jobs.h"
#include "tests/gui/window/window_harness.h"
#include "tests/support/await.h"
#include "tests/support/local_computer.h"

#include <QAbstractButton>
#include <QDir>
#include <QFile>
#include <QImageReader>
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

constexpr auto kPatience = 600s;
/// A processor takes seconds for what a GPU does at once: practice's time must not run too far ahead meanwhile.
constexpr double kPracticeSpeed = 20.0;
const QString kModel = u"me/tiny"_s;
const QString kPrompt = u"bir kırmızı daire"_s;

/// What the script that runs these tests tells.
QString told(const char* name)
{
    return qEnvironmentVariable(name);
}

QString settingsFile(const QString& dataFolder)
{
    return Paths{dataFolder, {}, {}}.settings();
}

struct RealModelWindow : testing::Test {
    void SetUp() override
    {
        if (told("VISGATE_REAL_PYTHON").isEmpty())
            GTEST_SKIP() << "real torch and diffusers are not at hand: ./test --group diffusers";
    }

    /// From the search to the picture, as typed and clicked; then what the window and the file say of it.
    void draw(WindowHarness& harness, const QString& targetButton)
    {
        harness.click(u"navModels"_s);
        harness.type(u"modelSearch"_s, kModel);
        ASSERT_TRUE(waitUntil([&] { return harness.cards().contains(kModel); }, 30s))
            << harness.cards().join(u'\n').toStdString();
        harness.clickCard(kModel);
        harness.click(targetButton);
        harness.type(u"firstPrompt"_s, kPrompt);
        const auto* deploy = harness.find<QAbstractButton>(u"deploy"_s);
        ASSERT_TRUE(waitUntil([&] { return deploy->isEnabled(); }, 60s)) << harness.words().join(u'\n').toStdString();
        harness.click(u"deploy"_s);
        const auto* picture = harness.find<QLabel>(u"picture"_s);
        ASSERT_TRUE(waitUntil([&] { return !picture->pixmap().isNull(); }, kPatience))
            << harness.words().join(u'\n').toStdString();
        const QString words = harness.words().join(u'\n');
        for (const QString& said : {kPrompt, kModel, u"diffusers"_s, u"32 × 32"_s})
            EXPECT_TRUE(words.contains(said)) << said.toStdString() << " is not among\n" << words.toStdString();
        EXPECT_FALSE(words.contains(u"demo model"_s)) << words.toStdString();

        const auto deployments = await(harness.service().call(ListDeployments{}));
        ASSERT_EQ(deployments->deployments.size(), 1);
        const Deployment& d = deployments->deployments.first();
        const auto jobs = await(harness.service().call(ListJobs{d.id}));
        ASSERT_EQ(jobs->size(), 1);
        const Artifact& artifact = jobs->first().artifacts.first();
        EXPECT_TRUE(words.contains(QString::number(artifact.seed)));
        EXPECT_TRUE(words.contains(d.revision.left(7))) << words.toStdString();
        QImageReader file(QDir(Paths{harness.dataFolder(), {}, {}}.pictures()).filePath(artifact.filePath));
        EXPECT_EQ(file.text(u"model"_s), kModel);
        EXPECT_EQ(file.text(u"revision"_s), d.revision);
        EXPECT_EQ(file.text(u"runner"_s), u"diffusers"_s);
        EXPECT_EQ(file.text(u"seed"_s), QString::number(artifact.seed));
    }

    const QStringList hub{u"--hub-files"_s, told("VISGATE_HUB_FILES")};
};

TEST_F(RealModelWindow, DrawsOnThisComputer)
{
    WindowHarness harness(u"en"_s, Look::Light, test::addThisComputer, {kPracticeSpeed, hub});
    ASSERT_TRUE(Settings(settingsFile(harness.dataFolder()))
                    .set(Settings::table().pictureEnginePython, told("VISGATE_REAL_PYTHON")));
    harness.show();
    draw(harness, u"targetThis-computer"_s);
}

TEST_F(RealModelWindow, DrawsOnThePublicImage)
{
    const QString image = told("VISGATE_PUBLIC_IMAGE"); // the program that practice runs for it
    WindowHarness harness(u"en"_s, Look::Light, {},
        {kPracticeSpeed, hub + QStringList{u"--image"_s, PublicImage::builtIn().reference + u'=' + image}});
    QFile program(image);
    ASSERT_TRUE(program.open(QIODevice::WriteOnly | QIODevice::Text));
    program.write("#!/bin/sh\nexport HF_ENDPOINT='" + harness.practice().address().address.hub.toEncoded()
        + "'\n. \"$0.environment\"\nexec \"$@\"\n");
    program.close();
    program.setPermissions(QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner);
    harness.show();
    harness.click(u"connectRunpod"_s);
    ASSERT_TRUE(waitUntil([&] { return harness.hasFocus(harness.find(u"runpodKey"_s)); }, 30s));
    harness.type(u"runpodKey"_s, u"rpa_practice_test_0001"_s);
    harness.press(Qt::Key_Return);
    ASSERT_TRUE(harness.says(u"This session only"_s));
    draw(harness, u"targetRunpod"_s);
}

} // namespace
} // namespace visgate::ui
