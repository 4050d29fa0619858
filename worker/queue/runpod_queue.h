// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/foundation/secret.h"
#include "worker/queue/job_source.h"
#include "worker/queue/outbox.h"
#include "worker/queue/runpod_urls.h"
#include "worker/queue/transport.h"

#include <atomic>
#include <chrono>
#include <deque>
#include <map>
#include <memory>
#include <mutex>
#include <nlohmann/json_fwd.hpp>
#include <set>
#include <string>
#include <thread>
#include <vector>

namespace visgate::worker {

class Log;

/// Jobs from the provider's serverless queue: take and stop by long poll, results and progress by POST, heart-beats
/// from a thread of their own. One job at a time. Source: the provider's published SDK and captures of its wire.
class RunpodQueue final : public JobSource {
public:
    struct Options {
        RunpodUrls urls;
        Secret key; ///< sent as it is in the Authorization header
        std::chrono::milliseconds pingInterval{10'000};
        std::size_t maxResultBytes = 7 * 1024 * 1024; ///< the provider drops what is over its limit without a word
        std::chrono::milliseconds longPoll{90'000};
        std::chrono::milliseconds backoffLeast{250};
        std::chrono::milliseconds backoffMost{10'000};
        std::chrono::milliseconds tooManyPause{5'000}; ///< after 429
    };

    RunpodQueue(Options options, Log& log);
    ~RunpodQueue() override;

    void start(std::function<void(const std::string&)> onStop) override;
    [[nodiscard]] std::optional<Job> take(const http::CancelToken& cancel) override;
    void progress(const std::string& jobId, std::string json) override;
    Delivery finish(const std::string& jobId, const JobEnd& end) override;
    void drop(const std::string& jobId) override;
    void reportUnhealthy(const std::string& check, const std::string& reason) override;
    void setAlive(bool isAlive) override;
    [[nodiscard]] std::size_t mostOutputBytes() const override;
    [[nodiscard]] bool isWanted(const std::string& jobId) override;

private:
    [[nodiscard]] WebRequest request(std::string url, std::chrono::milliseconds timeout) const;
    void readJobs(const WebReply& reply);
    void readJob(const nlohmann::json& document);
    [[nodiscard]] std::optional<Job> nextWaiting();
    void stopJob(const std::string& jobId);
    [[nodiscard]] bool wasStoppedEarly(const std::string& jobId);
    [[nodiscard]] std::chrono::steady_clock::time_point leaseOf(const std::string& jobId) const;
    void watchStops();
    void beat();
    bool post(const std::string& jobId, const std::string& body, bool isEnd);
    void leaveHand(const std::string& jobId);
    [[nodiscard]] std::vector<std::string> inHand() const;

    Options m_options;
    Log& m_log;
    http::CancelToken m_closing;
    Transport m_takeTransport;
    Transport m_postTransport;
    mutable std::mutex m_mutex;
    /// Jobs in hand, and until when the provider holds each for this worker.
    std::map<std::string, std::chrono::steady_clock::time_point> m_leases;
    std::deque<Job> m_waiting;        ///< in hand, and not begun
    std::set<std::string> m_unwanted; ///< begun, and stopped by the caller: whoever does it may not listen yet
    std::map<std::string, std::chrono::steady_clock::time_point> m_stoppedEarly; ///< before they came or began
    std::deque<std::string> m_succeeded; ///< ids whose result was delivered: a second copy of such a job is not run
    std::atomic<bool> m_isAlive{true};
    std::function<void(const std::string&)> m_onStop;
    std::unique_ptr<Outbox> m_outbox;
    std::thread m_stopThread;
    std::thread m_pingThread;
};

} // namespace visgate::worker
