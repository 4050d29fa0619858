// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <vector>

/// What the worker needs from the operating system beyond standard C++.
namespace visgate::worker::platform {

/// Names and values, in UTF-8 where the system's own are not bytes.
[[nodiscard]] std::map<std::string, std::string> environment();

/// The absolute path of the running program; empty if the system does not tell.
[[nodiscard]] std::filesystem::path executablePath();

/// Where a provider itself keeps models for a container of this system, in the layout of the hub's own cache.
[[nodiscard]] std::vector<std::filesystem::path> usualModelFolders();

/// Where models go that nobody has a place for, the best one first.
[[nodiscard]] std::vector<std::filesystem::path> ownModelFolders();

/// Calls back on a thread of its own when the process is asked to end (SIGTERM, SIGINT; on Windows Ctrl+C, and the
/// event of core/foundation/platform/windows/end_event.h). Create it before any other thread: threads inherit that
/// these signals are blocked.
class EndRequests {
public:
    explicit EndRequests(std::function<void()> onRequest);
    ~EndRequests();
    EndRequests(const EndRequests&) = delete;
    EndRequests& operator=(const EndRequests&) = delete;

private:
    struct State;
    std::unique_ptr<State> m_state;
};

/// Calls back once, on a thread of its own, when standard input ends: whoever held its other end is gone. What comes
/// before that is read and forgotten.
class InputWatch {
public:
    explicit InputWatch(std::function<void()> onEnd);
    ~InputWatch();
    InputWatch(const InputWatch&) = delete;
    InputWatch& operator=(const InputWatch&) = delete;

private:
    struct State;
    std::unique_ptr<State> m_state;
};

} // namespace visgate::worker::platform
