// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/engine/run/confirmation.h"

#include "core/domain/warm/schedule.h"

namespace visgate {

using namespace Qt::Literals::StringLiterals;

bool isHeldWarm(const DeploymentRecord& record)
{
    if (record.deployment.status != DeploymentStatus::Ready || record.desired != DesiredState::Run)
        return false;
    const bool isAlwaysOn = record.alwaysOnSent && record.alwaysOnConfirmed && record.deployment.workers.min > 0;
    return isAlwaysOn || (record.warmIdle.count() > 0 && record.warmConfirmed);
}

bool isPoolUnsettled(const DeploymentRecord& record, TimePoint now)
{
    const PoolPolicy& pool = record.deployment.pool;
    const bool isAlwaysOn = pool.mode == PoolMode::AlwaysOn;
    const bool isHeld = !isAlwaysOn && warmPlanAt(pool, now).warm;
    const bool alwaysOn = isAlwaysOn ? !record.alwaysOnSent || !record.alwaysOnConfirmed : record.alwaysOnSent;
    const bool held = isHeld ? record.warmIdle.count() == 0 || !record.warmConfirmed : record.warmIdle.count() > 0;
    return alwaysOn || held;
}

QStringList unconfirmedChanges(const DeploymentRecord& record, TimePoint now)
{
    using enum DeploymentStatus;
    const DeploymentStatus status = record.deployment.status;
    QStringList wishes;
    if (status == Failed || status == Deleting || status == Deleted || record.desired == DesiredState::Delete)
        return wishes;
    const bool isAsleep = status == Paused || status == Parked;
    if (record.desired == DesiredState::Pause && status != Paused)
        wishes.append(u"pause"_s);
    if (record.desired == DesiredState::Run && (status == Paused || record.wakesParked))
        wishes.append(u"resume"_s);
    if (record.desired == DesiredState::Run && record.newLimits)
        wishes.append(u"limits"_s);
    if (record.desired == DesiredState::Run && !isAsleep && isPoolUnsettled(record, now))
        wishes.append(u"warm"_s);
    if (record.rollBack)
        wishes.append(u"roll_back"_s);
    return wishes;
}

} // namespace visgate
