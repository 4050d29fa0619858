// SPDX-License-Identifier: GPL-3.0-or-later
// What chance changes in a worker's life: when it gets its machine, how long its image and model take to
// arrive, whether it comes up at all, and pictures that nobody draws.
#include "core/foundation/json/json_value.h"
#include "core/foundation/worker_protocol/worker_event.h"
#include "core/practice/fleet/fleet.h"
#include "core/practice/queue/job_queue.h"
#include "core/practice/world/world.h"

#include <algorithm>

namespace visgate::practice {

using nlohmann::json;
using std::chrono::duration;

namespace {

constexpr int downloadLines = 10;
constexpr auto forEver = std::chrono::hours(24 * 3650);

std::string modelOf(const Endpoint& endpoint)
{
    const auto found = endpoint.config.container.env.find("HF_MODEL_ID");
    return found == endpoint.config.container.env.end() ? std::string() : found->second;
}

} // namespace

std::string Fleet::storyOf(const Worker& worker, const Endpoint& endpoint) const
{
    return endpoint.config.name + '/' + std::to_string(endpoint.version) + '/' + std::to_string(worker.ordinal);
}

bool Fleet::reserve(Worker& worker, const Endpoint& endpoint, const Place& found, TimePoint now)
{
    if (m_simulated.contains(worker.id))
        return false; // its machine was on the way and is there now
    const GpuType* const gpu = m_world.catalog.gpu(found.gpuTypeId);
    const std::string who = storyOf(worker, endpoint);
    Simulated simulated;
    simulated.place = found;
    simulated.fate = m_world.chance->fateOf(who, gpu, found.dataCenterId, modelOf(endpoint));
    m_simulated[worker.id] = simulated;
    const Stock stock = gpu ? gpu->stock : Stock::High;
    worker.throttled = stock == Stock::Low;
    enter(worker, WorkerPhase::Waiting, now,
        m_world.scaled(duration<double>(m_world.chance->placementSeconds(who, stock))));
    return true;
}

Stuck Fleet::stuckOf(const std::string& workerId) const
{
    const auto found = m_simulated.find(workerId);
    return found == m_simulated.end() ? Stuck::Nowhere : found->second.fate.stuck;
}

std::chrono::nanoseconds Fleet::pullTime(const Worker& worker, bool isWarm) const
{
    const auto found = m_simulated.find(worker.id);
    if (found == m_simulated.end())
        return {};
    const StartFate& fate = found->second.fate;
    if (fate.stuck == Stuck::Pulling)
        return forEver;
    return m_world.scaled(duration<double>(isWarm ? fate.warmPull : fate.pull));
}

/// True once the container's own life can begin: the model has been downloaded and loaded.
bool Fleet::prepare(Worker& worker, TimePoint now)
{
    const auto found = m_simulated.find(worker.id);
    if (found == m_simulated.end() || found->second.isUp)
        return true;
    Simulated& simulated = found->second;
    const StartFate& fate = simulated.fate;
    if (fate.stuck == Stuck::Booting)
        return false;
    const auto say = [&](WorkerEventBody body) {
        m_world.logs.append(
            worker.id, LogBook::Source::Container, formatWorkerEvent({++simulated.seq, now, std::move(body)}));
    };
    const auto download = m_world.scaled(duration<double>(fate.download));
    const auto load = m_world.scaled(duration<double>(fate.load));
    const auto age = now - *worker.startedAt;
    if (simulated.seq == 0)
        say(ProvisioningEvent{});
    const int reached = fate.stuck == Stuck::Downloading ? downloadLines / 2 : downloadLines;
    while (simulated.lines < reached && age >= download * simulated.lines / downloadLines) {
        ++simulated.lines;
        say(DownloadEvent{fate.modelBytes * simulated.lines / downloadLines, fate.modelBytes,
            static_cast<double>(fate.modelBytes) / std::chrono::duration<double>(download).count()});
    }
    if (fate.stuck == Stuck::Downloading || age < download)
        return false;
    if (!simulated.loads) {
        simulated.loads = true;
        say(LoadEvent{"weights"});
    }
    if (age < download + load)
        return false;
    simulated.isUp = true;
    if (m_world.settings.imageCommands.contains(worker.image))
        return true; // the real program says itself when it is ready
    say(ReadyEvent{fate.load, "simulated", worker.gpuTypeId, 0});
    return true;
}

void Fleet::workSimulated(Worker& worker, const Endpoint& endpoint, TimePoint now)
{
    const auto found = m_simulated.find(worker.id);
    if (found == m_simulated.end() || m_world.settings.imageCommands.contains(worker.image))
        return;
    Simulated& simulated = found->second;
    const bool isBusy = !worker.jobs.empty();
    if (isBusy && worker.jobs.front() == simulated.job && now >= simulated.jobEnds) {
        const json body = {{"output", {{"simulated", true}}}};
        m_queue.done(worker, simulated.job, body, body.dump().size(), false);
    } else if (!isBusy && !worker.leaving) {
        const Job* const job = m_queue.startNext(worker);
        if (!job)
            return;
        simulated.job = job->id;
        const std::string who = storyOf(worker, endpoint) + '/' + std::to_string(++simulated.pictures);
        const auto drawing = m_world.scaled(duration<double>(
            m_world.chance->pictureSeconds(who, m_world.catalog.gpu(worker.gpuTypeId), modelOf(endpoint))));
        simulated.jobEnds = now + std::chrono::duration_cast<TimePoint::duration>(drawing);
    }
}

} // namespace visgate::practice
