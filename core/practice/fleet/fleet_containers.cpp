// SPDX-License-Identifier: GPL-3.0-or-later
// The containers of the fleet: real processes, from their start to their end, and what they cost.
#include "core/foundation/path_text.h"
#include "core/practice/fleet/arguments.h"
#include "core/practice/fleet/fleet.h"
#include "core/practice/fleet/worker_env.h"
#include "core/practice/queue/job_queue.h"
#include "core/practice/world/world.h"

#include <algorithm>
#include <cmath>
#include <filesystem>

namespace visgate::practice {

using namespace std::chrono_literals;

namespace {

constexpr double firstRestartSeconds = 8; ///< simulated; doubles with each crash
constexpr auto stopGrace = 10s;           ///< between asking a container to end and ending it
constexpr auto silentWorker = 60s;        ///< a worker that pinged before and stopped pinging (threshold unpublished)
constexpr std::chrono::seconds startLimit{420}; ///< facts 4.12, unless RUNPOD_INIT_TIMEOUT says otherwise

std::chrono::seconds startLimitOf(const Endpoint& endpoint)
{
    const auto found = endpoint.config.container.env.find("RUNPOD_INIT_TIMEOUT");
    if (found == endpoint.config.container.env.end())
        return startLimit;
    const long seconds = std::strtol(found->second.c_str(), nullptr, 10);
    return seconds > 0 ? std::chrono::seconds(seconds) : startLimit;
}

/// Whatever the image is called.
bool runsOurWorker(const WorldSettings& settings, const std::string& image)
{
    const auto ours = settings.imageCommands.find(defaultWorkerImage);
    const auto asked = settings.imageCommands.find(image);
    return ours != settings.imageCommands.end() && asked != settings.imageCommands.end()
        && asked->second.program == ours->second.program;
}

} // namespace

std::filesystem::path Fleet::scratchOf(const std::string& workerId) const
{
    return m_world.settings.folder / "workers" / workerId;
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
        {"HOME", toUtf8(scratchOf(worker.id))},
        {"TMPDIR", toUtf8(scratchOf(worker.id))},
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
    for (const auto& [name, value] : endpoint->second.config.container.env) {
        if (worker.image != defaultWorkerImage || isForDemoWorker(name, value))
            env[name] = value;
    }
    // Whatever the model: practice's pictures come from the demo model, which draws only where it is asked for by name.
    // No other runner: a process of the user's would open what an endpoint names on the user's own computer.
    if (runsOurWorker(m_world.settings, worker.image))
        env["VISGATE_RUNNER"] = "builtin";
    mountVolume(worker, endpoint->second, env);
    return env;
}

/// A process cannot be given a mount point of its own: what would be found there is named where the environment names
/// the mount point.
void Fleet::mountVolume(const Worker& worker, const Endpoint& endpoint, Env& env) const
{
    constexpr std::string_view mount = "/runpod-volume";
    for (const std::string& id : endpoint.config.networkVolumes) {
        const auto volume = m_world.account.volumes.find(id);
        if (volume == m_world.account.volumes.end() || volume->second.dataCenter != worker.dataCenterId)
            continue;
        const std::string folder = toUtf8(m_world.objects.bucketFolder(id));
        for (auto& [name, value] : env) {
            for (auto at = value.find(mount); at != std::string::npos; at = value.find(mount, at + folder.size()))
                value.replace(at, mount.size(), folder);
        }
    }
}

void Fleet::startContainer(Worker& worker, const Endpoint& endpoint, TimePoint now)
{
    system(worker, "start container for " + worker.image + ": begin");
    worker.startedAt = now;
    worker.failedCheck.clear();
    worker.lastPing.reset();
    if (!m_world.chance || m_world.chance->settings().billsInitializing)
        openCharge(worker, now);
    enter(worker, WorkerPhase::Booting, now, startLimitOf(endpoint));
    if (m_world.holds(Condition::Kind::CrashLoop, endpoint)) {
        crashed(worker, "container exited with status 1", now);
        return;
    }
    if (m_world.holds(Condition::Kind::StuckInitializing, endpoint))
        return; // a container from which nothing comes
    if (const auto simulated = m_simulated.find(worker.id); simulated != m_simulated.end()) {
        Simulated& again = simulated->second;
        again = {again.place, again.fate, 0, 0, false, false, {}, {}, again.pictures};
        return; // launched when its model is there
    }
    launch(worker, endpoint, now);
}

void Fleet::launch(Worker& worker, const Endpoint& endpoint, TimePoint now)
{
    const auto command = m_world.settings.imageCommands.find(worker.image);
    if (command == m_world.settings.imageCommands.end()) {
        crashed(worker, "error response from daemon: no such image: " + worker.image, now);
        return;
    }
    Command started = command->second;
    if (worker.image != defaultWorkerImage) { // the demo worker takes none: they would let it write files anywhere
        for (const std::string& argument : splitArguments(endpoint.config.container.args))
            started.arguments.push_back(argument);
    }
    std::error_code error;
    std::filesystem::create_directories(scratchOf(worker.id), error);
    auto process = platform::ChildProcess::start(started, environmentFor(worker), scratchOf(worker.id));
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
    if (worker.chargeId.empty())
        openCharge(worker, m_world.now()); // the reading under which initialising costs nothing
    enter(worker, WorkerPhase::Ready, m_world.now());
}

void Fleet::reportedUnhealthy(Worker& worker, const std::string& check, const std::string& reason)
{
    worker.failedCheck = check;
    system(worker, "worker reports unhealthy: " + check + ": " + reason);
}

void Fleet::watchBoot(Worker& worker, const Endpoint& endpoint, TimePoint now)
{
    if (now >= worker.phaseEnds) {
        crashed(worker, "worker did not ask for a job within the start limit", now);
        return;
    }
    const auto simulated = m_simulated.find(worker.id);
    if (simulated == m_simulated.end() || simulated->second.isUp || m_processes.contains(worker.id))
        return;
    if (!prepare(worker, now))
        return;
    if (worker.image == simulatedWorkerImage)
        took(worker);
    else
        launch(worker, endpoint, now);
}

void Fleet::watchReady(Worker& worker, const Endpoint& endpoint, TimePoint now)
{
    if (worker.lastPing && m_world.clock.ofProcesses() > *worker.lastPing + silentWorker) {
        crashed(worker, "worker stopped answering", now);
        return;
    }
    workSimulated(worker, endpoint, now);
    const auto workers = m_world.account.workersOf(endpoint.id);
    const auto alive
        = std::count_if(workers.begin(), workers.end(), [](const Worker* other) { return other->isAlive(); });
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
        if (worker.phase == WorkerPhase::Stopping && m_world.clock.ofProcesses() >= found->second.killAt)
            found->second.process->kill();
        return;
    }
    m_processes.erase(found);
    const std::string text = "container exited with status " + std::to_string(*status);
    const bool wentItsWay = *status == 0 && worker.phase == WorkerPhase::Ready;
    if (worker.phase == WorkerPhase::Stopping || wentItsWay) {
        if (wentItsWay)
            system(worker, text);
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
    m_queue.workerGone(worker);
}

void Fleet::stop(Worker& worker, TimePoint now)
{
    const auto found = m_processes.find(worker.id);
    if (worker.hasContainer())
        system(worker, "stop container");
    if (found != m_processes.end()) {
        found->second.process->terminate();
        found->second.killAt = m_world.clock.ofProcesses() + stopGrace;
    }
    enter(worker, WorkerPhase::Stopping, now);
    if (found == m_processes.end())
        remove(worker, now);
}

void Fleet::remove(Worker& worker, TimePoint now)
{
    m_processes.erase(worker.id);
    m_simulated.erase(worker.id);
    closeCharge(worker, now);
    if (worker.startedAt)
        system(worker, "remove container");
    worker.removedAt = now;
    enter(worker, WorkerPhase::Removed, now);
    m_queue.workerGone(worker);
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

} // namespace visgate::practice
