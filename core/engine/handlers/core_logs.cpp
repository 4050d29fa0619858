// SPDX-License-Identifier: GPL-3.0-or-later
// Logs as they are asked for, and the engine's end, which does not come before lines that are on their way.
#include "core/engine/handlers/engine_core.h"
#include "core/engine/handlers/engine_parts.h"
#include "core/operations/deployments.h"

#include <utility>

namespace visgate {

namespace {

constexpr std::chrono::milliseconds kLogLook{50};
/// What the end of an owner, and whoever asks for a log, wait for lines that are on their way.
constexpr int kMostLooks = 90;

} // namespace

Task<Result<QList<LogLine>>> EngineCore::logs(DeploymentId id, qint64 since, int limit)
{
    auto known = m_parts->table.deployment(id);
    if (!known)
        co_return fail(std::move(known.error()));
    // A new owner reads what came since the last one had gone.
    DeploymentRun* const owner = m_parts->table.find(id);
    Waker look;
    for (int left = kMostLooks; left > 0 && owner && owner->isCatchingUpLogs() && !m_context->stopping; --left) {
        co_await look.pause(kLogLook);
    }
    co_return m_parts->logs.read(id, since, limit);
}

Task<void> EngineCore::stopWithItsLogs(std::function<void()> done)
{
    Waker look;
    for (int left = kMostLooks; left > 0 && m_parts->table.lackLogLines(); --left) {
        co_await look.pause(kLogLook);
    }
    stopNow(std::move(done));
}

void EngineCore::stop(std::function<void()> done)
{
    if (m_context && m_parts->table.lackLogLines())
        m_scope.add(stopWithItsLogs(std::move(done)));
    else
        stopNow(std::move(done));
}

void EngineCore::stopNow(std::function<void()> done)
{
    if (!m_started)
        finishStart(fail(ErrorCode::Cancelled));
    if (m_context) {
        m_context->stopping = true;
        m_parts->table.stopAll();
        m_parts->preflightHandlers.stop();
        m_parts->jobs.stop();
        m_parts->filler.stop();
        m_parts->watches.stopAll();
        m_parts->accounts.stop();
        m_parts->spend.flush();
        m_parts->spendWatch.wake();
        m_parts->volumePurchases.stop();
        m_parts->volumeChanges.stop();
    }
    m_scope.whenIdle([this, done = std::move(done)] {
        if (m_parts)
            m_parts->spend.flush();
        m_publisher.stop(); // on its own thread
        m_context = nullptr;
        m_parts.reset();
        done();
    });
}

void EngineCore::handleLogs()
{
    m_handlers.add<ReadLogs>([this](ReadLogs op) { return logs(std::move(op.id), op.since, op.limit); });
}

} // namespace visgate
