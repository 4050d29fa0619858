// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/item_models/state_words.h"

#include "core/domain/model/demo_model.h"

using namespace Qt::StringLiterals;

namespace visgate::ui {
namespace {

bool isLimit(ErrorCode code)
{
    return code == ErrorCode::DeploymentLimitReached || code == ErrorCode::DayLimitReached
        || code == ErrorCode::MonthLimitReached;
}

} // namespace

StateWords States::of(const Deployment& deployment)
{
    switch (deployment.status) {
    case DeploymentStatus::Validating:
        return {Tone::Working, u"search"_s, tr("Checking")};
    case DeploymentStatus::SelectingGpu:
        if (deployment.question)
            return {Tone::Warning, u"warning"_s, tr("Waits for your answer")};
        return {Tone::Working, u"gpu"_s, tr("Finding a GPU")};
    case DeploymentStatus::CreatingEndpoint:
    case DeploymentStatus::DownloadingModel:
    case DeploymentStatus::LoadingModel:
        if (deployment.waitingFor == "gpu"_L1)
            return {Tone::Warning, u"gpu"_s, tr("Waiting for a free GPU")};
        if (deployment.status == DeploymentStatus::CreatingEndpoint)
            return {Tone::Working, u"create"_s, tr("Creating")};
        if (deployment.waitingFor == "image"_L1)
            return {Tone::Working, u"download"_s, tr("Pulling the image")};
        if (deployment.status == DeploymentStatus::DownloadingModel)
            return {Tone::Working, u"download"_s, tr("Getting the model")};
        return {Tone::Working, u"load"_s, tr("Loading into the GPU")};
    case DeploymentStatus::Ready:
        if (deployment.workers.total() == 0)
            return {Tone::Neutral, u"asleep"_s, tr("Asleep")};
        return {Tone::Good, u"ready"_s, tr("Ready")};
    case DeploymentStatus::WebhookFailed:
        return {Tone::Warning, u"warning"_s, tr("Ready, notice failed")};
    case DeploymentStatus::Paused:
        if (deployment.error && isLimit(deployment.error->code))
            return {Tone::Warning, u"pause"_s, tr("Stopped by a limit")};
        return {Tone::Neutral, u"pause"_s, tr("Paused by you")};
    case DeploymentStatus::Parked:
        return {Tone::Neutral, u"parked"_s, tr("Parked by the provider")};
    case DeploymentStatus::Failed:
        return {Tone::Bad, u"failed"_s, tr("Needs attention")};
    case DeploymentStatus::Deleting:
        return {Tone::Neutral, u"remove"_s, tr("Deleting")};
    case DeploymentStatus::Deleted:
        return {Tone::Neutral, u"remove"_s, tr("Deleted")};
    }
    return {};
}

Tone States::troubleTone(const Deployment& deployment)
{
    return deployment.status == DeploymentStatus::Failed ? Tone::Bad : Tone::Warning;
}

QString States::demoLabel(const QString& modelTitle)
{
    // Asked for by its own name it stands for itself.
    return modelTitle == demoModel().title ? tr("demo model (shapes)")
                                           : tr("demo model (shapes), standing in for %1").arg(modelTitle);
}

bool States::isStarting(DeploymentStatus status)
{
    switch (status) {
    case DeploymentStatus::Validating:
    case DeploymentStatus::SelectingGpu:
    case DeploymentStatus::CreatingEndpoint:
    case DeploymentStatus::DownloadingModel:
    case DeploymentStatus::LoadingModel:
        return true;
    default:
        return false;
    }
}

QString States::timeLeft(const Deployment& deployment, const Format& format)
{
    const std::optional<TimeRange>& range = deployment.estimatedRange;
    if (deployment.question || !range)
        return deployment.question ? QString() : tr("Time left: no history yet");
    if (range->overdue && range->high.count() == 0)
        return tr("This takes longer than any start so far: %1.").arg(of(deployment).word);
    const QString time = format.timeRange(range->low, range->high);
    if (range->overdue)
        return tr("This takes longer than expected: %1. Time left: %2").arg(of(deployment).word, time);
    return range->hasHistory() ? tr("Time left: %1").arg(time) : tr("Time left: %1, a guess; no history yet").arg(time);
}

QString States::startWords(const Deployment& deployment, const Format& format)
{
    QStringList words;
    if (deployment.download)
        words << tr("Got %1", "of a model's download: 3.2 of 23.8 GB")
                     .arg(format.bytesOf(deployment.download->bytes, deployment.download->total));
    if (const QString time = timeLeft(deployment, format); !time.isEmpty())
        words << time;
    return words.join(u"  ·  "_s);
}

QString States::warmth(const Deployment& deployment, const Format& format)
{
    if (deployment.unconfirmed.contains("warm"_L1))
        return deployment.warm ? tr("Asked to end its warm time; not confirmed yet, so it may still cost money.")
                               : tr("Asked for, not confirmed yet: it is not kept warm so far.");
    if (!deployment.warmNextChange)
        return deployment.warm ? tr("Always kept warm.") : QString();
    const QString moment = format.moment(*deployment.warmNextChange);
    return deployment.warm ? tr("Kept warm until %1.").arg(moment)
                           : tr("Sleeps until %1, then it is kept warm.").arg(moment);
}

bool States::takesJobs(DeploymentStatus status)
{
    return status == DeploymentStatus::Ready || status == DeploymentStatus::WebhookFailed;
}

} // namespace visgate::ui
