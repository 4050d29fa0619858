// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/engine/run/endpoint_setup.h"

#include "core/engine/preflight/endpoint_env.h"

namespace visgate {

using namespace Qt::Literals::StringLiterals;

EndpointSetup setupOf(const EngineContext& context, const DeploymentRecord& record)
{
    const Deployment& d = record.deployment;
    EndpointSetup setup{d.userHash, d.modelId, d.revision, d.task, workerImage(context, d.target), d.limits, {}};
    if (record.request.force || record.distinct)
        setup.distinct = QString::fromStdString(d.id.value());
    return setup;
}

bool isMadeFor(const ProviderEndpoint& endpoint, const DeploymentId& deployment)
{
    return endpoint.env.value(u"VISGATE_DEPLOYMENT_ID"_s) == QString::fromStdString(deployment.value());
}

bool isForeign(const ProviderEndpoint& endpoint, const EngineContext& context, const DeploymentRecord& record)
{
    const QString madeFor = endpoint.env.value(u"VISGATE_DEPLOYMENT_ID"_s);
    return madeFor.isEmpty() ? endpoint.name != endpointName(setupOf(context, record)) : !context.isOurs(madeFor);
}

} // namespace visgate
