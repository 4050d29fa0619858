// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/domain/deployment/deployment.h"
#include "core/domain/jobs/job.h"
#include "core/domain/money/spend.h"
#include "core/foundation/http/client.h"
#include "core/foundation/logs/log_line.h"

#include <QList>

#include <condition_variable>
#include <functional>
#include <mutex>
#include <string>
#include <thread>

namespace visgate {

/// Reads the owner's stream of changes on a thread of its own and connects again when it breaks off.
class ChangeStream {
public:
    /// Called on the stream's thread.
    struct Listener {
        std::function<void(bool connected)> connection;
        std::function<void(Deployment)> deployment;
        std::function<void(Job)> job;
        std::function<void(DeploymentId, QList<LogLine>)> logs;
        std::function<void(LimitState)> limit;
        std::function<void(StopReport)> stop;
        std::function<void()> endpoints;
    };

    ChangeStream(std::string socketPath, Listener listener);
    ~ChangeStream(); ///< ends the thread; nothing is called any more
    ChangeStream(const ChangeStream&) = delete;
    ChangeStream& operator=(const ChangeStream&) = delete;

private:
    void run();
    void readOnce(bool& connected);
    void dispatch(const std::string& event, const std::string& data);

    std::string m_socket;
    Listener m_listener;
    http::CancelToken m_cancel;
    std::mutex m_mutex;
    std::condition_variable m_ended;
    bool m_ending = false;
    std::thread m_thread; ///< last: it uses all of the above
};

} // namespace visgate
