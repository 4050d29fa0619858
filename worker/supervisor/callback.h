// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/foundation/http/client.h"
#include "core/foundation/secret.h"
#include "core/foundation/worker_protocol/worker_event.h"
#include "worker/queue/transport.h"

#include <chrono>
#include <condition_variable>
#include <deque>
#include <mutex>
#include <string>
#include <thread>

namespace visgate::worker {

class Log;

/// Tells the panel what happens, where it can be reached: batches of events, and the one word "ready". Only an
/// accelerator: nothing waits for it, what cannot be sent is dropped, and the events' numbers show the gap.
class Callback {
public:
    /// `readyUrl` ends in `/internal/deployment-ready/{id}`; events go to `/internal/events/{id}` beside it.
    Callback(std::string readyUrl, Reach reach, Secret secret, Log& log);
    /// Sends what waits, for two seconds at most.
    ~Callback();
    Callback(const Callback&) = delete;
    Callback& operator=(const Callback&) = delete;

    /// Waits until all that was added is sent or given up, `patience` at most.
    void flush(std::chrono::milliseconds patience);
    /// Never blocks.
    void add(const WorkerEvent& event, const std::string& line);

private:
    struct Letter {
        bool isStatus = false;
        std::string body;
    };
    void run();
    [[nodiscard]] std::deque<Letter> nextLetters();
    [[nodiscard]] bool send(Transport& transport, const Letter& letter);
    void queueStatus(const char* status, const std::string& message);

    std::string m_readyUrl;
    std::string m_eventsUrl;
    Reach m_reach;
    Secret m_secret;
    Log& m_log;
    http::CancelToken m_hurry; ///< pulled when the worker has waited long enough at its end
    std::mutex m_mutex;
    std::condition_variable m_changed;
    std::deque<std::string> m_events;
    std::deque<Letter> m_statuses;
    bool m_saidDownloading = false;
    bool m_saidLoading = false;
    bool m_isOver = false;
    bool m_isIdle = false; ///< the thread has nothing in its hands
    std::thread m_thread;
};

} // namespace visgate::worker
