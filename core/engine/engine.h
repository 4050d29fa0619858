// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/domain/deployment/deployment.h"
#include "core/domain/jobs/job.h"
#include "core/domain/money/spend.h"
#include "core/domain/preflight/deploy_quote.h"
#include "core/engine/context/callback.h"
#include "core/engine/context/engine_config.h"
#include "core/engine/context/engine_snapshot.h"
#include "core/foundation/logs/log_line.h"
#include "core/foundation/result.h"
#include "core/operations/invocation.h"

#include <QFuture>
#include <QList>
#include <QObject>

#include <memory>
#include <optional>
#include <utility>

namespace visgate {

/// The durable state machine of every deployment, on a thread of its own. This object lives on the thread that made
/// it and only posts: every method may be called from any thread, its future finishes when the engine has answered
/// (ErrorCode::Cancelled once the engine is going down). Signals are delivered to the thread this object lives on.
/// The destructor lets steps in flight end, leaves deployments as they are, and waits for the thread; the next start
/// continues them.
class Engine final : public QObject {
    Q_OBJECT

public:
    explicit Engine(EngineConfig config);
    ~Engine() override;

    /// Opens the store and the secrets and takes up every deployment where it was. Other calls wait for it; when it
    /// fails (StoreCorrupt, StoreTooNew, StoreBusy, StoreFull ...) they fail with the same error.
    QFuture<Result<void>> start();

    /// Asks: finishes when the engine has answered.
    template <Operation Op> QFuture<Result<typename Op::Reply>> call(Op operation)
    {
        auto invocation = std::make_shared<TypedInvocation<Op>>(std::move(operation));
        auto answer = invocation->future();
        send(std::move(invocation));
        return answer;
    }
    void send(std::shared_ptr<Invocation> invocation);

    /// Where workers on this computer may post; unset (the default) switches callbacks off. Applies to deployments
    /// created later.
    void setCallbackAddress(std::optional<CallbackAddress> address);
    /// A worker's report; NotFound (also for a wrong secret: it tells a stranger nothing), InvalidRequest.
    QFuture<Result<CallbackAnswer>> acceptCallback(CallbackReport report);

    /// Any thread, at once; never null.
    [[nodiscard]] std::shared_ptr<const EngineSnapshot> snapshot() const;

Q_SIGNALS:
    /// Without its orchestration log: GetDeployment has that.
    void deploymentChanged(const visgate::Deployment& deployment);
    void jobChanged(const visgate::Job& job);
    /// Batched: at most every 50 ms a deployment.
    void logAppended(const visgate::DeploymentId& id, const QList<visgate::LogLine>& lines);
    /// A mark of a limit was passed; once a period.
    void limitPassed(const visgate::LimitState& state);
    /// "Stop everything" came a step further, also one that waited for a target to answer.
    void stopProgressed(const visgate::StopReport& report);
    void endpointsChanged();

private:
    class Impl;
    std::unique_ptr<Impl> m_impl;
};

} // namespace visgate
