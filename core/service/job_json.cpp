// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/service/domain_json.h"
#include "core/service/error_json.h"
#include "core/service/json_fields.h"

namespace visgate {

using namespace Qt::Literals::StringLiterals;

namespace {

QJsonObject toJson(const Artifact& artifact)
{
    return {{u"path"_s, artifact.filePath}, {u"content_type"_s, artifact.contentType}, {u"bytes"_s, artifact.bytes},
        {u"sha256"_s, artifact.sha256}, {u"width"_s, artifact.width}, {u"height"_s, artifact.height},
        {u"seed"_s, artifact.seed}, {u"label"_s, fields::orNull(artifact.label)},
        {u"unknown_words"_s, QJsonArray::fromStringList(artifact.unknownWords)}};
}

Artifact artifactFromJson(const QJsonObject& object)
{
    Artifact artifact;
    artifact.filePath = object.value("path"_L1).toString();
    artifact.contentType = object.value("content_type"_L1).toString();
    artifact.bytes = object.value("bytes"_L1).toInteger();
    artifact.sha256 = object.value("sha256"_L1).toString();
    artifact.width = object.value("width"_L1).toInt();
    artifact.height = object.value("height"_L1).toInt();
    artifact.seed = object.value("seed"_L1).toInteger();
    artifact.label = object.value("label"_L1).toString();
    artifact.unknownWords = fields::toStrings(object.value("unknown_words"_L1));
    return artifact;
}

JobInput inputFromJson(const QJsonObject& object)
{
    JobInput input;
    input.prompt = object.value("prompt"_L1).toString();
    input.negativePrompt = object.value("negative_prompt"_L1).toString();
    input.width = fields::toInt(object.value("width"_L1));
    input.height = fields::toInt(object.value("height"_L1));
    input.steps = fields::toInt(object.value("num_inference_steps"_L1));
    input.guidance = fields::toDouble(object.value("guidance_scale"_L1));
    if (const QJsonValue seed = object.value("seed"_L1); seed.isDouble())
        input.seed = seed.toInteger();
    input.count = object.value("num_images"_L1).toInt(1);
    return input;
}

/// Milliseconds as the API's integers.
QJsonValue milliseconds(const std::optional<std::chrono::milliseconds>& value)
{
    return fields::count(value);
}

} // namespace

QJsonObject toJson(const JobInput& input)
{
    return {{u"prompt"_s, input.prompt}, {u"negative_prompt"_s, fields::orNull(input.negativePrompt)},
        {u"width"_s, fields::orNull(input.width)}, {u"height"_s, fields::orNull(input.height)},
        {u"num_inference_steps"_s, fields::orNull(input.steps)}, {u"guidance_scale"_s, fields::orNull(input.guidance)},
        {u"seed"_s, fields::orNull(input.seed)}, {u"num_images"_s, input.count}};
}

QJsonObject toJson(const Job& job)
{
    QJsonArray artifacts;
    for (const Artifact& artifact : job.artifacts)
        artifacts.append(toJson(artifact));
    return {
        {u"job_id"_s, QString::fromStdString(job.id.value())},
        {u"deployment_id"_s, QString::fromStdString(job.deployment.value())},
        {u"provider_job_id"_s, fields::text(job.providerJob.value())},
        {u"status"_s, toString(job.status)},
        {u"input"_s, toJson(job.input)},
        {u"progress"_s, job.progress},
        {u"step"_s, job.step},
        {u"step_count"_s, job.stepCount},
        {u"artifacts"_s, artifacts},
        {u"error"_s, job.error ? QJsonValue(toJson(*job.error)) : QJsonValue()},
        {u"gpu"_s, fields::orNull(job.gpu)},
        {u"worker_id"_s, fields::orNull(job.workerId)},
        {u"queue_ms"_s, milliseconds(job.queued)},
        {u"generation_ms"_s, milliseconds(job.ran)},
        {u"ttft_ms"_s, QJsonValue::Null},
        {u"cost"_s, fields::orNull(job.costUsd)},
        {u"created_at"_s, fields::time(job.createdAt)},
        {u"finished_at"_s, fields::time(job.finishedAt)},
    };
}

Result<Job> jobFromJson(const QJsonObject& object)
{
    Job job;
    job.id = JobId(object.value("job_id"_L1).toString().toStdString());
    if (job.id.isEmpty())
        return fail(ErrorCode::UnexpectedReply, "not a job");
    job.deployment = DeploymentId(object.value("deployment_id"_L1).toString().toStdString());
    job.providerJob = ProviderJobId(object.value("provider_job_id"_L1).toString().toStdString());
    job.status = jobStatusFromString(object.value("status"_L1).toString());
    job.input = inputFromJson(object.value("input"_L1).toObject());
    job.progress = object.value("progress"_L1).toDouble();
    job.step = object.value("step"_L1).toInt();
    job.stepCount = object.value("step_count"_L1).toInt();
    const QJsonArray artifacts = object.value("artifacts"_L1).toArray();
    for (const QJsonValue& artifact : artifacts)
        job.artifacts.append(artifactFromJson(artifact.toObject()));
    if (const QJsonValue error = object.value("error"_L1); error.isObject())
        job.error = errorFromJson(error.toObject());
    job.gpu = object.value("gpu"_L1).toString();
    job.workerId = object.value("worker_id"_L1).toString();
    job.queued = fields::toDuration<std::chrono::milliseconds>(object.value("queue_ms"_L1));
    job.ran = fields::toDuration<std::chrono::milliseconds>(object.value("generation_ms"_L1));
    job.costUsd = fields::toDouble(object.value("cost"_L1));
    job.createdAt = fields::toTime(object.value("created_at"_L1)).value_or(TimePoint());
    job.finishedAt = fields::toTime(object.value("finished_at"_L1));
    return job;
}

QJsonObject toJson(const LogLine& line)
{
    return {{u"number"_s, qint64{line.number}}, {u"timestamp"_s, fields::time(line.at)},
        {u"level"_s, QLatin1String(toString(line.level))}, {u"source"_s, QString::fromStdString(line.source)},
        {u"worker"_s, fields::text(line.worker)}, {u"stage"_s, fields::text(line.stage)},
        {u"request_id"_s, fields::text(line.requestId)}, {u"provider_id"_s, fields::text(line.providerId)},
        {u"message"_s, QString::fromStdString(line.text)}};
}

Result<LogLine> logLineFromJson(const QJsonObject& object)
{
    const auto text = [&object](QLatin1String name) { return object.value(name).toString().toStdString(); };
    if (!object.value("message"_L1).isString())
        return fail(ErrorCode::UnexpectedReply, "not a log line");
    LogLine line;
    line.number = object.value("number"_L1).toInteger();
    line.at = fields::toTime(object.value("timestamp"_L1)).value_or(TimePoint());
    line.level = logLevelFromString(text("level"_L1)).value_or(LogLevel::Info);
    line.source = text("source"_L1);
    line.worker = text("worker"_L1);
    line.stage = text("stage"_L1);
    line.requestId = text("request_id"_L1);
    line.providerId = text("provider_id"_L1);
    line.text = text("message"_L1);
    return line;
}

} // namespace visgate
