// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <fstream>
#include <iterator>
#include <stdexcept>
#include <string>

namespace visgate::test {

/// A file of tests/contract/fixtures: what goes over a wire, read by both of its sides.
[[nodiscard]] inline std::string fixture(const std::string& name)
{
    std::ifstream file(std::string(VISGATE_FIXTURES) + '/' + name, std::ios::binary);
    if (!file)
        throw std::runtime_error("no fixture " + name);
    return {std::istreambuf_iterator<char>(file), {}};
}

} // namespace visgate::test
