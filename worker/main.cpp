// SPDX-License-Identifier: GPL-3.0-or-later
#include "worker/command_line.h"
#include "worker/platform/process.h"

#include <iostream>
#include <string>
#include <vector>

int main(int argc, char** argv)
{
    const std::vector<std::string> arguments(argv + 1, argv + argc);
    return visgate::worker::runCommandLine(arguments, visgate::worker::platform::environment(), std::cout, std::cerr);
}
