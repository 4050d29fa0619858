// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/domain/preflight/deploy_quote.h"
#include "core/foundation/http/client.h"
#include "core/service/deployment_service.h"

#include <QThreadPool>

#include <atomic>
#include <memory>
#include <string>

namespace visgate {

class ChangeStream;

/// The service as a client of the process that owns the data folder, over its private socket. Calls wait on threads
/// of their own; a call that finds no owner fails with OwnerUnavailable. Changes come over one stream, which connects
/// again by itself; after each connect the present state of every deployment is signalled.
class RemoteService final : public DeploymentService {
    Q_OBJECT

public:
    explicit RemoteService(QString socketPath, QObject* parent = nullptr);
    ~RemoteService() override;

    [[nodiscard]] bool lacksOwner() const override { return !m_isConnected; }

protected:
    void send(std::shared_ptr<Invocation> invocation) override;

private:
    /// On a pool thread: what the owner answers.
    Result<QJsonValue> exchange(const Invocation& invocation);

    std::string m_socket;
    http::CancelToken m_cancel;
    std::atomic<bool> m_isConnected = false;
    QThreadPool m_threads;
    std::unique_ptr<ChangeStream> m_changes;
};

} // namespace visgate
