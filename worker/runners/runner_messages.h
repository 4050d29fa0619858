// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "worker/runners/runner.h"

#include <nlohmann/json_fwd.hpp>

/// What the worker and a runner say to each other (worker/runners/README.md), as JSON and back. What a runner says is
/// not trusted: a value that is absent or wrong becomes an error or its default.
namespace visgate::worker::messages {

[[nodiscard]] nlohmann::json from(const Capabilities& capabilities);
[[nodiscard]] Capabilities capabilities(const nlohmann::json& object);

[[nodiscard]] nlohmann::json from(const Generation& job);
[[nodiscard]] Generation generation(const nlohmann::json& object);

[[nodiscard]] nlohmann::json from(const Generated& made);
/// Files must lie in `folder`, and hold what their sizes say.
[[nodiscard]] Result<Generated> generated(const nlohmann::json& object, const std::filesystem::path& folder);

[[nodiscard]] std::string toString(RunnerPhase phase); ///< "encode_text"
[[nodiscard]] std::optional<RunnerPhase> phaseFromString(const std::string& text);

} // namespace visgate::worker::messages
