// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/logs/service_log_source.h"

#include "core/operations/deployments.h"
#include "core/service/deployment_service.h"

namespace visgate::ui {

ServiceLogSource::ServiceLogSource(DeploymentService& service, QObject* parent) : LogSource(parent), m_service(service)
{
    connect(&service, &DeploymentService::logAppended, this, &LogSource::appended);
}

QFuture<LogSource::Lines> ServiceLogSource::read(const DeploymentId& id, const LogSpan& span)
{
    std::optional<LineNo> before;
    if (span.before > 0)
        before = LineNo(span.before);
    return m_service.call(ReadLogs{id, LineNo(span.since), span.limit, before});
}

} // namespace visgate::ui
