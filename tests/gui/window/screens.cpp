// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/gui/window/screens.h"

#include "core/operations/catalogue.h"
#include "tests/gui/window/window_harness.h"

#include <QAbstractButton>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QLabel>
#include <QTemporaryDir>

#include <stdexcept>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace visgate::test {
namespace {

/// A recipe in words that are a preset's own, with all that the sheet can tell of one.
QString recipeOfAPreset(WindowHarness& harness, const QString& folder)
{
    const ModelSpec model = await(harness.service().call(ListPresets{}))->first();
    const QJsonObject recipe{{u"visgate_recipe"_s, 1}, {u"name"_s, model.title},
        {u"model"_s, QJsonObject{{u"id"_s, model.id}}}, {u"task"_s, u"text_to_image"_s},
        {u"sizes"_s,
            QJsonObject{{u"width"_s, 512}, {u"height"_s, 512}, {u"num_inference_steps"_s, 4},
                {u"guidance_scale"_s, 1.5}, {u"num_images"_s, 2}}},
        {u"limits"_s, QJsonObject{{u"workers_min"_s, 1}, {u"workers_max"_s, 2}}},
        {u"prompts"_s, QJsonArray{QJsonObject{{u"prompt"_s, model.samplePrompt}, {u"seed"_s, 7}}}}};
    QFile file(folder + u"/recipe.visgate"_s);
    if (!file.open(QIODevice::WriteOnly) || file.write(QJsonDocument(recipe).toJson()) < 0)
        throw std::runtime_error("cannot write the recipe");
    return file.fileName();
}

} // namespace

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
    const QTemporaryDir folder;
    harness.desktop.nextOpenPath = recipeOfAPreset(harness, folder.path());
    harness.click(u"openRecipe"_s);
    const auto* recipeTitle = harness.find<QLabel>(u"sheetTitle"_s);
    mustBecome("the recipe did not open", [&] { return recipeTitle->isVisible(); });
    static_cast<void>(harness.find(u"agreeToAlwaysOn"_s));
    look("sheet, recipe");
    harness.click(u"closeSheet"_s);
    harness.click(u"navStudio"_s);
    look("studio, empty");
    harness.click(u"navMonitor"_s);
    static_cast<void>(harness.find(u"monitorModels"_s));
    look("monitor, nothing");
    harness.click(u"navSpend"_s);
    static_cast<void>(harness.find(u"stopEverything"_s));
    look("spend, nothing");
    harness.click(u"navSettings"_s);
    look("settings");
    harness.type(u"storageRegion"_s, u"any-1"_s);
    harness.click(u"storageSave"_s);
    static_cast<void>(harness.find(u"storageEndpointProblem"_s));
    look("settings, storage with a mistake");
    harness.typeStorage();
    harness.click(u"storageSave"_s);
    const auto* test = harness.find(u"storageTest"_s);
    look("settings, storage");
    harness.click(u"storageForget"_s);
    mustBecome("the storage was not forgotten", [&] { return !test->isVisible(); });
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
    harness.click(u"moreSettings"_s);
    harness.click(u"toggleLog"_s);
    look("studio, picture");
    harness.click(u"filterLog"_s);
    harness.click(u"findInLog"_s);
    look("studio, log with filters");
    harness.click(u"navMonitor"_s);
    static_cast<void>(harness.find(u"chartRan"_s));
    look("monitor, one model");
    harness.click(u"navSpend"_s);
    harness.click(u"spendPractice"_s);
    static_cast<void>(harness.find(u"spendModel"_s));
    look("spend, one model");
    harness.click(u"openCache"_s);
    static_cast<void>(harness.find(u"volumesTotal"_s));
    look("model cache");
    harness.click(u"closeCache"_s);
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
