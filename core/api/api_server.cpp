// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/api/api_server.h"

#include "core/api/event_hub.h"
#include "core/api/router.h"
#include "core/api/routes.h"
#include "core/service/deployment_service.h"

#include <utility>

namespace visgate {

using namespace Qt::Literals::StringLiterals;

/// Where requests are answered.
class ApiServer::ServiceHost : public QObject {
public:
    explicit ServiceHost(std::unique_ptr<DeploymentService> service)
        : m_service(std::move(service)), m_events(*m_service)
    {
        addServiceRoutes(m_router, *m_service);
        addDeploymentRoutes(m_router, *m_service, m_events);
        addLifecycleRoutes(m_router, *m_service);
        addJobRoutes(m_router, *m_service);
        addCatalogueRoutes(m_router, *m_service);
        addSpendRoutes(m_router, *m_service);
        addCacheRoutes(m_router, *m_service);
        addPrivateRoutes(m_router, *m_service, m_events);
    }

    void take(std::shared_ptr<http::Exchange> exchange) const { m_router.route(std::move(exchange)); }

private:
    std::unique_ptr<DeploymentService> m_service;
    EventHub m_events;
    Router m_router;
};

ApiServer::ApiServer() : m_thread(startThread(u"api"_s)) { }

Result<std::unique_ptr<ApiServer>> ApiServer::start(
    const QString& socketPath, MakeService makeService, std::shared_ptr<OwnLog> log)
{
    std::unique_ptr<ApiServer> api(new ApiServer);
    QObject carrier;
    carrier.moveToThread(api->m_thread.get());
    QMetaObject::invokeMethod(
        &carrier,
        [&api, &carrier, &makeService, home = QThread::currentThread()] {
            api->m_host = new ServiceHost(makeService());
            carrier.moveToThread(home);
        },
        Qt::BlockingQueuedConnection);
    auto server = http::Server::start({.address = {}, .port = 0, .localSocket = socketPath.toStdString()},
        [desk = api->m_host, log = std::move(log)](std::shared_ptr<http::Exchange> exchange) {
            logTo(log, LogLevel::Debug,
                [&] { return exchange->request().method + " " + std::string(exchange->request().path()); });
            QMetaObject::invokeMethod(
                desk, [desk, exchange = std::move(exchange)] { desk->take(exchange); }, Qt::QueuedConnection);
        });
    if (!server)
        return fail(server.error());
    api->m_server = *std::move(server);
    return api;
}

ApiServer::~ApiServer()
{
    m_server.reset();
    // On its own thread, where its service and timers live.
    if (m_host)
        QMetaObject::invokeMethod(
            m_host, [desk = m_host] { delete desk; }, Qt::BlockingQueuedConnection);
}

std::size_t ApiServer::connectionCount() const
{
    return m_server->connectionCount();
}

} // namespace visgate
