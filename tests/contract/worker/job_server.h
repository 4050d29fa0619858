// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/foundation/http/server.h"
#include "core/foundation/json/json_value.h"
#include "worker/supervisor/settings.h"

#include <condition_variable>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

namespace visgate::worker {

/// The provider's side of the job protocol, answering by script: takes get the scripted replies in turn and then wait,
/// as a long poll does; stops wait until there is one; everything that arrives is kept in order.
class JobServer {
public:
    struct Arrived {
        std::string kind; ///< take, stop, done, ping, callback
        http::Request request;
        nlohmann::json body; ///< of a POST
        std::chrono::steady_clock::time_point at;
    };

    JobServer();
    ~JobServer();

    [[nodiscard]] std::string base() const;
    /// What the provider puts into a worker's environment.
    [[nodiscard]] Environment environment() const;

    void answerTakes(std::vector<http::Response> replies);
    void give(const nlohmann::json& job);
    /// Replies to the next terminal messages; 200 when they are used up.
    void answerDone(std::vector<int> statuses);
    void stop(const std::string& jobId);

    [[nodiscard]] std::vector<Arrived> arrived(const std::string& kind) const;
    /// Messages of one job, progress included, in order of arrival.
    [[nodiscard]] std::vector<nlohmann::json> messages(const std::string& jobId) const;
    [[nodiscard]] std::vector<nlohmann::json> terminal(const std::string& jobId) const;
    /// Until the condition holds, at most half a minute: false is a failed test, not a slow machine.
    [[nodiscard]] bool waitUntil(const std::function<bool()>& condition) const;
    [[nodiscard]] bool waitForTerminal(const std::string& jobId) const;

    static http::Response status(int code) { return {code, {}, {}}; }
    static http::Response jobReply(const nlohmann::json& job);

private:
    void handle(const std::shared_ptr<http::Exchange>& exchange);
    void serveWaiting();

    mutable std::mutex m_mutex;
    mutable std::condition_variable m_changed;
    std::vector<Arrived> m_arrived;
    std::deque<http::Response> m_takeReplies;
    std::deque<std::shared_ptr<http::Exchange>> m_waitingTakes;
    std::deque<int> m_doneStatuses;
    std::vector<std::string> m_stops;
    std::deque<std::shared_ptr<http::Exchange>> m_waitingStops;
    std::unique_ptr<http::Server> m_server;
};

/// A job that asks for a picture with a fixed seed.
[[nodiscard]] nlohmann::json pictureJob(const std::string& id, const std::string& prompt);

} // namespace visgate::worker
