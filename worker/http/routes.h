// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/foundation/http/server.h"
#include "core/foundation/secret.h"
#include "worker/http/health.h"
#include "worker/http/job_board.h"
#include "worker/http/waiters.h"

#include <chrono>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <string_view>

namespace visgate::worker {

/// What can be asked of the worker, in the shapes of the provider's queue API: `POST /run`, `/runsync?wait=`,
/// `/predict` (the same), `/cancel/{id}`; `GET /status/{id}`, `/stream/{id}?wait=`, `/metrics`; without a key
/// `GET /health`, `/ready`. Called on the server's thread.
class Routes {
public:
    struct Options {
        Secret key;           ///< as `Authorization: Bearer` or `X-API-Key`
        std::string basePath; ///< "/a/b" before every path, for whoever is behind an ingress; may be left out
    };

    /// `portrait` may be called from any thread. `onCancel` hears of jobs in hand that are no longer wanted.
    Routes(Options options, JobBoard& board, Waiters& waiters, const Clock& clock, std::function<Portrait()> portrait,
        std::function<void(const std::string&)> onCancel);

    void handle(const std::shared_ptr<http::Exchange>& exchange);
    /// What a request's body may have: whoever has no key need not send a picture.
    [[nodiscard]] std::size_t bodyBytesFor(const http::Request& head) const;

    static constexpr std::size_t mostJobBytes = 16 * kMiB;
    static constexpr std::size_t mostOtherBytes = 64 * kKiB;

private:
    struct Visit {
        std::shared_ptr<http::Exchange> exchange;
        std::string id; ///< of the job that the path names
    };
    struct Route {
        bool isPost = false; ///< else it is a GET, or a HEAD
        std::string_view name;
        bool takesId = false;
        bool isOpen = false;
        void (Routes::*answer)(const Visit&) = nullptr;
    };
    enum class Access { Granted, Missing, Wrong };

    [[nodiscard]] Access accessOf(const http::Request& request) const;
    [[nodiscard]] std::string_view withoutBase(std::string_view path) const;
    void run(const Visit& visit);
    void runSync(const Visit& visit);
    void status(const Visit& visit);
    void stream(const Visit& visit);
    void cancel(const Visit& visit);
    void health(const Visit& visit);
    void ready(const Visit& visit);
    void metrics(const Visit& visit);
    /// The new job's id; empty if it was refused, and answered.
    [[nodiscard]] std::string submit(const Visit& visit, const char* prefix);
    void respond(http::Exchange& exchange, http::Response response);
    void refuse(http::Exchange& exchange, int status, const std::string& text);

    const Options m_options;
    JobBoard& m_board;
    Waiters& m_waiters;
    const Clock& m_clock;
    const std::function<Portrait()> m_portrait;
    const std::function<void(const std::string&)> m_onCancel;
    std::map<int, std::uint64_t> m_refused;
};

} // namespace visgate::worker
