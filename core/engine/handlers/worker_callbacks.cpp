// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/engine/handlers/worker_callbacks.h"

#include "core/base/json.h"
#include "core/base/masked.h"
#include "core/engine/deployments/deployment_table.h"
#include "core/engine/logs/deployment_logs.h"
#include "core/foundation/redactor.h"
#include "core/foundation/worker_protocol/worker_event.h"

#include <QJsonArray>
#include <QJsonObject>

#include <optional>
#include <utility>

namespace visgate {

using namespace Qt::Literals::StringLiterals;

namespace {

constexpr qsizetype kMostEvents = 1000;
constexpr qsizetype kLongestLine = 16'384;
constexpr qsizetype kLongestName = 128;

Result<void> takeReady(DeploymentRun& run, const QByteArray& body)
{
    if (body.trimmed().isEmpty()) {
        run.onReported(DeploymentStatus::Ready, {});
        return {};
    }
    const auto object = json::parseObject(body);
    if (!object)
        return fail(ErrorCode::InvalidRequest, "body");
    const auto status = deploymentStatusFromString((*object)["status"_L1].toString());
    if (status != DeploymentStatus::Ready && status != DeploymentStatus::LoadingModel
        && status != DeploymentStatus::DownloadingModel && status != DeploymentStatus::Failed)
        return fail(ErrorCode::InvalidRequest, "status");
    run.onReported(*status, (*object)["message"_L1].toString());
    return {};
}

/// A list, or the object around one in which workers up to 0.1 sent it.
Result<QJsonArray> eventsIn(const QByteArray& body)
{
    const auto object = json::parseObject(body);
    if (object && object->value("events"_L1).isArray())
        return object->value("events"_L1).toArray();
    return json::parseArray(body);
}

Result<void> takeEvents(DeploymentRun& run, const QByteArray& body)
{
    const auto array = eventsIn(body);
    if (!array || array->size() > kMostEvents)
        return fail(ErrorCode::InvalidRequest, "body");
    for (const QJsonValue& entry : *array) {
        const auto event = parseWorkerEvent(json::compact(entry.toObject()).toStdString());
        if (!event)
            return fail(ErrorCode::InvalidRequest, "events");
        run.takeEvent(*event);
    }
    return {};
}

/// One line of a batch: {"seq", "message", "ts"?, "level"?, "requestId"?, "worker"?}.
std::optional<ReportedLine> reportedLine(const QJsonObject& object, TimePoint now)
{
    const QJsonValue seq = object["seq"_L1];
    if (!seq.isDouble() || seq.toInteger(-1) < 0 || !object["message"_L1].isString())
        return std::nullopt;
    ReportedLine line;
    line.seq = seq.toInteger();
    line.worker = object["worker"_L1].toString().left(kLongestName);
    line.line.text = object["message"_L1].toString().left(kLongestLine).toStdString();
    line.line.level = logLevelFromString(object["level"_L1].toString().toStdString()).value_or(LogLevel::Info);
    line.line.requestId = object["requestId"_L1].toString().left(kLongestName).toStdString();
    if (!parseUtc(object["ts"_L1].toString().toStdString(), line.line.at))
        line.line.at = now;
    return line;
}

Result<void> takeLines(const DeploymentRun& run, EngineContext& context, const QByteArray& body)
{
    const auto array = json::parseArray(body);
    if (!array || array->size() > kMostEvents)
        return fail(ErrorCode::InvalidRequest, "body");
    QList<ReportedLine> lines;
    for (const QJsonValue& entry : *array) {
        auto line = reportedLine(entry.toObject(), context.now());
        if (!line)
            return fail(ErrorCode::InvalidRequest, "lines");
        lines.append(*std::move(line));
    }
    const Deployment& deployment = run.record().deployment;
    for (ReportedLine& line : lines)
        context.logs.addReported(deployment.id, std::move(line), deployment.status);
    return {};
}

} // namespace

void WorkerCallbacks::setAddress(std::optional<CallbackAddress> address)
{
    m_context.callback = std::move(address);
}

Task<Result<CallbackAnswer>> WorkerCallbacks::accept(CallbackReport report)
{
    // One answer for "no such deployment" and "wrong secret": a stranger learns nothing.
    const auto refused = fail(ErrorCode::NotFound, report.deployment.value());
    DeploymentRun* const owner = m_table.find(report.deployment);
    if (!owner || !report.secret || owner->record().callbackSecretHash.isEmpty())
        co_return refused;
    // Hashes are compared: how long that takes tells nothing about the secret.
    if (QString::fromStdString(report.secret->sha256Hex()) != owner->record().callbackSecretHash)
        co_return refused;
    Redactor& redactor = *m_context.config.redactor;
    redactor.addSecret(report.secret->reveal()); // an earlier process made it; its hash alone was kept
    report.body = maskedJson(report.body, redactor);
    Result<void> taken;
    if (report.kind == CallbackReport::Kind::DeploymentReady)
        taken = takeReady(*owner, report.body);
    else if (report.kind == CallbackReport::Kind::Events)
        taken = takeEvents(*owner, report.body);
    else
        taken = takeLines(*owner, m_context, report.body);
    if (!taken)
        co_return fail(std::move(taken.error()));
    CallbackAnswer answer;
    answer.deployment = report.deployment;
    answer.status = owner->record().deployment.status;
    co_return answer;
}

} // namespace visgate
