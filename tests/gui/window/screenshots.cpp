// SPDX-License-Identifier: GPL-3.0-or-later
// visgate_screenshots FOLDER: the pictures of docs/images, of the real window on the first journey.
#include "tests/gui/window/window_harness.h"
#include "tests/support/local_computer.h"

#include <QAbstractButton>
#include <QApplication>
#include <QDir>
#include <QImage>
#include <QLabel>
#include <QScreen>
#include <QTest>

#include <cstdio>
#include <utility>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using visgate::test::waitUntil;
using visgate::test::WindowHarness;

namespace visgate {
namespace {

/// A window to be photographed, of which each picture is a file.
class Photographed {
public:
    Photographed(const QDir& folder, const QString& language, const QString& look, const QString& suffix)
        : harness(language, ui::lookFromString(look), test::addThisComputer), m_folder(folder),
          m_end(u"-%1-%2%3.png"_s.arg(look, language, suffix))
    {
        harness.show(QSize(1280, 800) / qApp->devicePixelRatio());
    }

    void save(const QString& name)
    {
        // Words that wrap settle over several rounds of layout; what is animated never looks the same twice.
        constexpr int rounds = 4;
        QImage picture;
        int same = 0;
        static_cast<void>(QTest::qWaitFor(
            [&] {
                const QImage before = std::exchange(picture, harness.window().grab().toImage());
                same = before == picture ? same + 1 : 0;
                return same == rounds;
            },
            1500));
        const QString file = m_folder.filePath(name + m_end);
        if (!picture.save(file))
            throw std::runtime_error("cannot write " + file.toStdString());
        std::puts(qPrintable(file));
    }

    WindowHarness harness;

private:
    const QDir m_folder;
    const QString m_end;
};

void takeHere(const QDir& folder, const QString& language, const QString& look, const QString& suffix)
{
    Photographed window(folder, language, look, suffix);
    WindowHarness& harness = window.harness;
    harness.click(u"tryHere"_s);
    const auto* deploy = harness.find<QAbstractButton>(u"deploy"_s);
    waitUntil([&] { return deploy->isEnabled(); }, 30s);
    window.save(u"here-deploy"_s);
    harness.click(u"deploy"_s);
    const auto* picture = harness.find<QLabel>(u"picture"_s);
    waitUntil([&] { return !picture->pixmap().isNull(); }, 90s);
    static_cast<void>(harness.find(u"savePicture"_s));
    window.save(u"here-picture"_s);
    harness.click(u"navHome"_s);
    window.save(u"here-home"_s);
}

void take(const QDir& folder, const QString& language, const QString& look, const QString& suffix)
{
    Photographed window(folder, language, look, suffix);
    WindowHarness& harness = window.harness;
    const auto save = [&](const QString& name) { window.save(name); };
    static_cast<void>(harness.find(u"practise"_s));
    save(u"home"_s);
    harness.click(u"navModels"_s);
    save(u"models"_s);
    harness.click(u"navMonitor"_s);
    static_cast<void>(harness.find(u"monitorModels"_s));
    save(u"monitor-empty"_s);
    harness.click(u"navHome"_s);
    harness.click(u"practise"_s);
    const auto* deploy = harness.find<QAbstractButton>(u"deploy"_s);
    waitUntil([&] { return deploy->isEnabled(); }, 30s);
    save(u"deploy"_s);
    harness.click(u"deploy"_s);
    static_cast<void>(harness.find(u"stop"_s));
    save(u"progress"_s);
    const auto* picture = harness.find<QLabel>(u"picture"_s);
    waitUntil([&] { return !picture->pixmap().isNull(); }, 90s);
    static_cast<void>(harness.find(u"savePicture"_s));
    save(u"picture"_s);
    harness.click(u"navMonitor"_s);
    static_cast<void>(harness.find(u"chartRan"_s));
    save(u"monitor"_s);
    harness.click(u"navSpend"_s);
    harness.click(u"spendPractice"_s);
    static_cast<void>(harness.find(u"spendModel"_s));
    save(u"spend"_s);
    harness.click(u"openCache"_s);
    harness.click(u"keepNear"_s);
    const QWidget* filling = harness.find(u"volumeFilling"_s);
    waitUntil([&] { return !filling->isVisible(); }, 60s);
    save(u"cache"_s);
    harness.click(u"closeCache"_s);
    harness.click(u"navHome"_s);
    harness.click(u"moreDeployment"_s);
    static_cast<void>(harness.find(u"applyWorkers"_s));
    save(u"endpoint"_s);
    harness.click(u"closeEndpointSheet"_s);
    save(u"work"_s);
    harness.click(u"keepWarmDeployment"_s);
    for (int step = 0; step < 3; ++step)
        harness.press(Qt::Key_Down);
    const auto* keep = harness.find<QAbstractButton>(u"applyWarm"_s);
    waitUntil([&] { return keep->isEnabled(); }, 30s);
    save(u"warm"_s);
    harness.click(u"closeEndpointSheet"_s);
    harness.click(u"navSettings"_s);
    static_cast<void>(harness.find(u"runpodKey"_s));
    save(u"settings"_s);
}

void takeAccounts(const QDir& folder, const QString& language, const QString& look, const QString& suffix)
{
    Photographed window(folder, language, look, suffix);
    WindowHarness& harness = window.harness;
    harness.click(u"navSettings"_s);
    harness.type(u"runpodKey"_s, u"rpa_practice_test_0001"_s);
    harness.press(Qt::Key_Return);
    static_cast<void>(harness.find(u"runpodForget"_s));
    harness.click(u"addAccount"_s);
    harness.type(u"accountName"_s, u"Studio"_s);
    harness.press(Qt::Key_Return);
    waitUntil([&] { return harness.hasFocus(harness.find(u"runpodStudioKey"_s)); }, 30s);
    window.save(u"accounts"_s);
}

} // namespace
} // namespace visgate

int main(int argc, char** argv)
{
    if (argc != 2) {
        std::fputs("visgate_screenshots FOLDER\n", stderr);
        return 2;
    }
    const QApplication application(argc, argv);
    const bool twice = application.devicePixelRatio() > 1.5;
    for (const QString& look : {u"light"_s, u"dark"_s}) {
        for (const QString& language : {u"en"_s, u"tr"_s}) {
            if (twice && look == "dark"_L1)
                continue;
            const QDir folder(QString::fromLocal8Bit(argv[1]));
            const QString suffix = twice ? u"-200"_s : QString();
            visgate::takeHere(folder, language, look, suffix);
            visgate::take(folder, language, look, suffix);
            visgate::takeAccounts(folder, language, look, suffix);
        }
    }
    return 0;
}
