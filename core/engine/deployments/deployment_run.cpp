// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/engine/deployments/deployment_run.h"

#include "core/domain/warm/schedule.h"
#include "core/engine/context/error_kinds.h"
#include "core/engine/run/confirmation.h"

#include <algorithm>
#include <exception>
#include <utility>

namespace visgate {

using namespace Qt::Literals::StringLiterals;
using std::chrono::milliseconds;

DeploymentRun::DeploymentRun(EngineContext& context, JobRunner& jobs, DeploymentRecord record)
    : m_context(context), m_state(context, jobs, *this, std::move(record)), m_record(m_state.record()),
      m_account(m_state), m_scaling(m_state, m_account), m_creation(m_state, m_account), m_start(m_state),
      m_logs(m_state, m_account, m_start), m_check(m_state, m_account),
      m_news(m_state, m_account, {m_start, m_logs, m_check, m_scaling}), m_jobNews(m_state, m_start, m_news),
      m_observation(m_state, m_account, m_start, m_check, m_news), m_limits(m_state, m_account, m_scaling),
      m_rollBack(m_state, m_account), m_pool(m_state, m_account, m_scaling, m_creation.selection(), m_news),
      m_sleep(m_state, m_account, m_scaling), m_removal(m_state, m_account, m_sleep, m_pool),
      m_stateRequests(m_state, m_account, m_rollBack, m_sleep, m_removal)
{
    m_context.sharing.join(*this);
}

DeploymentRun::~DeploymentRun()
{
    m_context.sharing.leave(*this);
}

Deployment DeploymentRun::shown()
{
    Deployment shown = m_record.deployment;
    if (shown.status != DeploymentStatus::Deleted && shown.status != DeploymentStatus::Failed)
        shown.phaseSeconds[toString(shown.status)] += m_state.secondsInPhase();
    if (!shown.error && m_state.trouble())
        shown.error = m_state.trouble();
    m_start.describe(shown);
    if (m_state.trouble() && (m_state.trouble()->code == ErrorCode::KeyNeeded || isWithoutKey(m_state.trouble()->code)))
        shown.waitingFor = u"key"_s;
    shown.warm = isHeldWarm(m_record);
    shown.warmNextChange = warmPlanAt(shown.pool, m_context.now()).nextChange;
    shown.unconfirmed = unconfirmedChanges(m_record, m_context.now());
    return shown;
}

void DeploymentRun::goOn()
{
    start();
    m_state.wake();
}

void DeploymentRun::start()
{
    if (m_state.isDriven())
        return;
    m_state.setDriven(true);
    m_context.scope.add(drive());
}

Task<void> DeploymentRun::drive()
{
    while (!m_context.stopping) {
        m_state.beginStep();
        const Pause pause = co_await guardedStep();
        if (m_context.stopping)
            break;
        if (m_state.hasNewDesiredState())
            continue;
        if (!pause) {
            co_await m_logs.readLastLines();
            if (m_context.stopping || !m_state.hasNewDesiredState())
                break;
            continue;
        }
        if (*pause > kAtOnce)
            co_await m_state.pause(std::clamp(m_stateRequests.untilExpiry(), milliseconds(1), *pause));
    }
    m_logs.close();
    m_state.setDriven(false);
}

/// A fault of the program in one step must not leave the deployment without anybody who looks after it.
Task<Pause> DeploymentRun::guardedStep()
{
    Pause pause;
    try {
        pause = co_await step();
    } catch (const std::exception& problem) {
        pause = m_state.retryOrFail(Error{ErrorCode::UnexpectedReply, problem.what(), 0, {}, {}}, 1);
    }
    co_return pause;
}

Task<Pause> DeploymentRun::step()
{
    using enum DeploymentStatus;
    if (m_state.is(Deleted))
        co_return Pause();
    m_stateRequests.expireKept();
    if (m_record.desired == DesiredState::Delete && !m_state.mayExist())
        co_return m_removal.finish();
    if (m_record.desired != DesiredState::Delete && m_state.is(Failed) && !m_record.containWhenFailed
        && !m_record.rollBack)
        co_return Pause();
    if (auto reason = m_stateRequests.takeStopReason())
        co_return m_state.failWith(std::move(*reason));
    auto opened = co_await m_account.open(m_state.is(Validating) ? m_record.request.practiceSpeed : 0.0);
    if (!opened)
        co_return m_state.retryOrFail(opened.error(), 1);
    if (m_state.lacksKey())
        m_state.clearTrouble(); // the key is there again
    m_logs.catchUp();
    Pause pause;
    if (m_record.desired == DesiredState::Delete)
        pause = co_await m_removal.remove();
    else if (m_state.is(Validating))
        pause = co_await m_creation.validate();
    else if (m_state.is(SelectingGpu))
        pause = co_await m_creation.selectGpu();
    else if (m_state.is(CreatingEndpoint) && !m_state.hasEndpoint())
        pause = co_await m_creation.create();
    else if (m_state.is(Failed) && m_record.containWhenFailed)
        pause = co_await m_removal.stopWhatRemains();
    else if (m_record.desired == DesiredState::Pause && !m_state.is(Paused))
        pause = co_await m_sleep.pause();
    else if (m_record.desired == DesiredState::Run
        && (m_state.is(Paused) || (m_state.is(Parked) && m_record.wakesParked)))
        pause = co_await m_sleep.resume();
    else if (m_record.newLimits && m_record.desired == DesiredState::Run && !m_state.is(Parked))
        pause = co_await m_limits.apply();
    else if (m_record.rollBack)
        pause = co_await m_rollBack.apply();
    else if (m_state.isStarting())
        pause = co_await m_observation.observeStart();
    else if (m_state.is(Ready))
        pause = co_await tendAndWatch();
    else
        pause = co_await m_observation.watch();
    co_return pause;
}

Task<Pause> DeploymentRun::tendAndWatch()
{
    const Pause tended = co_await m_pool.tend();
    if (m_state.isInterrupted() || !tended || *tended == kAtOnce)
        co_return kAtOnce;
    const Pause watched = co_await m_observation.watch();
    if (!watched)
        co_return watched;
    co_return std::min(*watched, *tended);
}

void DeploymentRun::remark(const QString& message)
{
    m_state.note(u"warning"_s, message);
    [[maybe_unused]] const auto saved = m_state.save();
    m_state.publish();
}

void DeploymentRun::stop()
{
    m_state.answerWaiting(fail(ErrorCode::Cancelled));
    m_rollBack.cancel();
    m_logs.close();
    m_state.wake();
}

EndpointId DeploymentRun::jobEndpoint() const
{
    return m_record.desired == DesiredState::Run ? m_record.deployment.endpointId : EndpointId();
}

bool DeploymentRun::acceptsJobs() const
{
    using enum DeploymentStatus;
    return m_record.desired == DesiredState::Run && !m_state.is(Failed, Paused, Deleted);
}

} // namespace visgate
