// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/practice/world/records.h"

#include <chrono>
#include <condition_variable>
#include <mutex>
#include <thread>
#include <vector>

namespace visgate::practice {

/// Sends finished jobs to their webhooks, on a thread of its own (facts 3): up to two more attempts after a refusal.
/// Only addresses on this computer are called: practice jobs do not leave it.
class Webhooks {
public:
    Webhooks();
    ~Webhooks();
    /// Takes a copy of what is to be sent; returns at once.
    void deliver(const Job& job, std::chrono::nanoseconds pause);
    /// Gives up what is left and joins the thread.
    void stop();

private:
    struct Delivery {
        std::string url;
        std::string body;
        std::chrono::steady_clock::time_point due;
        std::chrono::nanoseconds pause;
        int attemptsLeft = 3;
    };
    void work();
    [[nodiscard]] static bool send(const Delivery& delivery);

    std::mutex m_mutex;
    std::condition_variable m_wake;
    std::vector<Delivery> m_pending;
    bool m_stop = false;
    std::thread m_thread; ///< last: it uses the others
};

} // namespace visgate::practice
