// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/domain/deployment/deployment.h"
#include "core/domain/jobs/job.h"
#include "core/foundation/clock.h"

#include <QList>
#include <QString>

#include <optional>

// How long the user waits, by model family, GPU and runner: from the worker's own timings. Pure.
namespace visgate {

enum class LatencyMeasure {
    FirstStepWarm, ///< from asking to the first step, on a worker that was up
    FirstStepCold, ///< the same where the picture had to wait for its worker's start
    Generation,    ///< steps, decoding and encoding of one job
    QueueDelay,    ///< from asking to the worker's taking it, as the provider tells it
    ColdStart,     ///< of a worker: from being wanted to ready
    PictureWarm,   ///< from asking to the picture, on a worker that was up
    PictureCold,   ///< the same where the picture had to wait for its worker's start
    Load,          ///< of a worker: the model, from its files into the GPU
    Step,          ///< one step after the first
    Decode,        ///< from the last step to pixels
    Upload,        ///< of the picture, where it goes to a bucket
};

[[nodiscard]] QString toString(LatencyMeasure measure); ///< "first_step_warm"
[[nodiscard]] std::optional<LatencyMeasure> latencyMeasureFromString(const QString& text);

/// With what something took its time.
struct LatencySetting {
    AccountId target = AccountId::practice();
    QString family; ///< of the model: "SDXL"; its id where the family is not known
    QString gpu;    ///< type: "NVIDIA A40"; empty: not known
    QString runner; ///< "builtin", "diffusers"; empty: not known
    bool operator==(const LatencySetting&) const = default;
};

struct LatencySample {
    LatencyMeasure measure = LatencyMeasure::Generation;
    LatencySetting setting;
    double seconds = 0.0;
    TimePoint at;
    bool operator==(const LatencySample&) const = default;
};

/// What a finished job tells; empty where its worker gave no timings. `cold`: it is the first of its worker.
[[nodiscard]] QList<LatencySample> latencyOf(const Job& job, LatencySetting setting, bool cold);

/// Of a share p of the samples it is known that they took no longer: nearest rank, so that a figure is one that was
/// measured. `sorted` is not empty.
[[nodiscard]] double percentile(const QList<double>& sorted, double p);

/// Seconds; 0 samples: the others mean nothing.
struct LatencyFigures {
    int count = 0;
    double p50 = 0.0;
    double p95 = 0.0;
    bool operator==(const LatencyFigures&) const = default;
};

/// A dimension that was not asked for is empty.
struct LatencyGroup {
    QString family;
    QString gpu;
    QString runner;
    LatencyFigures firstStepWarm;
    LatencyFigures firstStepCold;
    LatencyFigures generation;
    LatencyFigures queueDelay;
    LatencyFigures coldStart;
    LatencyFigures pictureWarm;
    LatencyFigures pictureCold;
    LatencyFigures load;
    LatencyFigures step;
    LatencyFigures decode;
    LatencyFigures upload;
    bool operator==(const LatencyGroup&) const = default;
};

struct LatencyDimensions {
    bool family = true;
    bool gpu = true;
    bool runner = true;
    bool operator==(const LatencyDimensions&) const = default;
};

/// In the order of their names.
[[nodiscard]] QList<LatencyGroup> groupLatency(const QList<LatencySample>& samples, const LatencyDimensions& by);

} // namespace visgate
