// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/engine/starts/stage_clock.h"

#include <QSet>

#include <algorithm>

namespace visgate {

namespace {

double between(MonotonicPoint from, MonotonicPoint to)
{
    return std::max(0.0, std::chrono::duration<double>(to - from).count());
}

} // namespace

void StageClock::begin(MonotonicPoint now)
{
    if (!m_wanted)
        m_wanted = now;
}

StageClock::Worker* StageClock::find(const QString& worker)
{
    if (worker.isEmpty() && m_workers.size() == 1)
        return &*m_workers.begin();
    const auto found = m_workers.find(worker);
    return found == m_workers.end() ? nullptr : &*found;
}

void StageClock::onWorkers(const WorkerList& list, MonotonicPoint now)
{
    QSet<QString> present;
    for (const ProviderWorker& seen : list.workers) {
        const QString id = QString::fromStdString(seen.id.value());
        present.insert(id);
        auto found = m_workers.find(id);
        if (found == m_workers.end()) {
            Worker fresh;
            fresh.seen = fresh.heard = now;
            fresh.fromBeginning = seen.gpuTypeId.isEmpty() && !seen.uptime;
            fresh.wasUpAtFirst = seen.status == WorkerStatus::Running || seen.status == WorkerStatus::Idle;
            found = m_workers.insert(id, fresh);
        }
        Worker& worker = *found;
        if (seen.status == WorkerStatus::Unhealthy) { // that start is over; the next one is not from the beginning
            worker = Worker();
            worker.seen = worker.heard = now;
            continue;
        }
        if (!seen.gpuTypeId.isEmpty())
            worker.gpuTypeId = seen.gpuTypeId;
        if (!seen.gpuTypeId.isEmpty() && !worker.placed)
            worker.placed = worker.heard = now;
        if (seen.uptime && !worker.container) {
            worker.container = now - *seen.uptime;
            worker.heard = now;
        }
        if (seen.status == WorkerStatus::Running || seen.status == WorkerStatus::Idle)
            finish(worker, now);
    }
    m_workers.removeIf([&](const auto& entry) { return !present.contains(entry.key()); });
    if (m_workers.isEmpty() && m_wasUp)
        m_wanted.reset(); // it went to sleep: the next start begins when somebody wants one
}

void StageClock::onImagePull(const QString& name, MonotonicPoint now)
{
    if (Worker* const worker = find(name); worker && !worker->placed)
        worker->placed = worker->heard = now;
}

void StageClock::onContainer(const QString& name, MonotonicPoint now)
{
    if (Worker* const worker = find(name); worker && !worker->container)
        worker->container = worker->heard = now;
}

void StageClock::onDownload(const QString& name, MonotonicPoint now)
{
    if (Worker* const worker = find(name))
        worker->download = worker->heard = now;
}

void StageClock::onLoad(const QString& name, MonotonicPoint now)
{
    Worker* const worker = find(name);
    if (!worker)
        return;
    worker->heard = now;
    if (!worker->load)
        worker->load = now;
}

void StageClock::onReady(const QString& name, MonotonicPoint now)
{
    if (Worker* const worker = find(name))
        finish(*worker, now);
}

void StageClock::finish(Worker& worker, MonotonicPoint now)
{
    m_wasUp = true;
    worker.heard = now;
    if (worker.ready)
        return;
    const bool isFirst
        = std::none_of(m_workers.begin(), m_workers.end(), [](const Worker& other) { return other.ready.has_value(); });
    if (m_wanted && isFirst && !worker.wasUpAtFirst)
        m_coldStart = ColdStart{between(*m_wanted, now), worker.gpuTypeId};
    m_wanted.reset();
    worker.ready = now;
    if (!worker.fromBeginning || !worker.placed || !worker.container)
        return;
    const auto add = [&](StartStage stage, MonotonicPoint from, MonotonicPoint to) {
        m_finished.append({stage, between(from, to), worker.gpuTypeId});
    };
    add(StartStage::Placement, worker.seen, *worker.placed);
    add(StartStage::ImagePull, *worker.placed, *worker.container);
    const std::optional<MonotonicPoint> loadFrom = worker.load ? worker.load : worker.download;
    if (worker.download && loadFrom)
        add(StartStage::ModelDownload, *worker.container, *loadFrom);
    add(StartStage::ModelLoad, loadFrom.value_or(*worker.container), now);
}

QList<StageClock::Finished> StageClock::takeFinished()
{
    return std::exchange(m_finished, {});
}

std::optional<StageClock::ColdStart> StageClock::takeColdStart()
{
    return std::exchange(m_coldStart, std::nullopt);
}

StartStage StageClock::stageOf(const Worker& worker)
{
    if (worker.load)
        return StartStage::ModelLoad;
    if (worker.container)
        return StartStage::ModelDownload;
    return worker.placed ? StartStage::ImagePull : StartStage::Placement;
}

std::optional<StageClock::Present> StageClock::present(MonotonicPoint now) const
{
    const Worker* furthest = nullptr;
    for (const Worker& worker : m_workers) {
        if (worker.ready)
            return std::nullopt;
        if (!furthest || stageOf(worker) > stageOf(*furthest))
            furthest = &worker;
    }
    if (!furthest) {
        if (!m_wanted || m_wasUp)
            return std::nullopt;
        return Present{StartStage::Placement, between(*m_wanted, now), between(*m_wanted, now), {}};
    }
    Present present{stageOf(*furthest), 0.0, between(furthest->heard, now), furthest->gpuTypeId};
    switch (present.stage) {
    case StartStage::Placement:
        present.elapsed = between(furthest->seen, now);
        break;
    case StartStage::ImagePull:
        present.elapsed = between(*furthest->placed, now);
        break;
    case StartStage::ModelDownload:
        present.elapsed = between(*furthest->container, now);
        break;
    case StartStage::ModelLoad:
    case StartStage::Picture:
        present.elapsed = between(*furthest->load, now);
        break;
    }
    return present;
}

} // namespace visgate
