// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/domain/money/latency.h"

#include <QMap>
#include <QStringList>

#include <algorithm>
#include <array>
#include <cmath>
#include <utility>

namespace visgate {

using namespace Qt::Literals::StringLiterals;

namespace {

constexpr std::array kMeasures{std::pair(LatencyMeasure::FirstStepWarm, "first_step_warm"),
    std::pair(LatencyMeasure::FirstStepCold, "first_step_cold"), std::pair(LatencyMeasure::Generation, "generation"),
    std::pair(LatencyMeasure::QueueDelay, "queue_delay"), std::pair(LatencyMeasure::ColdStart, "cold_start"),
    std::pair(LatencyMeasure::PictureWarm, "picture_warm"), std::pair(LatencyMeasure::PictureCold, "picture_cold"),
    std::pair(LatencyMeasure::Load, "load"), std::pair(LatencyMeasure::Step, "step"),
    std::pair(LatencyMeasure::Decode, "decode"), std::pair(LatencyMeasure::Upload, "upload")};

/// What a worker times under a name of its own.
constexpr std::array kTimed{std::pair(LatencyMeasure::Step, "step"), std::pair(LatencyMeasure::Decode, "decode"),
    std::pair(LatencyMeasure::Upload, "upload")};

LatencyFigures figuresOf(QList<double> samples)
{
    if (samples.isEmpty())
        return {};
    std::sort(samples.begin(), samples.end());
    return {static_cast<int>(samples.size()), percentile(samples, 0.5), percentile(samples, 0.95)};
}

} // namespace

QString toString(LatencyMeasure measure)
{
    for (const auto& [known, name] : kMeasures) {
        if (known == measure)
            return QString::fromLatin1(name);
    }
    return {};
}

std::optional<LatencyMeasure> latencyMeasureFromString(const QString& text)
{
    for (const auto& [measure, name] : kMeasures) {
        if (text == QLatin1String(name))
            return measure;
    }
    return std::nullopt;
}

QList<LatencySample> latencyOf(const Job& job, LatencySetting setting, bool cold)
{
    if (!job.finishedAt || job.timings.isEmpty())
        return {};
    setting.gpu = job.gpu.isEmpty() ? setting.gpu : job.gpu;
    setting.runner = job.runner;
    QList<LatencySample> samples;
    const auto add = [&](LatencyMeasure measure, double took) {
        samples.append({measure, setting, std::max(0.0, took), *job.finishedAt});
    };
    if (const auto firstStep = job.firstStep())
        add(cold ? LatencyMeasure::FirstStepCold : LatencyMeasure::FirstStepWarm,
            std::chrono::duration<double>(*firstStep).count());
    add(LatencyMeasure::Generation, job.timings.value(u"steps"_s) + job.timings.value(u"encode"_s));
    if (job.queued)
        add(LatencyMeasure::QueueDelay, std::chrono::duration<double>(*job.queued).count());
    if (const double load = job.timings.value(u"load"_s); cold && load > 0.0)
        add(LatencyMeasure::Load, load); // the worker repeats it with each job
    if (job.input.count != 1)
        return samples; // several pictures are no measure of one
    if (job.createdAt > TimePoint() && *job.finishedAt > job.createdAt)
        add(cold ? LatencyMeasure::PictureCold : LatencyMeasure::PictureWarm,
            std::chrono::duration<double>(*job.finishedAt - job.createdAt).count());
    for (const auto& [measure, phase] : kTimed) {
        // Where nothing is uploaded, and with a single step, there is nothing to measure.
        if (const double took = job.timings.value(QLatin1String(phase)); took > 0.0)
            add(measure, took);
    }
    return samples;
}

double percentile(const QList<double>& sorted, double p)
{
    const auto rank = static_cast<qsizetype>(std::ceil(p * static_cast<double>(sorted.size())));
    return sorted.at(std::clamp<qsizetype>(rank - 1, 0, sorted.size() - 1));
}

QList<LatencyGroup> groupLatency(const QList<LatencySample>& samples, const LatencyDimensions& by)
{
    QMap<QStringList, QMap<LatencyMeasure, QList<double>>> measured;
    for (const LatencySample& sample : samples) {
        const LatencySetting& setting = sample.setting;
        const QStringList key{by.family ? setting.family : QString(), by.gpu ? setting.gpu : QString(),
            by.runner ? setting.runner : QString()};
        measured[key][sample.measure].append(sample.seconds);
    }
    QList<LatencyGroup> groups;
    for (auto entry = measured.cbegin(); entry != measured.cend(); ++entry) {
        const auto figures = [&](LatencyMeasure measure) { return figuresOf(entry->value(measure)); };
        groups.append({entry.key().at(0), entry.key().at(1), entry.key().at(2), figures(LatencyMeasure::FirstStepWarm),
            figures(LatencyMeasure::FirstStepCold), figures(LatencyMeasure::Generation),
            figures(LatencyMeasure::QueueDelay), figures(LatencyMeasure::ColdStart),
            figures(LatencyMeasure::PictureWarm), figures(LatencyMeasure::PictureCold), figures(LatencyMeasure::Load),
            figures(LatencyMeasure::Step), figures(LatencyMeasure::Decode), figures(LatencyMeasure::Upload)});
    }
    return groups;
}

} // namespace visgate
