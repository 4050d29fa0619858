// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/foundation/worker_protocol/worker_event.h"

#include <QByteArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QString>

#include <vector>

namespace visgate::test {

/// The answer to "GET .../workers/ID/logs" of a worker that has said so much: an effect for a fault of practice.
[[nodiscard]] inline QJsonObject saidByWorkers(const std::vector<WorkerEventBody>& said)
{
    QByteArray stream;
    int number = 0;
    for (const WorkerEventBody& body : said) {
        WorkerEvent event;
        event.seq = ++number;
        event.body = body;
        const QString at = QStringLiteral("2026-03-01T10:00:%1.000000000Z").arg(number, 2, 10, QLatin1Char('0'));
        const QJsonObject line{{QStringLiteral("ts"), at}, {QStringLiteral("source"), QStringLiteral("container")},
            {QStringLiteral("line"), QString::fromStdString(formatWorkerEvent(event))}};
        stream += "id: " + at.toLatin1() + "\ndata: " + QJsonDocument(line).toJson(QJsonDocument::Compact) + "\n\n";
    }
    return {{QStringLiteral("effect"), QStringLiteral("status")}, {QStringLiteral("status"), 200},
        {QStringLiteral("count"), 0}, {QStringLiteral("content_type"), QStringLiteral("text/event-stream")},
        {QStringLiteral("body"), QString::fromUtf8(stream)}};
}

} // namespace visgate::test
