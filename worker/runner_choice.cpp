// SPDX-License-Identifier: GPL-3.0-or-later
#include "worker/runner_choice.h"

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

std::filesystem::path weightsFile(const Settings& settings)
{
    if (!settings.shapesWeights.empty()) {
        return settings.shapesWeights;
    }
    const std::filesystem::path program = platform::executablePath();
    return program.parent_path().parent_path() / "share/visgate/models/shapes/shapes.safetensors";
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
    const auto cached = findCachedModel(
        modelFolders(platform::usualModelFolders(), settings.cacheFolders), settings.modelId, settings.revision);
    return {weightsFile(settings), cached ? weightsIn(*cached).value_or(std::filesystem::path()) : std::filesystem::path()};
}

} // namespace

std::unique_ptr<Runner> makeRunnerHere(const Settings& settings)
{
    const DemoFiles files = demoFiles(settings);
    return std::make_unique<builtin::BuiltinRunner>(files.installed, files.cached);
}

std::unique_ptr<Runner> makeRunner(const Settings& settings, const Environment& environment, Log& log)
{
    const auto program = platform::executablePath();
    if (program.empty() || !platform::ChildProcess::isPossible()) {
        return makeRunnerHere(settings);
    }
    const DemoFiles files = demoFiles(settings);
    return std::make_unique<ChildRunner>(
        ChildRunner::Program{{program, {runnerOption, "builtin", toUtf8(files.installed), toUtf8(files.cached)},
                                 withoutSecrets(environment)},
            "builtin", true},
        [&log](const std::string& line) { log.write(LogLevel::Info, line); });
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
