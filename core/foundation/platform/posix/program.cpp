// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/foundation/platform/program.h"

namespace visgate::platform {

std::vector<std::string> programArguments(int argc, char** argv)
{
    return {argv + (argc > 0 ? 1 : 0), argv + argc};
}

void keepLineEnds() { } // nothing else changes them here

} // namespace visgate::platform
