// SPDX-License-Identifier: GPL-3.0-or-later
#include "worker/runner_choice.h"

#include "core/foundation/json/json_value.h"
#include "core/foundation/path_text.h"
#include "worker/events/output.h"
#include "worker/model_store/cached_model.h"
#include "worker/platform/child_process.h"
#include "worker/platform/process.h"
#include "worker/runners/builtin/builtin_runner.h"
#include "worker/runners/child_runner.h"
#include "worker/runners/runner_program.h"

#include <ostream>

namespace visgate::worker {
namespace {

std::filesystem::path share()
{
    return platform::executablePath().parent_path().parent_path() / "share/visgate";
}

std::filesystem::path weightsFile(const Settings& settings)
{
    return settings.shapesWeights.empty() ? share() / "models/shapes/shapes.safetensors" : settings.shapesWeights;
}

std::filesystem::path diffusersProgram(const Settings& settings)
{
    return settings.diffusersProgram.empty() ? share() / "runners/diffusers" : settings.diffusersProgram;
}

/// Where models may be put.
std::vector<std::filesystem::path> foldersToFill(const Settings& settings)
{
    auto folders = settings.cacheFolders;
    const auto own = platform::ownModelFolders();
    folders.insert(folders.end(), own.begin(), own.end());
    return folders;
}

/// Where models may lie: the provider's cache, what we filled, what the image brings.
std::vector<ModelFolder> foldersToLookInto(const Settings& settings)
{
    auto folders = modelFolders(platform::usualModelFolders(), foldersToFill(settings));
    folders.push_back({share() / "models", false});
    return folders;
}

/// What a runner's process gets of our environment: not our secrets, and nothing of the queue.
Environment withoutSecrets(const Environment& environment)
{
    Environment passed;
    for (const auto& [name, value] : environment) {
        if (!isSecretName(name) && !name.starts_with("RUNPOD_") && name != "VISGATE_WEBHOOK") {
            passed.emplace(name, value);
        }
    }
    return passed;
}

/// The demo model's weights: where they were installed, and a copy in a model cache.
struct DemoFiles {
    std::filesystem::path installed;
    std::filesystem::path cached;
};

DemoFiles demoFiles(const Settings& settings)
{
    const auto cached = findCachedModel(foldersToLookInto(settings), settings.modelId, settings.revision);
    return {
        weightsFile(settings), cached ? weightsIn(*cached).value_or(std::filesystem::path()) : std::filesystem::path()};
}

/// The Python program, with the modules of `program` beside those that its Python has.
platform::Command diffusersCommand(const Settings& settings, const Environment& environment)
{
    Environment passed = withoutSecrets(environment);
    std::string& modules = passed["PYTHONPATH"];
    modules = toUtf8(diffusersProgram(settings)) + (modules.empty() ? "" : ":" + modules);
    const auto python = settings.python.empty() ? std::filesystem::path("/usr/bin/python3") : settings.python;
    return {python, {"-m", "visgate_diffusers"}, std::move(passed)};
}

/// What it is asked to load, but for the folder, which is known only when the model is there.
nlohmann::json diffusersModel(const Settings& settings)
{
    nlohmann::json standards = nlohmann::json::object();
    if (settings.standardSteps) {
        standards["steps"] = *settings.standardSteps;
    }
    if (settings.standardGuidance) {
        standards["guidance"] = *settings.standardGuidance;
    }
    return {{"id", settings.modelId}, {"task", settings.task}, {"precision", settings.precision},
        {"offload", settings.offload}, {"standards", std::move(standards)}};
}

} // namespace

std::unique_ptr<Runner> makeDemoHere(const Settings& settings)
{
    const DemoFiles files = demoFiles(settings);
    return std::make_unique<builtin::BuiltinRunner>(files.installed, files.cached);
}

std::string whyNoRunner(const Settings& settings)
{
    const std::string what = "This worker holds nothing that can run " + settings.modelId + ": ";
    switch (settings.runner) {
    case Settings::RunnerKind::Demo:
        return {};
    case Settings::RunnerKind::None:
        return settings.modelId.empty()
            ? std::string()
            : what + "no runner was asked for (VISGATE_RUNNER); the demo model draws only where builtin is asked for";
    case Settings::RunnerKind::Diffusers:
        break;
    }
    std::error_code ignored;
    if (!platform::ChildProcess::isPossible()
        || !std::filesystem::is_directory(diffusersProgram(settings) / "visgate_diffusers", ignored)) {
        return what + "the diffusers runner is not installed";
    }
    return {};
}

std::unique_ptr<ModelStore> makeStore(const Settings& settings, const Clock& clock, Log& log)
{
    if (settings.runner != Settings::RunnerKind::Diffusers) {
        return nullptr;
    }
    ModelStore::Settings store;
    store.modelId = settings.modelId;
    store.revision = settings.revision;
    store.precision = settings.precision;
    store.folders = foldersToLookInto(settings);
    store.writable = foldersToFill(settings);
    store.hub = settings.hub;
    store.token = settings.hubToken.clone();
    return std::make_unique<ModelStore>(
        std::move(store), clock, [&log](const std::string& words) { log.write(LogLevel::Info, words); });
}

std::unique_ptr<Runner> makeRunner(const Settings& settings, const Environment& environment,
    std::function<std::filesystem::path()> modelFolder, Log& log)
{
    const auto onLine = [&log](const std::string& line) { log.write(LogLevel::Info, line); };
    if (settings.runner == Settings::RunnerKind::Diffusers) {
        return std::make_unique<ChildRunner>(
            ChildRunner::Program{diffusersCommand(settings, environment), "diffusers", false,
                [model = diffusersModel(settings), modelFolder] {
                    auto asked = model;
                    asked["folder"] = toUtf8(modelFolder());
                    return asked.dump();
                }},
            onLine);
    }
    const auto program = platform::executablePath();
    if (program.empty() || !platform::ChildProcess::isPossible()) {
        return makeDemoHere(settings);
    }
    const DemoFiles files = demoFiles(settings);
    return std::make_unique<ChildRunner>(
        ChildRunner::Program{{program, {runnerOption, "builtin", toUtf8(files.installed), toUtf8(files.cached)},
                                 withoutSecrets(environment)},
            "builtin", true, {}},
        onLine);
}

int runAsRunner(const std::vector<std::string>& arguments, std::ostream& errors)
{
    constexpr std::size_t expected = 4;
    constexpr int usedWrongly = 2;
    const auto channel = platform::Channel::fromStandardInput();
    if (arguments.size() != expected || arguments[1] != "builtin" || !channel) {
        errors << runnerOption << " is for the worker itself, which starts its runners with it\n";
        return usedWrongly;
    }
    builtin::BuiltinRunner runner(pathFromUtf8(arguments[2]), pathFromUtf8(arguments[3]));
    return serveRunner(runner, *channel);
}

} // namespace visgate::worker
