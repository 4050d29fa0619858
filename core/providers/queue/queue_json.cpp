// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/providers/queue/queue_json.h"

#include "core/domain/money/cost.h"
#include "core/providers/queue/json_fields.h"

#include <QJsonDocument>
#include <QRegularExpression>
#include <QVariant>

#include <algorithm>

namespace visgate::queue {

namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

/// A worker's error: plain text, an object, or an object encoded once more as a string (the official worker SDK).
QString errorText(const QJsonValue& value)
{
    const QString text = value.isString() ? value.toString() : value.toVariant().toString();
    const QJsonObject object = value.isObject() ? value.toObject() : QJsonDocument::fromJson(text.toUtf8()).object();
    if (object.isEmpty())
        return text;
    if (object.contains(QLatin1String("code")))
        return QString::fromUtf8(json::compact(object)); // our own worker's form: its code says more than its words
    for (const auto key : {QLatin1String("error_message"), QLatin1String("message"), QLatin1String("error")}) {
        const QString said = object.value(key).toString();
        if (!said.isEmpty())
            return said;
    }
    return QString::fromUtf8(json::compact(object));
}

/// The queue's own words, quoted or not, for a job whose worker it lost as often as it hands a job out again.
bool isOfLostWorker(const QString& error)
{
    static const QRegularExpression words(QStringLiteral("^\"?job timed out after \\d+ retr(y|ies)\"?$"));
    return words.match(error.trimmed()).hasMatch();
}

} // namespace

QByteArray jobBody(const QJsonObject& input, seconds executionTimeout)
{
    const milliseconds limit = std::clamp<milliseconds>(executionTimeout, seconds(5), std::chrono::hours(7 * 24));
    return json::compact(QJsonObject{{QLatin1String("input"), input},
        {QLatin1String("policy"),
            QJsonObject{{QLatin1String("executionTimeout"), static_cast<qint64>(limit.count())},
                // Without one a request keeps workers starting for a day, whether anybody watches or not.
                {QLatin1String("ttl"),
                    static_cast<qint64>(milliseconds(requestTimeToLive(ceil<seconds>(limit))).count())}}}});
}

Result<ProviderJobId> readSubmitted(const QByteArray& body)
{
    const auto object = parseObject(body, "job");
    if (!object)
        return fail(object.error());
    const QString id = (*object)[QLatin1String("id")].toString();
    if (id.isEmpty())
        return broken("job", QStringLiteral("missing 'id'"));
    return ProviderJobId(id.toStdString());
}

Result<ProviderJob> readJob(const QByteArray& body)
{
    const auto object = parseObject(body, "job");
    if (!object)
        return fail(object.error());
    ProviderJob job;
    job.id = ProviderJobId((*object)[QLatin1String("id")].toString().toStdString());
    const QJsonValue status = (*object)[QLatin1String("status")];
    if (!status.isString())
        return broken("job", QStringLiteral("missing 'status'"));
    job.status = jobStatusFromString(status.toString());
    const QJsonValue output = (*object)[QLatin1String("output")];
    job.hasOutput = !output.isUndefined() && !output.isNull();
    if (output.isObject())
        job.output = output.toObject();
    else if (job.hasOutput)
        job.output = QJsonObject{{QLatin1String("output"), output}};
    job.error = errorText((*object)[QLatin1String("error")]);
    job.workerLost = job.status == JobStatus::Failed && isOfLostWorker(job.error);
    job.worker = WorkerId((*object)[QLatin1String("workerId")].toString().toStdString());
    job.delayTime = toDuration<milliseconds>((*object)[QLatin1String("delayTime")]);
    job.executionTime = toDuration<milliseconds>((*object)[QLatin1String("executionTime")]);
    return job;
}

Result<QueueHealth> readHealth(const QByteArray& body)
{
    const auto object = parseObject(body, "health");
    if (!object)
        return fail(object.error());
    const QJsonObject jobs = (*object)[QLatin1String("jobs")].toObject();
    const QJsonObject workers = (*object)[QLatin1String("workers")].toObject();
    QueueHealth health;
    health.inQueue = toInt(jobs[QLatin1String("inQueue")]);
    health.inProgress = toInt(jobs[QLatin1String("inProgress")]);
    health.completed = toInt(jobs[QLatin1String("completed")]);
    health.failed = toInt(jobs[QLatin1String("failed")]);
    health.workersReady = toInt(workers[QLatin1String("ready")]);
    health.workersIdle = toInt(workers[QLatin1String("idle")]);
    health.workersRunning = toInt(workers[QLatin1String("running")]);
    health.workersInitializing = toInt(workers[QLatin1String("initializing")]);
    health.workersThrottled = toInt(workers[QLatin1String("throttled")]);
    health.workersUnhealthy = toInt(workers[QLatin1String("unhealthy")]);
    return health;
}

} // namespace visgate::queue
