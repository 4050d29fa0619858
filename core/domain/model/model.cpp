// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/domain/model/model.h"

#include "core/domain/model/demo_model.h"

#include <QCoreApplication>
#include <QDir>

#include <algorithm>
#include <array>
#include <cmath>

namespace visgate {

namespace {

constexpr double kActivationsShare = 0.15; ///< of the weights, where nobody measured
constexpr double kWorkerImageGb = 12.0;
constexpr double kUnknownDownloadGb = 50.0; ///< more than most; a full disk is found out by a paid worker

bool isFullSize(const MemoryNeed& need)
{
    const bool sixteenBit
        = need.precision.startsWith(QLatin1String("bf16")) || need.precision.startsWith(QLatin1String("fp16"));
    return sixteenBit && need.offload == QLatin1String("none") && need.resolution != QLatin1String("-");
}

/// The remarks of resources/registry/models.json, which is data and so out of the translators' sight.
constexpr std::array kLicenceNotes{
    QT_TRANSLATE_NOOP("Licences", "Commercial use needs a free registration with the maker."),
    QT_TRANSLATE_NOOP("Licences", "Commercial use needs a membership of Stability AI."),
    QT_TRANSLATE_NOOP("Licences",
        "Commercial use of the model needs a licence from Black Forest Labs; pictures made with it may be sold."),
    QT_TRANSLATE_NOOP("Licences", "Each version has a licence of its own; large companies need an agreement."),
    QT_TRANSLATE_NOOP("Licences", "For research only; this stage alone makes 64x64 pictures."),
    QT_TRANSLATE_NOOP("Licences", "Free below 1 million USD of yearly revenue; above it a licence is needed."),
    QT_TRANSLATE_NOOP("Licences", "Free to use, but the page must be accepted and a token stored."),
    QT_TRANSLATE_NOOP("Licences", "Some harmful uses are excluded."),
};

Error taskError(ErrorCode code, const ModelSpec& model)
{
    return Error{code, {}, 0, {}, {model.id.toStdString()}};
}

} // namespace

Result<GenerationTask> chooseTask(const ModelSpec& model, const std::optional<GenerationTask>& asked, AccountId target)
{
    const bool practises = target.isPractice();
    // Whoever pays for a GPU wants no demo, and no cloud can read a folder of this computer.
    if ((isDemoModel(model.id) && !practises && !target.isThisComputer())
        || (isModelFolder(model.id) && !target.isThisComputer()))
        return fail(taskError(ErrorCode::ModelStaysHere, model));
    if (model.tasks.isEmpty())
        return fail(taskError(ErrorCode::UnsupportedTask, model));
    // Practice's own model stands in for whatever takes words: a picture is what it can show.
    const bool takesWords
        = model.tasks.contains(GenerationTask::TextToImage) || model.tasks.contains(GenerationTask::TextToVideo);
    const GenerationTask task
        = asked.value_or(practises && takesWords ? GenerationTask::TextToImage : model.tasks.constFirst());
    const bool standsIn = practises && takesWords && task == GenerationTask::TextToImage;
    if (!standsIn && !model.tasks.contains(task))
        return fail(taskError(ErrorCode::UnsupportedTask, model));
    if (practises && task != GenerationTask::TextToImage)
        return fail(taskError(ErrorCode::PracticeOnlyDraws, model));
    return task;
}

bool isModelFolder(const QString& id)
{
    return QDir::isAbsolutePath(id);
}

QString licenceNoteText(const ModelSpec& model)
{
    const auto known = std::find_if(kLicenceNotes.begin(), kLicenceNotes.end(),
        [&model](const char* note) { return model.licenceNote == QLatin1String(note); });
    return known == kLicenceNotes.end() ? model.licenceNote : QCoreApplication::translate("Licences", *known);
}

double weightsGb(const ModelSpec& model)
{
    double bytes = 0.0;
    for (const ModelComponent& component : model.components)
        bytes += static_cast<double>(component.bytes);
    return (bytes > 0.0 ? bytes : static_cast<double>(model.downloadBytes)) / kBytesPerGb;
}

double plannedVramGb(const ModelSpec& model)
{
    double peakGb = 0.0;
    for (const MemoryNeed& need : model.memory) {
        if (isFullSize(need))
            peakGb = std::max(peakGb, need.peakGb);
    }
    if (peakGb > 0.0)
        return peakGb;
    const double weights = weightsGb(model);
    return weights == 0.0 ? 0.0 : weights * (1.0 + kActivationsShare) + kCudaContextGb;
}

int plannedDiskGb(const ModelSpec& model)
{
    const double downloadGb
        = model.downloadBytes > 0 ? static_cast<double>(model.downloadBytes) / kBytesPerGb : kUnknownDownloadGb;
    return static_cast<int>(std::ceil(downloadGb * 1.1 + kWorkerImageGb));
}

} // namespace visgate
