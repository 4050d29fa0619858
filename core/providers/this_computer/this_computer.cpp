// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/providers/this_computer/this_computer.h"

#include "core/base/paths.h"
#include "core/domain/model/demo_model.h"
#include "core/foundation/redactor.h"
#include "core/providers/this_computer/endpoint_file.h"

#include <QDir>
#include <QFileInfo>

#include <algorithm>
#include <array>
#include <utility>

namespace visgate {

using namespace Qt::Literals::StringLiterals;

namespace {

constexpr std::size_t kEndpointIdBytes = 5;
const auto kModelVariable = u"HF_MODEL_ID"_s;

Error vanished()
{
    return Error{ErrorCode::EndpointVanished, {}, 404, {}, {}};
}

/// Settings of a worker that this program was started with itself are no business of its workers; neither are keys.
bool isForWorkers(const QString& name)
{
    if (name.startsWith("VISGATE_"_L1) || name.startsWith("RUNPOD_"_L1) || name.startsWith("HF_MODEL"_L1))
        return false;
    constexpr std::array words{"TOKEN", "SECRET", "PASSWORD", "PASSWD", "_KEY", "CREDENTIAL"};
    return std::none_of(words.begin(), words.end(),
        [&name](const char* word) { return name.contains(QLatin1String(word), Qt::CaseInsensitive); });
}

} // namespace

ThisComputer::ThisComputer(ThisComputerSettings settings)
    : m_settings(std::move(settings)), m_http(HttpClientSettings::loggingTo(m_settings.log))
{
}

ThisComputer::~ThisComputer()
{
    for (const auto& [id, endpoint] : m_endpoints) // all at once; each is then waited for
        endpoint->leave();
}

Result<void> ThisComputer::load()
{
    if (m_isLoaded)
        return {};
    auto endpoints = readEndpointFile(fileName());
    if (!endpoints)
        return fail(std::move(endpoints.error()));
    m_isLoaded = true;
    for (ProviderEndpoint& endpoint : *endpoints)
        add(std::move(endpoint)).begin();
    return {};
}

Result<void> ThisComputer::save() const
{
    QList<ProviderEndpoint> endpoints;
    for (const auto& [id, endpoint] : m_endpoints)
        endpoints.append(endpoint->description());
    return writeEndpointFile(fileName(), endpoints);
}

LocalEndpoint& ThisComputer::add(ProviderEndpoint endpoint)
{
    const EndpointId id = endpoint.id;
    LocalEndpoint::Surroundings around;
    around.http = &m_http;
    around.worker = m_settings.worker;
    around.folder = m_settings.folder + u'/' + QString::fromStdString(id.value());
    around.gpuTypeId = gpuTypeId();
    around.environment = [this](const ProviderEndpoint& of) { return environmentFor(of); };
    around.clock = m_settings.clock;
    around.redactor = m_settings.redactor;
    std::unique_ptr<LocalEndpoint>& made = m_endpoints[id];
    made = std::make_unique<LocalEndpoint>(std::move(endpoint), std::move(around));
    return *made;
}

QProcessEnvironment ThisComputer::environmentFor(const ProviderEndpoint& endpoint) const
{
    QProcessEnvironment environment;
    const QProcessEnvironment ours = QProcessEnvironment::systemEnvironment();
    const QStringList names = ours.keys();
    for (const QString& name : names) {
        if (isForWorkers(name))
            environment.insert(name, ours.value(name));
    }
    for (auto it = endpoint.env.begin(); it != endpoint.env.end(); ++it)
        environment.insert(it.key(), it.value());
    if (const auto secrets = m_secrets.find(endpoint.id); secrets != m_secrets.end()) {
        for (auto it = secrets->second.begin(); it != secrets->second.end(); ++it)
            environment.insert(it.key(), it.value());
    }
    environment.insert(u"WORKER_MODE"_s, u"http"_s);
    environment.insert(u"HTTP_ADDRESS"_s, u"127.0.0.1"_s);
    environment.insert(u"HTTP_PORT"_s, u"0"_s); // the system picks one
    environment.insert(u"VISGATE_LEAVE_WITH_STDIN"_s, u"1"_s);
    environment.insert(
        u"VISGATE_PATIENCE"_s, u"30"_s); // a processor draws slowly, and nobody pays for it by the second
    environment.insert(u"VISGATE_CACHE_DIRS"_s, m_settings.folder + "/models"_L1); // kept for the next worker
    if (isDemoModel(endpoint.env.value(kModelVariable))) {
        environment.remove(kModelVariable); // it stands in for nothing
        environment.insert(u"VISGATE_RUNNER"_s, u"builtin"_s);
    } else {
        environment.insert(u"VISGATE_RUNNER"_s, u"diffusers"_s);
        environment.insert(u"VISGATE_PYTHON"_s, m_settings.python());
    }
    return environment;
}

Result<QList<ProviderEndpoint>> ThisComputer::list()
{
    if (auto loaded = load(); !loaded)
        return fail(std::move(loaded.error()));
    QList<ProviderEndpoint> all;
    for (const auto& [id, endpoint] : m_endpoints)
        all.append(endpoint->description());
    return all;
}

Result<void> ThisComputer::checkRuns(const QString& modelId) const
{
    if (isDemoModel(modelId))
        return {};
    const QFileInfo python(m_settings.python());
    if (python.isFile() && python.isExecutable())
        return {};
    return fail(Error{ErrorCode::PictureEngineMissing, m_settings.python().toStdString(), 0, {}, {}});
}

Result<ProviderEndpoint> ThisComputer::create(const EndpointSpec& spec)
{
    if (auto loaded = load(); !loaded)
        return fail(std::move(loaded.error()));
    if (spec.gpuPools != QStringList{gpuTypeId()})
        return fail(Error{ErrorCode::ProviderRefused, "only this computer can be asked for", 422, {}, {}});
    if (auto runs = checkRuns(spec.env.value(kModelVariable)); !runs)
        return fail(std::move(runs.error()));
    if (auto made = makePrivateFolder(m_settings.folder); !made)
        return fail(std::move(made.error()));
    ProviderEndpoint endpoint;
    endpoint.id = EndpointId("here" + randomHex(kEndpointIdBytes));
    endpoint.name = spec.name;
    endpoint.image = spec.image;
    endpoint.gpuPools = spec.gpuPools;
    endpoint.workersMin = spec.limits.workersMin;
    endpoint.workersMax = spec.limits.workersMax;
    endpoint.idleTimeout = spec.limits.idleTimeout;
    endpoint.executionTimeout = spec.limits.executionTimeout;
    endpoint.env = spec.env;
    endpoint.createdAt = m_settings.clock->now();
    for (const QString& value : std::as_const(spec.secretEnv))
        m_settings.redactor->addSecret(value.toStdString());
    m_secrets[endpoint.id] = spec.secretEnv;
    LocalEndpoint& made = add(endpoint);
    if (auto saved = save(); !saved) {
        m_endpoints.erase(endpoint.id);
        m_secrets.erase(endpoint.id);
        return fail(std::move(saved.error()));
    }
    made.begin();
    return endpoint;
}

Result<ProviderEndpoint> ThisComputer::scale(
    const EndpointId& id, int workersMin, int workersMax, std::chrono::seconds idleTimeout)
{
    auto found = find(id);
    if (!found)
        return fail(std::move(found.error()));
    // What is stopped is stopped, should the disk be full as well.
    (*found)->scale(workersMin, workersMax, idleTimeout);
    if (auto saved = save(); !saved)
        return fail(std::move(saved.error()));
    return (*found)->description();
}

Task<Result<void>> ThisComputer::remove(EndpointId id)
{
    auto found = find(id);
    if (!found && found.error().code == ErrorCode::EndpointVanished)
        co_return Result<void>();
    if (!found)
        co_return fail(std::move(found.error()));
    const std::weak_ptr<const bool> alive = m_alive;
    const QFuture<Result<void>> ending = (*found)->end();
    [[maybe_unused]] auto ended = co_await ending;
    if (alive.expired())
        co_return fail(ErrorCode::Cancelled);
    const auto gone = m_endpoints.find(id);
    if (gone == m_endpoints.end())
        co_return Result<void>();
    const std::unique_ptr<LocalEndpoint> kept = std::move(gone->second);
    m_endpoints.erase(gone);
    if (auto saved = save(); !saved) {
        add(kept->description()); // at max 0, until it can be written that it is gone
        co_return saved;
    }
    m_secrets.erase(id);
    QDir(m_settings.folder + u'/' + QString::fromStdString(id.value())).removeRecursively();
    co_return Result<void>();
}

Result<LocalEndpoint*> ThisComputer::find(const EndpointId& id)
{
    if (auto loaded = load(); !loaded)
        return fail(std::move(loaded.error()));
    const auto found = m_endpoints.find(id);
    if (found == m_endpoints.end())
        return fail(vanished());
    return found->second.get();
}

} // namespace visgate
