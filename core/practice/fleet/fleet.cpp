// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/practice/fleet/fleet.h"

#include "core/practice/queue/job_queue.h"
#include "core/practice/world/placement.h"
#include "core/practice/world/world.h"

#include <algorithm>
#include <cmath>

namespace visgate::practice {

using namespace std::chrono_literals;

namespace {

// Play values for what the real service needs for a first start of a big image; the speed factor divides them.
constexpr double placementSeconds = 4;
constexpr double pullSeconds = 32;
constexpr double warmPullSeconds = 3;
constexpr double revivalSeconds = 0.5; // with FlashBoot
constexpr double createSeconds = 2;
constexpr double startSeconds = 1;

constexpr auto containerLinesKept = 2min; ///< facts 1.4
constexpr auto systemLinesKept = 60min;
constexpr auto heartbeat = 1s;

} // namespace

Fleet::Fleet(World& world, JobQueue& queue) : m_world(world), m_queue(queue) { }
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
        if (worker.hasContainer())
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
        m_queue.workerGone(gone);
    }
}

bool Fleet::hasWorkers() const
{
    return std::any_of(m_world.account.workers.begin(), m_world.account.workers.end(),
        [](const auto& entry) { return entry.second.phase != WorkerPhase::Removed; });
}

void Fleet::system(const Worker& worker, const std::string& line)
{
    m_world.logs.append(worker.id, LogBook::Source::System, line);
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
    worker.phaseEnds = now + std::chrono::duration_cast<TimePoint::duration>(length);
    m_world.account.save(worker);
}

int Fleet::wanted(const Endpoint& endpoint, TimePoint now) const
{
    const EndpointConfig& config = endpoint.config;
    const auto counts = m_queue.counts(endpoint.id);
    const auto workers = std::as_const(m_world.account).workersOf(endpoint.id);
    const auto alive = static_cast<int>(
        std::count_if(workers.begin(), workers.end(), [](const Worker* worker) { return worker->isAlive(); }));
    int need = 0;
    if (config.scaler == Scaler::RequestCount) {
        need = static_cast<int>(std::ceil((counts.queued + counts.running) / config.scalerValue));
    } else if (counts.queued > 0) {
        // One at once from zero; another one whenever the oldest request waits too long and none is on its way.
        const std::chrono::duration<double> waited = now - *counts.oldestQueued;
        const bool onTheWay = std::any_of(workers.begin(), workers.end(),
            [](const Worker* worker) { return worker->isAlive() && worker->phase != WorkerPhase::Ready; });
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
        if (!worker->isAlive())
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
        if (worker->leaving && worker->jobs.empty() && worker->isAlive())
            stop(*worker, now);
        staying += worker->isAlive() ? 1 : 0;
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
        if (worker->isAlive()) {
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
    worker.image = m_world.imageMeantBy(endpoint.config.container.image);
    worker.gpuCount = endpoint.config.gpu ? endpoint.config.gpu->count : 0;
    worker.createdAt = now;
    worker.ordinal = ++m_workersMade[endpoint.id];
    Worker& kept = m_world.account.workers[worker.id] = std::move(worker);
    // Chance decides when the machine is known.
    enter(kept, WorkerPhase::Waiting, now,
        m_world.chance ? std::chrono::nanoseconds(0) : simulated(kept, "place", placementSeconds));
}

void Fleet::place(Worker& worker, const Endpoint& endpoint, TimePoint now)
{
    const bool none
        = m_world.holds(Condition::Kind::Throttled, endpoint) || m_world.holds(Condition::Kind::NoCapacity, endpoint);
    const auto ordinal
        = m_world.chance ? static_cast<std::size_t>(worker.ordinal) : m_world.account.workersOf(endpoint.id).size();
    const auto dice = diceFor(m_world.settings.seed,
        endpoint.config.name + '/' + std::to_string(endpoint.version) + '/' + std::to_string(ordinal));
    auto found = none ? std::nullopt : findPlace(endpoint.config, m_world.catalog, m_world.account.volumes, dice);
    worker.throttled = !found;
    if (!found)
        return; // asked again at the next tick
    if (m_world.chance) {
        if (reserve(worker, endpoint, *found, now))
            return;
        found = m_simulated[worker.id].place;
        worker.throttled = false;
    }
    worker.gpuTypeId = found->gpuTypeId;
    worker.cpuId = found->cpuId;
    worker.dataCenterId = found->dataCenterId;
    worker.usdPerSecond = found->usdPerSecond;
    const std::string warm = worker.image + '@' + worker.dataCenterId;
    const double again = endpoint.config.flashboot == "OFF" ? warmPullSeconds : revivalSeconds;
    const double seconds = m_warmImages.contains(warm) ? again : pullSeconds;
    system(worker, "image pull: " + worker.image + ": pending");
    enter(worker, WorkerPhase::Pulling, now,
        m_world.chance ? pullTime(worker, m_warmImages.contains(warm)) : simulated(worker, "pull", seconds));
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
        if (phaseOver)
            startContainer(worker, endpoint, now);
        break;
    case WorkerPhase::Unhealthy:
        // Tried again as long as somebody waits for it.
        if (phaseOver && wanted(endpoint, now) == 0)
            stop(worker, now);
        else if (phaseOver)
            startContainer(worker, endpoint, now);
        break;
    case WorkerPhase::Booting:
        watchBoot(worker, endpoint, now);
        break;
    case WorkerPhase::Ready:
        watchReady(worker, endpoint, now);
        break;
    case WorkerPhase::Stopping:
    case WorkerPhase::Removed:
        break;
    }
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
