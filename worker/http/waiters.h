// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/foundation/http/server.h"
#include "worker/http/job_board.h"

#include <atomic>
#include <chrono>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

namespace visgate::worker {

/// Requests that are answered when their job has something to say, or when they have waited long enough; from a thread
/// of their own. Thread-safe.
class Waiters {
public:
    enum class For { End, News };

    explicit Waiters(JobBoard& board);
    ~Waiters(); ///< those who still wait are answered with what is known now
    Waiters(const Waiters&) = delete;
    Waiters& operator=(const Waiters&) = delete;

    void add(std::shared_ptr<http::Exchange> exchange, std::string jobId, For what, std::chrono::milliseconds patience);

private:
    struct Waiter {
        std::shared_ptr<http::Exchange> exchange;
        std::string jobId;
        For what = For::End;
        std::chrono::steady_clock::time_point until;
    };
    void run();
    [[nodiscard]] bool isDue(const Waiter& waiter) const;
    void answer(const Waiter& waiter);
    [[nodiscard]] std::chrono::steady_clock::time_point serve();

    JobBoard& m_board;
    std::mutex m_mutex;
    std::vector<Waiter> m_waiters;
    std::atomic<bool> m_isOver{false};
    std::thread m_thread;
};

/// `{"error":text}`. A worker that is leaving closes the connection after its answer.
[[nodiscard]] http::Response refusal(int status, const std::string& text);
[[nodiscard]] http::Response lastWords(http::Response response, const JobBoard& board);

} // namespace visgate::worker
