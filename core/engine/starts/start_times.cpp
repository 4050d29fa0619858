// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/engine/starts/start_times.h"

#include "core/domain/jobs/job.h"
#include "core/engine/sessions/account_facts.h"
#include "core/engine/sessions/provider_sessions.h"

#include <algorithm>
#include <cmath>
#include <utility>

namespace visgate {

namespace {

/// Whoever has just said something is not stuck.
constexpr double kQuiet = 20.0;

} // namespace

Error stuckError(StartStage stage, double usualSeconds)
{
    ErrorCode code = ErrorCode::ModelLoadStuck;
    if (stage == StartStage::Placement)
        code = ErrorCode::MachineLate;
    else if (stage == StartStage::ImagePull)
        code = ErrorCode::ImagePullStuck;
    else if (stage == StartStage::ModelDownload)
        code = ErrorCode::ModelDownloadStuck;
    const auto minutes = std::max(1L, std::lround(std::ceil(usualSeconds / 60.0)));
    return Error{code, {}, 0, {}, {std::to_string(minutes)}};
}

StartTimes::StartTimes(EngineContext& context, StartHistory& history) : m_context(context), m_history(history) { }

void StartTimes::begin(const StageSetting& setting)
{
    m_setting = setting;
    m_setting->again = m_clock.wasUp();
    m_patience.clear();
    m_clock.begin(m_context.config.clock->monotonic());
}

StageSetting StartTimes::settingOf(const QString& gpuTypeId) const
{
    StageSetting setting = *m_setting;
    setting.pool = m_context.facts.poolOf(setting.target, gpuTypeId);
    return setting;
}

void StartTimes::keepFinished()
{
    QList<StageSample> samples;
    for (const StageClock::Finished& finished : m_clock.takeFinished())
        samples.append({finished.stage, settingOf(finished.gpuTypeId), finished.seconds, m_context.now()});
    // Until a worker, or its first picture, has told what runs on it, the start waits.
    if (const auto coldStart = m_runner.isEmpty() ? std::nullopt : m_clock.takeColdStart())
        keepColdStart(*coldStart);
    if (!samples.isEmpty())
        m_setting->again = true;
    m_history.add(samples);
}

void StartTimes::keepColdStart(const StageClock::ColdStart& coldStart)
{
    const LatencySetting setting{m_setting->target, m_context.accounts.registry().familyOf(m_setting->modelId),
        coldStart.gpuTypeId.isEmpty() ? m_gpuTypeId : coldStart.gpuTypeId, m_runner};
    const LatencySample sample{LatencyMeasure::ColdStart, setting, coldStart.seconds, m_context.now()};
    [[maybe_unused]] const auto kept = m_context.stored(m_context.latency.add({sample}));
}

void StartTimes::onWorkers(const WorkerList& list)
{
    if (!m_setting)
        return;
    for (const ProviderWorker& worker : list.workers) {
        if (!worker.gpuTypeId.isEmpty())
            m_gpuTypeId = worker.gpuTypeId;
    }
    m_clock.onWorkers(list, m_context.config.clock->monotonic());
    keepFinished();
}

void StartTimes::onEvent(const WorkerEvent& event, const QString& worker)
{
    if (!m_setting)
        return;
    const MonotonicPoint now = m_context.config.clock->monotonic();
    if (std::holds_alternative<DownloadEvent>(event.body))
        m_clock.onDownload(worker, now);
    else if (std::holds_alternative<LoadEvent>(event.body))
        m_clock.onLoad(worker, now);
    else if (const auto* const ready = std::get_if<ReadyEvent>(&event.body)) {
        m_runner = QString::fromStdString(ready->runner).left(kLongestRunnerName);
        m_clock.onReady(worker, now);
    }
    keepFinished();
}

void StartTimes::onSystemLine(const QString& worker, const QString& line)
{
    const MonotonicPoint now = m_context.config.clock->monotonic();
    if (line.startsWith(QLatin1String("image pull")))
        m_clock.onImagePull(worker, now);
    else if (line.startsWith(QLatin1String("start container")))
        m_clock.onContainer(worker, now);
}

void StartTimes::onRunner(const QString& runner)
{
    m_runner = runner;
    if (m_setting)
        keepFinished();
}

bool StartTimes::isPullingImage() const
{
    const auto present = m_clock.present(m_context.config.clock->monotonic());
    return present && present->stage == StartStage::ImagePull;
}

void StartTimes::onPicture(std::chrono::milliseconds ran, int count)
{
    if (!m_setting || count < 1)
        return;
    const double secondsEach = std::chrono::duration<double>(ran).count() / count;
    m_history.add({{StartStage::Picture, settingOf(m_gpuTypeId), secondsEach, m_context.now()}});
}

std::optional<TimeRange> StartTimes::remaining()
{
    if (!m_setting)
        return std::nullopt;
    const auto present = m_clock.present(m_context.config.clock->monotonic());
    if (!present) {
        m_promise.reset();
        return std::nullopt;
    }
    return keepWord(
        visgate::remaining(m_history.start(settingOf(present->gpuTypeId), present->stage), present->elapsed));
}

/// What is believed may come later with every minute that nothing happens. What is told is the earliest end that was
/// told so far; when that has passed, a new one is told, and that it is late.
TimeRange StartTimes::keepWord(const std::optional<TimeRange>& believed)
{
    const MonotonicPoint now = m_context.config.clock->monotonic();
    const auto left = [now](MonotonicPoint end) {
        return std::chrono::ceil<std::chrono::seconds>(std::max(MonotonicPoint::duration(0), end - now));
    };
    if (!believed) {
        m_promise = Promise{now, now, now, true};
        return TimeRange{{}, {}, {}, 0, true};
    }
    Promise next{now + believed->low, now + believed->likely, now + believed->high, false};
    if (m_promise && m_promise->high > now) {
        next = {std::min(next.low, m_promise->low), std::min(next.likely, m_promise->likely),
            std::min(next.high, m_promise->high), m_promise->overdue};
    } else if (m_promise) {
        next.overdue = true;
    }
    m_promise = next;
    return TimeRange{left(next.low), left(next.likely), left(next.high), believed->ownSamples, next.overdue};
}

std::optional<Error> StartTimes::stuck(const EndpointLimits& limits, const std::optional<Error>& suspicion)
{
    if (!m_setting)
        return std::nullopt;
    const auto present = m_clock.present(m_context.config.clock->monotonic());
    if (!present || present->quiet < kQuiet)
        return std::nullopt;
    if (suspicion)
        return suspicion;
    const auto known = m_patience.find(present->stage);
    const double patience = known != m_patience.end()
        ? known->second
        : stuckAfter(
            present->stage, m_history.belief(present->stage, settingOf(present->gpuTypeId)), limits.initTimeout);
    m_patience[present->stage] = patience;
    if (present->elapsed <= patience)
        return std::nullopt;
    return stuckError(present->stage, patience);
}

} // namespace visgate
