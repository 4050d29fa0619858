// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/practice/fleet/worker_env.h"

#include <algorithm>
#include <array>

namespace visgate::practice {

namespace {

using namespace std::string_view_literals;

constexpr std::array plainNames{"HF_MODEL_ID"sv, "HF_REVISION"sv, "RUNPOD_INIT_TIMEOUT"sv, "RUNPOD_LOG_LEVEL"sv,
    "TASK"sv, "VISGATE_CACHE_DIRS"sv, "VISGATE_DEPLOYMENT_ID"sv, "VISGATE_FAILURE_THRESHOLD"sv,
    "VISGATE_IDLE_TIMEOUT_SECONDS"sv, "VISGATE_LOAD_TIMEOUT_SECONDS"sv, "VISGATE_RUNNER"sv,
    "VISGATE_STANDARD_GUIDANCE"sv, "VISGATE_STANDARD_STEPS"sv, "VISGATE_WEBHOOK"sv, "WORKER_MODE"sv};
/// The hub's address leads through practice's door.
constexpr std::array secretNames{"HF_ENDPOINT"sv, "HF_TOKEN"sv, "VISGATE_INTERNAL_SECRET"sv};
/// What the provider itself sets and anybody may see.
constexpr std::array providerNames{"PATH"sv, "HOME"sv, "TMPDIR"sv, "LANG"sv};
constexpr auto workerKeyName = "RUNPOD_AI_API_KEY"sv;

template <typename Names> bool isIn(const Names& names, std::string_view name)
{
    return std::find(names.begin(), names.end(), name) != names.end();
}

} // namespace

bool isForDemoWorker(std::string_view name, std::string_view value)
{
    if (name == "VISGATE_CACHE_DIRS") // folders of a mounted volume, and no way out of it
        return value.starts_with("/runpod-volume/") && value.find("..") == std::string_view::npos;
    return isIn(plainNames, name) || isIn(secretNames, name);
}

Env shownEnv(const Env& env)
{
    Env shown = env;
    for (auto& [name, value] : shown) {
        const bool isProviders = isIn(providerNames, name) || (name.starts_with("RUNPOD_") && name != workerKeyName);
        if (!isProviders && !isIn(plainNames, name))
            value = "[hidden]";
    }
    return shown;
}

} // namespace visgate::practice
