// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/engine/engine.h"
#include "core/service/local_service.h"

#include <utility>

namespace visgate {

QFuture<Result<SpendReport>> LocalService::spend(SpendQuery query)
{
    return here(m_engine.spend(std::move(query)));
}
QFuture<Result<QList<SpendLimit>>> LocalService::spendLimits()
{
    return here(m_engine.spendLimits());
}
QFuture<Result<void>> LocalService::setSpendLimit(SpendLimit limit)
{
    return here(m_engine.setSpendLimit(std::move(limit)));
}
QFuture<Result<QList<LimitState>>> LocalService::limitStates()
{
    return here(m_engine.limitStates());
}
QFuture<Result<StopReport>> LocalService::stopEverything()
{
    return here(m_engine.stopEverything());
}

} // namespace visgate
