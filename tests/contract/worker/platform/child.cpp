// SPDX-License-Identifier: GPL-3.0-or-later
#include "child.h"

#include <csignal>
#include <fcntl.h>
#include <filesystem>
#include <fstream>
#include <spawn.h>
#include <sstream>
#include <stdexcept>
#include <sys/wait.h>
#include <unistd.h>

namespace visgate::worker::platform {

struct Child::State {
    pid_t id = -1;
    std::filesystem::path file;
};

Child::Child(const std::string& program, const std::vector<std::string>& arguments,
    const std::map<std::string, std::string>& environment)
    : m_state(std::make_unique<State>())
{
    auto name = (std::filesystem::temp_directory_path() / "visgate-child-XXXXXX").string();
    const int file = mkstemp(name.data());
    m_state->file = name;
    std::vector<std::string> words{program};
    words.insert(words.end(), arguments.begin(), arguments.end());
    std::vector<std::string> variables;
    for (const auto& [key, value] : environment) {
        variables.push_back(key + "=" + value);
    }
    const auto pointers = [](std::vector<std::string>& texts) {
        std::vector<char*> all;
        for (auto& text : texts) {
            all.push_back(text.data());
        }
        all.push_back(nullptr);
        return all;
    };
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_adddup2(&actions, file, STDOUT_FILENO);
    posix_spawn_file_actions_adddup2(&actions, file, STDERR_FILENO);
    const int failure = posix_spawn(
        &m_state->id, program.c_str(), &actions, nullptr, pointers(words).data(), pointers(variables).data());
    posix_spawn_file_actions_destroy(&actions);
    close(file);
    if (failure != 0) {
        throw std::runtime_error("cannot start " + program);
    }
}

Child::~Child()
{
    if (m_state->id > 0) {
        kill(m_state->id, SIGKILL);
        waitpid(m_state->id, nullptr, 0);
    }
    std::error_code ignored;
    std::filesystem::remove(m_state->file, ignored);
}

void Child::terminate()
{
    kill(m_state->id, SIGTERM);
}

int Child::wait()
{
    int status = 0;
    waitpid(m_state->id, &status, 0);
    m_state->id = -1;
    return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

std::string Child::output() const
{
    std::ifstream file(m_state->file, std::ios::binary);
    std::ostringstream text;
    text << file.rdbuf();
    return text.str();
}

} // namespace visgate::worker::platform
