// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/foundation/http/server.h"
#include "worker/http/health.h"
#include "worker/http/job_board.h"
#include "worker/http/routes.h"
#include "worker/http/waiters.h"
#include "worker/queue/job_source.h"

#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <string>

namespace visgate::worker {

/// Jobs that come straight to this worker over HTTP (Kubernetes, Cloud Run, this computer), in the shapes of the
/// provider's queue API, so that who sends them has one way for all. Jobs are taken from the first moment on and wait
/// while the model loads.
class HttpJobs final : public JobSource {
public:
    struct Options {
        http::Listen listen;
        Routes::Options routes;
        Portrait portrait; ///< its model's state is told by modelIs()
        std::string workerId;
        JobBoard::Limits limits;
        std::size_t maxResultBytes = 15 * kMiB; ///< the panel takes 16 MiB in one reply
    };

    /// Listens at once. PortBusy if another program does.
    [[nodiscard]] static Result<std::unique_ptr<HttpJobs>> open(Options options, const Clock& clock);
    ~HttpJobs() override;

    [[nodiscard]] std::uint16_t port() const { return m_server->port(); }

    void start(std::function<void(const std::string&)> onStop) override;
    [[nodiscard]] std::optional<Job> take(const http::CancelToken& cancel) override;
    void progress(const std::string& jobId, std::string json) override;
    Delivery finish(const std::string& jobId, const JobEnd& end) override;
    void drop(const std::string& jobId) override;
    void reportUnhealthy(const std::string& check, const std::string& reason) override;
    void setAlive(bool isAlive) override;
    [[nodiscard]] std::size_t mostOutputBytes() const override { return m_maxResultBytes; }
    [[nodiscard]] bool isWanted(const std::string& jobId) override;
    void modelIs(ModelState state) override;
    void stopTaking() override;
    void close(std::chrono::milliseconds patience) override;

private:
    HttpJobs(Options options, const Clock& clock);
    [[nodiscard]] Result<void> listen();
    [[nodiscard]] Portrait portrait() const;
    void stop(const std::string& jobId);

    const http::Listen m_listen;
    const std::size_t m_maxResultBytes;
    mutable std::mutex m_portraitMutex;
    Portrait m_portrait;
    std::mutex m_stopMutex; ///< held while it is called: nobody is called after close()
    std::function<void(const std::string&)> m_onStop;
    JobBoard m_board;
    Waiters m_waiters;
    Routes m_routes;
    std::unique_ptr<http::Server> m_server; ///< last: its thread uses all of the above
};

} // namespace visgate::worker
