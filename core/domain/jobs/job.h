// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/foundation/clock.h"
#include "core/foundation/error.h"
#include "core/foundation/ids.h"

#include <QJsonObject>
#include <QList>
#include <QMap>
#include <QString>

#include <chrono>
#include <optional>

namespace visgate {

/// States of the provider's queue, plus Submitting (ours, not yet accepted) and Unknown (a new one of theirs).
enum class JobStatus { Submitting, InQueue, InProgress, Completed, Failed, Cancelled, TimedOut, Unknown };

[[nodiscard]] QString toString(JobStatus status); ///< "IN_QUEUE"
[[nodiscard]] JobStatus jobStatusFromString(const QString& text);
[[nodiscard]] bool isFinished(JobStatus status);

/// What the user asks a model for. Unset values are the model's own defaults.
struct JobInput {
    QString prompt;
    QString negativePrompt;
    std::optional<int> width; ///< pixels
    std::optional<int> height;
    std::optional<int> steps;
    std::optional<double> guidance;
    std::optional<qint64> seed;
    int count = 1;
    bool operator==(const JobInput&) const = default;
};

/// Whether a key was taken out of its words before anything kept them.
[[nodiscard]] bool hadKey(const JobInput& input);

/// A stored result file with its provenance, which also sits in the file's own metadata.
struct Artifact {
    QString filePath;
    QString contentType;
    qint64 bytes = 0;
    QString sha256;
    int width = 0;
    int height = 0;
    qint64 seed = 0;
    QString label;            ///< "demo model (shapes), standing in for ..." or empty
    QStringList unknownWords; ///< words of the prompt the model does not know
    bool operator==(const Artifact&) const = default;
};

/// Characters of a runner's name that are kept, as its worker gives it.
inline constexpr qsizetype kLongestRunnerName = 64;

struct Job {
    JobId id;
    DeploymentId deployment;
    ProviderJobId providerJob;
    JobStatus status = JobStatus::Submitting;
    JobInput input;
    double progress = 0.0; ///< 0 to 1
    int step = 0;
    int stepCount = 0;
    QList<Artifact> artifacts;
    std::optional<Error> error;
    QString gpu;
    QString runner;                ///< of the worker that made it: "builtin", "diffusers"
    QMap<QString, double> timings; ///< the worker's own, in seconds by phase: queue, load, first_step, step (each
                                   ///< further one), decode, steps (all of it up to the pixels), encode, upload
    QString workerId;
    std::optional<std::chrono::milliseconds> queued; ///< the provider's delayTime
    std::optional<std::chrono::milliseconds> ran;    ///< the provider's executionTime
    std::optional<double> costUsd;                   ///< estimate
    TimePoint createdAt;
    std::optional<TimePoint> sentAt;           ///< when the provider took it
    std::optional<std::chrono::seconds> limit; ///< of its running, as it was sent
    std::optional<TimePoint> finishedAt;

    /// From asking to the first step: what the provider and the worker tell of it; unset while one of them does not.
    [[nodiscard]] std::optional<std::chrono::milliseconds> firstStep() const;
    bool operator==(const Job&) const = default;
};

} // namespace visgate
