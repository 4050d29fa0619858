// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/practice/fleet.h"

#include "core/practice/arguments.h"
#include "core/practice/job_queue.h"
#include "core/practice/placement.h"
#include "core/practice/world.h"

#include <algorithm>
#include <cmath>
#include <filesystem>

namespace visgate::practice {

using namespace std::chrono_literals;

namespace {

// Play values for what the real service needs for a first start of a big image; the speed factor divides them.
constexpr double placementSeconds = 4;
constexpr double pullSeconds = 32;
constexpr double warmPullSeconds = 3;
constexpr double createSeconds = 2;
constexpr double startSeconds = 1;
constexpr double firstRestartSeconds = 8;

constexpr auto stopGrace = 10s;           ///< between asking a container to end and ending it
constexpr auto silentWorker = 60s;        ///< a worker that pinged before and stopped pinging (threshold unpublished)
constexpr auto containerLinesKept = 2min; ///< facts 1.4
constexpr auto systemLinesKept = 60min;
constexpr auto heartbeat = 1s;
constexpr std::chrono::seconds startLimit{420}; ///< facts 4.12, unless RUNPOD_INIT_TIMEOUT says otherwise

bool isAlive(const Worker& worker)
{
    return worker.phase != WorkerPhase::Stopping && worker.phase != WorkerPhase::Removed;
}

bool hasContainer(const Worker& worker)
{
    return worker.phase == WorkerPhase::Booting || worker.phase == WorkerPhase::Ready
        || worker.phase == WorkerPhase::Stopping;
}

std::chrono::seconds startLimitOf(const Endpoint& endpoint)
{
    const auto found = endpoint.config.container.env.find("RUNPOD_INIT_TIMEOUT");
    if (found == endpoint.config.container.env.end())
        return startLimit;
    const long seconds = std::strtol(found->second.c_str(), nullptr, 10);
    return seconds > 0 ? std::chrono::seconds(seconds) : startLimit;
}

} // namespace

Fleet::Fleet(World& world) : m_world(world) { }
Fleet::~Fleet() = default;

void Fleet::recover()
{
    const TimePoint died = m_world.account.lastHeartbeat().value_or(m_world.now());
    for (auto& [id, charge] : m_world.account.charges) {
        if (!charge.to) {
            charge.to = std::max(died, charge.from);
            m_world.account.save(charge);
        }
    }
    for (auto& [id, worker] : m_world.account.workers) {
        if (worker.phase == WorkerPhase::Removed)
            continue;
        if (hasContainer(worker))
            system(worker, "the host was restarted");
        remove(worker, m_world.now());
    }
    for (auto& [id, job] : m_world.account.jobs) {
        if (job.status != JobStatus::InProgress)
            continue;
        Worker gone; // its worker is gone, whoever it was
        gone.id = job.workerId;
        gone.endpointId = job.endpointId;
        gone.jobs = {id};
        m_world.queue->workerGone(gone);
    }
}

void Fleet::system(const Worker& worker, const std::string& line)
{
    m_world.logs.append(worker.id, LogBook::Source::System, line);
}

std::string Fleet::scratchOf(const std::string& workerId) const
{
    return m_world.settings.folder + "/workers/" + workerId;
}

std::chrono::nanoseconds Fleet::simulated(const Worker& worker, const char* what, double seconds) const
{
    // Three quarters to five quarters of the usual time, the same for the same seed.
    const std::uint64_t dice = diceFor(m_world.settings.seed, std::string(what) + worker.endpointId + worker.id);
    return m_world.scaled(std::chrono::duration<double>(seconds * (0.75 + static_cast<double>(dice % 1000) / 2000.0)));
}

void Fleet::enter(Worker& worker, WorkerPhase phase, TimePoint now, std::chrono::nanoseconds length)
{
    worker.phase = phase;
    worker.phaseSince = now;
    worker.phaseEnds = now + length;
    m_world.account.save(worker);
}

int Fleet::wanted(const Endpoint& endpoint, TimePoint now) const
{
    const EndpointConfig& config = endpoint.config;
    const auto counts = m_world.queue->counts(endpoint.id);
    const auto workers = std::as_const(m_world.account).workersOf(endpoint.id);
    const auto alive = static_cast<int>(
        std::count_if(workers.begin(), workers.end(), [](const Worker* worker) { return isAlive(*worker); }));
    int need = 0;
    if (config.scaler == Scaler::RequestCount) {
        need = static_cast<int>(std::ceil((counts.queued + counts.running) / config.scalerValue));
    } else if (counts.queued > 0) {
        // One at once from zero; another one whenever the oldest request waits too long and none is on its way.
        const std::chrono::duration<double> waited = now - *counts.oldestQueued;
        const bool onTheWay = std::any_of(workers.begin(), workers.end(),
            [](const Worker* worker) { return isAlive(*worker) && worker->phase != WorkerPhase::Ready; });
        need = std::max(alive, 1);
        if (alive > 0 && !onTheWay && waited.count() > config.scalerValue)
            need = alive + 1;
    }
    need = std::max({need, counts.running > 0 ? 1 : 0, config.workersMin});
    return std::min(need, config.workersMax);
}

void Fleet::scale(Endpoint& endpoint, TimePoint now)
{
    const bool broke = m_world.account.creditUsd - m_world.account.spentUsd(now) <= 0;
    std::vector<Worker*> alive;
    for (Worker* worker : m_world.account.workersOf(endpoint.id)) {
        if (!isAlive(*worker))
            continue;
        alive.push_back(worker);
        // A rolling release: those without a job are replaced now, the others after their job.
        if (worker->version != endpoint.version)
            worker->leaving = true;
    }
    const int limit = broke ? 0 : endpoint.config.workersMax;
    retireSurplus(endpoint, static_cast<int>(alive.size()) - limit);
    int staying = 0;
    for (Worker* worker : alive) {
        if (worker->leaving && worker->jobs.empty() && isAlive(*worker))
            stop(*worker, now);
        staying += isAlive(*worker) ? 1 : 0;
    }
    for (int missing = broke ? 0 : wanted(endpoint, now) - staying; missing > 0; --missing)
        addWorker(endpoint, now);
}

void Fleet::retireSurplus(const Endpoint& endpoint, int surplus)
{
    auto workers = m_world.account.workersOf(endpoint.id);
    // Those furthest from being useful first; the busy ones leave after their job.
    std::stable_sort(workers.begin(), workers.end(), [](const Worker* a, const Worker* b) {
        return std::tuple(a->jobs.size(), a->phase == WorkerPhase::Ready)
            < std::tuple(b->jobs.size(), b->phase == WorkerPhase::Ready);
    });
    for (Worker* worker : workers) {
        if (surplus <= 0)
            return;
        if (isAlive(*worker)) {
            worker->leaving = true;
            --surplus;
        }
    }
}

void Fleet::addWorker(const Endpoint& endpoint, TimePoint now)
{
    Worker worker;
    worker.id = newProviderId();
    worker.endpointId = endpoint.id;
    worker.version = endpoint.version;
    worker.image = endpoint.config.container.image;
    worker.gpuCount = endpoint.config.gpu ? endpoint.config.gpu->count : 0;
    worker.createdAt = now;
    Worker& kept = m_world.account.workers[worker.id] = std::move(worker);
    enter(kept, WorkerPhase::Waiting, now, simulated(kept, "place", placementSeconds));
}

void Fleet::place(Worker& worker, const Endpoint& endpoint, TimePoint now)
{
    const bool none
        = m_world.holds(Condition::Kind::Throttled, endpoint) || m_world.holds(Condition::Kind::NoCapacity, endpoint);
    const auto ordinal = m_world.account.workersOf(endpoint.id).size();
    const auto dice = diceFor(m_world.settings.seed,
        endpoint.config.name + '/' + std::to_string(endpoint.version) + '/' + std::to_string(ordinal));
    const auto found = none ? std::nullopt : findPlace(endpoint.config, m_world.catalog, m_world.account.volumes, dice);
    if (!found)
        return; // throttled: asked again at the next tick
    worker.gpuTypeId = found->gpuTypeId;
    worker.cpuId = found->cpuId;
    worker.dataCenterId = found->dataCenterId;
    worker.usdPerSecond = found->usdPerSecond;
    const std::string warm = worker.image + '@' + worker.dataCenterId;
    const double seconds = m_warmImages.contains(warm) ? warmPullSeconds : pullSeconds;
    system(worker, "image pull: " + worker.image + ": pending");
    enter(worker, WorkerPhase::Pulling, now, simulated(worker, "pull", seconds));
}

void Fleet::advance(Worker& worker, TimePoint now)
{
    const auto found = m_world.account.endpoints.find(worker.endpointId);
    if (found == m_world.account.endpoints.end())
        return;
    const Endpoint& endpoint = found->second;
    const bool phaseOver = now >= worker.phaseEnds;
    switch (worker.phase) {
    case WorkerPhase::Waiting:
        if (phaseOver)
            place(worker, endpoint, now);
        break;
    case WorkerPhase::Pulling:
        if (phaseOver) {
            m_warmImages.insert(worker.image + '@' + worker.dataCenterId);
            system(worker, "image pull: " + worker.image + ": complete");
            system(worker, "create container " + worker.image);
            enter(worker, WorkerPhase::Creating, now, simulated(worker, "create", createSeconds));
        }
        break;
    case WorkerPhase::Creating:
        if (phaseOver)
            enter(worker, WorkerPhase::Starting, now, simulated(worker, "start", startSeconds));
        break;
    case WorkerPhase::Starting:
    case WorkerPhase::Unhealthy:
        if (phaseOver)
            startContainer(worker, endpoint, now);
        break;
    case WorkerPhase::Booting:
        watchBoot(worker, now);
        break;
    case WorkerPhase::Ready:
        watchReady(worker, endpoint, now);
        break;
    case WorkerPhase::Stopping:
    case WorkerPhase::Removed:
        break;
    }
}

Env Fleet::environmentFor(const Worker& worker) const
{
    const auto endpoint = m_world.account.endpoints.find(worker.endpointId);
    if (endpoint == m_world.account.endpoints.end())
        return {};
    const std::string base = m_world.queueBase() + '/' + worker.endpointId;
    std::string query = "?gpu=";
    for (const char c : worker.gpuTypeId.empty() ? worker.cpuId : worker.gpuTypeId)
        query += c == ' ' ? '+' : c;
    const GpuType* const gpu = m_world.catalog.gpu(worker.gpuTypeId);
    Env env = {
        {"PATH", "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"},
        {"HOME", scratchOf(worker.id)},
        {"TMPDIR", scratchOf(worker.id)},
        {"LANG", "C.UTF-8"},
        {"RUNPOD_WEBHOOK_GET_JOB", base + "/job-take/$ID" + query},
        {"RUNPOD_WEBHOOK_POST_OUTPUT", base + "/job-done/$RUNPOD_POD_ID/$ID" + query},
        {"RUNPOD_WEBHOOK_POST_STREAM", base + "/job-stream/$RUNPOD_POD_ID/$ID" + query},
        {"RUNPOD_WEBHOOK_PING", base + "/ping/$RUNPOD_POD_ID" + query},
        {"RUNPOD_PING_INTERVAL", "10000"},
        {"RUNPOD_AI_API_KEY", endpoint->second.workerKey},
        {"RUNPOD_AI_API_ID", worker.endpointId},
        {"RUNPOD_POD_ID", worker.id},
        {"RUNPOD_ENDPOINT_ID", worker.endpointId},
        {"RUNPOD_POD_HOSTNAME", worker.id + "-practice"},
        {"RUNPOD_DC_ID", worker.dataCenterId},
        {"RUNPOD_GPU_COUNT", std::to_string(worker.gpuCount)},
        {"RUNPOD_CPU_COUNT", "8"},
    };
    if (gpu) {
        env["RUNPOD_GPU_TYPE_ID"] = gpu->id;
        env["RUNPOD_GPU_SIZE"] = gpu->pool;
    }
    for (const auto& [name, value] : endpoint->second.config.container.env)
        env[name] = value;
    return env;
}

void Fleet::startContainer(Worker& worker, const Endpoint& endpoint, TimePoint now)
{
    system(worker, "start container for " + worker.image + ": begin");
    worker.startedAt = now;
    worker.failedCheck.clear();
    worker.lastPing.reset();
    openCharge(worker, now);
    enter(worker, WorkerPhase::Booting, now, startLimitOf(endpoint));
    if (m_world.holds(Condition::Kind::CrashLoop, endpoint)) {
        crashed(worker, "container exited with status 1", now);
        return;
    }
    if (m_world.holds(Condition::Kind::StuckInitializing, endpoint))
        return; // a container from which nothing comes
    const auto command = m_world.settings.imageCommands.find(worker.image);
    if (command == m_world.settings.imageCommands.end()) {
        crashed(worker, "error response from daemon: no such image: " + worker.image, now);
        return;
    }
    std::vector<std::string> arguments = command->second;
    for (const std::string& argument : splitArguments(endpoint.config.container.args))
        arguments.push_back(argument);
    std::error_code error;
    std::filesystem::create_directories(scratchOf(worker.id), error);
    auto process = platform::ChildProcess::start(arguments, environmentFor(worker), scratchOf(worker.id));
    if (!process) {
        crashed(worker, "error response from daemon: " + process.error().detail, now);
        return;
    }
    m_processes[worker.id] = {std::move(*process), {}};
}

void Fleet::took(Worker& worker)
{
    if (worker.phase != WorkerPhase::Booting)
        return;
    worker.crashes = 0;
    worker.idleSince = m_world.now();
    enter(worker, WorkerPhase::Ready, m_world.now());
}

void Fleet::reportedUnhealthy(Worker& worker, const std::string& check, const std::string& reason)
{
    worker.failedCheck = check;
    system(worker, "worker reports unhealthy: " + check + ": " + reason);
}

void Fleet::watchBoot(Worker& worker, TimePoint now)
{
    if (now >= worker.phaseEnds)
        crashed(worker, "worker did not ask for a job within the start limit", now);
}

void Fleet::watchReady(Worker& worker, const Endpoint& endpoint, TimePoint now)
{
    if (worker.lastPing && now > *worker.lastPing + silentWorker) {
        crashed(worker, "worker stopped answering", now);
        return;
    }
    const auto workers = m_world.account.workersOf(endpoint.id);
    const auto alive
        = std::count_if(workers.begin(), workers.end(), [](const Worker* other) { return isAlive(*other); });
    const bool isSpare = alive > endpoint.config.workersMin;
    const auto patience = std::chrono::seconds(endpoint.config.idleTimeoutSeconds);
    if (worker.jobs.empty() && isSpare && now >= worker.idleSince + patience)
        stop(worker, now);
}

void Fleet::watchProcess(Worker& worker, TimePoint now)
{
    const auto found = m_processes.find(worker.id);
    if (found == m_processes.end()) {
        if (worker.phase == WorkerPhase::Stopping)
            remove(worker, now);
        return;
    }
    const auto status = found->second.process->exitStatus();
    for (const std::string& line : found->second.process->readLines())
        m_world.logs.append(worker.id, LogBook::Source::Container, line);
    if (!status) {
        if (worker.phase == WorkerPhase::Stopping && now >= found->second.killAt)
            found->second.process->kill();
        return;
    }
    m_processes.erase(found);
    const std::string text = "container exited with status " + std::to_string(*status);
    if (worker.phase == WorkerPhase::Stopping || *status == 0) {
        if (worker.phase != WorkerPhase::Stopping)
            system(worker, text); // the worker left of its own will
        remove(worker, now);
    } else {
        crashed(worker, text, now);
    }
}

void Fleet::crashed(Worker& worker, const std::string& why, TimePoint now)
{
    system(worker, why);
    m_processes.erase(worker.id); // kills what is left
    closeCharge(worker, now);
    worker.startedAt.reset();
    ++worker.crashes;
    const double pause = firstRestartSeconds * std::pow(2.0, std::min(worker.crashes - 1, 4));
    enter(worker, WorkerPhase::Unhealthy, now, m_world.scaled(std::chrono::duration<double>(pause)));
    m_world.queue->workerGone(worker);
}

void Fleet::stop(Worker& worker, TimePoint now)
{
    const auto found = m_processes.find(worker.id);
    if (hasContainer(worker))
        system(worker, "stop container");
    if (found != m_processes.end()) {
        found->second.process->terminate();
        found->second.killAt = now + stopGrace;
    }
    enter(worker, WorkerPhase::Stopping, now);
    if (found == m_processes.end())
        remove(worker, now);
}

void Fleet::remove(Worker& worker, TimePoint now)
{
    m_processes.erase(worker.id);
    closeCharge(worker, now);
    if (worker.startedAt)
        system(worker, "remove container");
    worker.removedAt = now;
    enter(worker, WorkerPhase::Removed, now);
    m_world.queue->workerGone(worker);
    std::error_code ignored;
    std::filesystem::remove_all(scratchOf(worker.id), ignored);
}

void Fleet::openCharge(Worker& worker, TimePoint now)
{
    Charge charge;
    charge.id = newProviderId();
    charge.endpointId = worker.endpointId;
    charge.from = now;
    charge.usdPerSecond = worker.usdPerSecond;
    charge.cpu = worker.gpuTypeId.empty();
    worker.chargeId = charge.id;
    m_world.account.save(charge);
    m_world.account.charges[charge.id] = std::move(charge);
}

void Fleet::closeCharge(Worker& worker, TimePoint now)
{
    const auto found = m_world.account.charges.find(worker.chargeId);
    worker.chargeId.clear();
    if (found == m_world.account.charges.end() || found->second.to)
        return;
    found->second.to = now;
    m_world.account.save(found->second);
}

void Fleet::dropEndpoint(const std::string& endpointId)
{
    const TimePoint now = m_world.now();
    std::vector<std::string> ids;
    for (auto& [id, worker] : m_world.account.workers) {
        if (worker.endpointId != endpointId)
            continue;
        ids.push_back(id);
        if (worker.phase != WorkerPhase::Removed)
            remove(worker, now);
    }
    for (const std::string& id : ids) {
        m_world.account.eraseWorker(id);
        m_world.logs.drop(id);
    }
}

void Fleet::endAll()
{
    for (auto& [id, worker] : m_world.account.workers) {
        if (worker.phase != WorkerPhase::Removed)
            remove(worker, m_world.now());
    }
}

void Fleet::forget(TimePoint now)
{
    std::vector<std::string> old;
    for (const auto& [id, worker] : m_world.account.workers) {
        if (!worker.removedAt)
            continue;
        if (now >= *worker.removedAt + containerLinesKept)
            m_world.logs.dropContainerLines(id);
        if (now >= *worker.removedAt + systemLinesKept)
            old.push_back(id);
    }
    for (const std::string& id : old) {
        m_world.account.eraseWorker(id);
        m_world.logs.drop(id);
    }
}

void Fleet::parkUnused(Endpoint& endpoint, TimePoint now)
{
    // Facts 5: without requests at most 2 workers after 3 days, none after 7.
    const auto unused = now - std::max(endpoint.lastRequestAt, endpoint.createdAt);
    const int limit = unused >= 7 * 24h ? 0 : unused >= 3 * 24h ? 2 : endpoint.config.workersMax;
    if (limit >= endpoint.config.workersMax)
        return;
    endpoint.config.workersMax = limit;
    endpoint.config.workersMin = std::min(endpoint.config.workersMin, limit);
    m_world.account.save(endpoint);
}

void Fleet::tick(TimePoint now)
{
    std::vector<Worker*> workers;
    for (auto& [id, worker] : m_world.account.workers)
        workers.push_back(&worker);
    for (Worker* worker : workers) {
        watchProcess(*worker, now);
        advance(*worker, now);
    }
    for (auto& [id, endpoint] : m_world.account.endpoints) {
        parkUnused(endpoint, now);
        if (!endpoint.config.loadBalancer)
            scale(endpoint, now);
    }
    forget(now);
    if (m_world.account.spendRate() > 0 && now >= m_lastHeartbeat + heartbeat) {
        m_lastHeartbeat = now;
        m_world.account.saveHeartbeat(now, m_world.clock.ahead());
    }
}

} // namespace visgate::practice
