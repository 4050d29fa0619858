// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/catalog/public_image.h"

namespace visgate::test {

/// Stands for the package that is built in, in the public image that practice has (practice_process.h): a shell unpacks
/// and runs a line that starts the worker program of this build with its demo model.
[[nodiscard]] PublicImage standInPackage();

} // namespace visgate::test
