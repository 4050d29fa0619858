// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/foundation/platform/program.h"
#include "worker/command_line.h"
#include "worker/platform/process.h"

#include <iostream>

int main(int argc, char** argv)
{
    using namespace visgate;
    platform::keepLineEnds();
    return worker::runCommandLine(
        platform::programArguments(argc, argv), worker::platform::environment(), std::cout, std::cerr);
}
