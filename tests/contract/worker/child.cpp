// SPDX-License-Identifier: GPL-3.0-or-later
#include "child.h"

#include <chrono>
#include <filesystem>
#include <stdexcept>
#include <thread>

namespace visgate::worker {

Child::Child(const std::string& program, const std::vector<std::string>& arguments,
    const std::map<std::string, std::string>& environment)
{
    auto started = practice::platform::ChildProcess::start(
        {program, arguments}, environment, std::filesystem::temp_directory_path());
    if (!started) {
        throw std::runtime_error(started.error().detail);
    }
    m_process = std::move(*started);
}

void Child::terminate()
{
    m_process->terminate();
}

void Child::kill()
{
    m_process->kill();
}

int Child::wait()
{
    while (!m_process->exitStatus()) {
        static_cast<void>(output());
        std::this_thread::sleep_for(std::chrono::milliseconds(1));
    }
    return *m_process->exitStatus();
}

std::string Child::output()
{
    for (auto lines = m_process->readLines(); !lines.empty(); lines = m_process->readLines()) {
        for (const std::string& line : lines) {
            m_output += line + '\n';
        }
    }
    return m_output;
}

} // namespace visgate::worker
