// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/api/service_access.h"

#include "core/api/api_server.h"
#include "core/api/callback_receiver.h"
#include "core/engine/engine.h"
#include "core/service/local_service.h"
#include "core/service/remote_service.h"

#include <utility>

namespace visgate {

using namespace Qt::Literals::StringLiterals;

ServiceAccess::ServiceAccess() = default;
ServiceAccess::~ServiceAccess() = default;

Result<std::unique_ptr<ServiceAccess>> ServiceAccess::open(const Options& options)
{
    if (auto made = options.paths.create(); !made)
        return fail(made.error());
    std::unique_ptr<ServiceAccess> access(new ServiceAccess);
    auto lock = DataFolderLock::take(options.paths);
    if (lock) {
        access->m_lock = *std::move(lock);
        if (auto owned = access->own(options); !owned)
            return fail(owned.error());
    } else if (lock.error().code == ErrorCode::Conflict) {
        access->m_service = std::make_unique<RemoteService>(options.paths.socket());
    } else {
        return fail(lock.error());
    }
    return access;
}

Result<void> ServiceAccess::own(const Options& options)
{
    m_engine = std::make_unique<Engine>(options.makeConfig());
    Engine& engine = *m_engine;
    // Workers on this computer report here when they can. Everything works without it, so a port that is taken only
    // means that nobody is told where to report.
    if (options.receivesCallbacks) {
        auto receiver = CallbackReceiver::start(options.callbackPort,
            [&engine](CallbackReport report) { return engine.acceptCallback(std::move(report)); });
        if (receiver) {
            m_callbacks = *std::move(receiver);
            QUrl base;
            base.setScheme(u"http"_s);
            base.setHost(u"127.0.0.1"_s);
            base.setPort(m_callbacks->port());
            engine.setCallbackAddress(CallbackAddress{base});
        }
    }
    engine.start();
    auto api = ApiServer::start(options.paths.socket(), [&engine] { return std::make_unique<LocalService>(engine); });
    if (!api)
        return fail(api.error());
    m_api = *std::move(api);
    m_service = std::make_unique<LocalService>(engine);
    return {};
}

std::size_t ServiceAccess::clientCount() const
{
    return m_api ? m_api->connectionCount() : 0;
}

} // namespace visgate
