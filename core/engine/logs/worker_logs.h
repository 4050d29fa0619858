// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/domain/deployment/deployment.h"
#include "core/foundation/clock.h"
#include "core/foundation/worker_protocol/worker_event.h"
#include "core/providers/provider.h"

#include <QSet>
#include <QString>
#include <QStringList>

#include <functional>
#include <map>
#include <memory>
#include <optional>

namespace visgate {

struct EngineContext;

/// The log streams of one deployment's workers: every line goes into the log once, worker events are told once. Engine
/// thread only.
class WorkerLogs {
public:
    using OnEvent = std::function<void(const WorkerEvent&, const QString& worker)>;
    /// Each new line, as it is read by people; `isSystem` if the provider wrote it.
    using OnLine = std::function<void(const QString& worker, const QString& line, bool isSystem)>;

    WorkerLogs(EngineContext& context, DeploymentId deployment, OnEvent onEvent, OnLine onLine);
    ~WorkerLogs();

    /// Opens a stream for each new worker and closes those of workers that are long gone. A stream is a request of the
    /// account's budget: of workers that only wait (`isQuiet`), the lines are fetched once somebody needs them.
    void follow(
        const WorkerList& list, const EndpointId& endpoint, Provider* provider, DeploymentStatus stage, bool isQuiet);
    /// Opens a stream for each worker whose log is not known to be read to its end: what came after the last owner had
    /// gone, of workers that are gone as well.
    void catchUp(const EndpointId& endpoint, Provider* provider, DeploymentStatus stage);
    /// Every open stream stands and has been quiet for a moment.
    [[nodiscard]] bool isReadUpToNow() const;
    [[nodiscard]] bool isReading() const { return !m_streams.empty(); }
    /// Workers that were seen and whose log may go on, oldest first: kept over restarts.
    [[nodiscard]] const QStringList& unread() const { return m_unread; }
    void setUnread(QStringList workers) { m_unread = std::move(workers); }
    void close();
    /// Tells an event that came another way, unless it is known already.
    void take(const WorkerEvent& event, const QString& worker);

private:
    struct Followed {
        std::unique_ptr<LogStream> stream;
        MonotonicPoint lastSign;                    ///< of life: opened, or a line
        std::optional<MonotonicPoint> missingSince; ///< when the worker list had it no more
    };
    void remember(const QString& worker);
    void openStream(const QString& worker, const EndpointId& endpoint, Provider* provider);
    void onLine(const QString& worker, const ProviderLogLine& line);

    EngineContext& m_context;
    DeploymentId m_deployment;
    OnEvent m_onEvent;
    OnLine m_onLine;
    DeploymentStatus m_stage = DeploymentStatus::CreatingEndpoint;
    std::map<QString, Followed> m_streams; ///< by worker id
    QStringList m_unread;
    QSet<QString> m_known; ///< keys of events already told
};

} // namespace visgate
