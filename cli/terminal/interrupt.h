// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <functional>
#include <mutex>

namespace visgate::cli {

/// The user's wish to stop (Ctrl+C, SIGTERM), which a command notices where it waits. A command that has dealt with
/// it calls acknowledge() and may wait again. Thread-safe.
class Interrupt {
public:
    void raise();
    [[nodiscard]] bool isRaised() const;
    void acknowledge();
    /// Called at each raise(), on its thread: lets other waits wake up.
    void onRaise(std::function<void()> callback);

private:
    mutable std::mutex m_mutex;
    bool m_raised = false;
    std::function<void()> m_callback;
};

} // namespace visgate::cli
