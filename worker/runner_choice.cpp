// SPDX-License-Identifier: GPL-3.0-or-later
#include "worker/runner_choice.h"

#include "core/foundation/json/json_value.h"
#include "core/foundation/path_text.h"
#include "worker/cache/cached_model.h"
#include "worker/events/output.h"
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

/// A folder on this machine that the model's id names itself, or one in a cache.
std::filesystem::path modelFolder(const Settings& settings)
{
    const auto named = pathFromUtf8(settings.modelId);
    std::error_code ignored;
    if (named.is_absolute() && std::filesystem::is_directory(named, ignored)) {
        return named;
    }
    return findCachedModel(
        modelFolders(platform::usualModelFolders(), settings.cacheFolders), settings.modelId, settings.revision)
        .value_or(std::filesystem::path());
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
    return {weightsFile(settings), weightsIn(modelFolder(settings)).value_or(std::filesystem::path())};
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

std::string diffusersModel(const Settings& settings)
{
    return nlohmann::json({{"folder", toUtf8(modelFolder(settings))}, {"id", settings.modelId}, {"task", settings.task},
                              {"precision", settings.precision}, {"offload", settings.offload}})
        .dump();
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
    return modelFolder(settings).empty() ? what + "its files are in none of the model caches" : std::string();
}

std::unique_ptr<Runner> makeRunner(const Settings& settings, const Environment& environment, Log& log)
{
    const auto onLine = [&log](const std::string& line) { log.write(LogLevel::Info, line); };
    if (settings.runner == Settings::RunnerKind::Diffusers) {
        return std::make_unique<ChildRunner>(
            ChildRunner::Program{diffusersCommand(settings, environment), "diffusers", false, diffusersModel(settings)},
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
