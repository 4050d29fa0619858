// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/domain/model/model.h"

#include "core/domain/model/demo_model.h"

#include <QCoreApplication>
#include <QDir>

#include <algorithm>
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

/// The row that the plan goes by: the largest of those at full size. None where none is known.
const MemoryNeed* plannedNeed(const ModelSpec& model)
{
    const MemoryNeed* largest = nullptr;
    for (const MemoryNeed& need : model.memory) {
        if (isFullSize(need) && (largest == nullptr || need.peakGb > largest->peakGb))
            largest = &need;
    }
    return largest;
}

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

double weightsGb(const ModelSpec& model)
{
    double bytes = 0.0;
    for (const ModelComponent& component : model.components)
        bytes += static_cast<double>(component.bytes);
    return (bytes > 0.0 ? bytes : static_cast<double>(model.downloadBytes)) / kBytesPerGb;
}

double plannedVramGb(const ModelSpec& model)
{
    if (const MemoryNeed* const known = plannedNeed(model))
        return known->peakGb;
    const double weights = weightsGb(model);
    return weights == 0.0 ? 0.0 : weights * (1.0 + kActivationsShare) + kCudaContextGb;
}

Evidence plannedEvidence(const ModelSpec& model)
{
    const MemoryNeed* const known = plannedNeed(model);
    return known ? known->evidence : Evidence::Computed;
}

QString evidenceWord(Evidence evidence)
{
    switch (evidence) {
    case Evidence::Measured:
        return QCoreApplication::translate("Evidence", "measured");
    case Evidence::Published:
        return QCoreApplication::translate("Evidence", "published");
    case Evidence::Computed:
        return QCoreApplication::translate("Evidence", "computed");
    case Evidence::Estimated:
        break;
    }
    return QCoreApplication::translate("Evidence", "an estimate");
}

int plannedDiskGb(const ModelSpec& model)
{
    const double downloadGb
        = model.downloadBytes > 0 ? static_cast<double>(model.downloadBytes) / kBytesPerGb : kUnknownDownloadGb;
    return static_cast<int>(std::ceil(downloadGb * 1.1 + kWorkerImageGb));
}

} // namespace visgate
