// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/async.h"
#include "core/engine/changes/limit_change.h"
#include "core/engine/changes/release_roll_back.h"
#include "core/engine/changes/warm_pool.h"
#include "core/engine/context/endpoint_sharing.h"
#include "core/engine/context/engine_context.h"
#include "core/engine/context/pause.h"
#include "core/engine/creation/creation.h"
#include "core/engine/deployments/state_requests.h"
#include "core/engine/ending/endpoint_sleep.h"
#include "core/engine/ending/removal.h"
#include "core/engine/observation/job_news.h"
#include "core/engine/observation/observation.h"
#include "core/engine/observation/run_logs.h"
#include "core/engine/run/endpoint_scaling.h"
#include "core/engine/run/run_account.h"
#include "core/engine/run/run_state.h"
#include "core/engine/sessions/provider_sessions.h"
#include "core/providers/provider.h"
#include "core/store/records.h"

#include <QFuture>
#include <QString>

#include <optional>

namespace visgate {

class JobRunner;

/// One deployment's state machine: reads its record, does one external thing, writes the result, says so; over and
/// over until nothing is left to do. Every step may be cut off anywhere and repeated. Engine thread only; it is
/// destroyed only after what it added to the engine's scope has ended.
class DeploymentRun final : public EndpointResident, private RunOwner {
public:
    DeploymentRun(EngineContext& context, JobRunner& jobs, DeploymentRecord record);
    ~DeploymentRun() override;

    [[nodiscard]] const DeploymentRecord& record() const override { return m_state.record(); }
    [[nodiscard]] const AccountRef& account() const { return m_state.account(); }
    /// The account of the key that made it, whether that key is here or not.
    [[nodiscard]] AccountRef keyAccount() const { return m_account.ofKey(); }
    /// Whether the provider may have something of ours.
    [[nodiscard]] bool mayExist() const { return m_state.mayExist(); }
    /// The deployment as it is shown: with the running phase's time.
    [[nodiscard]] Deployment shown() override;

    /// Lives on an endpoint that was found: ready at once where `evidence` tells that it works.
    void takeOver(const ProviderEndpoint& endpoint, const WorkerList& workers, const QString& evidence)
    {
        m_creation.adoption().takeOver(endpoint, workers, evidence);
    }
    /// Goes on from where the record is.
    void start();
    /// Makes the wish durable, then works on it. Conflict if the present state does not allow it.
    Result<void> setDesired(DesiredState desired) { return m_stateRequests.set(desired); }
    /// Puts it away: max 0 now, deleted at the end of `time` unless it is wanted back before. What cannot be paused
    /// (nothing was created yet, it failed) has nothing to keep and is deleted at once.
    Result<void> keep(std::chrono::seconds time) { return m_stateRequests.keep(time); }
    /// The endpoint it was put away with is `owner`'s now: its record ends, the endpoint stays.
    void endKept(const DeploymentId& owner) override { m_stateRequests.endKept(owner); }
    /// New limits for its workers: durable at once, confirmed by whenSettled(). Conflict while there is no endpoint.
    Result<void> setLimits(const EndpointLimits& limits, double acceptedUsdPerMonth)
    {
        return m_limits.want(limits, acceptedUsdPerMonth);
    }
    /// After each change of the endpoint that is our own or a sharing deployment's, with the provider's answer to it.
    void acceptEndpoint(const ProviderEndpoint& endpoint) override { m_account.accept(endpoint); }
    /// Somebody else changed them at the endpoint that is shared.
    void takeLimits(const EndpointLimits& limits) override { m_limits.take(limits); }
    /// How it is kept from now on. `acceptedUsdPerMonth` is what the user has agreed to for always on.
    Result<void> setPool(const PoolPolicy& policy, double acceptedUsdPerMonth)
    {
        return m_pool.want(policy, acceptedUsdPerMonth);
    }
    /// The price of one worker an hour on the dearest GPU of its plan; asks for it where it was never planned.
    Task<Result<double>> usdPerHour() { return m_creation.selection().usdPerHour(); }
    Task<Result<ReleaseHistory>> releases() { return m_rollBack.history(); }
    /// Makes the wish for an earlier release durable; whenRolledBack() tells of its end.
    Result<void> setRollBack(const RollBackRequest& desired) { return m_rollBack.want(desired); }
    /// The history as it is once the wanted release is back, or why it cannot be.
    [[nodiscard]] QFuture<Result<ReleaseHistory>> whenRolledBack() { return m_rollBack.whenDone(); }
    /// Finishes when the present wish has come true, or with why it cannot.
    [[nodiscard]] QFuture<Result<void>> whenSettled() { return m_state.whenSettled(); }
    void wake() { m_state.wake(); }
    /// Nothing of it may run any more: paused where that is possible, else given up. `why` says what the user can do.
    void stopSpending(const Error& why) { m_stateRequests.stopSpending(why); }
    /// A line of its log from outside: a limit was passed.
    void remark(const QString& message);
    /// The engine goes down: answers who waits; the driver leaves by itself.
    void stop();

    /// The user's answer to record().deployment.question. Conflict if there is none.
    Result<void> answer(bool accepted) { return m_creation.selection().answer(accepted); }

    /// The provider's books have been read.
    void onBills() { m_news.onBills(); }
    /// Somebody looks at it: for a minute its workers are read more often.
    void noteViewed() { m_news.noteViewed(); }
    /// A job of this deployment changed: COMPLETED proves that it is ready.
    void onJob(const Job& job) { m_jobNews.take(job); }
    /// From a callback; one that the log stream brought already counts once.
    void takeEvent(const WorkerEvent& event) { m_logs.take(event); }
    /// A worker's explicit report to the callback receiver.
    void onReported(DeploymentStatus status, const QString& message) { m_start.onReported(status, message); }
    /// Lines of its workers' logs are on their way, or may be.
    [[nodiscard]] bool lacksLogLines() { return m_logs.lacksLines(); }
    /// What the last owner had not read is not here yet.
    [[nodiscard]] bool isCatchingUpLogs() { return m_logs.isCatchingUp(); }
    /// Where jobs can be sent now; empty while there is no endpoint.
    [[nodiscard]] EndpointId jobEndpoint() const;
    [[nodiscard]] bool acceptsJobs() const;

private:
    void unfollow() override { m_news.unfollow(); }
    void goOn() override;
    Task<void> drive();
    Task<Pause> step();
    Task<Pause> guardedStep();
    Task<Pause> tendAndWatch();

    EngineContext& m_context;
    RunState m_state;
    DeploymentRecord& m_record;
    RunAccount m_account;
    EndpointScaling m_scaling;
    Creation m_creation;
    StartProgress m_start;
    RunLogs m_logs;
    EndpointCheck m_check;
    AccountNews m_news;
    JobNews m_jobNews;
    Observation m_observation;
    LimitChange m_limits;
    ReleaseRollBack m_rollBack;
    WarmPool m_pool;
    EndpointSleep m_sleep;
    Removal m_removal;
    StateRequests m_stateRequests;
};

} // namespace visgate
