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

ServiceAccess::ServiceAccess(const Options& options) : m_options(options) { }

ServiceAccess::~ServiceAccess()
{
    if (isOwner())
        logTo(m_options.log.program, LogLevel::Info, [] { return std::string("lets go of the data folder"); });
}

Result<std::unique_ptr<ServiceAccess>> ServiceAccess::open(const Options& options)
{
    auto access = prepare(options);
    if (!access)
        return access;
    if (auto started = (*access)->start(); !started)
        return fail(started.error());
    return access;
}

Result<std::unique_ptr<ServiceAccess>> ServiceAccess::prepare(const Options& options)
{
    if (auto made = options.paths.create(); !made)
        return fail(made.error());
    std::unique_ptr<ServiceAccess> access(new ServiceAccess(options));
    auto lock = DataFolderLock::take(options.paths);
    const auto note = [&options](std::string_view text) {
        logTo(
            options.log.program, LogLevel::Info, [&] { return std::string(text) + options.paths.data.toStdString(); });
    };
    if (lock) {
        access->m_lock = *std::move(lock);
        access->m_engine = std::make_unique<Engine>(options.makeConfig());
        note("Visgate " VISGATE_VERSION " owns ");
        access->m_service = std::make_unique<LocalService>(*access->m_engine);
    } else if (lock.error().code == ErrorCode::Conflict) {
        access->m_service = std::make_unique<RemoteService>(DataFolderLock::socketOfHolder(options.paths));
        note("another process owns ");
    } else {
        return fail(lock.error());
    }
    return access;
}

Result<void> ServiceAccess::start()
{
    if (!isOwner())
        return {};
    if (m_options.receivesCallbacks)
        receiveCallbacks();
    m_engine->start();
    auto api = ApiServer::start(
        m_options.paths.socket(), [engine = m_engine.get()] { return std::make_unique<LocalService>(*engine); },
        m_options.log.api);
    if (!api)
        return fail(api.error());
    m_api = *std::move(api);
    return {};
}

/// Workers on this computer report here when they can. Everything works without it, so a port that is taken only means
/// that nobody is told where to report.
void ServiceAccess::receiveCallbacks()
{
    auto receiver = CallbackReceiver::start(m_options.callbackPort,
        [engine = m_engine.get()](CallbackReport report) { return engine->acceptCallback(std::move(report)); });
    if (!receiver)
        return;
    m_callbacks = *std::move(receiver);
    QUrl base;
    base.setScheme(u"http"_s);
    base.setHost(u"127.0.0.1"_s);
    base.setPort(m_callbacks->port());
    m_engine->setCallbackAddress(CallbackAddress{base});
}

std::size_t ServiceAccess::clientCount() const
{
    return m_api ? m_api->connectionCount() : 0;
}

} // namespace visgate
