// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/engine/context/engine_context.h"

#include "core/engine/context/step_probe.h"

namespace visgate {

EnginePace EngineContext::pace(AccountId target) const
{
    if (config.pace)
        return *config.pace;
    EnginePace pace;
    if (target.isPractice() || target.isThisComputer()) {
        // Asking costs nobody anything, and the one's time runs faster.
        using std::chrono::milliseconds;
        pace.observe = milliseconds(400);
        pace.watch = milliseconds(5'000);
        pace.risk = milliseconds(5'000);
        pace.turn = milliseconds(60'000);
        pace.job = milliseconds(200);
        pace.confirm = milliseconds(200);
        pace.billing = milliseconds(10'000);
        pace.denied = milliseconds(30'000);
        pace.retryLow = milliseconds(200);
        pace.retryHigh = milliseconds(3'000);
    }
    return pace;
}

std::chrono::milliseconds EngineContext::timer(std::chrono::nanoseconds span) const
{
    return std::chrono::ceil<std::chrono::milliseconds>(config.clock->timerFor(span));
}

void EngineContext::at(std::string_view point) const
{
    if (config.probe)
        config.probe->at(point);
}

Result<void> EngineContext::stored(Result<void> outcome)
{
    if (outcome) {
        storeProblem.reset();
    } else {
        storeProblem = outcome.error();
        logTo(config.log.engine, LogLevel::Error,
            [&] { return "the store: " + std::string(toString(outcome.error().code)) + " " + outcome.error().detail; });
    }
    return outcome;
}

bool EngineContext::isOurs(const QString& id) const
{
    const DeploymentId deployment(id.toStdString());
    if (deployment.isEmpty() || sharing.knows(deployment))
        return !deployment.isEmpty();
    // Unreadable records are no proof that it is somebody else's.
    const auto record = deployments.find(deployment);
    return !record || record->has_value();
}

} // namespace visgate
