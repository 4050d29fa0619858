// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/api/log_filter.h"
#include "core/domain/deployment/deployment.h"
#include "core/foundation/http/server.h"
#include "core/foundation/logs/log_line.h"

#include <QList>
#include <QObject>
#include <QTimer>

#include <list>
#include <memory>
#include <string>

namespace visgate {

class DeploymentService;
struct Job;

/// Fans the service's signals out to the clients that follow a stream (SSE). A heart-beat comment goes out every 15 s;
/// a client that has left or cannot keep up is dropped. Lives on the service's thread.
class EventHub final : public QObject {
    Q_OBJECT

public:
    explicit EventHub(DeploymentService& service, QObject* parent = nullptr);
    ~EventHub() override;

    /// Events `hello`, then the present state of every deployment, then `deployment`, `job`, `logs` and
    /// `endpoints` (empty: ask again) as they come.
    void followEverything(std::shared_ptr<http::Exchange> client);
    /// Events `status`: the present state at once, then each change. Ends after failed or deleted, with `untilReady`
    /// after ready as well.
    void followStatus(std::shared_ptr<http::Exchange> client, const Deployment& deployment, bool untilReady);
    /// Events `log`, id = line number: stored lines from `since` on, then new ones, each once.
    void followLogs(
        std::shared_ptr<http::Exchange> client, const DeploymentId& id, const LogFilter& filter, LineNo since);

private:
    struct StatusFollower {
        std::shared_ptr<http::Exchange> client;
        DeploymentId id;
        bool untilReady = false;
        qint64 lastEvent = 0;
    };
    struct LogFollower {
        std::shared_ptr<http::Exchange> client;
        DeploymentId id;
        LogFilter filter;
        LineNo next;
        bool catchingUp = true; ///< the stored lines are being read
        bool pumping = false;   ///< it reads slower than lines come
        QList<LogLine> waiting; ///< not sent yet
    };

    void onDeployment(const Deployment& deployment);
    void onJob(const Job& job);
    void onLogs(const DeploymentId& id, const QList<LogLine>& lines);
    void pump(const std::shared_ptr<LogFollower>& follower);
    void beat();
    void sendToAll(const std::string& event);
    void sendPresent(std::shared_ptr<http::Exchange> client, QString cursor);

    DeploymentService& m_service;
    QTimer m_heartbeat;
    std::list<std::shared_ptr<http::Exchange>> m_everything;
    std::list<StatusFollower> m_status;
    std::list<std::shared_ptr<LogFollower>> m_logs;
};

} // namespace visgate
