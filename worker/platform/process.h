// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <string>

/// What the worker needs from the operating system beyond standard C++.
namespace visgate::worker::platform {

[[nodiscard]] std::map<std::string, std::string> environment();

/// The absolute path of the running program; empty if the system does not tell.
[[nodiscard]] std::string executablePath();

/// Calls back on a thread of its own when the process is asked to end (SIGTERM, SIGINT). Create it before any other
/// thread: threads inherit that these signals are blocked.
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

} // namespace visgate::worker::platform
