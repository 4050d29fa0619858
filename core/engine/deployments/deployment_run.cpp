// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/engine/deployments/deployment_run.h"

#include "core/engine/context/error_kinds.h"
#include "core/engine/context/publisher.h"
#include "core/engine/jobs/job_runner.h"
#include "core/engine/logs/log_keeper.h"
#include "core/engine/money/spend_keeper.h"
#include "core/engine/sessions/accounts.h"
#include "core/engine/sessions/key_history.h"

#include <algorithm>
#include <exception>
#include <utility>

namespace visgate {

using namespace Qt::Literals::StringLiterals;
using std::chrono::milliseconds;

namespace {

constexpr qsizetype kShownLines = 200;

double secondsBetween(TimePoint from, TimePoint to)
{
    return std::max(0.0, std::chrono::duration<double>(to - from).count());
}

bool holds(const QList<ProviderEndpoint>& list, const EndpointId& id)
{
    return std::any_of(
        list.cbegin(), list.cend(), [&id](const ProviderEndpoint& endpoint) { return endpoint.id == id; });
}

} // namespace

DeploymentRun::DeploymentRun(EngineContext& context, JobRunner& jobs, DeploymentRecord record)
    : m_context(context), m_jobs(jobs), m_record(std::move(record)), m_account(m_record.deployment.target),
      m_workerLogs(
          context, m_record.deployment.id,
          [this](const WorkerEvent& event, const QString& worker) { onWorkerEvent(event, worker); },
          [this](const QString& worker, const QString& line, bool isSystem) { onStartLine(worker, line, isSystem); }),
      m_times(context, *context.history)
{
    m_workerLogs.setUnread(m_record.unreadLogs);
    m_context.sharing.join(*this);
}

DeploymentRun::~DeploymentRun()
{
    m_context.sharing.leave(*this);
    m_context.watches->of(m_account).leave(*this);
}

Deployment DeploymentRun::shown()
{
    Deployment shown = m_record.deployment;
    if (shown.status != DeploymentStatus::Deleted && shown.status != DeploymentStatus::Failed)
        shown.phaseSeconds[toString(shown.status)] += secondsBetween(m_record.statusSince, m_context.now());
    if (!shown.error && m_trouble)
        shown.error = m_trouble;
    if (hasEndpoint() && shown.status != DeploymentStatus::Ready && !isSettled(shown.status)
        && shown.status != DeploymentStatus::Paused) {
        if (!shown.error)
            shown.error = m_stuck;
        shown.estimatedRange = m_times.remaining();
        if (shown.estimatedRange && shown.estimatedRange->high.count() > 0)
            shown.estimatedRemaining = shown.estimatedRange->likely;
    }
    if (m_trouble && (m_trouble->code == ErrorCode::KeyNeeded || isWithoutKey(m_trouble->code)))
        shown.waitingFor = u"key"_s;
    shown.warm = isHeldWarm();
    shown.warmNextChange = warmPlanAt(shown.pool, m_context.now()).nextChange;
    shown.unconfirmed = unconfirmed();
    return shown;
}

void DeploymentRun::start()
{
    if (std::exchange(m_driving, true))
        return;
    m_context.scope.add(drive());
}

Task<void> DeploymentRun::drive()
{
    while (!m_context.stopping) {
        m_wishOfStep = m_record.wish;
        const Pause pause = co_await guardedStep();
        if (m_context.stopping)
            break;
        if (m_record.wish != m_wishOfStep)
            continue;
        if (!pause) {
            co_await readLastLines();
            if (m_context.stopping || m_record.wish == m_wishOfStep)
                break;
            continue;
        }
        if (*pause > kAtOnce)
            co_await m_waker.pause(std::clamp(untilDeletion(), milliseconds(1), *pause));
    }
    m_workerLogs.close();
    m_driving = false;
}

/// A fault of the program in one step must not leave the deployment without anybody who looks after it.
Task<Pause> DeploymentRun::guardedStep()
{
    Pause pause;
    try {
        pause = co_await step();
    } catch (const std::exception& problem) {
        pause = retryOrFail(Error{ErrorCode::UnexpectedReply, problem.what(), 0, {}, {}}, 1);
    }
    co_return pause;
}

Task<Pause> DeploymentRun::step()
{
    using enum DeploymentStatus;
    if (status() == Deleted)
        co_return Pause();
    deleteWhatWasKeptLongEnough();
    if (m_record.wish == Wish::Delete && !mayExist())
        co_return finishRemoval();
    if (m_record.wish != Wish::Delete && status() == Failed && !m_record.containWhenFailed && !m_record.rollBack)
        co_return Pause();
    if (m_stopReason && m_record.wish != Wish::Delete && !isSettled(status()))
        co_return failWith(*std::exchange(m_stopReason, std::nullopt));
    auto opened = co_await openAccount(status() == Validating ? m_record.request.practiceSpeed : 0.0);
    if (!opened)
        co_return retryOrFail(opened.error(), 1);
    if (m_trouble && m_trouble->code == ErrorCode::KeyNeeded)
        clearTrouble(); // the key is there again
    catchUpLogs();
    Pause pause;
    if (m_record.wish == Wish::Delete)
        pause = co_await remove();
    else if (status() == Validating)
        pause = co_await validate();
    else if (status() == SelectingGpu)
        pause = co_await selectGpu();
    else if (status() == CreatingEndpoint && !hasEndpoint())
        pause = co_await create();
    else if (status() == Failed && m_record.containWhenFailed)
        pause = co_await contain();
    else if (m_record.wish == Wish::Pause && status() != Paused)
        pause = co_await pauseEndpoint();
    else if (m_record.wish == Wish::Run && (status() == Paused || (status() == Parked && m_record.wakesParked)))
        pause = co_await resumeEndpoint();
    else if (m_record.newLimits && m_record.wish == Wish::Run && status() != Parked)
        pause = co_await applyLimits();
    else if (m_record.rollBack)
        pause = co_await applyRollBack();
    else if (status() == CreatingEndpoint || status() == DownloadingModel || status() == LoadingModel)
        pause = co_await observe();
    else if (status() == Ready)
        pause = co_await tendAndWatch();
    else
        pause = co_await watch();
    co_return pause;
}

AccountRef DeploymentRun::keyAccount() const
{
    const Deployment& d = m_record.deployment;
    return d.keyFromRequest ? AccountRef(d.target, d.userHash) : AccountRef(d.target);
}

void DeploymentRun::chooseAccount()
{
    const Deployment& d = m_record.deployment;
    const bool hasOwnKey = !d.userHash.isEmpty() && m_context.accounts.hasGuest(d.target, d.userHash);
    AccountRef chosen = hasOwnKey ? AccountRef(d.target, d.userHash) : AccountRef(d.target);
    if (chosen == m_account)
        return;
    m_context.watches->of(m_account).leave(*this);
    m_account = std::move(chosen);
}

Task<Result<void>> DeploymentRun::openAccount(double speed)
{
    Deployment& d = m_record.deployment;
    chooseAccount();
    auto opened = co_await m_context.accounts.open(m_account, speed);
    if (!opened && isWithoutKey(opened.error().code) && d.keyFromRequest)
        co_return fail(ErrorCode::KeyNeeded);
    if (!opened)
        co_return opened;
    const QString present = m_context.accounts.userHash(m_account);
    // With nothing made yet, whatever key is stored now will do.
    if (d.userHash.isEmpty() || (!d.keyFromRequest && !mayExist()))
        d.userHash = present;
    if (d.userHash == present)
        co_return Result<void>();
    // An account whose key has another hash, but with our endpoint in it: the key was replaced by a newer one.
    auto same = co_await isListed();
    if (!same)
        co_return fail(std::move(same.error()));
    // Another account's key can neither see nor delete what this one made.
    if (!*same)
        co_return fail(ErrorCode::KeyNeeded);
    note(u"info"_s, u"The account has a new key"_s);
    [[maybe_unused]] const auto kept = m_context.stored(rememberHash(m_context.meta, d.target, d.userHash));
    d.userHash = present;
    co_return m_context.stored(save());
}

Task<Result<bool>> DeploymentRun::isListed()
{
    const EndpointId own = m_record.deployment.endpointId;
    if (own.isEmpty())
        co_return false;
    auto list = co_await m_context.watches->of(m_account).list();
    if (!list)
        co_return fail(std::move(list.error()));
    co_return holds(*list, own);
}

Task<Result<std::shared_ptr<const Secret>>> DeploymentRun::hubToken()
{
    const std::shared_ptr<const Secret> own = m_record.request.hubToken;
    const Target target = m_record.deployment.target;
    if (own && Accounts::mayUseToken(target, *own))
        co_return own;
    auto token = co_await m_context.accounts.hubToken(target, m_record.deployment.modelId);
    co_return token;
}

bool DeploymentRun::isInterrupted() const
{
    return m_context.stopping || m_record.wish != m_wishOfStep || !m_context.accounts.isOpen(m_account);
}

Provider* DeploymentRun::provider()
{
    return m_context.accounts.provider(m_account);
}

void DeploymentRun::remark(const QString& message)
{
    note(u"warning"_s, message);
    [[maybe_unused]] const auto saved = save();
    publish();
}

void DeploymentRun::stop()
{
    answerWaiting(fail(ErrorCode::Cancelled));
    answerRollBack(fail(ErrorCode::Cancelled));
    m_workerLogs.close();
    m_waker.wake();
}

void DeploymentRun::note(const QString& level, const QString& message)
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

bool DeploymentRun::moveTo(DeploymentStatus next)
{
    Deployment& d = m_record.deployment;
    if (d.status == next)
        return true;
    if (!mayFollow(d.status, next)) {
        note(u"warning"_s, u"refused the transition %1 -> %2"_s.arg(toString(d.status), toString(next)));
        return false;
    }
    d.phaseSeconds[toString(d.status)] += secondsBetween(m_record.statusSince, m_context.now());
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

Result<void> DeploymentRun::save()
{
    auto saved = m_context.stored(m_context.deployments.save(m_record, m_unsaved));
    if (saved)
        m_unsaved.clear();
    return saved;
}

void DeploymentRun::publish()
{
    m_shownWorkersAt = m_record.deployment.workersSeenAt;
    m_context.publisher.publish(shown());
}

bool DeploymentRun::mayExist() const
{
    if (hasEndpoint() || !m_record.waking.isEmpty())
        return true;
    // An unreadable store is no proof that nothing was asked for.
    const auto intent = m_context.intents.latest(m_record.deployment.id);
    return !intent || (*intent && (*intent)->state == Intent::State::Open);
}

Pause DeploymentRun::failWith(Error error, Remains remains)
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
        m_context.spend->onEnded(m_record);
    m_context.watches->of(m_account).leave(*this);
    // A store that cannot take it does not keep the rest from being stopped.
    [[maybe_unused]] const auto saved = save();
    m_context.at("failed.committed");
    m_jobs.onDeploymentEnded(m_record.deployment.id, m_record.deployment.error);
    answerWaiting(fail(*m_record.deployment.error));
    publish();
    return m_record.containWhenFailed || m_record.deployment.deleteAt ? Pause(kAtOnce) : Pause();
}

milliseconds DeploymentRun::backoff() const
{
    const EnginePace pace = m_context.pace(m_record.deployment.target);
    const int doublings = std::clamp(m_failures - 1, 0, 10);
    return std::min(pace.retryHigh, pace.retryLow * (1 << doublings));
}

Pause DeploymentRun::retryOrFail(const Error& error, int attemptsBeforeCreation)
{
    if (m_context.stopping)
        return kAtOnce;
    ++m_failures;
    if (m_record.deployment.target == Target::Practice && error.code == ErrorCode::NetworkUnreachable)
        m_context.accounts.doubt(Target::Practice); // it left or died: the next step starts it again
    const bool nothingExists
        = !hasEndpoint() && (status() == DeploymentStatus::Validating || status() == DeploymentStatus::SelectingGpu);
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

void DeploymentRun::showTrouble(const Error& error)
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

void DeploymentRun::clearTrouble()
{
    m_failures = 0;
    if (!std::exchange(m_trouble, std::nullopt))
        return;
    note(u"info"_s, u"the provider answers again"_s);
    publish();
}

EndpointId DeploymentRun::jobEndpoint() const
{
    return m_record.wish == Wish::Run ? m_record.deployment.endpointId : EndpointId();
}

bool DeploymentRun::acceptsJobs() const
{
    using enum DeploymentStatus;
    return m_record.wish == Wish::Run && status() != Failed && status() != Paused && status() != Deleted;
}

} // namespace visgate
