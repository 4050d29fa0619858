// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace visgate::practice {

/// A program and its arguments, these in UTF-8 where the system's own are not bytes.
struct Command {
    std::filesystem::path program;
    std::vector<std::string> arguments;
};

} // namespace visgate::practice
