// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/engine/worker_logs.h"

#include "core/engine/engine_context.h"
#include "core/engine/log_keeper.h"
#include "core/engine/log_sentences.h"

#include <utility>

namespace visgate {

using namespace Qt::Literals::StringLiterals;

namespace {

/// The provider keeps a removed worker's last lines for a while; a stream may still be catching up.
constexpr int kListsBeforeClosing = 20;
constexpr qsizetype kMostKnownEvents = 20'000;

} // namespace

WorkerLogs::WorkerLogs(EngineContext& context, DeploymentId deployment, OnEvent onEvent, OnLine onLine)
    : m_context(context), m_deployment(std::move(deployment)), m_onEvent(std::move(onEvent)),
      m_onLine(std::move(onLine))
{
}

WorkerLogs::~WorkerLogs() = default;

void WorkerLogs::follow(
    const WorkerList& list, const EndpointId& endpoint, Provider* provider, DeploymentStatus stage, bool isQuiet)
{
    m_stage = stage;
    QSet<QString> present;
    for (const ProviderWorker& worker : list.workers) {
        const QString id = QString::fromStdString(worker.id.value());
        present.insert(id);
        m_missing.remove(id);
        if (m_streams.contains(id) || worker.status == WorkerStatus::Throttled)
            continue;
        if (isQuiet && worker.status != WorkerStatus::Unhealthy)
            continue;
        m_streams[id] = provider->openLogs(endpoint, worker.id, m_context.logs.lastProviderId(m_deployment, id),
            [this, id](const ProviderLogLine& line) { onLine(id, line); });
    }
    for (auto stream = m_streams.begin(); stream != m_streams.end();) {
        const bool isGone = !present.contains(stream->first) && ++m_missing[stream->first] > kListsBeforeClosing;
        stream = isGone ? m_streams.erase(stream) : std::next(stream);
    }
}

void WorkerLogs::close()
{
    m_streams.clear();
}

void WorkerLogs::onLine(const QString& worker, const ProviderLogLine& line)
{
    // A reconnect may repeat what the last connection brought.
    if (!m_context.logs.addProviderLine(m_deployment, worker, line, m_stage))
        return;
    const bool isSystem = line.source == "system"_L1;
    const auto event = isSystem ? std::nullopt : parseWorkerEvent(line.line.toStdString());
    // An event says what it means itself; only its words are of use beside it.
    m_onLine(worker, event ? QString::fromStdString(readableLine(line.line.toStdString()).text) : line.line, isSystem);
    if (event)
        take(*event, worker);
}

void WorkerLogs::take(const WorkerEvent& event, const QString& worker)
{
    // `seq` starts anew with each start of a worker, so the time belongs to the name of an event.
    const std::string_view type = typeName(event.body);
    const QString key = u"%1@%2@%3"_s.arg(event.seq)
                            .arg(event.at ? toMicroseconds(*event.at) : 0)
                            .arg(QString::fromUtf8(type.data(), static_cast<qsizetype>(type.size())));
    if (m_known.contains(key))
        return;
    if (m_known.size() >= kMostKnownEvents)
        m_known.clear();
    m_known.insert(key);
    m_onEvent(event, worker);
}

} // namespace visgate
