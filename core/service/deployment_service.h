// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/domain/deployment/deployment.h"
#include "core/domain/jobs/job.h"
#include "core/domain/money/spend.h"
#include "core/domain/preflight/deploy_quote.h"
#include "core/foundation/logs/log_line.h"
#include "core/foundation/result.h"
#include "core/operations/invocation.h"
#include "core/service/pending_calls.h"
#include "core/service/when_done.h"

#include <QFuture>
#include <QJsonObject>
#include <QJsonValue>
#include <QList>
#include <QObject>

#include <memory>
#include <string>
#include <utility>

namespace visgate {

/// What window, command line and HTTP API share: any operation of core/operations can be asked, and changes are told.
/// LocalService hands it to the engine in this process, RemoteService to the process that owns the data folder; nobody
/// sees a difference. Lives on the caller's (GUI) thread; futures finish and signals arrive there. Destroying the
/// service cancels what is pending (the futures finish with ErrorCode::Cancelled).
class DeploymentService : public QObject {
    Q_OBJECT

public:
    using QObject::QObject;

    template <Operation Op> QFuture<Result<typename Op::Reply>> call(Op operation)
    {
        if constexpr (requires { operation.identify(); })
            operation.identify();
        auto invocation = std::make_shared<TypedInvocation<Op>>(std::move(operation));
        auto answer = here(invocation->future());
        send(std::move(invocation));
        return answer;
    }
    /// An operation as it came over a socket.
    [[nodiscard]] QFuture<Result<QJsonValue>> call(std::string name, QJsonObject request)
    {
        auto invocation = std::make_shared<WireInvocation>(std::move(name), std::move(request));
        auto answer = here(invocation->future());
        send(std::move(invocation));
        return answer;
    }
    /// Whether another process has to answer, and none does.
    [[nodiscard]] virtual bool lacksOwner() const { return false; }

Q_SIGNALS:
    /// Without its orchestration log: GetDeployment has that.
    void deploymentChanged(const visgate::Deployment& deployment);
    void jobChanged(const visgate::Job& job);
    /// Batched: at most every 50 ms a deployment.
    void logAppended(const visgate::DeploymentId& id, const QList<visgate::LogLine>& lines);
    /// A mark of a limit was passed ("tell me at", "stop at"); once a period.
    void limitPassed(const visgate::LimitState& state);
    /// "Stop everything" came a step further, also one that had waited for a target to answer.
    void stopProgressed(const visgate::StopReport& report);
    /// ListEndpoints would answer something else now.
    void endpointsChanged();
    /// The owner went away or came back (RemoteService only).
    void connectionChanged(bool connected);

protected:
    /// Answers it, from any thread.
    virtual void send(std::shared_ptr<Invocation> invocation) = 0;

private:
    /// The answer, brought to this thread.
    template <typename T> QFuture<Result<T>> here(QFuture<Result<T>> answer)
    {
        auto pending = m_pending.begin<T>();
        whenDone(
            answer, this, [done = pending.answer](Result<T> result) { done(std::move(result)); },
            [done = pending.answer] { done(fail(ErrorCode::Cancelled)); });
        return pending.future;
    }

    PendingCalls m_pending;
};

} // namespace visgate
