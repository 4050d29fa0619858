// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/operations/deployments.h"
#include "core/operations/jobs.h"
#include "tests/gui/window/window_harness.h"
#include "tests/support/await.h"
#include "tests/support/worker_lines.h"
#include "ui/widgets/busy_bar.h"

#include <QDir>
#include <QDirIterator>
#include <QFile>
#include <QFileInfo>
#include <QImage>
#include <QJsonDocument>
#include <QLabel>
#include <QScrollArea>
#include <QScrollBar>
#include <QUrl>

#include <gmock/gmock.h>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using visgate::test::await;
using visgate::test::waitUntil;
using visgate::test::WindowHarness;

namespace visgate::ui {
namespace {

QImage shown(WindowHarness& harness)
{
    return harness.find<QLabel>(u"picture"_s)->pixmap().toImage();
}

TEST(Studio, APictureIsSavedCopiedAndShownInItsFolder)
{
    QTemporaryDir folder;
    WindowHarness harness(u"en"_s);
    harness.show();
    harness.drawFirstPicture();

    EXPECT_EQ(harness.words().filter(u"demo model (shapes)"_s).size(), 1) << "said once, below the picture";
    harness.click(u"savePicture"_s); // the user cancels
    EXPECT_FALSE(harness.words().join(u' ').contains(u"Saved as"_s));
    harness.desktop.nextSavePath = folder.filePath(u"circle.png"_s);
    harness.click(u"savePicture"_s);
    ASSERT_TRUE(waitUntil([&] { return harness.words().join(u' ').contains(u"Saved as"_s); }, 30s));
    const QImage saved(harness.desktop.nextSavePath);
    ASSERT_FALSE(saved.isNull());
    EXPECT_TRUE(saved.text().contains(u"demo model (shapes)"_s)) << saved.text().toStdString();

    harness.click(u"copyPicture"_s);
    EXPECT_EQ(harness.desktop.copiedImage.size(), saved.size());
    harness.click(u"openFolder"_s);
    ASSERT_EQ(harness.desktop.shown.size(), 1);
    EXPECT_TRUE(QFileInfo::exists(harness.desktop.shown.first()));

    harness.desktop.nextSavePath = folder.filePath(u"no such folder/circle.png"_s);
    harness.click(u"savePicture"_s);
    EXPECT_TRUE(waitUntil([&] { return harness.words().join(u' ').contains(u"cannot be written"_s); }, 30s))
        << harness.words().join(u'\n').toStdString();
}

/// No worker of practice makes videos: what the engine says of one that did is said here.
TEST(Studio, WhatCannotBeShownIsOpenedElsewhere)
{
    QTemporaryDir folder;
    WindowHarness harness(u"en"_s);
    harness.show();
    harness.drawFirstPicture();
    const auto deployments = await(harness.service().call(ListDeployments{}));
    ASSERT_TRUE(deployments && deployments->deployments.size() == 1);
    const auto jobs = await(harness.service().call(ListJobs{deployments->deployments.first().id}));
    ASSERT_TRUE(jobs && !jobs->isEmpty());
    Job film = jobs->first();
    film.id = JobId("job_20991231_00000001");
    film.createdAt += 1h;
    film.artifacts.first().filePath = folder.filePath(u"film.mp4"_s);
    film.artifacts.first().contentType = u"video/mp4"_s;
    Q_EMIT harness.service().jobChanged(film);
    EXPECT_TRUE(harness.says(u"This is a video."_s));
    EXPECT_FALSE(harness.window().findChild<QWidget*>(u"copyPicture"_s)->isVisible());
    harness.click(u"openElsewhere"_s);
    EXPECT_EQ(harness.desktop.opened.value(0), QUrl::fromLocalFile(film.artifacts.first().filePath).toString());
}

bool isBlue(const QImage& picture)
{
    const QColor centre = picture.pixelColor(picture.width() / 2, picture.height() / 2);
    return centre.blue() > centre.red() + 60;
}

TEST(Studio, AnotherPromptDrawsAnotherPicture)
{
    WindowHarness harness(u"en"_s);
    harness.show();
    harness.drawFirstPicture();
    const QImage first = shown(harness);
    ASSERT_TRUE(waitUntil([&] { return harness.find(u"drawAnother"_s)->isEnabled(); }, 30s));
    harness.type(u"nextPrompt"_s, u"a large blue square on a yellow background"_s);
    harness.click(u"drawAnother"_s);
    EXPECT_FALSE(isBlue(first));
    EXPECT_TRUE(waitUntil([&] { return !shown(harness).isNull() && isBlue(shown(harness)); }, 90s));
    EXPECT_TRUE(harness.words().contains(u"a large blue square on a yellow background"_s));
    EXPECT_EQ(harness.practice().endpointCount(), 1) << "the second picture needs no second endpoint";
}

/// What was said last stays while the deployment goes on changing.
TEST(Studio, WhatIsSaidOfAPictureIsSaidOnce)
{
    QTemporaryDir chosen;
    WindowHarness harness(u"en"_s);
    harness.show();
    harness.drawFirstPicture();
    ASSERT_TRUE(waitUntil([&] { return harness.find(u"drawAnother"_s)->isEnabled(); }, 30s));
    harness.type(u"nextPrompt"_s, u"a large blue square full of wanderlust"_s);
    harness.click(u"drawAnother"_s);
    EXPECT_TRUE(harness.says(u"They were left out of the picture."_s));
    ASSERT_TRUE(waitUntil([&] { return isBlue(shown(harness)); }, 90s));
    harness.desktop.nextSavePath = chosen.filePath(u"square.png"_s);
    harness.click(u"savePicture"_s);
    EXPECT_TRUE(harness.says(u"Saved as"_s));

    const auto deployments = await(harness.service().call(ListDeployments{}));
    ASSERT_TRUE(deployments && deployments->deployments.size() == 1);
    EXPECT_TRUE(await(harness.service().call(PauseDeployment{deployments->deployments.first().id})));
    EXPECT_TRUE(harness.says(u"Paused"_s));
    EXPECT_TRUE(harness.words().join(u' ').contains(u"Saved as"_s)) << harness.words().join(u'\n').toStdString();
}

/// The engine looks once in a long while where nothing happens; a page on the screen is worth a look of its own.
TEST(Studio, WhoLooksAtADeploymentSeesItsWorkersAsTheyAre)
{
    WindowHarness harness(u"en"_s, Look::Light, [](EngineConfig& config) {
        config.pace->risk = 1h;
        config.pace->turn = 1h;
    });
    harness.show();
    harness.drawFirstPicture();
    harness.click(u"navHome"_s);
    const auto seenAt = [&] {
        const auto page = await(harness.service().call(ListDeployments{}));
        return page && !page->deployments.isEmpty() ? page->deployments.first().workersSeenAt : std::nullopt;
    };
    const auto before = seenAt();
    ASSERT_TRUE(before.has_value());
    harness.click(u"openDeployment"_s);
    EXPECT_TRUE(waitUntil([&] { return seenAt() > before; }, 30s));
}

/// What a choice costs in time is what it took before, and how often that was seen.
TEST(Studio, WhatWasMeasuredStandsOnTheNextSheet)
{
    WindowHarness harness(u"en"_s);
    harness.show();
    harness.drawFirstPicture();
    harness.click(u"navModels"_s);
    harness.clickCard(u"SDXL Turbo"_s);
    EXPECT_TRUE(harness.says(u"Measured here: 1 picture."_s)) << harness.words().join(u'\n').toStdString();
    const QString told = harness.find<QLabel>(u"measuredTimes"_s)->text();
    EXPECT_TRUE(told.startsWith(u"SDXL on "_s)) << told.toStdString();
    EXPECT_TRUE(told.contains(u": first picture after "_s)) << told.toStdString();
    EXPECT_FALSE(told.contains(u"each"_s)) << "no second picture was made";
}

/// From the worker's own words, over practice and the engine, to the bar.
TEST(Studio, ADownloadShowsHowFarItIs)
{
    for (const QString& language : {u"en"_s, u"tr"_s}) {
        WindowHarness harness(language);
        harness.show();
        harness.practice().condition(u"stuck_initializing"_s);
        harness.practice().fault(u"GET"_s, u"*/workers/*/logs*"_s,
            test::saidByWorkers({ProvisioningEvent{}, DownloadEvent{3'200'000'000, 23'800'000'000, 180e6}}));
        CreateRequest request;
        request.modelId = u"stabilityai/sdxl-turbo"_s;
        request.target = AccountId::practice();
        request.firstInput = JobInput();
        request.firstInput->prompt = u"a red circle"_s;
        ASSERT_TRUE(await(harness.service().call(CreateDeployment{request})));
        const bool english = language == u"en"_s;
        const QString all = english ? u"3.2 of 23.8 GB, 180 MB/s, about 2 min left"_s
                                    : u"3,2 / 23,8 GB, 180 MB/sn, yaklaşık 2 dk kaldı"_s;
        // Home's card in short, then the studio in full.
        harness.click(u"navHome"_s);
        EXPECT_TRUE(harness.says(english ? u"Got 3.2 of 23.8 GB"_s : u"3,2 / 23,8 GB alındı"_s))
            << harness.words().join(u'\n').toStdString();
        EXPECT_FALSE(harness.words().join(u' ').contains(u"180 MB"_s));
        harness.click(u"openDeployment"_s);
        EXPECT_TRUE(harness.says(all)) << harness.words().join(u'\n').toStdString();
        const auto* bar = harness.find<BusyBar>(u"downloadBar"_s);
        EXPECT_NEAR(bar->share(), 3.2 / 23.8, 0.001);
        EXPECT_TRUE(bar->accessibleName().contains(all));
    }
}

/// Where the sheet had the focus, no control of the page that comes gets it, which would scroll the picture away.
TEST(Studio, OpensAtItsTopInASmallWindow)
{
    WindowHarness harness(u"en"_s);
    harness.show(QSize(640, 400));
    harness.openSheet();
    harness.click(u"deploy"_s);
    const QWidget* const stop = harness.find(u"stop"_s);
    const QScrollArea* page = nullptr;
    for (QWidget* parent = stop->parentWidget(); parent != nullptr && page == nullptr; parent = parent->parentWidget())
        page = qobject_cast<QScrollArea*>(parent);
    ASSERT_NE(page, nullptr);
    EXPECT_TRUE(waitUntil([&] { return page->verticalScrollBar()->maximum() > 0; }, 30s));
    EXPECT_EQ(page->verticalScrollBar()->value(), 0);
}

/// A key that got into the words by mistake: said, and in no file, no picture, and nothing that was sent.
TEST(Studio, AKeyAmongTheWordsIsSaidAndGoesNowhere)
{
    const auto key = u"hf_AbCdEfGhIjKlMnOpQrStUvWxYz012345"_s;
    QTemporaryDir chosen;
    WindowHarness harness(u"en"_s);
    harness.show();
    harness.drawFirstPicture();
    ASSERT_TRUE(waitUntil([&] { return harness.find(u"drawAnother"_s)->isEnabled(); }, 30s));
    harness.type(u"nextPrompt"_s, u"a large blue square %1 on a yellow background"_s.arg(key));
    harness.click(u"drawAnother"_s);
    EXPECT_TRUE(harness.says(u"A key was in these words. It was taken out before anything was stored or sent."_s));
    ASSERT_TRUE(waitUntil([&] { return isBlue(shown(harness)); }, 90s));
    EXPECT_TRUE(harness.says(u"A key was in these words. It was taken out before anything was stored or sent."_s))
        << "and stays, though the model did not know all of the words either";
    harness.desktop.nextSavePath = chosen.filePath(u"square.png"_s);
    harness.click(u"savePicture"_s);
    ASSERT_TRUE(waitUntil([&] { return harness.words().join(u' ').contains(u"Saved as"_s); }, 30s));

    int pictures = 0;
    bool isTold = false;
    for (const QString& folder : {harness.dataFolder(), chosen.path()}) {
        QDirIterator files(folder, QDir::Files | QDir::Hidden, QDirIterator::Subdirectories);
        while (files.hasNext()) {
            QFile file(files.next());
            if (!file.open(QIODevice::ReadOnly))
                continue; // a socket
            const QByteArray bytes = file.readAll();
            EXPECT_FALSE(bytes.contains(key.toLatin1())) << file.fileName().toStdString();
            isTold = isTold || bytes.contains("a large blue square [redacted] on a yellow background");
            if (!file.fileName().endsWith(u".png"_s))
                continue;
            EXPECT_FALSE(QImage(file.fileName()).text().contains(key)) << file.fileName().toStdString();
            ++pictures;
        }
    }
    EXPECT_TRUE(isTold) << "the words are kept, without the key";
    EXPECT_GE(pictures, 3) << "both pictures, and the one that was saved";
    const QByteArray sent = QJsonDocument(harness.practice().state()).toJson() + harness.practice().rawRequests();
    EXPECT_TRUE(sent.contains("a large blue square")) << "it is looked for where it would be";
    EXPECT_FALSE(sent.contains(key.toLatin1()));
}

} // namespace
} // namespace visgate::ui
