// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/codec/codec.h"
#include "core/store/record_json.h"

namespace visgate {

using namespace Qt::Literals::StringLiterals;

QJsonObject toRow(const Artifact& artifact)
{
    return {{u"file_path"_s, artifact.filePath}, {u"content_type"_s, artifact.contentType},
        {u"bytes"_s, artifact.bytes}, {u"sha256"_s, artifact.sha256}, {u"width"_s, artifact.width},
        {u"height"_s, artifact.height}, {u"seed"_s, artifact.seed}, {u"label"_s, artifact.label},
        {u"unknown_words"_s, QJsonArray::fromStringList(artifact.unknownWords)}};
}

Artifact artifactFromRow(const QJsonObject& object)
{
    Artifact artifact;
    artifact.filePath = object["file_path"_L1].toString();
    artifact.contentType = object["content_type"_L1].toString();
    artifact.bytes = object["bytes"_L1].toInteger();
    artifact.sha256 = object["sha256"_L1].toString();
    artifact.width = object["width"_L1].toInt();
    artifact.height = object["height"_L1].toInt();
    artifact.seed = object["seed"_L1].toInteger();
    artifact.label = object["label"_L1].toString();
    artifact.unknownWords = stringsFrom(object["unknown_words"_L1].toArray());
    return artifact;
}

QJsonObject toRow(const Job& job)
{
    return {{u"id"_s, text(job.id.value())}, {u"deployment"_s, text(job.deployment.value())},
        {u"provider_job"_s, text(job.providerJob.value())}, {u"status"_s, toString(job.status)},
        {u"input"_s, inputJson(job.input)}, {u"progress"_s, job.progress}, {u"step"_s, job.step},
        {u"step_count"_s, job.stepCount}, {u"error"_s, job.error ? QJsonValue(errorJson(*job.error)) : QJsonValue()},
        {u"gpu"_s, job.gpu}, {u"runner"_s, job.runner}, {u"timings"_s, encode(job.timings)},
        {u"worker"_s, job.workerId}, {u"queued_ms"_s, countOrNull(job.queued)}, {u"ran_ms"_s, countOrNull(job.ran)},
        {u"cost_usd"_s, numberOrNull(job.costUsd)}, {u"created_at"_s, toMicroseconds(job.createdAt)},
        {u"sent_at"_s, timeOrNull(job.sentAt)}, {u"limit_s"_s, countOrNull(job.limit)},
        {u"finished_at"_s, timeOrNull(job.finishedAt)}};
}

Job jobFromRow(const QJsonObject& object)
{
    Job job;
    job.id = JobId(object["id"_L1].toString().toStdString());
    job.deployment = DeploymentId(object["deployment"_L1].toString().toStdString());
    job.providerJob = ProviderJobId(object["provider_job"_L1].toString().toStdString());
    job.status = jobStatusFromString(object["status"_L1].toString());
    job.input = inputFrom(object["input"_L1].toObject());
    job.progress = object["progress"_L1].toDouble();
    job.step = object["step"_L1].toInt();
    job.stepCount = object["step_count"_L1].toInt();
    job.error = optionalError(object["error"_L1]);
    job.gpu = object["gpu"_L1].toString();
    job.runner = object["runner"_L1].toString();
    job.timings = decode<QMap<QString, double>>(object["timings"_L1]).value_or(QMap<QString, double>());
    job.workerId = object["worker"_L1].toString();
    job.queued = optionalDuration<std::chrono::milliseconds>(object["queued_ms"_L1]);
    job.ran = optionalDuration<std::chrono::milliseconds>(object["ran_ms"_L1]);
    job.costUsd = optionalDouble(object["cost_usd"_L1]);
    job.createdAt = fromMicroseconds(object["created_at"_L1].toInteger());
    job.sentAt = optionalTime(object["sent_at"_L1]);
    job.limit = optionalDuration<std::chrono::seconds>(object["limit_s"_L1]);
    job.finishedAt = optionalTime(object["finished_at"_L1]);
    return job;
}

} // namespace visgate
