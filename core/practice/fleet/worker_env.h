// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/practice/world/records.h"

#include <string>
#include <string_view>

namespace visgate::practice {

/// What an endpoint may tell the demo worker. It is a process of the user's on the user's own computer and not in a
/// container, so that a loader's or an interpreter's variable (LD_PRELOAD, PATH, HOME, …) would run code as the user:
/// only the names that the worker itself reads get through.
[[nodiscard]] bool isForDemoWorker(std::string_view name, std::string_view value);

/// The same variables as one may show them: the values of keys, and of names that nobody here knows, are not told.
[[nodiscard]] Env shownEnv(const Env& env);

} // namespace visgate::practice
