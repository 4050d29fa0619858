// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/domain/deployment.h"
#include "core/foundation/worker_event.h"
#include "core/providers/provider.h"

#include <QHash>
#include <QSet>
#include <QString>

#include <functional>
#include <map>
#include <memory>

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
    void close();
    /// Tells an event that came another way, unless it is known already.
    void take(const WorkerEvent& event, const QString& worker);

private:
    void onLine(const QString& worker, const ProviderLogLine& line);

    EngineContext& m_context;
    DeploymentId m_deployment;
    OnEvent m_onEvent;
    OnLine m_onLine;
    DeploymentStatus m_stage = DeploymentStatus::CreatingEndpoint;
    std::map<QString, std::unique_ptr<LogStream>> m_streams; ///< by worker id
    QHash<QString, int> m_missing;                           ///< lists in a row without the worker
    QSet<QString> m_known;                                   ///< keys of events already told
};

} // namespace visgate
