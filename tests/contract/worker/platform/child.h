// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <map>
#include <memory>
#include <string>
#include <vector>

namespace visgate::worker::platform {

/// A program that runs beside the test, its output kept in a file. Killed if the test forgets it.
class Child {
public:
    Child(const std::string& program, const std::vector<std::string>& arguments,
        const std::map<std::string, std::string>& environment);
    ~Child();
    Child(const Child&) = delete;
    Child& operator=(const Child&) = delete;

    void terminate();                         ///< SIGTERM
    [[nodiscard]] int wait();                 ///< its exit code; 128 + signal if it was killed
    [[nodiscard]] std::string output() const; ///< what it wrote so far, errors included

private:
    struct State;
    std::unique_ptr<State> m_state;
};

} // namespace visgate::worker::platform
