// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/gui/window/screens.h"

#include "tests/gui/window/window_harness.h"

#include <QAbstractButton>
#include <QLabel>

#include <stdexcept>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace visgate::test {

void visitScreens(WindowHarness& harness, const std::function<void(const char* screen)>& look)
{
    const auto mustBecome = [](const char* what, const std::function<bool()>& isSo) {
        if (!waitUntil(isSo, 30s))
            throw std::runtime_error(what);
    };
    static_cast<void>(harness.find(u"practise"_s));
    look("home, empty");
    harness.click(u"navModels"_s);
    mustBecome("the presets did not come", [&] { return !harness.cards().isEmpty(); });
    look("models");
    harness.click(u"navStudio"_s);
    look("studio, empty");
    harness.click(u"navSpend"_s);
    static_cast<void>(harness.find(u"stopEverything"_s));
    look("spend, nothing");
    harness.click(u"navSettings"_s);
    look("settings");
    harness.click(u"navHome"_s);
    harness.openSheet();
    look("sheet, practice");
    harness.click(u"targetRunpod"_s);
    static_cast<void>(harness.find(u"fix_key"_s));
    look("sheet, Runpod without a key");
    harness.click(u"targetPractice"_s);
    const auto* deploy = harness.find<QAbstractButton>(u"deploy"_s);
    mustBecome("the sheet's checks did not end", [&] { return deploy->isEnabled(); });
    harness.click(u"deploy"_s);
    static_cast<void>(harness.find(u"stop"_s));
    look("studio, on the way");
    const auto* picture = harness.find<QLabel>(u"picture"_s);
    if (!waitUntil([&] { return !picture->pixmap().isNull(); }, 90s))
        throw std::runtime_error("no picture came");
    static_cast<void>(harness.find(u"savePicture"_s));
    harness.click(u"toggleLog"_s);
    look("studio, picture");
    harness.click(u"navSpend"_s);
    harness.click(u"spendPractice"_s);
    static_cast<void>(harness.find(u"spendModel"_s));
    look("spend, one model");
    harness.click(u"navHome"_s);
    static_cast<void>(harness.find(u"removeDeployment"_s));
    look("home, one deployment");
    harness.click(u"moreDeployment"_s);
    static_cast<void>(harness.find(u"applyWorkers"_s));
    look("sheet, endpoint");
    harness.click(u"closeEndpointSheet"_s);
    harness.click(u"keepWarmDeployment"_s);
    for (int step = 0; step < 3; ++step)
        harness.press(Qt::Key_Down);
    const auto* keep = harness.find<QAbstractButton>(u"applyWarm"_s);
    mustBecome("the price did not come", [&] { return keep->isEnabled(); });
    look("sheet, warm at certain hours");
    harness.click(u"closeEndpointSheet"_s);
    harness.click(u"removeDeployment"_s);
    static_cast<void>(harness.find(u"undoRemoval"_s));
    look("home, removal");
}

} // namespace visgate::test
