// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/async.h"
#include "core/engine/context/engine_context.h"
#include "core/engine/context/pause.h"
#include "core/engine/run/run_owner.h"
#include "core/engine/sessions/provider_sessions.h"
#include "core/store/records.h"

#include <QFuture>
#include <QPromise>
#include <QSet>
#include <QString>

#include <optional>
#include <vector>

namespace visgate {

class JobRunner;

/// One deployment's record, and what each step of its run does with it: says something, moves on, makes it durable,
/// publishes it, waits, fails. Whatever only some steps need is theirs. Engine thread only.
class RunState {
public:
    /// All three outlive it.
    RunState(EngineContext& context, JobRunner& jobs, RunOwner& owner, DeploymentRecord record);

    [[nodiscard]] EngineContext& context() const { return m_context; }
    [[nodiscard]] JobRunner& jobs() const { return m_jobs; }
    [[nodiscard]] DeploymentRecord& record() { return m_record; }
    [[nodiscard]] const DeploymentRecord& record() const { return m_record; }
    [[nodiscard]] DeploymentStatus status() const { return m_record.deployment.status; }
    /// Whether it is in one of these states.
    template <typename... Status> [[nodiscard]] bool is(Status... these) const { return ((status() == these) || ...); }
    /// What is refused because of the state it is in.
    [[nodiscard]] Error conflict() const;
    [[nodiscard]] bool hasEndpoint() const { return !m_record.deployment.endpointId.isEmpty(); }
    /// On the way from the wish for an endpoint to its first worker.
    [[nodiscard]] bool isStarting() const;
    /// Since it came into its present state.
    [[nodiscard]] double secondsInPhase() const;
    /// Whether the provider may have something of ours.
    [[nodiscard]] bool mayExist() const;

    /// The account it lives in at the moment.
    [[nodiscard]] const AccountRef& account() const { return m_account; }
    void useAccount(AccountRef account);

    // The step under way.
    void beginStep() { m_desiredOfStep = m_record.desired; }
    /// The step itself found a new wish, and goes on with it.
    void setDesiredWithinStep(DesiredState desired) { m_record.desired = m_desiredOfStep = desired; }
    [[nodiscard]] bool hasNewDesiredState() const { return m_record.desired != m_desiredOfStep; }
    /// It must not go on: the engine stops, or the user changed their mind.
    [[nodiscard]] bool isInterrupted() const;
    /// `co_await state.pause(1s);`: until then, or until wake().
    [[nodiscard]] Waker::Awaiter pause(std::chrono::milliseconds limit) { return m_waker.pause(limit); }
    void wake() { m_waker.wake(); }
    /// Whether somebody takes its steps at all, and whether one is just being taken.
    [[nodiscard]] bool isDriven() const { return m_isDriven; }
    void setDriven(bool isDriven) { m_isDriven = isDriven; }
    [[nodiscard]] bool isInStep() const { return m_isDriven && !m_waker.isSleeping(); }
    void goOn() { m_owner.goOn(); }
    void unfollow() { m_owner.unfollow(); }

    // The record.
    void note(const QString& level, const QString& message);
    /// False where the table of states has no such transition.
    bool moveTo(DeploymentStatus next);
    Result<void> save();
    /// Ends the promise in the state that it has, together with the record.
    Result<void> close(const Intent& intent);
    void publish();
    /// The workersSeenAt that was published last.
    [[nodiscard]] const std::optional<TimePoint>& shownWorkersAt() const { return m_shownWorkersAt; }

    /// Why it is ready; empty while it is not.
    [[nodiscard]] const QString& readyEvidence() const { return m_readyEvidence; }
    void noteReady(const QString& evidence) { m_readyEvidence = evidence; }
    /// This worker's container has spoken.
    void noteHeard(const QString& worker) { m_heard.insert(worker); }
    /// A look at its workers, brought to account and to its history.
    void countCost(const WorkerList& list);
    /// The provider has nothing more of it that could cost.
    void noteNothingLeft();

    /// The end of the road for this attempt; whatever was created is stopped next.
    enum class Remains { Perhaps, Nothing };
    Pause failWith(Error error, Remains remains = Remains::Perhaps);
    /// A call failed: wait and try again, or give up when nothing was created yet.
    Pause retryOrFail(const Error& error, int attemptsBeforeCreation = 3);
    /// Calls that failed in a row.
    [[nodiscard]] int failures() const { return m_failures; }

    /// Shown while calls fail; not the deployment's own failure.
    [[nodiscard]] const std::optional<Error>& trouble() const { return m_trouble; }
    [[nodiscard]] bool lacksKey() const { return m_trouble && m_trouble->code == ErrorCode::KeyNeeded; }
    void showTrouble(const Error& error);
    void clearTrouble();
    /// The same where nothing runs: shown, and not written down.
    void showPassingTrouble(const Error& error);
    void clearPassingTrouble();

    /// Finishes when the present wish has come true, or with why it cannot.
    [[nodiscard]] QFuture<Result<void>> whenSettled();
    void answerWaiting(Result<void> outcome);

private:
    [[nodiscard]] std::chrono::milliseconds backoff() const;

    EngineContext& m_context;
    JobRunner& m_jobs;
    RunOwner& m_owner;
    DeploymentRecord m_record;
    AccountRef m_account;
    QList<OrchestrationLine> m_unsaved;
    Waker m_waker;
    DesiredState m_desiredOfStep = DesiredState::Run;
    bool m_isDriven = false;
    int m_failures = 0;
    std::optional<Error> m_trouble;
    std::vector<QPromise<Result<void>>> m_waiting;
    QString m_readyEvidence;
    QSet<QString> m_heard;
    std::optional<TimePoint> m_shownWorkersAt;
};

} // namespace visgate
