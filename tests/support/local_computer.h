// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/engine/context/engine_config.h"

#include <QString>

namespace visgate::test {

/// The program knows this computer beside the clouds that it knows already, with the worker of this build.
void addThisComputer(EngineConfig& config);
/// The worker's program that it runs.
[[nodiscard]] QString workerProgram();

} // namespace visgate::test
