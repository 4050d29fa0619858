// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/foundation/http/client.h"

#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

namespace visgate::worker {

/// Sends what a job has to say, in order, from one thread, so that progress can neither overtake the end nor follow it
/// (which would open a finished job again at the provider). Of progress that waits only the latest is kept.
class Outbox {
public:
    /// Sends one body; returns whether it arrived. `isEnd` bodies are worth several attempts. Called on the thread.
    using Send = std::function<bool(const std::string& jobId, const std::string& body, bool isEnd)>;

    explicit Outbox(Send send);
    /// What still waits is not sent.
    ~Outbox();
    Outbox(const Outbox&) = delete;
    Outbox& operator=(const Outbox&) = delete;

    /// Taken only between open() and end() or close() of that job.
    void progress(const std::string& jobId, std::string body);
    void open(const std::string& jobId);
    /// The last word on a job: drops progress that waits, blocks until sent or given up. False if the job is not open
    /// (it has ended, or never began) or did not arrive; `wasOpen` tells which.
    bool end(const std::string& jobId, std::string body, bool& wasOpen);
    void close(const std::string& jobId);

private:
    struct Item {
        std::string jobId;
        std::string body;
        bool isEnd = false;
        bool isDone = false;
        bool arrived = false;
    };
    void run();
    void dropWaiting(const std::string& jobId);

    Send m_send;
    std::mutex m_mutex;
    std::condition_variable m_changed;
    std::vector<std::shared_ptr<Item>> m_waiting;
    std::vector<std::string> m_open;
    bool m_isOver = false;
    std::thread m_thread;
};

} // namespace visgate::worker
