// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/service/local_service.h"

#include "core/engine/engine.h"

#include <utility>

namespace visgate {

LocalService::LocalService(Engine& engine, QObject* parent) : DeploymentService(parent), m_engine(engine)
{
    connect(&engine, &Engine::deploymentChanged, this, &LocalService::deploymentChanged);
    connect(&engine, &Engine::jobChanged, this, &LocalService::jobChanged);
    connect(&engine, &Engine::logAppended, this, &LocalService::logAppended);
    connect(&engine, &Engine::limitPassed, this, &LocalService::limitPassed);
    connect(&engine, &Engine::stopProgressed, this, &LocalService::stopProgressed);
    connect(&engine, &Engine::endpointsChanged, this, &LocalService::endpointsChanged);
}

void LocalService::send(std::shared_ptr<Invocation> invocation)
{
    m_engine.send(std::move(invocation));
}

} // namespace visgate
