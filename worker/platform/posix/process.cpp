// SPDX-License-Identifier: GPL-3.0-or-later
#include "worker/platform/process.h"

#include <atomic>
#include <csignal>
#include <pthread.h>
#include <string_view>
#include <thread>
#include <unistd.h>

extern char** environ; // POSIX leaves it to programs to declare it

namespace visgate::worker::platform {

std::map<std::string, std::string> environment()
{
    std::map<std::string, std::string> variables;
    for (char** entry = environ; *entry != nullptr; ++entry) {
        const std::string_view text = *entry;
        const auto equals = text.find('=');
        if (equals != std::string_view::npos) {
            variables.emplace(text.substr(0, equals), text.substr(equals + 1));
        }
    }
    return variables;
}

std::vector<std::filesystem::path> usualModelFolders()
{
    return {"/runpod-volume/huggingface-cache/hub"};
}

std::vector<std::filesystem::path> ownModelFolders()
{
    return {"/models", std::filesystem::temp_directory_path() / "visgate-models"};
}

struct EndRequests::State {
    std::function<void()> onRequest;
    std::atomic<bool> isOver{false};
    sigset_t signals{};
    std::thread thread;

    void wait()
    {
        int signal = 0;
        while (sigwait(&signals, &signal) == 0 && !isOver) {
            if (signal != SIGUSR1) {
                onRequest();
            }
        }
    }
};

EndRequests::EndRequests(std::function<void()> onRequest) : m_state(std::make_unique<State>())
{
    m_state->onRequest = std::move(onRequest);
    sigemptyset(&m_state->signals);
    sigaddset(&m_state->signals, SIGTERM);
    sigaddset(&m_state->signals, SIGINT);
    sigaddset(&m_state->signals, SIGUSR1); // wakes the thread at its end
    pthread_sigmask(SIG_BLOCK, &m_state->signals, nullptr);
    std::signal(SIGPIPE, SIG_IGN);
    m_state->thread = std::thread([state = m_state.get()] { state->wait(); });
}

EndRequests::~EndRequests()
{
    m_state->isOver = true;
    pthread_kill(m_state->thread.native_handle(), SIGUSR1);
    m_state->thread.join();
}

} // namespace visgate::worker::platform
