// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/domain/deployment/deployment.h"
#include "core/domain/gpu/gpu.h"

#include <QList>
#include <QString>

#include <chrono>
#include <optional>

// How long things take, learnt from this user's own starts. Pure: samples in, ranges out.
namespace visgate {

/// What a start goes through, in this order; and a picture on a loaded worker.
enum class StartStage { Placement, ImagePull, ModelDownload, ModelLoad, Picture };

[[nodiscard]] QString toString(StartStage stage); ///< "image_pull"

/// Where and with what something took its time.
struct StageSetting {
    AccountId target = AccountId::practice();
    QString modelId;
    QString pool;                 ///< of the GPU; empty while unknown
    QString runner;               ///< worker image
    Stock stock = Stock::Unknown; ///< the best of the plan's pools, when the start began
    bool again = false;           ///< the endpoint has been up before: its image is known to the machines
    qint64 downloadBytes = 0;
    int steps = 30; ///< of a picture
    int frames = 1;
    std::chrono::seconds install{0}; ///< what a container installs before it can load anything
    bool demo = false;               ///< the small model that stands in draws
    double speed = 1.0;              ///< practice's clock: how many times faster what it only plays goes
    bool operator==(const StageSetting&) const = default;
};

struct StageSample {
    StartStage stage = StartStage::Placement;
    StageSetting setting;
    double seconds = 0.0;
    TimePoint at;
};

/// Whether practice only plays this stage, so that its clock shortens it; what its worker does is real.
[[nodiscard]] bool isPlayed(StartStage stage);

/// A guess before anything was seen: from bytes and sizes, seconds.
[[nodiscard]] double expectedSeconds(StartStage stage, const StageSetting& setting);

/// What is believed of one stage: the logarithm of its seconds follows a t distribution that narrows with each sample.
class StageBelief {
public:
    StageBelief(double location, double scale, double freedom, int ownSamples);

    [[nodiscard]] int ownSamples() const { return m_ownSamples; }
    /// The same where everything goes so many times faster.
    [[nodiscard]] StageBelief faster(double factor) const;
    /// Seconds that a share `p` of starts stays under.
    [[nodiscard]] double quantile(double p) const;

private:
    double m_location;
    double m_scale;
    double m_freedom;
    int m_ownSamples;
};

/// Learns from samples of this stage: those of the same setting count fully, those of others tell how far the guess
/// from bytes and sizes is off in general.
[[nodiscard]] StageBelief learn(StartStage stage, const StageSetting& setting, const QList<StageSample>& samples);

/// How long all of these stages take one after the other, when the first has gone on for `elapsed` already. Nothing if
/// that is longer than anything believed possible.
[[nodiscard]] std::optional<TimeRange> remaining(const QList<StageBelief>& stages, double elapsed = 0.0);

/// When a stage has taken so long, with not a word for so long, that it will not end. Seconds. What happens in the
/// container is judged before the provider gives it up and starts it anew.
[[nodiscard]] double stuckAfter(StartStage stage, const StageBelief& belief, std::chrono::seconds initTimeout);

} // namespace visgate
