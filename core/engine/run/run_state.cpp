// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/engine/run/run_state.h"

#include "core/engine/context/error_kinds.h"
#include "core/engine/context/publisher.h"
#include "core/engine/jobs/job_runner.h"
#include "core/engine/logs/deployment_logs.h"
#include "core/engine/metrics/worker_history.h"
#include "core/engine/money/spend_books.h"

#include <algorithm>
#include <utility>

namespace visgate {

using namespace Qt::Literals::StringLiterals;
using std::chrono::milliseconds;

namespace {

constexpr qsizetype kShownLines = 200;

} // namespace

RunState::RunState(EngineContext& context, JobRunner& jobs, RunOwner& owner, DeploymentRecord record)
    : m_context(context), m_jobs(jobs), m_owner(owner), m_record(std::move(record)),
      m_account(m_record.deployment.target)
{
}

Error RunState::conflict() const
{
    return Error{ErrorCode::Conflict, toString(status()).toStdString(), 0, {}, {}};
}

bool RunState::isStarting() const
{
    using enum DeploymentStatus;
    return is(CreatingEndpoint, DownloadingModel, LoadingModel);
}

double RunState::secondsInPhase() const
{
    return std::max(0.0, std::chrono::duration<double>(m_context.now() - m_record.statusSince).count());
}

bool RunState::mayExist() const
{
    if (hasEndpoint() || !m_record.waking.isEmpty())
        return true;
    // An unreadable store is no proof that nothing was asked for.
    const auto intent = m_context.intents.latest(m_record.deployment.id);
    return !intent || (*intent && (*intent)->state == Intent::State::Open);
}

void RunState::useAccount(AccountRef account)
{
    if (account == m_account)
        return;
    m_owner.unfollow();
    m_account = std::move(account);
}

bool RunState::isInterrupted() const
{
    return m_context.stopping || hasNewDesiredState() || !m_context.accounts.isOpen(m_account);
}

void RunState::note(const QString& level, const QString& message)
{
    const OrchestrationLine line{m_context.now(), level, message};
    logTo(m_context.config.log.engine, logLevelFromString(level.toStdString()).value_or(LogLevel::Info),
        [&] { return m_record.deployment.id.value() + ": " + message.toStdString(); });
    m_unsaved.append(line);
    m_record.deployment.logs.append(line);
    if (m_record.deployment.logs.size() > kShownLines)
        m_record.deployment.logs.removeFirst();
    m_context.logs.addOwn(m_record.deployment.id, line, status());
}

bool RunState::moveTo(DeploymentStatus next)
{
    Deployment& d = m_record.deployment;
    if (d.status == next)
        return true;
    if (!mayFollow(d.status, next)) {
        note(u"warning"_s, u"refused the transition %1 -> %2"_s.arg(toString(d.status), toString(next)));
        return false;
    }
    d.phaseSeconds[toString(d.status)] += secondsInPhase();
    m_record.statusSince = m_context.now();
    logTo(m_context.config.log.engine, LogLevel::Debug,
        [&] { return d.id.value() + ": " + toString(d.status).toStdString() + " -> " + toString(next).toStdString(); });
    d.status = next;
    if (next != DeploymentStatus::Failed)
        d.waitingFor.clear();
    if (next == DeploymentStatus::Ready && !d.readyAt)
        d.readyAt = m_context.now();
    return true;
}

Result<void> RunState::save()
{
    auto saved = m_context.stored(m_context.deployments.save(m_record, m_unsaved));
    if (saved)
        m_unsaved.clear();
    return saved;
}

Result<void> RunState::close(const Intent& intent)
{
    auto closed = m_context.stored(m_context.intents.close(intent, m_record, m_unsaved));
    if (closed)
        m_unsaved.clear();
    return closed;
}

void RunState::publish()
{
    m_shownWorkersAt = m_record.deployment.workersSeenAt;
    m_context.publisher.publish(m_owner.shown());
}

void RunState::countCost(const WorkerList& list)
{
    m_context.spend->onWorkers(m_record, list, m_heard);
    m_context.workers->onWorkers(m_record, list, m_jobs.load(m_record.deployment.id));
}

void RunState::noteNothingLeft()
{
    m_context.spend->onEnded(m_record);
    m_context.workers->onEnded(m_record);
}

Pause RunState::failWith(Error error, Remains remains)
{
    note(u"error"_s,
        QString::fromUtf8(toString(error.code).data())
            + (error.detail.empty() ? QString() : u": "_s + QString::fromStdString(error.detail)));
    m_record.containWhenFailed = remains == Remains::Perhaps && mayExist();
    if (!moveTo(DeploymentStatus::Failed))
        return m_context.pace(m_record.deployment.target).retryHigh;
    m_record.deployment.error = std::move(error);
    m_trouble.reset();
    m_readyEvidence.clear();
    m_context.spend->onStartGivenUp(m_record);
    if (!m_record.containWhenFailed)
        noteNothingLeft();
    m_owner.unfollow();
    // A store that cannot take it does not keep the rest from being stopped.
    [[maybe_unused]] const auto saved = save();
    m_context.at("failed.committed");
    m_jobs.onDeploymentEnded(m_record.deployment.id, m_record.deployment.error);
    answerWaiting(fail(*m_record.deployment.error));
    publish();
    return m_record.containWhenFailed || m_record.deployment.deleteAt ? Pause(kAtOnce) : Pause();
}

milliseconds RunState::backoff() const
{
    const EnginePace pace = m_context.pace(m_record.deployment.target);
    const int doublings = std::clamp(m_failures - 1, 0, 10);
    return std::min(pace.retryHigh, pace.retryLow * (1 << doublings));
}

Pause RunState::retryOrFail(const Error& error, int attemptsBeforeCreation)
{
    if (m_context.stopping)
        return kAtOnce;
    ++m_failures;
    if (m_record.deployment.target.isPractice() && error.code == ErrorCode::NetworkUnreachable)
        m_context.accounts.doubt(AccountId::practice()); // it left or died: the next step starts it again
    const bool nothingExists = !hasEndpoint() && is(DeploymentStatus::Validating, DeploymentStatus::SelectingGpu);
    // A short budget only makes it take longer, and by waiting for a key nothing is lost.
    const bool hasTriedEnough = m_failures >= attemptsBeforeCreation && error.code != ErrorCode::RateLimited;
    const bool waitsForKey = error.code == ErrorCode::KeyNeeded || isOfTheKeychain(error.code);
    if (nothingExists && !waitsForKey && (!isOfTheMoment(error.code) || hasTriedEnough))
        return failWith(error);
    showTrouble(error);
    // The wish is kept, but only the user can bring the key.
    if (waitsForKey || isWithoutKey(error.code))
        answerWaiting(fail(error));
    return isOfTheMoment(error.code) ? backoff() : m_context.pace(m_record.deployment.target).retryHigh;
}

void RunState::showTrouble(const Error& error)
{
    if (m_trouble && m_trouble->code == error.code)
        return;
    note(u"warning"_s,
        u"%1; trying again. %2"_s.arg(
            QString::fromUtf8(toString(error.code).data()), QString::fromStdString(error.detail)));
    m_trouble = error;
    [[maybe_unused]] const auto saved = save();
    publish();
}

void RunState::clearTrouble()
{
    m_failures = 0;
    if (!std::exchange(m_trouble, std::nullopt))
        return;
    note(u"info"_s, u"the provider answers again"_s);
    publish();
}

void RunState::showPassingTrouble(const Error& error)
{
    if (m_trouble && m_trouble->code == error.code)
        return;
    m_trouble = error;
    publish();
}

void RunState::clearPassingTrouble()
{
    if (std::exchange(m_trouble, std::nullopt))
        publish();
}

QFuture<Result<void>> RunState::whenSettled()
{
    using enum DeploymentStatus;
    QPromise<Result<void>> promise;
    promise.start();
    QFuture<Result<void>> future = promise.future();
    const bool isPaused = m_record.desired == DesiredState::Pause && is(Paused);
    const bool isRunning = m_record.desired == DesiredState::Run && !is(Paused, Parked) && !m_record.newLimits;
    if (isPaused || isRunning) {
        promise.addResult(Result<void>());
        promise.finish();
        return future;
    }
    m_waiting.push_back(std::move(promise));
    return future;
}

void RunState::answerWaiting(Result<void> outcome)
{
    for (QPromise<Result<void>>& promise : std::exchange(m_waiting, {})) {
        promise.addResult(outcome);
        promise.finish();
    }
}

} // namespace visgate
