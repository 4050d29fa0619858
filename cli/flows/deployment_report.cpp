// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/flows/deployment_report.h"

#include "cli/words.h"
#include "core/codec/codec.h"
#include "core/domain/errors/error_catalog.h"

#include <QJsonArray>

#include <array>
#include <chrono>

namespace visgate::cli {

using namespace Qt::Literals::StringLiterals;

namespace {

/// The phases a deployment went through, in the order of the states.
QList<QPair<DeploymentStatus, double>> stagesOf(const Deployment& deployment)
{
    constexpr std::array kOrder{DeploymentStatus::Validating, DeploymentStatus::SelectingGpu,
        DeploymentStatus::CreatingEndpoint, DeploymentStatus::DownloadingModel, DeploymentStatus::LoadingModel};
    QList<QPair<DeploymentStatus, double>> stages;
    for (const DeploymentStatus status : kOrder) {
        if (const auto spent = deployment.phaseSeconds.constFind(toString(status));
            spent != deployment.phaseSeconds.constEnd())
            stages.append({status, *spent});
    }
    return stages;
}

QString stageWords(DeploymentStatus status)
{
    Deployment deployment;
    deployment.status = status;
    return stateWords(deployment);
}

const Artifact* firstArtifact(const std::optional<Job>& job)
{
    return job && !job->artifacts.isEmpty() ? &job->artifacts.first() : nullptr;
}

QString costWords(const Deployment& deployment)
{
    if (deployment.target.isThisComputer())
        return say(QT_TRANSLATE_NOOP("Cli", "your electricity"));
    const DeploymentCost& cost = deployment.cost;
    QString words
        = say(QT_TRANSLATE_NOOP("Cli", "%1 so far, %2 now")).arg(money(cost.countedUsd), perHour(cost.usdPerHourNow));
    if (cost.billedUsd)
        words += say(QT_TRANSLATE_NOOP("Cli", ", %1 billed")).arg(money(*cost.billedUsd));
    return words;
}

/// How many work, and how old that is once it is not fresh any more.
QString workerWords(const Deployment& deployment)
{
    constexpr double fresh = 60.0;
    if (!deployment.workersSeenAt)
        return {};
    const WorkerCounts& workers = deployment.workers;
    QString words = say(QT_TRANSLATE_NOOP("Cli", "%1 running, %2 starting, %3 idle, at most %4"))
                        .arg(workers.running)
                        .arg(workers.initializing)
                        .arg(workers.idle)
                        .arg(workers.max);
    const std::chrono::duration<double> age = std::chrono::system_clock::now() - *deployment.workersSeenAt;
    if (age.count() > fresh)
        words += u" (%1)"_s.arg(say(QT_TRANSLATE_NOOP("Cli", "seen %1 ago")).arg(seconds(age.count())));
    return words;
}

} // namespace

QJsonObject deploymentReport(const Deployment& deployment, const std::optional<Job>& job, const QString& artifactPath)
{
    QJsonObject object = toJson(deployment);
    QJsonArray stages;
    for (const auto& [status, spent] : stagesOf(deployment))
        stages.append(
            QJsonObject{{u"stage"_s, toString(status)}, {u"title"_s, stageWords(status)}, {u"seconds"_s, spent}});
    object.insert(u"stages"_s, stages);
    object.insert(u"job"_s, job ? QJsonValue(toJson(*job)) : QJsonValue());
    object.insert(u"artifact"_s, artifactPath.isEmpty() ? QJsonValue() : QJsonValue(artifactPath));
    const Artifact* artifact = firstArtifact(job);
    object.insert(u"label"_s, artifact && !artifact->label.isEmpty() ? QJsonValue(artifact->label) : QJsonValue());
    object.insert(u"unknown_words"_s, artifact ? QJsonArray::fromStringList(artifact->unknownWords) : QJsonArray());
    return object;
}

QList<QStringList> deploymentTable(
    const Deployment& deployment, const std::optional<Job>& job, const QString& artifactPath)
{
    QList<QStringList> table{
        {say(QT_TRANSLATE_NOOP("Cli", "Deployment")), QString::fromStdString(deployment.id.value())},
        {say(QT_TRANSLATE_NOOP("Cli", "State")), stateWords(deployment)},
        {say(QT_TRANSLATE_NOOP("Cli", "Model")), deployment.modelId},
        {say(QT_TRANSLATE_NOOP("Cli", "Target")), toString(deployment.target)}};
    const auto add = [&table](const QString& name, const QString& value) {
        if (!value.isEmpty())
            table.append({name, value});
    };
    add(say(QT_TRANSLATE_NOOP("Cli", "GPU")),
        deployment.gpuAllocated.isEmpty()
            ? say(QT_TRANSLATE_NOOP("Cli", "none yet; planned: %1")).arg(deployment.gpuPlanned.join(", "_L1))
            : deployment.gpuAllocated);
    add(say(QT_TRANSLATE_NOOP("Cli", "Region")),
        deployment.regionReason.isEmpty() || deployment.region.isEmpty()
            ? deployment.region
            : u"%1 (%2)"_s.arg(deployment.region, deployment.regionReason));
    if (deployment.loadedFromCache && !deployment.target.isThisComputer())
        add(say(QT_TRANSLATE_NOOP("Cli", "Loaded from")),
            *deployment.loadedFromCache ? say(QT_TRANSLATE_NOOP("Cli", "your volume"))
                                        : say(QT_TRANSLATE_NOOP("Cli", "the hub")));
    if (deployment.question)
        add(say(QT_TRANSLATE_NOOP("Cli", "It asks")),
            u"%1 visgatectl answer %2 yes|no"_s.arg(
                questionWords(*deployment.question), QString::fromStdString(deployment.id.value())));
    add(say(QT_TRANSLATE_NOOP("Cli", "Endpoint")), deployment.endpointName);
    add(say(QT_TRANSLATE_NOOP("Cli", "Workers")), workerWords(deployment));
    for (const EndpointChange& change : deployment.changedElsewhere)
        add(say(QT_TRANSLATE_NOOP("Cli", "Changed elsewhere")),
            say(QT_TRANSLATE_NOOP("Cli", "%1: from %2 to %3")).arg(change.field, change.before, change.after));
    QStringList stages;
    for (const auto& [status, spent] : stagesOf(deployment))
        stages.append(stageWords(status) + u' ' + seconds(spent));
    if (deployment.download)
        add(say(QT_TRANSLATE_NOOP("Cli", "Download")), downloadWords(*deployment.download));
    add(say(QT_TRANSLATE_NOOP("Cli", "Stages")), stages.join(", "_L1));
    add(say(QT_TRANSLATE_NOOP("Cli", "Cost")), costWords(deployment));
    if (deployment.error) {
        const ErrorText text = describe(*deployment.error);
        add(say(QT_TRANSLATE_NOOP("Cli", "Error")), text.message);
        add(say(QT_TRANSLATE_NOOP("Cli", "What to do")), text.remedy);
    }
    if (const Artifact* artifact = firstArtifact(job)) {
        add(say(QT_TRANSLATE_NOOP("Cli", "Note")), artifact->label);
        add(say(QT_TRANSLATE_NOOP("Cli", "Words it does not know")), artifact->unknownWords.join(", "_L1));
    }
    add(say(QT_TRANSLATE_NOOP("Cli", "Picture")), artifactPath);
    return table;
}

} // namespace visgate::cli
