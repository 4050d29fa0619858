// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/practice/platform/child_process.h"

#include <map>
#include <memory>
#include <string>
#include <vector>

namespace visgate::worker {

/// A program that runs beside the test, started as practice starts it, with all that it says. Killed if the test
/// forgets it.
class Child {
public:
    Child(const std::string& program, const std::vector<std::string>& arguments,
        const std::map<std::string, std::string>& environment);

    void terminate();                   ///< asks it to end
    void kill();                        ///< without a word
    [[nodiscard]] int wait();           ///< its exit code; 128 + signal if it was killed
    [[nodiscard]] std::string output(); ///< what it wrote so far, errors included

private:
    std::unique_ptr<practice::platform::ChildProcess> m_process;
    std::string m_output;
};

} // namespace visgate::worker
