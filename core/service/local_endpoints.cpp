// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/engine/engine.h"
#include "core/service/local_service.h"

namespace visgate {

QFuture<Result<QList<AccountEndpoint>>> LocalService::endpoints(bool refresh)
{
    return here(m_engine.endpoints(refresh));
}

void LocalService::look(const DeploymentId& id)
{
    m_engine.look(id);
}

} // namespace visgate
