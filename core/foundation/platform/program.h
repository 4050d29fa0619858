// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <vector>

/// What a main() begins with, so that a program reads and writes the same bytes on every system.
namespace visgate::platform {

/// The arguments without the program's name, in UTF-8 where the system's own are not bytes.
[[nodiscard]] std::vector<std::string> programArguments(int argc, char** argv);
/// What is written to standard output and error goes out as it is: a line's end stays one byte.
void keepLineEnds();

} // namespace visgate::platform
