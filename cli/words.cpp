// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/words.h"

#include <QDateTime>

#include <chrono>
#include <cmath>

namespace visgate::cli {

using namespace Qt::Literals::StringLiterals;

QString stateWords(const Deployment& deployment)
{
    const bool asleep = deployment.status == DeploymentStatus::Ready && deployment.workers.total() == 0;
    switch (deployment.status) {
    case DeploymentStatus::Validating:
        return say(QT_TRANSLATE_NOOP("Cli", "Checking"));
    case DeploymentStatus::SelectingGpu:
        return deployment.question ? say(QT_TRANSLATE_NOOP("Cli", "Waiting for your answer"))
                                   : say(QT_TRANSLATE_NOOP("Cli", "Finding a GPU"));
    case DeploymentStatus::CreatingEndpoint:
        return say(QT_TRANSLATE_NOOP("Cli", "Creating"));
    case DeploymentStatus::DownloadingModel:
        if (deployment.waitingFor == "gpu"_L1)
            return say(QT_TRANSLATE_NOOP("Cli", "Waiting for a free GPU"));
        return deployment.waitingFor == "image"_L1 ? say(QT_TRANSLATE_NOOP("Cli", "Pulling the image"))
                                                   : say(QT_TRANSLATE_NOOP("Cli", "Getting the model"));
    case DeploymentStatus::LoadingModel:
        return say(QT_TRANSLATE_NOOP("Cli", "Loading into the GPU"));
    case DeploymentStatus::Ready:
        return asleep ? say(QT_TRANSLATE_NOOP("Cli", "Asleep")) : say(QT_TRANSLATE_NOOP("Cli", "Ready"));
    case DeploymentStatus::WebhookFailed:
        return say(QT_TRANSLATE_NOOP("Cli", "Ready, notice failed"));
    case DeploymentStatus::Paused:
        return say(QT_TRANSLATE_NOOP("Cli", "Paused"));
    case DeploymentStatus::Parked:
        return say(QT_TRANSLATE_NOOP("Cli", "Parked by the provider"));
    case DeploymentStatus::Failed:
        return say(QT_TRANSLATE_NOOP("Cli", "Needs attention"));
    case DeploymentStatus::Deleting:
        return say(QT_TRANSLATE_NOOP("Cli", "Deleting"));
    case DeploymentStatus::Deleted:
        return say(QT_TRANSLATE_NOOP("Cli", "Deleted"));
    }
    return {};
}

QString stateWords(JobStatus status)
{
    switch (status) {
    case JobStatus::Submitting:
        return say(QT_TRANSLATE_NOOP("Cli", "Sending the request"));
    case JobStatus::InQueue:
        return say(QT_TRANSLATE_NOOP("Cli", "Waiting for a worker"));
    case JobStatus::InProgress:
        return say(QT_TRANSLATE_NOOP("Cli", "Making the picture"));
    case JobStatus::Completed:
        return say(QT_TRANSLATE_NOOP("Cli", "Picture finished"));
    case JobStatus::Failed:
        return say(QT_TRANSLATE_NOOP("Cli", "Picture failed"));
    case JobStatus::Cancelled:
        return say(QT_TRANSLATE_NOOP("Cli", "Picture cancelled"));
    case JobStatus::TimedOut:
        return say(QT_TRANSLATE_NOOP("Cli", "Picture took too long"));
    case JobStatus::Unknown:
        break;
    }
    return say(QT_TRANSLATE_NOOP("Cli", "State not known"));
}

QString questionWords(const DeploymentQuestion& question)
{
    const QString names = question.gpuNames.join(u", "_s);
    if (!question.isDearer())
        return say(QT_TRANSLATE_NOOP("Cli", "May %1 be used for up to %2, instead of the GPUs that were shown?"))
            .arg(names, perHour(question.usdPerHour));
    return say(QT_TRANSLATE_NOOP("Cli", "May %1 be used for up to %2 (+%3)?"))
        .arg(names, perHour(question.usdPerHour), perHour(question.usdPerHourMore));
}

QString money(double usd)
{
    return u"$%1"_s.arg(usd, 0, 'f', usd != 0.0 && std::abs(usd) < 1.0 ? 4 : 2);
}

QString perHour(double usd)
{
    return say(QT_TRANSLATE_NOOP("Cli", "$%1/h")).arg(usd, 0, 'f', 2);
}

QString money(double usd, const AccountId& account)
{
    return account.isThisComputer() ? say(QT_TRANSLATE_NOOP("Cli", "your electricity")) : money(usd);
}

QString perHour(double usd, const AccountId& account)
{
    return account.isThisComputer() ? say(QT_TRANSLATE_NOOP("Cli", "your electricity")) : perHour(usd);
}

QString planWords(const GpuPlan& plan, const AccountId& account)
{
    if (account.isThisComputer())
        return say(QT_TRANSLATE_NOOP("Cli", "On this computer; nobody charges for it"));
    return say(QT_TRANSLATE_NOOP("Cli", "Any of %1; at most %2"))
        .arg(plan.gpuNames().join(u", "_s), perHour(plan.ceilingUsdPerHour()));
}

QString seconds(double value)
{
    if (value < 60.0)
        return say(QT_TRANSLATE_NOOP("Cli", "%1 s")).arg(value, 0, 'f', 1);
    const int whole = int(std::lround(value));
    return say(QT_TRANSLATE_NOOP("Cli", "%1 min %2 s")).arg(whole / 60).arg(whole % 60, 2, 10, QLatin1Char('0'));
}

QString gigabytes(qint64 bytes)
{
    return say(QT_TRANSLATE_NOOP("Cli", "%1 GB")).arg(double(bytes) / 1e9, 0, 'f', 1);
}

QString downloadWords(const ModelDownload& download)
{
    QStringList parts{download.total > 0 ? say(QT_TRANSLATE_NOOP("Cli", "%1 of %2"))
                                               .arg(double(download.bytes) / 1e9, 0, 'f', 1)
                                               .arg(gigabytes(download.total))
                                         : gigabytes(download.bytes)};
    if (download.bytesPerSecond > 0.0)
        parts << say(QT_TRANSLATE_NOOP("Cli", "%1 MB/s")).arg(download.bytesPerSecond / 1e6, 0, 'f', 1);
    if (const auto left = download.remaining())
        parts << say(QT_TRANSLATE_NOOP("Cli", "about %1 left"))
                     .arg(left->count() < 60 ? say(QT_TRANSLATE_NOOP("Cli", "%1 s")).arg(left->count())
                                             : seconds(double(left->count())));
    return parts.join(", "_L1);
}

QString localTime(TimePoint time)
{
    const auto ms = std::chrono::duration_cast<std::chrono::milliseconds>(time.time_since_epoch());
    return QDateTime::fromMSecsSinceEpoch(ms.count()).toString(u"yyyy-MM-dd HH:mm:ss"_s);
}

} // namespace visgate::cli
