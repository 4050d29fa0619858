// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/foundation/logs/own_log.h"
#include "core/net/http_client.h"
#include "core/providers/this_computer/local_endpoint.h"

#include <QMap>
#include <QString>

#include <functional>
#include <map>
#include <memory>

namespace visgate {

struct ThisComputerSettings {
    QString folder; ///< "…/this-computer" in the data folder, which is locked
    QString worker; ///< the worker's program
    /// The Python with torch and diffusers in it; empty: real models cannot be run. Asked at each use.
    std::function<QString()> python;
    std::shared_ptr<const Clock> clock;
    std::shared_ptr<Redactor> redactor;
    std::shared_ptr<OwnLog> log{}; ///< of the calls to workers; null: none
};

/// The endpoints of this computer and their worker processes. One object a data folder; every process ends with it.
/// Lives on one thread. Errors: StoreCorrupt, FileUnreadable (its file), FileUnwritable, StoreFull.
class ThisComputer {
public:
    /// What its only offer is called, as GPU and as pool.
    [[nodiscard]] static QString gpuTypeId() { return QStringLiteral("this-computer"); }

    explicit ThisComputer(ThisComputerSettings settings);
    ~ThisComputer();
    ThisComputer(const ThisComputer&) = delete;
    ThisComputer& operator=(const ThisComputer&) = delete;

    [[nodiscard]] Result<QList<ProviderEndpoint>> list();
    /// ProviderRefused for a GPU that is not this computer, PictureEngineMissing for a model that nothing here can run.
    [[nodiscard]] Result<ProviderEndpoint> create(const EndpointSpec& spec);
    [[nodiscard]] Result<ProviderEndpoint> scale(
        const EndpointId& id, int workersMin, int workersMax, std::chrono::seconds idleTimeout);
    /// Once its process is gone. Of an endpoint that is not there: done.
    [[nodiscard]] Task<Result<void>> remove(EndpointId id);
    /// EndpointVanished.
    [[nodiscard]] Result<LocalEndpoint*> find(const EndpointId& id);
    /// Whether something here can run that model: PictureEngineMissing.
    [[nodiscard]] Result<void> checkRuns(const QString& modelId) const;

private:
    [[nodiscard]] Result<void> load();
    [[nodiscard]] Result<void> save() const;
    LocalEndpoint& add(ProviderEndpoint endpoint);
    [[nodiscard]] QProcessEnvironment environmentFor(const ProviderEndpoint& endpoint) const;
    [[nodiscard]] QString fileName() const { return m_settings.folder + QStringLiteral("/endpoints.json"); }

    ThisComputerSettings m_settings;
    HttpClient m_http;
    bool m_isLoaded = false;
    std::map<EndpointId, QMap<QString, QString>> m_secrets; ///< of endpoints made in this run; never stored
    std::map<EndpointId, std::unique_ptr<LocalEndpoint>> m_endpoints;
    std::shared_ptr<const bool> m_alive = std::make_shared<const bool>(true); ///< for what goes on after a wait
};

} // namespace visgate
