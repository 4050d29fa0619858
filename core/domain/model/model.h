// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/domain/deployment/deployment.h"
#include "core/domain/model/licence.h"
#include "core/foundation/error.h"
#include "core/foundation/result.h"

#include <QList>
#include <QString>
#include <QStringList>

#include <optional>

namespace visgate {

/// How far a figure can be trusted; a low-trust one is shown as an estimate.
enum class Evidence { Measured, Published, Computed, Estimated };

struct ModelComponent {
    QString name;     ///< "transformer", "text_encoder", "vae" ...
    qint64 bytes = 0; ///< as downloaded in 16 bit
    bool operator==(const ModelComponent&) const = default;
};

/// Peak GPU memory for one way of running the model.
struct MemoryNeed {
    QString precision;  ///< "bf16", "nf4" ...
    QString offload;    ///< "none", "model", "sequential"
    QString resolution; ///< "1024x1024"
    double peakGb = 0.0;
    Evidence evidence = Evidence::Estimated;
    QString source;
    bool operator==(const MemoryNeed&) const = default;
};

enum class Gating { Open, Automatic, Manual };

struct GenerationDefaults {
    int steps = 30;
    double guidance = 5.0;
    int width = 1024;
    int height = 1024;
    std::optional<int> frames;
    std::optional<int> fps;
    bool operator==(const GenerationDefaults&) const = default;
};

/// A video of this kind has offset + n x step frames, n from 1 on.
struct FrameRule {
    int step = 1;
    int offset = 0;
    [[nodiscard]] bool holds(int frames) const { return frames > offset && (frames - offset) % step == 0; }
    bool operator==(const FrameRule&) const = default;
};

/// What we know about a model before asking anybody: a registry preset, or built from hub replies.
struct ModelSpec {
    QString id;    ///< "stabilityai/sdxl-turbo"
    QString title; ///< "SDXL Turbo"
    QString family;
    QString pipelineClass;
    QStringList aliases; ///< other ids that mean this model
    QString mirrorNote;  ///< why an id was replaced by a living mirror, with the date; else empty
    QList<GenerationTask> tasks;
    QString licence; ///< SPDX-like id, as the hub has it
    LicenceTerms terms;
    Gating gating = Gating::Open;
    GenerationDefaults defaults;
    std::optional<FrameRule> frameRule; ///< of a video model whose rule is known
    QList<ModelComponent> components;
    qint64 downloadBytes = 0;
    QList<MemoryNeed> memory;
    bool preset = false;
    QString samplePrompt;
    QString revision;             ///< commit sha when known
    std::optional<Error> refusal; ///< of a search result: why it cannot be used
    bool operator==(const ModelSpec&) const = default;
};

/// The task that a deployment of this model gets: the one that was asked for, else the model's first; on practice,
/// whose worker draws from words only, text-to-image. UnsupportedTask, PracticeOnlyDraws, ModelStaysHere (each
/// with the id as argument).
[[nodiscard]] Result<GenerationTask> chooseTask(
    const ModelSpec& model, const std::optional<GenerationTask>& asked, AccountId target);
/// Whether a model's id is the path of a folder of this computer.
[[nodiscard]] bool isModelFolder(const QString& id);

inline constexpr double kBytesPerGb = 1e9;
inline constexpr double kCudaContextGb = 0.6; ///< what CUDA itself takes of a GPU, whatever the model

/// All components, or the download where the components are unknown; 0 if nothing is known.
[[nodiscard]] double weightsGb(const ModelSpec& model);
/// GPU memory for full-size bf16/fp16 without offload, the plan's basis; 0 if unknown.
[[nodiscard]] double plannedVramGb(const ModelSpec& model);
/// Where that figure comes from; Computed for one that was made of the weights' sizes.
[[nodiscard]] Evidence plannedEvidence(const ModelSpec& model);
/// "measured", "published", "computed", "an estimate": in the user's language, to stand in brackets behind a figure.
[[nodiscard]] QString evidenceWord(Evidence evidence);
/// Container disk: download x 1.1 plus the image and head-room, whole GB; room for a large one where nothing is known.
[[nodiscard]] int plannedDiskGb(const ModelSpec& model);

} // namespace visgate
